"""GraphQL of the dummy plugin."""

import strawberry

from core.context import Context
from schema.engine import SchemaParts, root_value


@strawberry.type(description="What the dummy says.")
class DummyGreeting:
    text: str = strawberry.field(description="The greeting.")


def _greet(ctx: Context, name: str) -> DummyGreeting:
    return DummyGreeting(text=f"Hello {name}")


class Query:
    dummy_greeting: DummyGreeting = root_value(_greet, "A greeting by the dummy.")


PARTS = SchemaParts(query=Query)
