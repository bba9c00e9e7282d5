"""Imports positions."""

import re
from datetime import date
from typing import Any, cast

from core.context import Context
from core.errors import refuse
from core.exchange.importers.cells import only_once, read_date, read_truth, read_whole, required
from core.exchange.importers.found import unit_named
from core.exchange.kinds import Column, ImportKind, ImportState, Row
from core.i18n import N_
from core.organisation.models import Position, PositionKind
from core.organisation.services import positions
from core.organisation.services.positions import PositionChanges

_LEVELS = {
    "ahli utama": "AHLI_UTAMA",
    "ahli madya": "AHLI_MADYA",
    "ahli muda": "AHLI_MUDA",
    "ahli pertama": "AHLI_PERTAMA",
    "penyelia": "PENYELIA",
    "mahir": "MAHIR",
    "terampil": "TERAMPIL",
    "pemula": "PEMULA",
    "pelaksana": "PELAKSANA",
}
"""Levels that a functional title names at its end."""


def _apply(ctx: Context, row: Row, state: ImportState) -> None:
    title = required(row, "title")
    unit = unit_named(row, "unit")
    if row.get("code"):
        only_once(row, state, "code", row.get("code"))
    code = row.get("code") or _code(unit.code, title)
    wanted: dict[str, Any] = {
        "title": title,
        "kind_id": _kind(row, title).id,
        "unit_id": unit.id,
        "is_head": read_truth(row, "is_head", default=False),
        "job_class": read_whole(row, "job_class"),
        "echelon": row.get("echelon"),
    }
    position = Position.get_or_none(Position.code == code)
    last_day = read_date(row, "valid_to")
    if position is None:
        start = read_date(row, "valid_from") or max(unit.valid_from, date(ctx.today.year, 1, 1))
        positions.create_position(ctx, code=code, valid_from=start, valid_to=last_day, **wanted)
        return
    given = {
        name: value for name, value in wanted.items() if name in {"title", "kind_id", "unit_id"} or _is_given(row, name)
    }
    changes = {name: value for name, value in given.items() if getattr(position, name) != value}
    if changes:
        position = positions.update_position(ctx, position.id, position.version, cast("PositionChanges", changes))
    if last_day is not None and position.valid_to != last_day:
        positions.close_position(ctx, position.id, position.version, last_day=last_day)


def _is_given(row: Row, column: str) -> bool:
    return bool(row.get(column))


def _code(unit_code: str, title: str) -> str:
    return f"{unit_code}-{re.sub(r'[^a-z0-9]+', '-', title.casefold()).strip('-')}"[:64]


def _kind(row: Row, title: str) -> PositionKind:
    code = row.get("kind").upper() or next(
        (kind for words, kind in _LEVELS.items() if title.casefold().endswith(words)), ""
    )
    kind = PositionKind.get_or_none(PositionKind.code == code)
    if kind is None:
        known = ", ".join(kind.code for kind in PositionKind.select().order_by(PositionKind.id))
        raise refuse(
            "POSITION_KIND_UNKNOWN",
            N_("The kind of the position {title} is not clear. Fill in the column kind with one of: {known}."),
            "kind",
            title=title,
            known=known,
        )
    return kind


POSITIONS = ImportKind(
    name="positions",
    title=N_("Positions"),
    subjects=("Position",),
    columns=(
        Column("code", N_("Code"), ("kode", "kode_jabatan")),
        Column("title", N_("Title"), ("jabatan", "nama_jabatan"), is_required=True),
        Column("kind", N_("Kind and level"), ("jenis", "jenjang", "jenis_jabatan")),
        Column("unit", N_("Code of the unit"), ("kode_unit", "unit_kerja"), is_required=True),
        Column("is_head", N_("Heads the unit"), ("kepala", "pimpinan")),
        Column("job_class", N_("Job class"), ("kelas_jabatan", "kelas")),
        Column("echelon", N_("Echelon"), ("eselon",)),
        Column("valid_from", N_("First day"), ("berlaku_mulai",)),
        Column("valid_to", N_("Last day"), ("berlaku_sampai",)),
    ),
    apply=_apply,
)
