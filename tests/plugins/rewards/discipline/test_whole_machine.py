"""A case on random ways (hypothesis): no step skipped, no clock broken in silence, nothing punished twice.

The test keeps its own account of where the case stands and which clocks run, and counts days with numpy.
"""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from core.database import database
from core.plugin_api import Refused
from plugins.rewards.discipline.models import Breach, DisciplineClock, SanctionDecision
from plugins.rewards.discipline.services.decisions import STANDING
from plugins.rewards.discipline.terms import BreachState, ClockState
from tests.plugins.rewards.discipline.conftest import REPORTED, code_of
from tests.plugins.rewards.discipline.machine import IMPACTS, LEADS, PATHS, STEPS, WAY, counted, do

CODES = ["LIGHT_1", "LIGHT_2", "LIGHT_3", "MEDIUM_1", "MEDIUM_2", "MEDIUM_3", "HEAVY_1", "HEAVY_2", "HEAVY_3"]
OFTEN = [*CODES, "HEAVY_3", "HEAVY_3"]
"""So that appeals are among the remedies."""
ENDED = {state for state, steps in WAY.items() if not steps}
DAYS = {
    "SUPERIOR_ACTS": 7,
    "EXAMINATION_DAY": 7,
    "SECOND_SUMMONS": 7,
    "SECOND_EXAMINATION_DAY": 7,
    "DELIVERY": 14,
    "DISPATCH": 3,
    "OBJECTION": 14,
    "APPEAL": 14,
    "OBJECTION_DECISION": 21,
    "APPEAL_ANSWER": 21,
    "APPEAL_DECISION": 65,
}
ENDS = {
    "TAKE_UP": ("SUPERIOR_ACTS",),
    "DISMISS": ("SUPERIOR_ACTS",),
    "SUMMON_AGAIN": ("SECOND_SUMMONS",),
    "EXAMINE": ("EXAMINATION_DAY", "SECOND_EXAMINATION_DAY"),
    "DELIVER": ("DELIVERY",),
    "NOTE_NOT_PRESENT": ("DELIVERY",),
    "DISPATCH": ("DISPATCH",),
    "FILE_REMEDY": ("OBJECTION", "APPEAL"),
    "ANSWER_REMEDY": ("APPEAL_ANSWER",),
    "DECIDE_REMEDY": ("APPEAL_ANSWER", "APPEAL_DECISION", "OBJECTION_DECISION"),
}


