"""How a stream begins: what was asked is read and checked once, a place is taken, and the position is settled."""

from dataclasses import dataclass
from typing import Any

from graphql import (
    FieldNode,
    FragmentSpreadNode,
    GraphQLError,
    InlineFragmentNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
)
from graphql.execution.values import get_argument_values, get_variable_values
from strawberry.types.arguments import convert_arguments

from core.context import Context
from core.errors import Refused
from core.i18n import speaking
from core.identity.authentication import NotAuthenticated
from core.live.budget import Budget, Ticket
from core.live.frames import opening
from core.live.hub import Hub
from core.live.reading import position_of
from core.settings import Settings
from schema.build import Schema
from schema.cost import check_cost
from schema.documents import Document
from schema.engine.catalogue import FieldInfo
from schema.engine.selection import fragments_of
from schema.execution import execute
from schema.live_declare import Stream
from schema.live_stream import COMPLETE, Caller, LiveStream, frame, refused_answer
from schema.requests import GraphQLRequest

MEDIA_TYPE = "text/event-stream"
RATE_LIMITED = "RATE_LIMITED"


class Limited(Exception):  # noqa: N818 - an expected outcome
    """The caller has used up its points of the minute; nothing has run."""

    def __init__(self, error: dict[str, Any]) -> None:
        super().__init__(RATE_LIMITED)
        self.message = str(error["message"])
        self.retry_after = int(error["extensions"]["retryAfter"])


@dataclass(frozen=True)
class Opened:
    """A stream that runs from `position`, and its place; to be left when it ends."""

    stream: LiveStream
    position: int
    ticket: Ticket
    hub: Hub

    @property
    def beginning(self) -> bytes:
        """What is sent first."""
        return opening(self.position)

    def leave(self) -> None:
        """Give the place back; a second time does nothing."""
        if self.ticket.give_back():
            self.hub.leave()


class Live:
    """The streams of one process."""

    def __init__(self, schema: Schema, settings: Settings, most: int) -> None:
        self.schema = schema
        self.settings = settings
        self.hub = Hub()
        self.budget = Budget(most, settings.live_max_streams_per_account)

    def open(
        self, ctx: Context, caller: Caller, asked: GraphQLRequest, last_id: str | None, *, queries_only: bool
    ) -> Opened | bytes:
        """Begin a stream; return its only content instead when the operation is answered (or refused) at once.

        Raise NotAuthenticated when a stranger subscribes to what is not public, Refused when no place is free, and
        Limited when the caller has asked for too much within a minute.
        """
        with speaking(caller.language):
            document = self._read(asked)
            if document is None or document.operation_type(asked.operation) is not OperationType.SUBSCRIPTION:
                return self._at_once(ctx, asked, queries_only=queries_only)
            node, info = self._field(document, asked)
            source = info.source
            assert isinstance(source, Stream)  # noqa: S101 - a schema whose subscriptions are none is not built
            if ctx.actor.account_id is None and not source.is_public:
                raise NotAuthenticated
            try:
                # Opening is paid for like a request; what is told afterwards is not.
                check_cost(self.schema.catalogue, ctx, document, asked.variables, asked.operation)
                arguments = self._arguments(document, asked, node, info)
                if source.opening is not None:
                    source.opening(ctx, **arguments)
                given = position_of(last_id) if last_id else None
            except GraphQLError as error:
                extensions = {"code": "BAD_USER_INPUT", **(error.extensions or {})}
                return _whole({"errors": [{**error.formatted, "extensions": extensions}]})
            except Refused as refused:
                return frame(refused_answer(refused, caller)) + COMPLETE
            ticket = self.budget.take(ctx.actor.account_id, ctx.budget.key if ctx.budget is not None else "")
            try:
                now = self.hub.join()
            except BaseException:
                ticket.give_back()
                raise
            key = (node.alias or node.name).value
            stream = LiveStream(self.schema, self.settings, caller, asked, key, source, arguments)
            return Opened(stream, now if given is None else given, ticket, self.hub)

    def _read(self, asked: GraphQLRequest) -> Document | None:
        """Return the document; None for a faulty one, of which `execute` says what is wrong."""
        try:
            document = self.schema.documents.read(asked.query, self.settings)
        except GraphQLError:
            return None
        return None if document.errors else document

    def _at_once(self, ctx: Context, asked: GraphQLRequest, *, queries_only: bool) -> bytes:
        answer = execute(self.schema, ctx, asked.query, asked.variables, asked.operation, queries_only=queries_only)
        return _whole(answer)

    def _field(self, document: Document, asked: GraphQLRequest) -> tuple[FieldNode, FieldInfo]:
        node = _only_field(document, _operation(document, asked).selection_set)
        root = self.schema.graphql.subscription_type
        return node, self.schema.catalogue.types[root.name].fields[node.name.value]  # type: ignore[union-attr]

    def _arguments(self, document: Document, asked: GraphQLRequest, node: FieldNode, info: FieldInfo) -> dict[str, Any]:
        definitions = _operation(document, asked).variable_definitions or ()
        given = get_variable_values(self.schema.graphql, definitions, dict(asked.variables))
        if isinstance(given, list):
            raise given[0]
        return convert_arguments(
            get_argument_values(info.graphql, node, given),
            info.strawberry.arguments,
            self.schema.schema_converter.scalar_registry,
            self.schema.config,
        )


def _whole(answer: dict[str, Any]) -> bytes:
    for error in answer.get("errors", ()):
        if error.get("extensions", {}).get("code") == RATE_LIMITED:
            raise Limited(error)
    return frame(answer) + COMPLETE


def _operation(document: Document, asked: GraphQLRequest) -> OperationDefinitionNode:
    operation = document.operation(asked.operation)
    assert operation is not None  # noqa: S101 - it was found to be a subscription
    return operation


def _only_field(document: Document, selections: SelectionSetNode) -> FieldNode:
    """Return the root field; validation has made sure that there is one, without conditions, maybe in fragments."""
    first = selections.selections[0]
    if isinstance(first, FieldNode):
        return first
    if isinstance(first, InlineFragmentNode):
        return _only_field(document, first.selection_set)
    assert isinstance(first, FragmentSpreadNode)  # noqa: S101 - there is no fourth kind
    return _only_field(document, fragments_of(document.tree)[first.name.value].selection_set)
