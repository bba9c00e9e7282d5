"""Imports the tree of units."""

from collections.abc import Sequence
from datetime import date

from core.context import Context
from core.errors import Problem, refuse
from core.exchange.importers.cells import read_date, required
from core.exchange.kinds import Column, ImportKind, ImportState, Row
from core.i18n import N_
from core.organisation.models import WorkUnit
from core.organisation.services import units


def _order(rows: Sequence[Row], state: ImportState) -> Sequence[Row]:
    """Put parents before children; rows of a circle are marked, to be refused each."""
    lines: dict[str, list[Row]] = {}
    for row in rows:
        lines.setdefault(row.get("code"), []).append(row)
    state.memory["rows"] = lines
    ordered: list[Row] = []
    waiting = list(rows)
    placed: set[str] = set()
    while waiting:
        ready = [row for row in waiting if row.get("parent") not in lines or row.get("parent") in placed]
        # A row that names itself as its parent holds nobody up: it is refused, and its children say so.
        ready = ready or [row for row in waiting if row.get("parent") == row.get("code")]
        if not ready:
            ready = [row for row in waiting if _is_in_circle(row, lines)]
            state.memory["circle"] = {row.number for row in ready}
        ordered += ready
        placed |= {row.get("code") for row in ready}
        waiting = [row for row in waiting if row not in ready]
    return ordered


def _is_in_circle(row: Row, lines: dict[str, list[Row]]) -> bool:
    seen: set[str] = set()
    code = row.get("parent")
    while code in lines and code not in seen:
        if code == row.get("code"):
            return True
        seen.add(code)
        code = lines[code][0].get("parent")
    return False


def _apply(ctx: Context, row: Row, state: ImportState) -> None:
    code, name = required(row, "code"), required(row, "name")
    first = state.memory["rows"][code][0]
    if first is not row:
        raise refuse(
            "DUPLICATE_ROW", N_("Line {line} already holds the code {code}. Keep one of the two."), "code",
            line=first.number, code=code,
        )  # fmt: skip
    parent = _parent(row, state)
    start = read_date(row, "valid_from")
    unit = WorkUnit.get_or_none(WorkUnit.code == code)
    if unit is None:
        units.create_unit(
            ctx,
            code=code,
            name=name,
            short_name=row.get("short_name"),
            kind=row.get("kind"),
            parent_id=parent.id if parent else None,
            valid_from=start or date(ctx.today.year, 1, 1),
            valid_to=read_date(row, "valid_to"),
        )
        return
    _change(ctx, row, unit, parent, start)


def _change(ctx: Context, row: Row, unit: WorkUnit, parent: WorkUnit | None, start: date | None) -> None:
    since = start if start is not None and start > unit.valid_from else ctx.today
    if row.get("kind") and row.get("kind") != unit.kind:
        unit = units.update_unit(ctx, unit.id, unit.version, {"kind": row.get("kind")})
    short_name = row.get("short_name") or unit.short_name
    if (row.get("name"), short_name) != (unit.name, unit.short_name):
        unit = units.rename_unit(
            ctx, unit.id, unit.version, name=row.get("name"), short_name=short_name, valid_from=since
        )
    if row.get("parent") and parent is not None and parent.id != unit.__data__["parent"]:
        unit = units.move_unit(ctx, unit.id, unit.version, parent_id=parent.id, valid_from=since)
    last_day = read_date(row, "valid_to")
    if last_day is not None and unit.valid_to != last_day:
        units.close_unit(ctx, unit.id, unit.version, last_day=last_day)


def _parent(row: Row, state: ImportState) -> WorkUnit | None:
    code = row.get("parent")
    if not code:
        return None
    if code == row.get("code"):
        raise refuse(
            "SELF_PARENT", N_("The unit {code} is its own parent. Name the unit above it, or leave the cell empty."),
            "parent", code=code,
        )  # fmt: skip
    if row.number in state.memory.get("circle", ()):
        raise refuse(
            "PARENT_CIRCLE",
            N_("The unit {code} stands below itself. Correct the parents of these rows."),
            "parent",
            code=row.get("code"),
        )
    parent = WorkUnit.get_or_none(WorkUnit.code == code)
    if parent is not None:
        return parent
    in_file = state.memory["rows"].get(code, [])
    if any(line.number in state.rejected for line in in_file):
        state.note(
            row,
            Problem(
                "PARENT_REJECTED",
                N_("The row of the parent {parent} was left out. The unit stands at the top until you name another."),
                ("parent",),
                {"parent": code},
            ),
        )
        return None
    raise refuse(
        "PARENT_UNKNOWN", N_("No unit has the code {parent}. Add it to the file, or correct the cell."), "parent",
        parent=code,
    )  # fmt: skip


UNITS = ImportKind(
    name="units",
    title=N_("Units"),
    subjects=("WorkUnit",),
    columns=(
        Column("code", N_("Code"), ("kode", "id", "kode_unit", "kode_unor"), is_required=True),
        Column("name", N_("Name"), ("nama", "nama_unit", "unit_kerja"), is_required=True),
        Column("short_name", N_("Short name"), ("singkatan",)),
        Column("kind", N_("Kind"), ("jenis", "kelompok")),
        Column("parent", N_("Code of the unit above"), ("kode_induk", "kode_induk_turunan", "id_induk", "induk")),
        Column("valid_from", N_("First day"), ("berlaku_mulai", "tmt")),
        Column("valid_to", N_("Last day"), ("berlaku_sampai",)),
    ),
    order=_order,
    apply=_apply,
)
