"""The declaration of a live field: `stream(...)`, a root field of subscriptions that answers after each event."""

import dataclasses
import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from core.context import Context
from core.events import Event
from core.i18n import N_
from schema.clash import SchemaClash
from schema.engine import fields as f
from schema.engine.faults import RequestFault


@dataclasses.dataclass
class LiveContext(Context):
    """The context of one delivery: the subscriber as it is now, and the event that is told."""

    event: Event | None = None


@dataclasses.dataclass(frozen=True)
class Stream(f.Source):
    """A live field: which events it answers to, whom each concerns and what it gives."""

    give: Callable[..., Any]
    events: tuple[str, ...]
    concerns: Callable[..., bool] | None = None
    opening: Callable[..., None] | None = None
    args: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    latest_only: bool = False
    is_public: bool = False
    weight: int = 10

    def value(self, ctx: Context, **arguments: Any) -> Any:
        """Return what the field gives after the event of this delivery; raise a fault outside of a stream."""
        if not isinstance(ctx, LiveContext) or ctx.event is None:
            raise RequestFault(
                "STREAM_REQUIRED",
                N_("A subscription is answered as a stream. Send it with the header Accept: {accept}."),
                accept="text/event-stream",
            )
        return self.give(ctx, ctx.event.payload, **arguments)


def stream(
    give: Callable[..., Any],
    description: str,
    *,
    events: Sequence[str],
    concerns: Callable[..., bool] | None = None,
    opening: Callable[..., None] | None = None,
    args: Mapping[str, Any] | None = None,
    latest_only: bool = False,
    is_public: bool = False,
    name: str | None = None,
) -> Any:
    """Declare a live field: after each of `events`, `give(ctx, payload, **args)` gives a key of an entity or a value.

    `concerns(ctx, payload, **args)` says whether the event is about what the arguments name (default: always); what
    the subscriber may see of it is the policy's work alone: nothing is sent where the field comes out as null.
    `opening(ctx, **args)` may refuse a subscription when it begins. With `latest_only` the field shows a state: of
    several events that wait only the last is answered, and an answer like the one before is not sent. With `is_public`
    it is open to who has no account, too; what `give` says must then be fit for everybody.

    Annotate the field as nullable. Arguments are taken from the annotations of `give` unless `args` names them.
    """
    taken = _arguments_of(give) if args is None else dict(args)
    source = Stream(give, tuple(events), concerns, opening, taken, latest_only=latest_only, is_public=is_public)
    return f.EngineField(source=source, graphql_name=name, description=description)


def check_events(schema: Any, known: Iterable[str]) -> None:
    """Raise SchemaClash where a live field waits for an event that its owner, who is there, never announces."""
    root = schema.graphql.subscription_type
    names = set(known)
    owners = {name.partition(".")[0] for name in names}
    for field in schema.catalogue.types[root.name].fields.values() if root is not None else ():
        for event in field.source.events:
            if event not in names and event.partition(".")[0] in owners:
                raise SchemaClash(
                    f"Subscription.{field.name} waits for the event {event}, which nobody announces. Correct the name."
                )


def _arguments_of(function: Callable[..., Any]) -> dict[str, Any]:
    parameters = list(inspect.signature(function).parameters.values())[2:]
    return {
        parameter.name: (parameter.annotation, None, parameter.default)
        if parameter.default is not inspect.Parameter.empty
        else parameter.annotation
        for parameter in parameters
    }