class OneCase(RuleBasedStateMachine):
    """One case of one person, brought to the state `begin` and then on random ways; `done` is what was done where."""

    desk = None
    begin = "REPORTED"
    done = None

    def __init__(self):
        super().__init__()
        self.block = database.atomic()
        self.transaction = self.block.__enter__()

    @initialize(level=st.sampled_from(list(IMPACTS)), sanction=st.sampled_from(OFTEN))
    def report(self, level, sanction):
        self.desk.at(REPORTED)
        self.case = self.desk.reported()
        self.level, self.state = level, "REPORTED"
        self.superiors = 2  # above the chief: head and secretary
        self.charged = set()
        self.has_team = self.is_released = False
        self.examine_on = self.sanction = self.effective_on = self.remedy = None
        self.remedies = 0
        self.clocks = {}
        self.start("SUPERIOR_ACTS", REPORTED)
        for step in PATHS[self.begin]:
            if step == "SUMMON" or (step == "DECIDE" and not self.has_team):
                self.form_team()
            if step in {"NOTE_ABSENCE", "NOTE_SECOND_ABSENCE"}:
                self.desk.at(max(self.desk.day, self.examine_on))
            if step == "PUT_IN_EFFECT":
                self.desk.at(max(self.desk.day, self.effective_on))
            if step == "DECIDE" and sanction.startswith("HEAVY") and not self.has_team:
                sanction = "MEDIUM_3"
            self.attempt(step, late="", sanction=sanction, examine_in=5, outcome="UPHELD", item="3.e")

    def form_team(self):
        """Form a team where the level has one, and it is the turn to."""
        if self.level != "LIGHT" and "FORM_TEAM" in WAY[self.state].split():
            self.attempt("FORM_TEAM", late="", sanction="", examine_in=5, outcome="", item="")

    def start(self, kind, day):
        self.clocks[kind] = counted(day, DAYS[kind])

    @rule(days=st.integers(1, 12))
    def wait(self, days):
        self.desk.at(self.desk.day + timedelta(days=days))

    @rule()
    def wait_long(self):
        self.desk.at(self.desk.day + timedelta(days=40))

    @rule(
        step=st.sampled_from(STEPS),
        late=st.sampled_from(["", "The office was flooded."]),
        sanction=st.sampled_from(OFTEN),
        examine_in=st.integers(1, 10),
        outcome=st.sampled_from(["UPHELD", "CHANGED", "ANNULLED", "INADMISSIBLE"]),
        item=st.sampled_from(["3.e", "3.f"]),
    )
    def anything(self, step, **chosen):
        self.attempt(step, **chosen)

    @rule(
        data=st.data(),
        late=st.sampled_from(["", "The office was flooded."]),
        sanction=st.sampled_from(OFTEN),
        examine_in=st.integers(1, 10),
        outcome=st.sampled_from(["UPHELD", "CHANGED", "ANNULLED", "INADMISSIBLE"]),
        item=st.sampled_from(["3.e", "3.f"]),
    )
    def what_follows(self, data, **chosen):
        """Do a step that is in turn, so that ways get long."""
        steps = WAY[self.state].split()
        if steps:
            self.attempt(data.draw(st.sampled_from(steps)), **chosen)

    @rule(data=st.data(), sanction=st.sampled_from(OFTEN), outcome=st.sampled_from(["UPHELD", "CHANGED"]))
    def onward(self, data, **chosen):
        """Do a step in turn that does not end the case."""
        steps = [step for step in WAY[self.state].split() if LEADS.get(step) not in ENDED]
        if steps:
            step = data.draw(st.sampled_from(steps))
            self.attempt(step, late="Late.", examine_in=2, item="3.f", **chosen)

    def attempt(self, step, **chosen):
        expected = self.refusals(step, chosen)
        try:
            with database.atomic():
                do(self.desk, self.case, step, level=self.level, **chosen)
        except Refused as refusal:
            codes = {problem.code for problem in refusal.problems}
            assert codes <= expected, (self.state, step, codes, expected)
        else:
            assert not expected, (self.state, step, "was to be refused", expected)
            self.done.add((self.state, step))
            self.follow(step, chosen)

    def refusals(self, step, chosen):
        """Return the codes of which one is the answer, none where the step is done."""
        if step not in WAY[self.state].split():
            return {"DISCIPLINE_STEP"}
        today = self.desk.day
        is_late = any(self.clocks.get(kind, today) < today for kind in ENDS.get(step, ()))
        found = set() if chosen["late"] or not is_late else {"DISCIPLINE_CLOCK_BROKEN"}
        own = getattr(self, f"refuses_{step.lower()}", None)
        return found | set(own(chosen)) if own else found

    def refuses_hand_up(self, _chosen):
        return [] if self.superiors else ["DISCIPLINE_NO_SUPERIOR"]

    def refuses_charge(self, chosen):
        return ["DISCIPLINE_TWICE"] if chosen["item"] in self.charged else []

    def refuses_form_team(self, _chosen):
        return ["DISCIPLINE_NO_TEAM"] if not self.charged or self.level == "LIGHT" else []

    def refuses_release(self, _chosen):
        if not self.charged or self.level != "HEAVY":
            return ["DISCIPLINE_RELEASE_LEVEL"]
        return ["DISCIPLINE_RELEASED"] if self.is_released else []

    def refuses_summon(self, chosen):
        if not self.charged:
            yield "DISCIPLINE_NO_CHARGE"
        elif self.level == "HEAVY" and not self.has_team:
            yield "DISCIPLINE_TEAM_MISSING"
        if chosen["examine_in"] > 7 and not chosen["late"]:
            yield "DISCIPLINE_CLOCK_BROKEN"

    refuses_summon_again = refuses_summon

    def refuses_note_absence(self, _chosen):
        return ["DISCIPLINE_DAY_TOO_EARLY"] if self.desk.day < self.examine_on else []

    refuses_note_second_absence = refuses_note_absence

    def refuses_decide(self, chosen):
        is_heavy = chosen["sanction"].startswith("HEAVY")
        return ["DISCIPLINE_TEAM_MISSING"] if is_heavy and not self.has_team else []

    def refuses_put_in_effect(self, _chosen):
        return ["DISCIPLINE_NOT_YET"] if self.desk.day < self.effective_on else []

    def refuses_file_remedy(self, _chosen):
        return ["DISCIPLINE_REMEDY_TWICE"] if self.remedies else []

    def refuses_answer_remedy(self, _chosen):
        if self.remedy is None:
            return ["DISCIPLINE_NO_REMEDY"]
        return [] if self.remedy == "APPEAL" else ["DISCIPLINE_NO_ANSWER_DUE"]

    def refuses_decide_remedy(self, chosen):
        if self.remedy is None:
            return ["DISCIPLINE_NO_REMEDY"]
        is_same = chosen["outcome"] == "CHANGED" and chosen["sanction"] == self.sanction
        return ["DISCIPLINE_SAME_SANCTION"] if is_same else []

    def refuses_close(self, _chosen):
        if self.remedy is not None:
            return ["DISCIPLINE_REMEDY_OPEN"]
        return ["DISCIPLINE_REMEDY_TIME"] if any(self.desk.day <= due for due in self.clocks.values()) else []

    def follow(self, step, chosen):
        """Keep account of a step that was done."""
        for kind in ENDS.get(step, ()):
            self.clocks.pop(kind, None)
        self.state = LEADS.get(step, self.state)
        own = getattr(self, f"follow_{step.lower()}", None)
        if own:
            own(chosen)
        if self.state in {"ANNULLED", "CLOSED"}:
            self.clocks.clear()
            self.remedy = None

    def follow_hand_up(self, _chosen):
        self.superiors -= 1
        if self.state == "REPORTED":
            self.start("SUPERIOR_ACTS", self.desk.day)

    def follow_charge(self, chosen):
        self.charged.add(chosen["item"])

    def follow_form_team(self, _chosen):
        self.has_team = True

    def follow_release(self, _chosen):
        self.is_released = True

    def follow_summon(self, chosen):
        self.examine_on = counted(self.desk.day, chosen["examine_in"])
        if chosen["examine_in"] <= 7:
            self.start("EXAMINATION_DAY" if self.state == "SUMMONED" else "SECOND_EXAMINATION_DAY", self.desk.day)

    follow_summon_again = follow_summon

    def follow_note_absence(self, _chosen):
        self.clocks.clear()
        self.start("SECOND_SUMMONS", self.examine_on)

    def follow_note_second_absence(self, _chosen):
        self.clocks.clear()

    def follow_decide(self, chosen):
        self.sanction = chosen["sanction"]
        self.start("DELIVERY", self.desk.day)

    def follow_note_not_present(self, _chosen):
        self.start("DISPATCH", self.desk.day)

    def follow_deliver(self, _chosen):
        self.effective_on = counted(self.desk.day, 15)
        self.start(self.remedy_of_sanction(), self.desk.day)

    follow_note_receipt = follow_deliver

    def follow_file_remedy(self, _chosen):
        self.remedies += 1
        self.remedy = self.remedy_of_sanction()
        for kind in ("APPEAL_ANSWER", "APPEAL_DECISION") if self.remedy == "APPEAL" else ("OBJECTION_DECISION",):
            self.start(kind, self.desk.day)

    def follow_answer_remedy(self, _chosen):
        self.remedy = "ANSWERED"

    def follow_decide_remedy(self, chosen):
        self.remedy = None
        if chosen["outcome"] == "CHANGED":
            self.sanction = chosen["sanction"]
        if chosen["outcome"] == "ANNULLED":
            self.state = "ANNULLED"

    def remedy_of_sanction(self):
        return "APPEAL" if self.sanction == "HEAVY_3" else "OBJECTION"

    @rule()
    def another_case_on_the_same(self):
        """What this case is about can be charged again only where nothing of it stands."""
        if not self.charged:
            return
        with database.atomic() as attempt:
            other = self.desk.reported()
            self.desk.take_up(other)
            charge = {"item_code": min(self.charged), "impact": IMPACTS["LIGHT"]}
            if self.state in {"DISMISSED", "ANNULLED", "CLEARED"}:
                assert self.desk.charge(other, **charge)
            else:
                with pytest.raises(Refused) as refusal:
                    self.desk.charge(other, **charge)
                assert code_of(refusal) == ["DISCIPLINE_TWICE"]
            attempt.rollback()

    @invariant()
    def the_case_stands_where_it_should(self):
        if hasattr(self, "case"):
            case = self.desk.case(self.case)
            assert case.state.value == self.state
            assert (case.closed_on is not None) is (not WAY[self.state])

    @invariant()
    def clocks_are_those_of_an_independent_count(self):
        if not hasattr(self, "case"):
            return
        rows = list(DisciplineClock.select().where(DisciplineClock.case == self.case))
        running = {row.kind.value: row.due_on for row in rows if row.state is ClockState.RUNNING}
        assert running == self.clocks
        for row in rows:
            assert row.due_on == counted(row.started_on, DAYS[row.kind.value])
            if row.state is ClockState.MET:
                assert row.done_on <= row.due_on
            if row.state is ClockState.BROKEN:
                assert row.done_on > row.due_on
                assert row.reason

    @invariant()
    def there_is_one_sanction_at_most(self):
        if not hasattr(self, "case"):
            return
        rows = list(SanctionDecision.select().where(SanctionDecision.case == self.case))
        standing = [row for row in rows if row.state in STANDING]
        punished = self.state in {"DECIDED", "NOT_PRESENT", "SENT", "RECEIVED", "IN_EFFECT", "CLOSED"}
        assert len(standing) == punished
        assert all(row.sanction == self.sanction for row in standing)
        assert all(row.effective_on == self.effective_on for row in standing)
        proved = Breach.select().where((Breach.case == self.case) & (Breach.state == BreachState.PROVED)).count()
        assert proved in {0, len(self.charged)}

    def teardown(self):
        self.transaction.rollback()
        self.block.__exit__(None, None, None)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("begin", [state for state, steps in WAY.items() if steps])
def test_a_case_on_random_ways(desk, begin):
    machine = type("Machine", (OneCase,), {"desk": desk, "begin": begin, "done": set()})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=10,
            stateful_step_count=12,
            deadline=None,
            database=None,
            derandomize=True,
            # What fails is told as it was found: making it smaller takes many minutes on a database.
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )

    # The ways went somewhere: from the state at which they began on.
    assert len([step for state, step in machine.done if state == begin]) >= 1
