"""What people do by hand to the calendar."""

from typing import Any

from core.bin.verbs import archive_verb
from core.context import Context
from core.i18n import N_
from core.verbs.calling import given
from core.verbs.declare import Does, FieldKind, Target, Values, Verb, VerbField
from core.workdays.models import Holiday
from core.workdays.services import save_holiday
from core.workdays.terms import HolidayKind


def _create(ctx: Context, _target: Target, values: Values) -> Holiday:
    return save_holiday(ctx, **given(values))


def _correct(ctx: Context, target: Target, values: Values) -> Holiday:
    row = Holiday.get_or_none(Holiday.id == target.id)
    present: dict[str, Any] = {name: getattr(row, name) for name in ("day", "name", "kind", "source")} if row else {}
    return save_holiday(ctx, **{**present, **values}, holiday_id=target.id, version=target.version)


_FIELDS = (
    VerbField("day", N_("Day"), FieldKind.DATE, is_required=True),
    VerbField("name", N_("Name"), is_required=True),
    VerbField("kind", N_("Kind"), FieldKind.CHOICE, is_required=True, choices=HolidayKind),
    VerbField(
        "source", N_("Source"), help=N_("The decision that sets the day, such as the joint decree of ministers.")
    ),
)

VERBS = (
    Verb(
        "workdays.create_holiday",
        N_("New holiday"),
        Holiday,
        Does.CREATE,
        _create,
        _FIELDS,
        permission="workdays.manage",
        allows=lambda actor: actor.holds("workdays.manage", None),
    ),
    Verb(
        "workdays.correct_holiday",
        N_("Correct"),
        Holiday,
        Does.CORRECT,
        _correct,
        _FIELDS,
        permission="workdays.save_holiday",
        may_be_bulk=True,
    ),
    archive_verb(Holiday, "workdays.delete_holiday"),
)
