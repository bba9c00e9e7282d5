"""Keeps who read which case when, whatever the channel."""

from collections.abc import Sequence
from typing import Any

import peewee as pw

from core.plugin_api import Context, Record, unit_of_work
from plugins.rewards.discipline.models import CaseRead, DisciplineCase
from plugins.rewards.discipline.terms import ReadChannel


class Noted:
    """Notes reads of one table: the case that a row is of is read with the row."""

    def __init__(self, model: type[Record]) -> None:
        self.model = model

    def __call__(self, ctx: Context, ids: Sequence[int], channel: str) -> None:
        """Keep that the caller was shown these rows; what one request shows again is kept once."""
        cases = self._cases(ids)
        if not cases:
            return
        with unit_of_work(ctx) as work:
            known = CaseRead.select(CaseRead.case).where(
                (CaseRead.request_id == ctx.request_id)
                & (CaseRead.part == self.model.__name__)
                & (CaseRead.channel == ReadChannel(channel))
                & CaseRead.case.in_(cases)
            )
            for key in sorted(set(cases) - {row.case_id for row in known}):
                work.create(
                    CaseRead,
                    case=key,
                    reader=ctx.actor.employee_id,
                    account_id=ctx.actor.account_id,
                    reader_name=ctx.actor.name,
                    channel=ReadChannel(channel),
                    part=self.model.__name__,
                    read_at=ctx.now,
                    request_id=ctx.request_id,
                )

    def _cases(self, ids: Sequence[int]) -> list[int]:
        if self.model is DisciplineCase:
            return list(ids)
        table: Any = self.model
        found: list[int] = []
        for part in pw.chunked(sorted(set(ids)), 500):
            rows = table.select(table.case).where(table.id.in_(list(part)) & table.case.is_null(False))
            found += [key for (key,) in rows.distinct().tuples()]
        return sorted(set(found))
