"""State as of a date: the day that an operation's `asOf` sets for a field and everything below it.

Who may see what is judged as of today, by the caller's actor; only the data are those of the day. A declaration says
with `at` what it shows on a day; one without it shows the same on every day.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from graphql import ArgumentNode, DocumentNode, Visitor, visit

from core.actor import Actor

ARGUMENT = "asOf"
DESCRIPTION = "Shows the state on this day, past or future, here and in everything below; by default that of today."


@dataclass(frozen=True)
class DatedActor(Actor):
    """The caller, judged as of today, who asks for the data of `data_day`."""

    data_day: date | None = None


def day_of(actor: Actor) -> date | None:
    """Return the day whose data are asked for; None for the present."""
    return actor.data_day if isinstance(actor, DatedActor) else None


def dated(actor: Actor, day: date | None) -> Actor:
    """Return the caller asking for the data of a day; the actor as it is for None."""
    if day is None or day_of(actor) == day:
        return actor
    known = {field.name: getattr(actor, field.name) for field in fields(Actor)}
    return DatedActor(**known, data_day=day)


def is_asked(document: DocumentNode) -> bool:
    """Whether a document names `asOf` anywhere; a reader that knows no days leaves it to one that does."""
    found: list[str] = []

    class _Names(Visitor):
        def enter_argument(self, node: ArgumentNode, *_path: object) -> None:
            found.append(node.name.value)

    visit(document, _Names())
    return ARGUMENT in found


def asked_day(given: Mapping[str, Any]) -> date | None:
    """Return the value of `asOf` among the arguments of a field."""
    return given.get(ARGUMENT)
