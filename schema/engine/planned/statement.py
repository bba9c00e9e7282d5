"""A planned operation: its statement in pieces, put together for each actor and filled with the values of each call."""

import sys
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

from core.actor import Actor
from schema.engine.planned.actors import ActorTexts
from schema.engine.planned.builder import Hole
from schema.engine.planned.pieces import ActorPart, Call, CallPart, Fixed, ShapedPart, Sql
from schema.engine.selection import Run

_KEPT = 4_000

Stretch = Fixed | CallPart | ShapedPart
"""What is left of a statement for one actor: text with its values, and parts that follow from the call."""


@dataclass(eq=False)
class Statement:
    """The statement of one operation in one shape.

    `most_rows` bounds what the other way would read; `first` is the response key of the first root field;
    `is_too_deep` is set when SQLite could not parse it.
    """

    pieces: Sql
    holes: Sequence[Hole]
    run: Run
    most_rows: int
    first: str
    is_too_deep: bool = False


class Statements:
    """Statements put together for the actors of late: policy and masks are those of one actor and of nobody else."""

    def __init__(self) -> None:
        self._texts = ActorTexts()
        self._kept: OrderedDict[tuple[Statement, Actor], list[Stretch]] = OrderedDict()
        self._lock = Lock()

    def render(self, statement: Statement, call: Call) -> tuple[str, list[Any]]:
        """Return SQL and bind parameters for a call."""
        key = (statement, call.ctx.actor)
        with self._lock:
            stretches = self._kept.get(key)
            if stretches is not None:
                self._kept.move_to_end(key)
        if stretches is None:
            stretches = self._for_actor(statement, call)
            with self._lock:
                self._kept[key] = stretches
                if len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
        text: list[str] = []
        values: list[Any] = []
        for stretch in stretches:
            made = stretch if isinstance(stretch, Fixed) else stretch.made(call)
            text.append(made.text)
            values.extend(made.values)
        return "".join(text), values

    def _for_actor(self, statement: Statement, call: Call) -> list[Stretch]:
        known = self._texts.of(call.ctx)
        result: list[Stretch] = []
        text: list[str] = []
        values: list[Any] = []
        for piece in statement.pieces:
            if isinstance(piece, CallPart | ShapedPart):
                result += [Fixed(sys.intern("".join(text)), tuple(values)), piece]
                text, values = [], []
                continue
            if isinstance(piece, str):
                text.append(piece)
                continue
            made = self._texts.render(piece, call.ctx, known) if isinstance(piece, ActorPart) else piece
            text.append(made.text)
            values.extend(made.values)
        return [*result, Fixed(sys.intern("".join(text)), tuple(values))]
