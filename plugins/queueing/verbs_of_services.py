"""What people do by hand to services and their quotas."""

from typing import cast

from core.bin.verbs import archive_verb
from core.organisation.models import WorkUnit
from core.plugin_api import N_, Context, Does, FieldKind, Target, Values, Verb, VerbField
from core.verbs.calling import given
from plugins.queueing.models import QueueService, ServiceQuota, Ticket
from plugins.queueing.roles import MANAGE
from plugins.queueing.services.setup_services import (
    QuotaChanges,
    ServiceChanges,
    create_quota,
    create_service,
    update_quota,
    update_service,
)
from plugins.queueing.verbs_of_points import ACTIVE, CODE, NAME, POINT, weekday_choices, with_weekday


def _create_service(ctx: Context, _target: Target, values: Values) -> QueueService:
    return create_service(ctx, **given(values))


def _update_service(ctx: Context, target: Target, values: Values) -> QueueService:
    return update_service(ctx, target.id, target.version, cast("ServiceChanges", dict(values)))


def _is_unused(row: QueueService) -> bool:
    return not Ticket.select().where(Ticket.service == row.id).exists()


def _create_quota(ctx: Context, _target: Target, values: Values) -> ServiceQuota:
    return create_quota(ctx, **given(with_weekday(values)))


def _update_quota(ctx: Context, target: Target, values: Values) -> ServiceQuota:
    return update_quota(ctx, target.id, target.version, cast("QuotaChanges", with_weekday(values)))


_WHAT = (
    CODE,
    NAME,
    VerbField(
        "prefix",
        N_("Beginning of its numbers"),
        is_required=True,
        help=N_("1 to 4 letters and digits, different for each service of a point: A gives A-012."),
    ),
)
_NUMBERS = (
    ("target_wait_minutes", N_("Target: wait (minutes)"), ""),
    ("target_serve_minutes", N_("Target: service (minutes)"), ""),
    ("books_ahead_days", N_("Days booked ahead"), N_("0: no bookings.")),
    ("booking_ends_hours", N_("Hours before the slot when booking ends"), ""),
)
_BRING = VerbField("requirements", N_("What to bring"), FieldKind.LONG_TEXT)


def _numbers(*, is_required: bool) -> tuple[VerbField, ...]:
    return tuple(
        VerbField(name, title, FieldKind.INTEGER, is_required=is_required, help=text) for name, title, text in _NUMBERS
    )


_QUOTA = (
    VerbField("day", N_("Day"), FieldKind.DATE, help=N_("Only on this day; it beats a quota of the weekday.")),
    VerbField("weekday", N_("Weekday"), FieldKind.CHOICE, choices=weekday_choices),
    VerbField(
        "slot",
        N_("Slot"),
        help=N_("When the slot begins, such as 08:30; without one the quota is of the whole day."),
    ),
    VerbField("quota", N_("Tickets"), FieldKind.INTEGER, is_required=True),
)
_RESERVE = "walk_in_reserve", N_("Kept for people without a booking"), FieldKind.INTEGER

SERVICES = (
    Verb(
        "queueing.create_service",
        N_("New service"),
        QueueService,
        Does.CREATE,
        _create_service,
        (
            POINT,
            VerbField(
                "unit_id",
                N_("Unit"),
                FieldKind.REFERENCE,
                refers_to=WorkUnit,
                help=N_("Whose service it is; without one, the unit of the point."),
            ),
            *_WHAT,
            *_numbers(is_required=False),
            _BRING,
        ),
        permission=MANAGE,
    ),
    Verb(
        "queueing.correct_service",
        N_("Correct"),
        QueueService,
        Does.CORRECT,
        _update_service,
        (
            VerbField("unit_id", N_("Unit"), FieldKind.REFERENCE, is_required=True, refers_to=WorkUnit),
            *_WHAT,
            *_numbers(is_required=True),
            _BRING,
            ACTIVE,
        ),
        permission=MANAGE,
        may_be_bulk=True,
    ),
    archive_verb(QueueService, MANAGE, suits=_is_unused),
    Verb(
        "queueing.create_quota",
        N_("New quota"),
        ServiceQuota,
        Does.CREATE,
        _create_quota,
        (
            VerbField("service_id", N_("Service"), FieldKind.REFERENCE, is_required=True, refers_to=QueueService),
            *_QUOTA,
            VerbField(*_RESERVE),
        ),
        permission=MANAGE,
        help=N_("Of several that fit, the most particular one counts: of day and slot, of the day, of the weekday …"),
    ),
    Verb(
        "queueing.correct_quota",
        N_("Correct"),
        ServiceQuota,
        Does.CORRECT,
        _update_quota,
        (*_QUOTA, VerbField(*_RESERVE, is_required=True)),
        permission=MANAGE,
        may_be_bulk=True,
    ),
    archive_verb(ServiceQuota, MANAGE),
)
