"""Every state and every step: what follows where, in the table of the program and in the program itself."""

from collections import deque

import pytest

from core.database import database
from core.plugin_api import Refused
from plugins.rewards.discipline.rules.states import WAYS, may_do, next_steps
from plugins.rewards.discipline.terms import FINAL_STATES, CaseState, Step
from tests.plugins.rewards.discipline.conftest import code_of
from tests.plugins.rewards.discipline.machine import LEADS, PATHS, STEPS, WAY, counted, do, examination_day


def brought_to(desk, state):
    """Return a case that went the way to `state`, each step on its day."""
    case = desk.reported()
    for step in PATHS[state]:
        if step in {"NOTE_ABSENCE", "NOTE_SECOND_ABSENCE"}:
            desk.at(examination_day(case))
        if step == "PUT_IN_EFFECT":
            desk.at(desk.decision(case).effective_on)
        if step == "CLOSE":
            desk.at(counted(desk.day, 1))
        do(desk, case, step)
    assert desk.case(case).state.value == state
    return case


def test_the_table_of_steps_is_the_one_of_the_law():
    table = {state.value: {step.value for step in next_steps(state)} for state in CaseState}

    assert table == {state: set(steps.split()) for state, steps in WAY.items()}
    assert {step.value: way.target.value for step, way in WAYS.items() if way.target} == LEADS
    assert set(WAYS) == set(Step) - {Step.REPORT}


def test_every_state_is_reached_and_leads_to_an_end():
    seen, ahead = {CaseState.REPORTED}, deque([CaseState.REPORTED])
    before = {state: set() for state in CaseState}
    while ahead:
        state = ahead.popleft()
        for step in next_steps(state):
            target = WAYS[step].target or state
            before[target].add(state)
            if target not in seen:
                seen.add(target)
                ahead.append(target)
    ends, ahead = set(FINAL_STATES), deque(FINAL_STATES)
    while ahead:
        for state in before[ahead.popleft()] - ends:
            ends.add(state)
            ahead.append(state)

    assert seen == ends == set(CaseState)
    assert all(not may_do(step, state) for step in Step for state in FINAL_STATES)


@pytest.mark.parametrize("state", list(WAY))
def test_no_step_is_done_out_of_turn(desk, state):
    """The steps that do not follow are refused as such and change nothing; those that do are not refused so."""
    case = brought_to(desk, state)
    version = desk.case(case).version
    for step in STEPS:
        with database.atomic() as attempt:
            try:
                do(desk, case, step)
                refused = []
            except Refused as refusal:
                refused = [problem.code for problem in refusal.problems]
            if step in WAY[state].split():
                assert "DISCIPLINE_STEP" not in refused, (state, step)
                # The same step once more is another one: nothing happens twice in silence.
                if not refused and step in LEADS:
                    with pytest.raises(Refused):
                        do(desk, case, step)
            else:
                assert refused == ["DISCIPLINE_STEP"], (state, step)
                assert desk.case(case).version == version
            attempt.rollback()


def test_of_two_who_do_a_step_at_once_the_second_is_refused(desk):
    case = desk.reported()
    seen = desk.case(case).version
    desk.take_up(case, seen)

    with pytest.raises(Refused) as refusal:
        desk.dismiss(case, seen, reason="Nothing.")
    assert code_of(refusal) == ["STALE_VERSION"]


def test_the_refusal_names_what_may_come_next(desk):
    case = desk.reported()

    with pytest.raises(Refused) as refusal:
        desk.deliver(case)
    [problem] = refusal.value.problems
    assert problem.path == ("input", "caseId")
    assert problem.params["steps"].count(",") == 3
