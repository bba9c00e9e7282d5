"""What people do by hand to service points, opening hours, closed days and priority groups."""

from dataclasses import replace
from typing import Any, cast

from core.bin.verbs import archive_verb
from core.organisation.models import WorkUnit
from core.plugin_api import N_, Context, Does, FieldKind, Target, Values, Verb, VerbField
from core.verbs.calling import given
from plugins.queueing.models import Closure, OpeningHours, PriorityGroup, QueueService, ServicePoint, Ticket
from plugins.queueing.policies import MANAGE_GROUPS
from plugins.queueing.roles import MANAGE
from plugins.queueing.services.setup import PointChanges, create_point, update_point
from plugins.queueing.services.setup_groups import GroupChanges, create_group, update_group
from plugins.queueing.services.setup_hours import (
    ClosureChanges,
    HoursChanges,
    add_hours,
    create_closure,
    lines_of_week,
    set_hours,
    update_closure,
    update_hours,
)
from plugins.queueing.terms import WEEKDAYS, HoursKind, PriorityRule

POINT = VerbField("point_id", N_("Service point"), FieldKind.REFERENCE, is_required=True, refers_to=ServicePoint)
CODE = VerbField("code", N_("Code"), is_required=True)
NAME = VerbField("name", N_("Name"), is_required=True)
ACTIVE = VerbField(
    "is_active", N_("In use"), FieldKind.BOOLEAN, help=N_("What is not in use is hidden from citizens and kept.")
)


def weekday_choices(_ctx: Context) -> list[tuple[str, str]]:
    """Return the weekdays for a list."""
    return [(str(number), title) for number, title in enumerate(WEEKDAYS)]


def with_weekday(values: Values) -> dict[str, Any]:
    """Return values whose weekday is a number, as it was chosen from a list."""
    found = dict(values)
    if isinstance(found.get("weekday"), str):
        found["weekday"] = int(found["weekday"]) if found["weekday"].isdecimal() else -1
    return found


WEEKDAY = VerbField("weekday", N_("Weekday"), FieldKind.CHOICE, is_required=True, choices=weekday_choices)


def _create_point(ctx: Context, _target: Target, values: Values) -> ServicePoint:
    return create_point(ctx, **given(values))


def _update_point(ctx: Context, target: Target, values: Values) -> ServicePoint:
    return update_point(ctx, target.id, target.version, cast("PointChanges", dict(values)))


def _set_hours(ctx: Context, target: Target, values: Values) -> ServicePoint:
    days = {int(name.removeprefix("day")): text or "" for name, text in values.items()}
    return set_hours(ctx, target.id, target.version, lines_of_week(days))


def _is_unused_point(row: ServicePoint) -> bool:
    return not Ticket.select().join(QueueService).where(QueueService.point == row.id).exists()


def _add_hours(ctx: Context, _target: Target, values: Values) -> OpeningHours:
    return add_hours(ctx, **given(with_weekday(values)))


def _update_hours(ctx: Context, target: Target, values: Values) -> OpeningHours:
    return update_hours(ctx, target.id, target.version, cast("HoursChanges", with_weekday(values)))


def _create_closure(ctx: Context, _target: Target, values: Values) -> Closure:
    return create_closure(ctx, **given(values))


def _update_closure(ctx: Context, target: Target, values: Values) -> Closure:
    return update_closure(ctx, target.id, target.version, cast("ClosureChanges", dict(values)))


def _create_group(ctx: Context, _target: Target, values: Values) -> PriorityGroup:
    return create_group(ctx, **given(values))


def _update_group(ctx: Context, target: Target, values: Values) -> PriorityGroup:
    return update_group(ctx, target.id, target.version, cast("GroupChanges", dict(values)))


def _is_unused_group(row: PriorityGroup) -> bool:
    return not Ticket.select().where(Ticket.priority == row.id).exists()


