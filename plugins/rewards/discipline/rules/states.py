"""The way of a case: from which states each step may be done, and where it leads."""

from collections.abc import Mapping
from dataclasses import dataclass

from plugins.rewards.discipline.terms import FINAL_STATES, CaseState, Step

S = CaseState


@dataclass(frozen=True)
class Way:
    """The states from which a step may be done, and the state after it (None: it stays)."""

    sources: frozenset[CaseState]
    target: CaseState | None


_BEFORE_EXAMINATION = frozenset({S.TAKEN_UP, S.SUMMONED, S.ABSENT, S.SUMMONED_AGAIN, S.APPEARED})
_DECIDED = frozenset({S.DECIDED, S.NOT_PRESENT, S.SENT, S.RECEIVED, S.IN_EFFECT})

WAYS: Mapping[Step, Way] = {
    Step.TAKE_UP: Way(frozenset({S.REPORTED}), S.TAKEN_UP),
    Step.HAND_UP: Way(frozenset({S.REPORTED, S.TAKEN_UP}), None),
    Step.ASSIGN: Way(frozenset(set(S) - FINAL_STATES), None),
    Step.DISMISS: Way(frozenset({S.REPORTED, S.TAKEN_UP}), S.DISMISSED),
    Step.CHARGE: Way(_BEFORE_EXAMINATION | {S.UNHEARD}, None),
    Step.FORM_TEAM: Way(_BEFORE_EXAMINATION, None),
    Step.RELEASE: Way(_BEFORE_EXAMINATION | {S.UNHEARD, S.EXAMINED, S.PROPOSED}, None),
    Step.SUMMON: Way(frozenset({S.TAKEN_UP}), S.SUMMONED),
    Step.NOTE_ABSENCE: Way(frozenset({S.SUMMONED}), S.ABSENT),
    Step.SUMMON_AGAIN: Way(frozenset({S.ABSENT}), S.SUMMONED_AGAIN),
    Step.NOTE_SECOND_ABSENCE: Way(frozenset({S.SUMMONED_AGAIN}), S.UNHEARD),
    Step.NOTE_APPEARANCE: Way(frozenset({S.SUMMONED, S.SUMMONED_AGAIN}), S.APPEARED),
    Step.EXAMINE: Way(frozenset({S.APPEARED}), S.EXAMINED),
    Step.PROPOSE: Way(frozenset({S.EXAMINED, S.UNHEARD}), S.PROPOSED),
    Step.CLEAR: Way(frozenset({S.EXAMINED, S.UNHEARD, S.PROPOSED}), S.CLEARED),
    Step.DECIDE: Way(frozenset({S.PROPOSED}), S.DECIDED),
    Step.DELIVER: Way(frozenset({S.DECIDED}), S.RECEIVED),
    Step.NOTE_NOT_PRESENT: Way(frozenset({S.DECIDED}), S.NOT_PRESENT),
    Step.DISPATCH: Way(frozenset({S.NOT_PRESENT}), S.SENT),
    Step.NOTE_RECEIPT: Way(frozenset({S.SENT}), S.RECEIVED),
    Step.PUT_IN_EFFECT: Way(frozenset({S.RECEIVED}), S.IN_EFFECT),
    Step.FILE_REMEDY: Way(frozenset({S.RECEIVED, S.IN_EFFECT}), None),
    Step.ANSWER_REMEDY: Way(frozenset({S.RECEIVED, S.IN_EFFECT}), None),
    Step.DECIDE_REMEDY: Way(frozenset({S.RECEIVED, S.IN_EFFECT}), None),
    Step.ANNUL: Way(_DECIDED, S.ANNULLED),
    Step.CLOSE: Way(frozenset({S.IN_EFFECT}), S.CLOSED),
}
"""Every step but REPORT, which opens a case. A remedy that annuls the decision ends the case as ANNUL does."""


def may_do(step: Step, state: CaseState) -> bool:
    """Whether a step may be done to a case in that state."""
    return step in WAYS and state in WAYS[step].sources


def next_steps(state: CaseState) -> tuple[Step, ...]:
    """Return the steps that may be done in a state, in the order of the law; none in a final one."""
    return () if state in FINAL_STATES else tuple(step for step in WAYS if may_do(step, state))
