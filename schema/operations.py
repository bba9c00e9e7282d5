"""GraphQL of registered operations: what clients may run by hash or name."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from core.context import Context
from core.operations import models, services
from schema.engine import (
    Connection,
    Node,
    SchemaParts,
    column,
    decode_id,
    entity,
    mutation,
    payload,
    relation,
    root_pages,
)

if TYPE_CHECKING:
    from schema.identity_types import Account


@entity(models.RegisteredOperation, order=("name", "-created_at"))
class RegisteredOperation(Node):
    """A GraphQL operation that clients run by its hash, or by its name; a query of these is also a view."""

    name: str = column(models.RegisteredOperation.name, "Name; the latest of a name stands for it.")
    kind: str = column(models.RegisteredOperation.kind, "query, mutation or subscription.")
    document: str = column(models.RegisteredOperation.document, "The document.", filterable=False, orderable=False)
    sha256: str = column(models.RegisteredOperation.sha256, "SHA-256 of the document, in hexadecimal digits.")
    description: str = column(models.RegisteredOperation.description, "What it is for.")
    account: Annotated["Account", strawberry.lazy("schema.identity_types")] | None = relation(
        models.RegisteredOperation.account, "Who registered it; null for the operator of the machine."
    )
    created_at: datetime = column(models.RegisteredOperation.created_at, "When it was registered.")
    retired_at: datetime | None = column(
        models.RegisteredOperation.retired_at, "Since when it runs no more; null: it runs."
    )
    version: int = column(models.RegisteredOperation.version, "Version, for changes.")


class Query:
    """Root fields of registered operations."""

    registered_operations: Connection[RegisteredOperation] = root_pages(
        "Operations that were registered, retired ones too."
    )


@strawberry.input(description="An operation to register.")
class RegisterOperationInput:
    """Input of registerOperation."""

    document: str = strawberry.field(description="A document of one operation; its hash is that of this very text.")
    name: str | None = strawberry.field(description="Name; null: that of the operation.", default=None)
    description: str = strawberry.field(description="What it is for.", default="")
    replaces: bool = strawberry.field(
        description="Whether it takes a name over from another document, which still runs by its hash.", default=False
    )


@strawberry.input(description="An operation that shall run no more.")
class RetireOperationInput:
    """Input of retireOperation."""

    operation_id: strawberry.ID = strawberry.field(description="The operation.")


def _register(ctx: Context, input: RegisterOperationInput) -> dict[str, Any]:
    row = services.register_operation(
        ctx,
        document=input.document,
        name=input.name,
        description=input.description,
        replaces=input.replaces,
    )
    return {"operation": row}


def _retire(ctx: Context, input: RetireOperationInput) -> dict[str, Any]:
    key = decode_id("RegisteredOperation", input.operation_id, "input", "operationId")
    return {"operation": services.retire_operation(ctx, key)}


class Mutation:
    """Mutations of registered operations."""

    register_operation = mutation(
        _register,
        input=RegisterOperationInput,
        payload=payload("RegisterOperationPayload", operation=(RegisteredOperation, "It; null when refused.")),
        description="Register an operation after checking it against the schema and the limits.",
    )
    retire_operation = mutation(
        _retire,
        input=RetireOperationInput,
        payload=payload("RetireOperationPayload", operation=(RegisteredOperation, "It; null when refused.")),
        description="Let a registered operation run no more, at once.",
    )


PARTS = SchemaParts(query=Query, mutation=Mutation)
