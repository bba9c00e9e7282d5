"""Imports who holds which position."""

from core.context import Context
from core.exchange.importers.cells import read_date, read_truth, read_word, required
from core.exchange.importers.found import employee_named, position_named
from core.exchange.kinds import Column, ImportKind, ImportState, Row
from core.i18n import N_
from core.organisation.models import Assignment
from core.organisation.services import assignments
from core.organisation.terms import AssignmentKind

_KINDS = {
    "DEFINITIVE": AssignmentKind.DEFINITIVE,
    "Definitif": AssignmentKind.DEFINITIVE,
    "PLT": AssignmentKind.PLT,
    "PLH": AssignmentKind.PLH,
}


def _apply(ctx: Context, row: Row, state: ImportState) -> None:  # noqa: ARG001 - the form of every kind
    required(row, "nip")
    required(row, "position")
    employee = employee_named(row, "nip")
    position = position_named(row, "position")
    kind = read_word(row, "kind", _KINDS) or AssignmentKind.DEFINITIVE
    is_primary = read_truth(row, "is_primary", default=kind is AssignmentKind.DEFINITIVE)
    required(row, "valid_from")
    start = read_date(row, "valid_from")
    last_day = read_date(row, "valid_to")
    assert start is not None  # noqa: S101 - `required` has refused an empty cell
    present = Assignment.get_or_none(
        (Assignment.employee == employee) & (Assignment.position == position) & (Assignment.valid_from == start)
    )
    if present is not None:
        if last_day is not None and present.valid_to != last_day:
            assignments.end_assignment(ctx, present.id, present.version, last_day=last_day)
        return
    assignments.assign(
        ctx,
        employee_id=employee.id,
        position_id=position.id,
        kind=kind,
        is_primary=is_primary,
        valid_from=start,
        valid_to=last_day,
        decree_number=row.get("decree_number"),
        # A file of this month's posts means a move: the former primary post ends the day before.
        ends_previous=is_primary,
    )


ASSIGNMENTS = ImportKind(
    name="assignments",
    title=N_("Assignments"),
    subjects=("Assignment",),
    columns=(
        Column("nip", N_("Civil-service number"), ("nip_baru", "ni_pppk"), is_required=True),
        Column("position", N_("Position (code or title)"), ("jabatan", "kode_jabatan"), is_required=True),
        Column("kind", N_("Definitive, Plt or Plh"), ("jenis",)),
        Column("is_primary", N_("Primary post"), ("utama",)),
        Column("valid_from", N_("First day"), ("tmt", "tmt_jabatan", "berlaku_mulai"), is_required=True),
        Column("valid_to", N_("Last day"), ("berlaku_sampai",)),
        Column("decree_number", N_("Number of the decree"), ("nomor_sk", "no_sk")),
    ),
    places={"employeeId": "nip"},
    apply=_apply,
)
