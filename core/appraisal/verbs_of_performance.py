"""What people do by hand to the performance of units."""

from core.actor import Actor
from core.appraisal.models import Evaluation, OrganizationPerformance
from core.appraisal.services.performances import PerformanceOfUnit, set_organization_performance
from core.appraisal.terms import OrganizationRating
from core.bin.verbs import archive_verb
from core.context import Context
from core.i18n import N_
from core.organisation.models import WorkUnit
from core.planning.models import EvaluationPeriod, EvaluationWindow
from core.verbs.calling import given, seen_version
from core.verbs.declare import Does, FieldKind, Target, Values, Verb, VerbField


def _leads_or_manages(actor: Actor) -> bool:
    return bool(actor.headed_paths) or bool(actor.paths("appraisal.manage"))


def _set(ctx: Context, _target: Target, values: Values) -> OrganizationPerformance:
    return set_organization_performance(ctx, PerformanceOfUnit(**{"window_id": None, **given(values)}))


def _set_again(ctx: Context, target: Target, values: Values) -> OrganizationPerformance:
    row = OrganizationPerformance.get_by_id(target.id)
    wanted = PerformanceOfUnit(
        unit_id=row.unit_id,
        period_id=row.period_id,
        window_id=row.window_id,
        rating=values.get("rating", row.rating),
        basis=values.get("basis", row.basis),
        version=seen_version(OrganizationPerformance, target),
    )
    return set_organization_performance(ctx, wanted)


def _is_unused(row: OrganizationPerformance) -> bool:
    return not Evaluation.select().where(Evaluation.organization_performance == row.id).exists()


_RATING = (
    VerbField("rating", N_("Performance of the unit"), FieldKind.CHOICE, is_required=True, choices=OrganizationRating),
    VerbField("basis", N_("Basis"), FieldKind.LONG_TEXT),
)

PERFORMANCES = (
    Verb(
        "appraisal.set_performance",
        N_("Set the performance of a unit"),
        OrganizationPerformance,
        Does.CREATE,
        _set,
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
            *_RATING,
        ),
        permission="appraisal.set_organization_performance",
        allows=_leads_or_manages,
    ),
    Verb(
        "appraisal.set_performance_again",
        N_("Correct"),
        OrganizationPerformance,
        Does.CORRECT,
        _set_again,
        _RATING,
        permission="appraisal.set_organization_performance",
        subject=lambda row: row.unit,
        help=N_("Only while no final evaluation rests on it."),
    ),
    archive_verb(
        OrganizationPerformance,
        "appraisal.set_organization_performance",
        suits=_is_unused,
        subject=lambda row: row.unit,
    ),
)
