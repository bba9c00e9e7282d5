"""Who made an innovation, in which role and with which share."""

from decimal import Decimal
from typing import Any

import peewee as pw

from core.organisation.models import Employee
from core.plugin_api import N_, Context, fetch, refuse, stale, unit_of_work
from plugins.rewards.innovations.models import Innovation, InnovationAuthor
from plugins.rewards.innovations.services.finding import to_edit
from plugins.rewards.innovations.terms import AuthorRole

_WHOLE = Decimal(100)


def set_author(
    ctx: Context,
    innovation_id: int,
    employee_id: int,
    role: AuthorRole = AuthorRole.MEMBER,
    share: Decimal | None = None,
) -> InnovationAuthor:
    """Name an author, or change role and share of one; the shares of all are 100 percent at most."""
    with unit_of_work(ctx) as work:
        innovation = to_edit(ctx, innovation_id, "input", "innovationId")
        # Two who divide the shares at once meet here, since both count as a change of the innovation.
        work.touch(innovation, innovation.version)
        employee = fetch(Employee, employee_id, ctx, "input", "employeeId")
        row = InnovationAuthor.get_or_none(
            (InnovationAuthor.innovation == innovation.id) & (InnovationAuthor.employee == employee.id)
        )
        _check_share(innovation, employee.id, share)
        if row is None:
            return work.create(InnovationAuthor, innovation=innovation.id, employee=employee.id, role=role, share=share)
        return work.update(row, None, role=role, share=share)


def remove_author(ctx: Context, author_id: int, version: int | None) -> int:
    """Take somebody off the authors; return the id of that row. The last one stays."""
    with unit_of_work(ctx) as work:
        row = fetch(InnovationAuthor, author_id, ctx, "input", "id")
        innovation = to_edit(ctx, row.innovation_id, "input", "id")
        if version is not None and version != row.version:
            raise stale("input", "version")
        work.touch(innovation, innovation.version)
        if InnovationAuthor.select().where(InnovationAuthor.innovation == innovation.id).count() == 1:
            text = N_("An innovation has an author. Name another one first.")
            raise refuse("INNOVATION_LAST_AUTHOR", text, "input", "id")
        work.delete(row)
        return author_id


def _check_share(innovation: Innovation, employee_id: int, share: Decimal | None) -> None:
    if share is None:
        return
    if not (share.is_finite() and 0 < share <= _WHOLE):
        text = N_("{share} is no share. Give more than 0 and at most 100 percent, or nothing.")
        raise refuse("INNOVATION_SHARE", text, "input", "share", share=share)
    others: Any = (
        InnovationAuthor.select(pw.fn.SUM(InnovationAuthor.share))
        .where((InnovationAuthor.innovation == innovation.id) & (InnovationAuthor.employee != employee_id))
        .scalar()
    )
    taken = Decimal(str(others or 0))
    if taken + share > _WHOLE:
        text = N_("The others have {taken} percent already, {left} are left. Give a smaller share, or change theirs.")
        raise refuse("INNOVATION_SHARES", text, "input", "share", taken=taken.normalize(), left=_WHOLE - taken)
