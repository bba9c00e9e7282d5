"""What people do by hand to objections."""

from collections.abc import Sequence

from core.appraisal.models import Evaluation, Objection
from core.appraisal.services.objections import (
    Decision,
    answer_objection,
    decide_objection,
    file_objection,
    hand_on_objection,
)
from core.appraisal.terms import EvaluationState, ObjectionState, Rating
from core.context import Context
from core.i18n import N_
from core.verbs.calling import REASON, given, seen_version
from core.verbs.declare import NO_COLUMN, Does, FieldKind, Target, Values, Verb, VerbField

_OBJECTIONABLE = frozenset({EvaluationState.FINAL, EvaluationState.ACKNOWLEDGED})


def _outcomes(_ctx: Context) -> Sequence[tuple[str, str]]:
    return [
        (ObjectionState.UPHELD.value, N_("The evaluation stands")),
        (ObjectionState.CHANGED.value, N_("The evaluation is changed")),
    ]


def _is_undecided(row: Objection) -> bool:
    return row.state is ObjectionState.FILED


def _file(ctx: Context, target: Target, values: Values) -> Objection:
    return file_objection(ctx, target.id, values["reason"])


def _answer(ctx: Context, target: Target, values: Values) -> Objection:
    return answer_objection(ctx, target.id, seen_version(Objection, target), values["statement"])


def _decide(ctx: Context, target: Target, values: Values) -> Objection:
    wanted = given(values)
    outcome = wanted.pop("outcome")
    known = {state.value: state for state in ObjectionState}
    # What is none of the choices is refused as a bad outcome, as one that is still to be decided.
    decision = Decision(known.get(outcome, ObjectionState.FILED), wanted.pop("decision"), **wanted)
    return decide_objection(ctx, target.id, seen_version(Objection, target), decision)


def _hand_on(ctx: Context, target: Target, _values: Values) -> Objection:
    return hand_on_objection(ctx, target.id, seen_version(Objection, target))


OBJECTIONS = (
    Verb(
        "appraisal.file_objection",
        N_("Object"),
        Evaluation,
        Does.ACT,
        _file,
        (REASON,),
        permission="appraisal.file_objection",
        suits=lambda row: row.state in _OBJECTIONABLE,
        is_grave=True,
        help=N_("The objection goes to the superior of the evaluator, whose decision is final."),
    ),
    Verb(
        "appraisal.answer_objection",
        N_("Reply"),
        Objection,
        Does.ACT,
        _answer,
        (
            VerbField(
                "statement",
                N_("What the evaluator says"),
                FieldKind.LONG_TEXT,
                is_required=True,
                column="evaluator_statement",
            ),
        ),
        permission="appraisal.answer_objection",
        suits=_is_undecided,
    ),
    Verb(
        "appraisal.decide_objection",
        N_("Decide"),
        Objection,
        Does.ACT,
        _decide,
        (
            VerbField("outcome", N_("Decision"), FieldKind.CHOICE, is_required=True, choices=_outcomes),
            VerbField("decision", N_("Reasons"), FieldKind.LONG_TEXT, is_required=True, column=NO_COLUMN),
            VerbField("result_rating", N_("Rating of results"), FieldKind.CHOICE, choices=Rating),
            VerbField("behavior_rating", N_("Rating of behaviour"), FieldKind.CHOICE, choices=Rating),
            VerbField("evaluator_statement", N_("What the evaluator says"), FieldKind.LONG_TEXT),
        ),
        permission="appraisal.decide_objection",
        suits=_is_undecided,
        is_grave=True,
        help=N_("The decision is final. New ratings are given only where the evaluation is changed."),
    ),
    Verb(
        "appraisal.hand_on_objection",
        N_("Hand on"),
        Objection,
        Does.ACT,
        _hand_on,
        permission="appraisal.hand_on_objection",
        suits=_is_undecided,
        help=N_("To whoever is to hear it today, where its decider has left or rated it himself."),
    ),
)
