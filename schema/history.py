"""GraphQL of the history: every change with its reason, and bringing a row back."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import orjson
import strawberry

from core.context import Context
from core.history import models, services
from schema.engine import (
    Connection,
    Node,
    SchemaParts,
    batch,
    column,
    decode_id,
    describe_values,
    entity,
    mutation,
    payload,
    relation,
    root_pages,
)
from schema.scalars import JSON

if TYPE_CHECKING:
    from schema.identity_types import Account


@strawberry.enum(description="Which state of a change to bring back.")
class HistoryState(StrEnum):
    """A state that a history record holds."""

    BEFORE = "before"
    AFTER = "after"


describe_values(HistoryState, BEFORE="As it was before the change.", AFTER="As the change left it.")


def _states(name: str) -> Any:
    def decode(_ctx: Context, records: Sequence[Any]) -> list[Any]:
        return [None if (text := getattr(record, name)) is None else orjson.loads(text) for record in records]

    return decode


def _changed_fields(_ctx: Context, records: Sequence[Any]) -> list[list[str]]:
    found = []
    for record in records:
        before = orjson.loads(record.before or "{}")
        after = orjson.loads(record.after or "{}")
        found.append(sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name)))
    return found


@entity(models.HistoryRecord, order=("-id",))
class HistoryRecord(Node):
    """One change of one row: who, when, why, before and after (riwayat perubahan)."""

    at: datetime = column(models.HistoryRecord.at, "When.")
    actor_name: str = column(models.HistoryRecord.actor_name, "Who, by the name at that time.")
    account: Annotated["Account", strawberry.lazy("schema.identity_types")] | None = relation(
        lambda t: t.account_id, "The account that did it; null for the system itself."
    )
    action: str = column(models.HistoryRecord.action, "create, update or delete.")
    subject_type: str = column(models.HistoryRecord.subject_type, "Type of the changed row, such as PerformancePlan.")
    subject_id: int = column(models.HistoryRecord.subject_id, "Number of the changed row: 12 for PerformancePlan:12.")
    before: JSON | None = batch(
        _states("before"), "The row before; null when it was created.", needs=[models.HistoryRecord.before]
    )
    after: JSON | None = batch(
        _states("after"), "The row after; null when it was deleted.", needs=[models.HistoryRecord.after]
    )
    changed_fields: list[str] = batch(
        _changed_fields,
        "Names of the fields that changed.",
        needs=[models.HistoryRecord.before, models.HistoryRecord.after],
    )
    reason: str | None = column(models.HistoryRecord.reason, "Why, where a reason was given.")
    request_id: str = column(models.HistoryRecord.request_id, "The request in which it happened.")
    batch: str = column(models.HistoryRecord.batch, "What was changed together has the same batch.")
    hash: str = column(models.HistoryRecord.hash, "SHA-256 over the row before and this one.")


class Query:
    """Root fields of the history."""

    history: Connection[HistoryRecord] = root_pages("Changes, latest first, of rows that the caller sees whole.")


@strawberry.input(description="A state to bring back.")
class RestoreHistoryInput:
    """Input of restoreHistory."""

    id: strawberry.ID = strawberry.field(description="The history record.")
    state: HistoryState = strawberry.field(description="The state before or after that change.")
    reason: str = strawberry.field(description="Why.")


def _restore(ctx: Context, input: RestoreHistoryInput) -> dict[str, Any]:
    key = decode_id("HistoryRecord", input.id, "input", "id")
    row = services.restore(ctx, key, state=input.state.value, reason=input.reason)
    record = models.HistoryRecord.get_by_id(key)
    latest = services.history_of(ctx, record.subject_type, record.subject_id)
    return {"subject_exists": row is not None, "record": latest[-1] if latest else None}


class Mutation:
    """Mutations of the history."""

    restore_history = mutation(
        _restore,
        input=RestoreHistoryInput,
        payload=payload(
            "RestoreHistoryPayload",
            record=(HistoryRecord, "The latest record of the row; null when refused or no longer seen."),
            subject_exists=(bool, "Whether the row is there now; null when refused."),
        ),
        description="Bring a row back to an earlier state; it is a change like any other, with its reason.",
    )


PARTS = SchemaParts(query=Query, mutation=Mutation)
