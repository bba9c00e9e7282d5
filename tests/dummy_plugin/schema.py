"""GraphQL of the dummy plugin."""

from collections.abc import Mapping
from typing import Any

import strawberry

from core.context import Context
from schema.engine import SchemaParts, root_value, stream


@strawberry.type(description="What the dummy says.")
class DummyGreeting:
    text: str = strawberry.field(description="The greeting.")


def _greet(ctx: Context, name: str) -> DummyGreeting:
    return DummyGreeting(text=f"Hello {name}")


class Query:
    dummy_greeting: DummyGreeting = root_value(_greet, "A greeting by the dummy.")


def _wave(_ctx: Context, payload: Mapping[str, Any], by: str | None = None) -> DummyGreeting:
    return DummyGreeting(text=f"{payload['by']} waves")


def _is_by(_ctx: Context, payload: Mapping[str, Any], by: str | None = None) -> bool:
    return by is None or payload["by"] == by


class Subscription:
    dummy_waved: DummyGreeting | None = stream(_wave, "Somebody waved.", events=["dummy.waved"], concerns=_is_by)


PARTS = SchemaParts(query=Query, subscription=Subscription)
