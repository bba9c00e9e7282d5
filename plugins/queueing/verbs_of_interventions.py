"""What people do by hand to interventions."""

from typing import cast

from core.bin.verbs import archive_verb
from core.plugin_api import N_, Context, Does, FieldKind, Target, Values, Verb, VerbField
from core.verbs.calling import given
from plugins.queueing.models import Intervention, QueueService, ServicePoint
from plugins.queueing.roles import MANAGE
from plugins.queueing.services.interventions import InterventionChanges, correct_intervention, record_intervention
from plugins.queueing.terms import InterventionKind


def _record(ctx: Context, _target: Target, values: Values) -> Intervention:
    return record_intervention(ctx, **given(values))


def _correct(ctx: Context, target: Target, values: Values) -> Intervention:
    return correct_intervention(ctx, target.id, target.version, cast("InterventionChanges", dict(values)))


_POINT = VerbField("point_id", N_("Service point"), FieldKind.REFERENCE, is_required=True, refers_to=ServicePoint)
_FIELDS = (
    VerbField(
        "service_id",
        N_("Service"),
        FieldKind.REFERENCE,
        refers_to=QueueService,
        help=N_("Empty: all services of the point."),
    ),
    VerbField("kind", N_("Kind"), FieldKind.CHOICE, is_required=True, choices=InterventionKind),
    VerbField("name", N_("Name"), is_required=True),
    VerbField(
        "day",
        N_("Day"),
        FieldKind.DATE,
        is_required=True,
        help=N_("The days before it are compared with those after it; the day itself counts for neither."),
    ),
    VerbField("note", N_("Note"), FieldKind.LONG_TEXT),
)

INTERVENTIONS = (
    Verb(
        "queueing.record_intervention",
        N_("New intervention"),
        Intervention,
        Does.CREATE,
        _record,
        (_POINT, *_FIELDS),
        permission=MANAGE,
    ),
    Verb(
        "queueing.correct_intervention",
        N_("Correct"),
        Intervention,
        Does.CORRECT,
        _correct,
        _FIELDS,
        permission=MANAGE,
    ),
    archive_verb(Intervention, MANAGE),
)
