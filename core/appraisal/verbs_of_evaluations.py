"""What people do by hand to evaluations."""

from core.actor import Actor
from core.appraisal.models import Evaluation
from core.appraisal.services.conclusions import acknowledge_evaluation, finalise_evaluation, reopen_evaluation
from core.appraisal.services.ratings import Opened, Ratings, open_evaluations, rate_evaluation
from core.appraisal.terms import EvaluationState, Rating
from core.bin.verbs import archive_verb
from core.context import Context
from core.i18n import N_
from core.organisation.models import WorkUnit
from core.planning.models import EvaluationPeriod, EvaluationWindow
from core.verbs.calling import REASON, given, seen_version
from core.verbs.declare import Does, FieldKind, Target, Values, Verb, VerbField

_UNRATED = frozenset({EvaluationState.DRAFT, EvaluationState.RATED})
_WITH_EMPLOYEE = frozenset({EvaluationState.FINAL, EvaluationState.ACKNOWLEDGED})


def _leads_or_manages(actor: Actor) -> bool:
    return bool(actor.headed_paths) or bool(actor.paths("appraisal.manage"))


def _open(ctx: Context, _target: Target, values: Values) -> Opened:
    return open_evaluations(ctx, values["unit_id"], values["period_id"], values.get("window_id"))


def _rate(ctx: Context, target: Target, values: Values) -> Evaluation:
    version = seen_version(Evaluation, target)
    return rate_evaluation(ctx, Ratings(evaluation_id=target.id, version=version, **given(values)))


def _finalise(ctx: Context, target: Target, values: Values) -> Evaluation:
    return finalise_evaluation(ctx, target.id, seen_version(Evaluation, target), values.get("distribution_reason"))


def _acknowledge(ctx: Context, target: Target, _values: Values) -> Evaluation:
    return acknowledge_evaluation(ctx, target.id, seen_version(Evaluation, target))


def _reopen(ctx: Context, target: Target, values: Values) -> Evaluation:
    return reopen_evaluation(ctx, target.id, seen_version(Evaluation, target), values["reason"])


EVALUATIONS = (
    Verb(
        "appraisal.open_evaluations",
        N_("Open evaluations"),
        Evaluation,
        Does.CREATE,
        _open,
        (
            VerbField("unit_id", N_("Unit"), FieldKind.REFERENCE, is_required=True, refers_to=WorkUnit),
            VerbField("period_id", N_("Period"), FieldKind.REFERENCE, is_required=True, refers_to=EvaluationPeriod),
            VerbField(
                "window_id",
                N_("Window"),
                FieldKind.REFERENCE,
                refers_to=EvaluationWindow,
                help=N_("Empty: the whole period."),
            ),
        ),
        permission="appraisal.open",
        allows=_leads_or_manages,
        help=N_("A draft for every approved plan in the unit and below that has none in this span."),
    ),
    Verb(
        "appraisal.rate",
        N_("Rate"),
        Evaluation,
        Does.CORRECT,
        _rate,
        (
            VerbField(
                "result_rating",
                N_("Rating of results"),
                FieldKind.CHOICE,
                choices=Rating,
                help=N_("Of the head of a unit it follows from the performance of the unit."),
            ),
            VerbField("result_note", N_("Note on results"), FieldKind.LONG_TEXT),
            VerbField("behavior_rating", N_("Rating of behaviour"), FieldKind.CHOICE, choices=Rating),
            VerbField("behavior_note", N_("Note on behaviour"), FieldKind.LONG_TEXT),
        ),
        permission="appraisal.rate",
        suits=lambda row: row.state in _UNRATED,
    ),
    Verb(
        "appraisal.finalise",
        N_("Make final"),
        Evaluation,
        Does.ACT,
        _finalise,
        (
            VerbField(
                "distribution_reason",
                N_("Why the distribution differs"),
                FieldKind.LONG_TEXT,
                help=N_("Needed where the predicates of the unit differ from the pattern."),
            ),
        ),
        permission="appraisal.finalise",
        suits=lambda row: row.state is EvaluationState.RATED,
        may_be_bulk=True,
    ),
    Verb(
        "appraisal.acknowledge",
        N_("Acknowledge"),
        Evaluation,
        Does.ACT,
        _acknowledge,
        permission="appraisal.acknowledge",
        suits=lambda row: row.state is EvaluationState.FINAL,
        may_be_bulk=True,
    ),
    Verb(
        "appraisal.reopen",
        N_("Re-open"),
        Evaluation,
        Does.ACT,
        _reopen,
        (REASON,),
        permission="appraisal.reopen",
        suits=lambda row: row.state in _WITH_EMPLOYEE,
        is_grave=True,
        help=N_("The predicate and its credit points are withdrawn."),
    ),
    archive_verb(Evaluation, "appraisal.reopen", suits=lambda row: row.state is EvaluationState.DRAFT),
)
