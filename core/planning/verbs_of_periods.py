"""What people do by hand to periods and their windows."""

from typing import cast

from core.bin.verbs import archive_verb
from core.context import Context
from core.i18n import N_
from core.planning.models import EvaluationPeriod, EvaluationWindow
from core.planning.services.correcting import PeriodChanges, WindowChanges, correct_period, correct_window
from core.planning.services.periods import PeriodRequest, close_period, create_period, open_period
from core.planning.terms import Frequency, PeriodState
from core.verbs.calling import given, seen_version
from core.verbs.declare import NO_COLUMN, Does, FieldKind, Target, Values, Verb, VerbField


def _create(ctx: Context, _target: Target, values: Values) -> EvaluationPeriod:
    return create_period(ctx, PeriodRequest(**given(values)))


def _correct(ctx: Context, target: Target, values: Values) -> EvaluationPeriod:
    # A deadline that is emptied stays as it was.
    return correct_period(ctx, target.id, target.version, cast("PeriodChanges", given(values)))


def _open(ctx: Context, target: Target, values: Values) -> EvaluationPeriod:
    return open_period(ctx, target.id, seen_version(EvaluationPeriod, target), values.get("reason") or "")


def _close(ctx: Context, target: Target, _values: Values) -> EvaluationPeriod:
    return close_period(ctx, target.id, seen_version(EvaluationPeriod, target))


def _correct_window(ctx: Context, target: Target, values: Values) -> EvaluationWindow:
    return correct_window(ctx, target.id, target.version, cast("WindowChanges", given(values)))


_NAMES = (VerbField("code", N_("Code"), is_required=True), VerbField("name", N_("Name"), is_required=True))
_SPAN = (
    VerbField("starts_on", N_("From"), FieldKind.DATE, is_required=True),
    VerbField("ends_on", N_("Until"), FieldKind.DATE, is_required=True),
)
_DEADLINES = (
    VerbField("plan_deadline", N_("Plans are due on"), FieldKind.DATE),
    VerbField("evaluation_deadline", N_("Evaluations are due on"), FieldKind.DATE),
)

PERIODS = (
    Verb(
        "planning.create_period",
        N_("New period"),
        EvaluationPeriod,
        Does.CREATE,
        _create,
        (
            *_NAMES,
            *_SPAN,
            VerbField("frequency", N_("Rhythm of evaluations"), FieldKind.CHOICE, is_required=True, choices=Frequency),
            *_DEADLINES,
        ),
        permission="planning.manage",
        allows=lambda actor: actor.holds("planning.manage", None),
        help=N_("The windows of its periodic evaluations follow from days and rhythm."),
    ),
    Verb(
        "planning.correct_period",
        N_("Correct"),
        EvaluationPeriod,
        Does.CORRECT,
        _correct,
        (*_NAMES, *_DEADLINES),
        permission="planning.manage_period",
    ),
    Verb(
        "planning.open_period",
        N_("Open"),
        EvaluationPeriod,
        Does.ACT,
        _open,
        (
            VerbField(
                "reason",
                N_("Reason"),
                FieldKind.LONG_TEXT,
                column=NO_COLUMN,
                help=N_("Needed where the period was closed."),
            ),
        ),
        permission="planning.manage_period",
        suits=lambda row: row.state is not PeriodState.OPEN,
    ),
    Verb(
        "planning.close_period",
        N_("Close"),
        EvaluationPeriod,
        Does.ACT,
        _close,
        permission="planning.manage_period",
        suits=lambda row: row.state is PeriodState.OPEN,
        is_grave=True,
        help=N_("Its plans, progress and evaluations no longer change."),
    ),
    Verb(
        "planning.correct_window",
        N_("Correct"),
        EvaluationWindow,
        Does.CORRECT,
        _correct_window,
        (VerbField("name", N_("Name"), is_required=True), *_SPAN),
        permission="planning.manage_period",
        subject=lambda row: row.period,
    ),
    archive_verb(EvaluationPeriod, "planning.manage_period", suits=lambda row: row.state is PeriodState.PLANNED),
)
