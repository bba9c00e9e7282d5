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
from tests.plugins.rewards.discipline.conftest import REPORTED
from tests.plugins.rewards.discipline.machine import IMPACTS, LEADS, STEPS, WAY, counted, do

CODES = ["LIGHT_1", "LIGHT_2", "LIGHT_3", "MEDIUM_1", "MEDIUM_2", "MEDIUM_3", "HEAVY_1", "HEAVY_2", "HEAVY_3"]
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
    """One case of one person, from its report on."""

    desk = None

    def __init__(self):
        super().__init__()
        self.block = database.atomic()
        self.transaction = self.block.__enter__()

    @initialize(level=st.sampled_from(list(IMPACTS)))
    def report(self, level):
        self.desk.at(REPORTED)
        self.case = self.desk.reported()
        self.level, self.state = level, "REPORTED"
        self.superiors = 2  # above the chief: head and secretary
        self.is_charged = self.has_team = self.is_released = False
        self.examine_on = self.sanction = self.effective_on = self.remedy = None
        self.remedies = 0
        self.clocks = {}
        self.start("SUPERIOR_ACTS", REPORTED)

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
        sanction=st.sampled_from(CODES),
        examine_in=st.integers(1, 10),
        outcome=st.sampled_from(["UPHELD", "CHANGED", "ANNULLED", "INADMISSIBLE"]),
    )
    def anything(self, step, **chosen):
        self.attempt(step, **chosen)

    @rule(
        data=st.data(),
        late=st.sampled_from(["", "The office was flooded."]),
        sanction=st.sampled_from(CODES),
        examine_in=st.integers(1, 10),
        outcome=st.sampled_from(["UPHELD", "CHANGED", "ANNULLED", "INADMISSIBLE"]),
    )
    def what_follows(self, data, **chosen):
        """Do a step that is in turn, so that ways get long."""
        steps = WAY[self.state].split()
        if steps:
            self.attempt(data.draw(st.sampled_from(steps)), **chosen)

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
            self.follow(step, chosen)

    def refusals(self, step, chosen):
        """Return the codes of which one is the answer, none where the step is done."""
        today = self.desk.day
        if step not in WAY[self.state].split():
            return {"DISCIPLINE_STEP"}
        found = set()
        if not chosen["late"] and any(self.clocks.get(kind, today) < today for kind in ENDS.get(step, ())):
            found.add("DISCIPLINE_CLOCK_BROKEN")
        if step == "HAND_UP" and not self.superiors:
            found.add("DISCIPLINE_NO_SUPERIOR")
        if step == "CHARGE" and self.is_charged:
            found.add("DISCIPLINE_TWICE")
        if step == "FORM_TEAM" and (not self.is_charged or self.level == "LIGHT"):
            found.add("DISCIPLINE_NO_TEAM")
        if step == "RELEASE" and (not self.is_charged or self.level != "HEAVY"):
            found.add("DISCIPLINE_RELEASE_LEVEL")
        elif step == "RELEASE" and self.is_released:
            found.add("DISCIPLINE_RELEASED")
        if step in {"SUMMON", "SUMMON_AGAIN"}:
            if not self.is_charged:
                found.add("DISCIPLINE_NO_CHARGE")
            elif self.level == "HEAVY" and not self.has_team:
                found.add("DISCIPLINE_TEAM_MISSING")
            if chosen["examine_in"] > 7 and not chosen["late"]:
                found.add("DISCIPLINE_CLOCK_BROKEN")
        if step in {"NOTE_ABSENCE", "NOTE_SECOND_ABSENCE"} and today < self.examine_on:
            found.add("DISCIPLINE_DAY_TOO_EARLY")
        if step == "DECIDE" and chosen["sanction"].startswith("HEAVY") and not self.has_team:
            found.add("DISCIPLINE_TEAM_MISSING")
        if step == "PUT_IN_EFFECT" and today < self.effective_on:
            found.add("DISCIPLINE_NOT_YET")
        if step == "FILE_REMEDY" and self.remedies:
            found.add("DISCIPLINE_REMEDY_TWICE")
        if step in {"ANSWER_REMEDY", "DECIDE_REMEDY"} and self.remedy is None:
            found.add("DISCIPLINE_NO_REMEDY")
        elif step == "ANSWER_REMEDY" and self.remedy != "APPEAL":
            found.add("DISCIPLINE_NO_ANSWER_DUE")
        elif step == "DECIDE_REMEDY" and chosen["outcome"] == "CHANGED" and chosen["sanction"] == self.sanction:
            found.add("DISCIPLINE_SAME_SANCTION")
        if step == "CLOSE" and self.remedy is not None:
            found.add("DISCIPLINE_REMEDY_OPEN")
        elif step == "CLOSE" and any(today <= due for due in self.clocks.values()):
            found.add("DISCIPLINE_REMEDY_TIME")
        return found

    def follow(self, step, chosen):
        """Keep account of a step that was done."""
        today = self.desk.day
        for kind in ENDS.get(step, ()):
            self.clocks.pop(kind, None)
        self.state = LEADS.get(step, self.state)
        if step == "HAND_UP":
            self.superiors -= 1
            if self.state == "REPORTED":
                self.start("SUPERIOR_ACTS", today)
        self.is_charged |= step == "CHARGE"
        self.has_team |= step == "FORM_TEAM"
        self.is_released |= step == "RELEASE"
        if step in {"SUMMON", "SUMMON_AGAIN"}:
            self.examine_on = counted(today, chosen["examine_in"])
            if chosen["examine_in"] <= 7:
                self.start("EXAMINATION_DAY" if step == "SUMMON" else "SECOND_EXAMINATION_DAY", today)
        if step in {"NOTE_ABSENCE", "NOTE_SECOND_ABSENCE"}:
            self.clocks.clear()
            if step == "NOTE_ABSENCE":
                self.start("SECOND_SUMMONS", self.examine_on)
        if step == "DECIDE":
            self.sanction = chosen["sanction"]
            self.start("DELIVERY", today)
        if step == "NOTE_NOT_PRESENT":
            self.start("DISPATCH", today)
        if step in {"DELIVER", "NOTE_RECEIPT"}:
            self.effective_on = counted(today, 15)
            self.start("APPEAL" if self.sanction == "HEAVY_3" else "OBJECTION", today)
        if step == "FILE_REMEDY":
            self.remedies += 1
            self.remedy = "APPEAL" if self.sanction == "HEAVY_3" else "OBJECTION"
            for kind in ("APPEAL_ANSWER", "APPEAL_DECISION") if self.remedy == "APPEAL" else ("OBJECTION_DECISION",):
                self.start(kind, today)
        if step == "ANSWER_REMEDY":
            self.remedy = "ANSWERED"
        if step == "DECIDE_REMEDY":
            self.remedy = None
            if chosen["outcome"] == "CHANGED":
                self.sanction = chosen["sanction"]
            if chosen["outcome"] == "ANNULLED":
                self.state = "ANNULLED"
        if self.state in {"ANNULLED", "CLOSED"}:
            self.clocks.clear()
            self.remedy = None

    @rule()
    def another_case_on_the_same(self):
        """What this case is about can be charged again only where nothing of it stands."""
        if not self.is_charged:
            return
        with database.atomic() as attempt:
            other = self.desk.reported()
            self.desk.take_up(other)
            stands = self.state not in {"DISMISSED", "ANNULLED", "CLEARED"}
            try:
                self.desk.charge(other, item_code="3.e", impact=IMPACTS["LIGHT"])
            except Refused as refusal:
                assert stands
                assert [problem.code for problem in refusal.problems] == ["DISCIPLINE_TWICE"]
            else:
                assert not stands
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
        assert proved <= 1

    def teardown(self):
        self.transaction.rollback()
        self.block.__exit__(None, None, None)


@pytest.mark.timeout(300)
def test_a_case_on_random_ways(desk):
    machine = type("Machine", (OneCase,), {"desk": desk})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=40,
            stateful_step_count=40,
            deadline=None,
            database=None,
            derandomize=True,
            # What fails is told as it was found: making it smaller takes many minutes on a database.
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
