"""Holidays in GraphQL."""

from datetime import date
from typing import Any

import strawberry

from core.context import Context
from core.workdays import models, services
from core.workdays.terms import HolidayKind
from schema.engine import (
    Connection,
    Node,
    SchemaParts,
    column,
    decode_id,
    encode_id,
    entity,
    mutation,
    payload,
    root_pages,
)

strawberry.enum(
    HolidayKind, name="HolidayKind", description="National or regional holiday, or collective leave (cuti bersama)."
)


@entity(models.Holiday, order=("day",))
class Holiday(Node):
    """A day on which nobody works (hari libur)."""

    day: date = column(models.Holiday.day, "The day.")
    name: str = column(models.Holiday.name, "Name.")
    kind: HolidayKind = column(models.Holiday.kind, "Kind.")
    source: str = column(models.Holiday.source, "Decree or other source.")
    version: int = column(models.Holiday.version, "Version to name in a change.")


class Query:
    """What the calendar shows at the root."""

    holidays: Connection[Holiday] = root_pages("Holidays and days of collective leave, by day.")


@strawberry.input(description="A holiday; with id and version, a change of one.")
class SaveHolidayInput:
    """A holiday to enter or to change."""

    day: date = strawberry.field(description="The day.")
    name: str = strawberry.field(description="Name.")
    kind: HolidayKind = strawberry.field(description="Kind.")
    source: str = strawberry.field(description="Decree or other source.", default="")
    id: strawberry.ID | None = strawberry.field(description="The holiday to change.", default=None)
    version: int | None = strawberry.field(description="Version that you saw, with id.", default=None)


@strawberry.input(description="A holiday to delete.")
class DeleteHolidayInput:
    """A holiday to delete."""

    id: strawberry.ID = strawberry.field(description="The holiday.")
    version: int = strawberry.field(description="Version that you saw.")


def _save_holiday(ctx: Context, input: SaveHolidayInput) -> dict[str, Any]:
    holiday = services.save_holiday(
        ctx,
        day=input.day,
        name=input.name,
        kind=input.kind,
        source=input.source,
        holiday_id=None if input.id is None else decode_id("Holiday", input.id, "input", "id"),
        version=input.version,
    )
    return {"holiday": holiday}


def _delete_holiday(ctx: Context, input: DeleteHolidayInput) -> dict[str, Any]:
    key = decode_id("Holiday", input.id, "input", "id")
    services.delete_holiday(ctx, key, input.version)
    return {"deleted_id": encode_id("Holiday", key)}


class Mutation:
    """What changes the calendar."""

    save_holiday = mutation(
        _save_holiday,
        input=SaveHolidayInput,
        payload=payload("SaveHolidayPayload", holiday=(Holiday, "The holiday.")),
        description="Enter or change a holiday.",
    )
    delete_holiday = mutation(
        _delete_holiday,
        input=DeleteHolidayInput,
        payload=payload("DeleteHolidayPayload", deleted_id=(strawberry.ID, "Id of what is gone.")),
        description="Take a holiday out of the calendar.",
    )


PARTS = SchemaParts(query=Query, mutation=Mutation)
