"""The states of a plan and the loops of results, by tables of values."""

import itertools

import pytest

from core.planning.berakhlak import LINES, NAMES
from core.planning.rules.links import goes_along, makes_loop
from core.planning.rules.states import PlanAct, is_editable, is_in_force, next_state, states_for
from core.planning.terms import BehaviorValue, PlanState

ALLOWED = {
    ("DRAFT", "SUBMIT"): "SUBMITTED",
    ("RETURNED", "SUBMIT"): "SUBMITTED",
    ("SUBMITTED", "RETURN"): "RETURNED",
    ("SUBMITTED", "APPROVE"): "APPROVED",
    ("APPROVED", "REVISE"): "DRAFT",
    ("DRAFT", "END"): "ENDED",
    ("SUBMITTED", "END"): "ENDED",
    ("RETURNED", "END"): "ENDED",
    ("APPROVED", "END"): "ENDED",
}


@pytest.mark.parametrize(("state", "act"), list(itertools.product(PlanState, PlanAct)))
def test_only_listed_moves_are_allowed(state, act):
    assert next_state(state, act) == ALLOWED.get((state.value, act.value))


def test_states_in_which_an_act_is_possible():
    assert states_for(PlanAct.SUBMIT) == [PlanState.DRAFT, PlanState.RETURNED]
    assert states_for(PlanAct.APPROVE) == [PlanState.SUBMITTED]


def test_only_drafts_and_returned_plans_change():
    assert [state for state in PlanState if is_editable(state)] == [PlanState.DRAFT, PlanState.RETURNED]


@pytest.mark.parametrize(
    ("state", "revision", "expected"),
    [
        (PlanState.DRAFT, 0, False),
        (PlanState.SUBMITTED, 0, False),
        (PlanState.DRAFT, 1, True),
        (PlanState.APPROVED, 1, True),
        (PlanState.ENDED, 0, False),
        (PlanState.ENDED, 2, True),
    ],
)
def test_a_plan_is_in_force_once_it_was_approved(state, revision, expected):
    assert is_in_force(state, revision) is expected


@pytest.mark.parametrize(
    ("child", "parent", "parents", "expected"),
    [
        (1, 2, {2: None}, False),
        (1, 2, {2: 3, 3: None}, False),
        (1, 1, {1: None}, True),
        (1, 2, {2: 1, 1: None}, True),
        (1, 2, {2: 3, 3: 1}, True),
        (1, 2, {2: 3, 3: 2}, False),
        (1, 2, {}, False),
    ],
)
def test_a_result_never_supports_itself(child, parent, parents, expected):
    assert makes_loop(child, parent, parents) is expected


@pytest.mark.parametrize(
    ("same_unit", "is_linked", "expected"),
    [(True, True, True), (True, False, True), (False, False, True), (False, True, False)],
)
def test_what_goes_along_with_a_move(same_unit, is_linked, expected):
    assert goes_along(same_unit=same_unit, is_linked=is_linked) is expected


def test_each_of_the_seven_values_has_its_three_lines():
    assert list(NAMES) == list(LINES) == list(BehaviorValue)
    assert [len(lines) for lines in LINES.values()] == [3] * 7
    assert LINES[BehaviorValue.LOYAL][0] == (
        "Memegang teguh ideologi Pancasila, UUD 1945, setia kepada NKRI serta pemerintahan yang sah"
    )
    assert NAMES[BehaviorValue.SERVICE_ORIENTED] == "Berorientasi Pelayanan"