_PLACE = (
    VerbField("unit_id", N_("Unit"), FieldKind.REFERENCE, is_required=True, refers_to=WorkUnit),
    VerbField(
        "code",
        N_("Code"),
        is_required=True,
        help=N_("It stands in the addresses of kiosk and display: small letters, digits and hyphens."),
    ),
    NAME,
    VerbField("address", N_("Address"), FieldKind.LONG_TEXT),
    VerbField(
        "time_zone",
        N_("Time zone"),
        help=N_("Such as Asia/Makassar; without one, that of the institution."),
    ),
    VerbField("slot_minutes", N_("Minutes of a slot"), FieldKind.INTEGER, is_required=True, help=N_("From 5 to 240.")),
    VerbField(
        "priority_rule",
        N_("Who goes first"),
        FieldKind.CHOICE,
        is_required=True,
        choices=PriorityRule,
        help=N_("Priority groups always first, or one of them in so many."),
    ),
    VerbField("priority_every", N_("One in how many"), FieldKind.INTEGER, is_required=True),
    VerbField(
        "recalls_allowed",
        N_("Repeated calls"),
        FieldKind.INTEGER,
        is_required=True,
        help=N_("Whoever does not come after these calls counts as absent."),
    ),
    VerbField(
        "grace_minutes",
        N_("Minutes a booking waits"),
        FieldKind.INTEGER,
        is_required=True,
        help=N_("So long after its slot a booking is kept for whoever comes late."),
    ),
)
_HOLIDAYS = (
    VerbField("keeps_national_holidays", N_("Closed on national holidays"), FieldKind.BOOLEAN),
    VerbField("keeps_regional_holidays", N_("Closed on regional holidays"), FieldKind.BOOLEAN),
    VerbField("keeps_collective_leave", N_("Closed on collective leave"), FieldKind.BOOLEAN),
)
_NEW_PLACE = tuple(
    replace(one, is_required=False) if one.kind in {FieldKind.INTEGER, FieldKind.CHOICE} else one for one in _PLACE
)
_HOURS = (
    WEEKDAY,
    VerbField("kind", N_("Kind"), FieldKind.CHOICE, is_required=True, choices=HoursKind),
    VerbField("starts_at", N_("From"), is_required=True, help=N_("Such as 08:00.")),
    VerbField("ends_at", N_("Until"), is_required=True, help=N_("Such as 15:00, at most 24:00.")),
)
_CLOSURE = (
    VerbField("day", N_("Day"), FieldKind.DATE, is_required=True),
    VerbField("name", N_("Why"), is_required=True, help=N_("Citizens read it.")),
)
_GROUP = (
    VerbField("code", N_("Code"), is_required=True, help=N_("Capital letters, digits and underscores.")),
    VerbField("name", N_("Name in Indonesian"), is_required=True),
    VerbField("name_en", N_("Name in English")),
    VerbField("rank", N_("Place in the list"), FieldKind.INTEGER),
    VerbField("source", N_("Source"), help=N_("The rule that says who goes first.")),
)

POINTS = (
    Verb(
        "queueing.create_point",
        N_("New service point"),
        ServicePoint,
        Does.CREATE,
        _create_point,
        _NEW_PLACE,
        permission=MANAGE,
    ),
    Verb(
        "queueing.correct_point",
        N_("Correct"),
        ServicePoint,
        Does.CORRECT,
        _update_point,
        (*_PLACE, *_HOLIDAYS, ACTIVE),
        permission=MANAGE,
        may_be_bulk=True,
    ),
    Verb(
        "queueing.set_hours",
        N_("Opening hours of the week"),
        ServicePoint,
        Does.ACT,
        _set_hours,
        tuple(VerbField(f"day{number}", title) for number, title in enumerate(WEEKDAYS)),
        permission=MANAGE,
        may_be_bulk=True,
        help=N_(
            "They replace the present ones. Write from-until, with commas between several and breaks after a slash: "
            "08:00-15:00 / 12:00-13:00. An empty day is closed."
        ),
    ),
    archive_verb(ServicePoint, MANAGE, suits=_is_unused_point),
    Verb(
        "queueing.add_hours",
        N_("New opening hours"),
        OpeningHours,
        Does.CREATE,
        _add_hours,
        (POINT, *_HOURS),
        permission=MANAGE,
    ),
    Verb(
        "queueing.correct_hours",
        N_("Correct"),
        OpeningHours,
        Does.CORRECT,
        _update_hours,
        _HOURS,
        permission=MANAGE,
        may_be_bulk=True,
    ),
    archive_verb(OpeningHours, MANAGE),
    Verb(
        "queueing.create_closure",
        N_("New closed day"),
        Closure,
        Does.CREATE,
        _create_closure,
        (POINT, *_CLOSURE),
        permission=MANAGE,
    ),
    Verb(
        "queueing.correct_closure",
        N_("Correct"),
        Closure,
        Does.CORRECT,
        _update_closure,
        _CLOSURE,
        permission=MANAGE,
        may_be_bulk=True,
    ),
    archive_verb(Closure, MANAGE),
    Verb(
        "queueing.create_group",
        N_("New priority group"),
        PriorityGroup,
        Does.CREATE,
        _create_group,
        _GROUP,
        permission=MANAGE,
        allows=lambda actor: actor.holds(MANAGE, None),
    ),
    Verb(
        "queueing.correct_group",
        N_("Correct"),
        PriorityGroup,
        Does.CORRECT,
        _update_group,
        (*_GROUP, ACTIVE),
        permission=MANAGE_GROUPS,
        may_be_bulk=True,
    ),
    archive_verb(PriorityGroup, MANAGE_GROUPS, suits=_is_unused_group),
)
