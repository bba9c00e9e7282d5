"""Adopted innovations as other areas ask for them: per author and period, in one statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.organisation.services.changing import rows_of
from plugins.rewards.innovations.models import Innovation, InnovationAuthor


@dataclass(frozen=True)
class AdoptedInnovation:
    """That somebody is an author of an innovation which was adopted on a day; one that ended later was adopted too."""

    employee_id: int
    innovation_id: int
    title: str
    adopted_on: date


def adopted_innovations(employee_ids: Sequence[int] | None, first: date, last: date) -> list[AdoptedInnovation]:
    """Return what was adopted from `first` to `last`, by author and day; None asks for everybody; one statement."""
    rows: Any = (
        InnovationAuthor.select(
            InnovationAuthor.employee, InnovationAuthor.innovation, Innovation.title, Innovation.adopted_on
        )
        .join(Innovation, on=InnovationAuthor.innovation == Innovation.id)
        .where(Innovation.adopted_on.between(first, last))
        .order_by(InnovationAuthor.employee, Innovation.adopted_on, Innovation.id)
    )
    if employee_ids is not None:
        rows = rows.where(InnovationAuthor.employee.in_(employee_ids))
    return [AdoptedInnovation(*row) for row in rows_of(rows)]


def adopters(first: date, last: date) -> Any:
    """Return the query of the ids of the employees who are authors of what was adopted from `first` to `last`."""
    author, innovation = InnovationAuthor.alias(), Innovation.alias()
    adopted = innovation.select(innovation.id).where(innovation.adopted_on.between(first, last))
    return author.select(author.employee).where(author.innovation.in_(adopted)).distinct()
