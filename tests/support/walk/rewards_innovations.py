"""Innovations in the world of the walk: one of the registry at each stage, one of the archive that concerns both."""

from datetime import date
from typing import Any

from core.facts.terms import FactSubject
from core.progress.terms import EvidenceKind
from plugins.rewards.innovations.models import (
    Innovation,
    InnovationAuthor,
    InnovationEffect,
    InnovationEvidence,
    InnovationStep,
    InnovationUnit,
)
from plugins.rewards.innovations.terms import EffectDirection, InnovationStage
from tests.support.calls import NOON

FIRST = date(2026, 1, 5)
_STAGES = {
    "proposed": ("registry", "officer", InnovationStage.PROPOSED, None),
    "tried": ("registry", "officer", InnovationStage.TRIED, None),
    "adopted": ("registry", "officer", InnovationStage.ADOPTED, FIRST),
    "archive": ("archive", "other", InnovationStage.PROPOSED, None),
    "shared": ("archive", "other", InnovationStage.DECLINED, None),
}


def add_innovations(rows: dict[str, Any]) -> None:
    """Add rows of every table of innovations."""
    for label, (where, who, stage, adopted_on) in _STAGES.items():
        row = rows[f"innovation.{label}"] = Innovation.create(
            unit=rows[f"unit.{where}"], title=label, problem="-", description="-", category="TATA_KELOLA",
            group="UMUM", stage=stage, proposed_on=FIRST, tried_on=None, adopted_on=adopted_on,
            proposed_by=rows[f"employee.{who}"], rule={},
        )  # fmt: skip
        rows[f"innovation_author.{label}"] = InnovationAuthor.create(innovation=row, employee=rows[f"employee.{who}"])
        InnovationStep.create(innovation=row, stage=InnovationStage.PROPOSED, day=FIRST, recorded_at=NOON)
        rows[f"innovation_evidence.{label}"] = InnovationEvidence.create(
            innovation=row, kind=EvidenceKind.LINK, title="-", url="https://example.id/"
        )
        InnovationEffect.create(
            innovation=row, fact="gone.speed", subject=FactSubject.UNIT, unit=row.unit, title="-",
            direction=EffectDirection.LOWER, before_first=FIRST, before_last=FIRST, after_first=FIRST,
            after_last=FIRST, before_value=2, before_cases=40, before_evidence={}, after_value=1, after_cases=40,
            after_evidence={}, fewest_cases=30, measured_at=NOON,
        )  # fmt: skip
    rows["innovation_author.clerk"] = InnovationAuthor.create(
        innovation=rows["innovation.proposed"], employee=rows["employee.clerk"]
    )
    InnovationUnit.create(innovation=rows["innovation.shared"], unit=rows["unit.registry"])


def _innovation(f: Any, who: Any, row: Any) -> bool:
    if not who.is_known:
        return False
    units = [row.unit_id, *(one.unit_id for one in f.rows(InnovationUnit).values() if one.innovation_id == row.id)]
    reads = ("rewards.read_innovations", "rewards.manage_innovations")
    if row.adopted_on or any(f.reads(who, permission, unit) for unit in units for permission in reads):
        return True
    authors = [one.employee_id for one in f.rows(InnovationAuthor).values() if one.innovation_id == row.id]
    is_near = any(f.is_me(who, one) or f.supervises(who, one) for one in authors)
    return is_near or bool(f.is_me(who, row.proposed_by_id))


def _of_innovation(f: Any, who: Any, row: Any) -> bool:
    return _innovation(f, who, f.rows(Innovation)[row.innovation_id])


SEES_OF_INNOVATIONS: dict[Any, Any] = {
    Innovation: _innovation,
    **dict.fromkeys(
        (InnovationUnit, InnovationAuthor, InnovationStep, InnovationEvidence, InnovationEffect), _of_innovation
    ),
}
"""What was adopted everybody known sees; the rest those who made it, decide on it or read it there."""
