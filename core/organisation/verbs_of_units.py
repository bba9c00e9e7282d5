"""What people do by hand to units and positions."""

from typing import Any, cast

from core.bin.verbs import archive_verb
from core.context import Context
from core.i18n import N_
from core.organisation.models import Assignment, Position, PositionKind, WorkUnit
from core.organisation.services.positions import PositionChanges, close_position, create_position, update_position
from core.organisation.services.units import (
    UnitChanges,
    close_unit,
    create_unit,
    merge_unit,
    move_unit,
    rename_unit,
    update_unit,
)
from core.planning.models import PerformancePlan
from core.verbs.calling import FROM_DAY, LAST_DAY, given
from core.verbs.declare import Does, FieldKind, Target, Values, Verb, VerbField

_CODE = VerbField("code", N_("Code"), is_required=True)
_NAME = VerbField("name", N_("Name"), is_required=True)
_SHORT_NAME = VerbField("short_name", N_("Short name"))
_FIRST_DAY = VerbField("valid_from", N_("From"), FieldKind.DATE, is_required=True)
_UNTIL = VerbField("valid_to", N_("Until"), FieldKind.DATE)


def _is_open(row: WorkUnit | Position) -> bool:
    return row.valid_to is None


def _was_never_used(row: WorkUnit) -> bool:
    """Whether nothing was ever in the unit: no unit below, position, assignment or plan."""
    below = WorkUnit.select().where((WorkUnit.parent == row.id) | (WorkUnit.successor == row.id)).exists()
    return not (below or any(table.select().where(table.unit == row.id).exists() for table in _IN_UNITS))


def _was_never_held(row: Position) -> bool:
    return not any(table.select().where(table.position == row.id).exists() for table in _AT_POSITIONS)


_IN_UNITS: tuple[Any, ...] = (Position, Assignment, PerformancePlan)
_AT_POSITIONS: tuple[Any, ...] = (Assignment, PerformancePlan)


def _create_unit(ctx: Context, _target: Target, values: Values) -> WorkUnit:
    return create_unit(ctx, **given(values))


def _update_unit(ctx: Context, target: Target, values: Values) -> WorkUnit:
    return update_unit(ctx, target.id, target.version, cast("UnitChanges", dict(values)))


def _rename_unit(ctx: Context, target: Target, values: Values) -> WorkUnit:
    return rename_unit(ctx, target.id, target.version, **values)


def _move_unit(ctx: Context, target: Target, values: Values) -> WorkUnit:
    return move_unit(ctx, target.id, target.version, parent_id=values.get("parent_id"), valid_from=values["valid_from"])


def _merge_unit(ctx: Context, target: Target, values: Values) -> WorkUnit:
    return merge_unit(ctx, target.id, target.version, **values)


def _close_unit(ctx: Context, target: Target, values: Values) -> WorkUnit:
    return close_unit(ctx, target.id, target.version, **values)


UNITS = (
    Verb(
        "organisation.create_unit",
        N_("New unit"),
        WorkUnit,
        Does.CREATE,
        _create_unit,
        (
            _CODE,
            _NAME,
            _SHORT_NAME,
            VerbField("kind", N_("Kind")),
            VerbField("parent_id", N_("Unit above"), FieldKind.REFERENCE, refers_to=WorkUnit),
            _FIRST_DAY,
            _UNTIL,
        ),
        permission="organisation.write",
    ),
    Verb(
        "organisation.update_unit",
        N_("Correct"),
        WorkUnit,
        Does.CORRECT,
        _update_unit,
        (_CODE, VerbField("kind", N_("Kind"))),
        permission="organisation.update_unit",
        may_be_bulk=True,
        help=N_("Name and place have a history: rename or move the unit instead."),
    ),
    Verb(
        "organisation.rename_unit",
        N_("Rename"),
        WorkUnit,
        Does.ACT,
        _rename_unit,
        (_NAME, _SHORT_NAME, FROM_DAY),
        permission="organisation.update_unit",
        suits=_is_open,
    ),
    Verb(
        "organisation.move_unit",
        N_("Move"),
        WorkUnit,
        Does.ACT,
        _move_unit,
        (
            VerbField(
                "parent_id",
                N_("Unit above"),
                FieldKind.REFERENCE,
                refers_to=WorkUnit,
                help=N_("Without a unit above it stands at the top."),
            ),
            FROM_DAY,
        ),
        permission="organisation.move_unit",
        suits=_is_open,
        may_be_bulk=True,
        is_grave=True,
        help=N_("Everything below the unit moves along."),
    ),
    Verb(
        "organisation.merge_unit",
        N_("Merge into another unit"),
        WorkUnit,
        Does.ACT,
        _merge_unit,
        (
            VerbField("successor_id", N_("Merged into"), FieldKind.REFERENCE, is_required=True, refers_to=WorkUnit),
            FROM_DAY,
        ),
        permission="organisation.merge_unit",
        suits=_is_open,
        is_grave=True,
        help=N_("Units below, positions and people move to the other unit, and this one is closed."),
    ),
    Verb(
        "organisation.close_unit",
        N_("Close"),
        WorkUnit,
        Does.ACT,
        _close_unit,
        (LAST_DAY,),
        permission="organisation.close_unit",
        suits=_is_open,
        may_be_bulk=True,
        is_grave=True,
    ),
    archive_verb(WorkUnit, "organisation.close_unit", suits=_was_never_used),
)


def _create_position(ctx: Context, _target: Target, values: Values) -> Position:
    return create_position(ctx, **given(values))


def _update_position(ctx: Context, target: Target, values: Values) -> Position:
    return update_position(ctx, target.id, target.version, cast("PositionChanges", dict(values)))


def _close_position(ctx: Context, target: Target, values: Values) -> Position:
    return close_position(ctx, target.id, target.version, **values)


_POSITION = (
    VerbField("title", N_("Position"), is_required=True),
    _CODE,
    VerbField("unit_id", N_("Unit"), FieldKind.REFERENCE, is_required=True, refers_to=WorkUnit),
    VerbField("kind_id", N_("Kind"), FieldKind.REFERENCE, is_required=True, refers_to=PositionKind),
    VerbField(
        "is_head",
        N_("Heads the unit"),
        FieldKind.BOOLEAN,
        help=N_("Whoever holds this position heads its unit and supervises its people."),
    ),
    VerbField("job_class", N_("Job class"), FieldKind.INTEGER),
    VerbField("echelon", N_("Echelon")),
)

POSITIONS = (
    Verb(
        "organisation.create_position",
        N_("New position"),
        Position,
        Does.CREATE,
        _create_position,
        (*_POSITION, _FIRST_DAY, _UNTIL),
        permission="organisation.write",
    ),
    Verb(
        "organisation.update_position",
        N_("Correct"),
        Position,
        Does.CORRECT,
        _update_position,
        _POSITION,
        permission="organisation.update_position",
        may_be_bulk=True,
    ),
    Verb(
        "organisation.close_position",
        N_("Close"),
        Position,
        Does.ACT,
        _close_position,
        (LAST_DAY,),
        permission="organisation.update_position",
        suits=_is_open,
        may_be_bulk=True,
    ),
    archive_verb(Position, "organisation.update_position", suits=_was_never_held),
)
