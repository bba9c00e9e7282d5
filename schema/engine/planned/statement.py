"""A planned operation: its statement in pieces, put together for each actor and filled with the values of each call."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from core.actor import Actor
from schema.engine.planned.actors import ActorTexts
from schema.engine.planned.builder import Hole
from schema.engine.planned.pieces import ActorPart, Call, CallPart, Fixed, ShapedPart, Sql
from schema.engine.selection import Run

_ACTORS = 200

Stretch = Fixed | CallPart | ShapedPart
"""What is left of a statement for one actor: text with its values, and parts that follow from the call."""


@dataclass
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
    _by_actor: OrderedDict[Actor, list[Stretch]] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def render(self, call: Call, texts: ActorTexts) -> tuple[str, list[Any]]:
        """Return SQL and bind parameters for a call: policy and masks are those of its actor and of nobody else."""
        actor = call.ctx.actor
        with self._lock:
            stretches = self._by_actor.get(actor)
            if stretches is not None:
                self._by_actor.move_to_end(actor)
        if stretches is None:
            stretches = self._for_actor(call, texts)
            with self._lock:
                self._by_actor[actor] = stretches
                if len(self._by_actor) > _ACTORS:
                    self._by_actor.popitem(last=False)
        text: list[str] = []
        values: list[Any] = []
        for stretch in stretches:
            made = stretch if isinstance(stretch, Fixed) else stretch.made(call)
            text.append(made.text)
            values.extend(made.values)
        return "".join(text), values

    def _for_actor(self, call: Call, texts: ActorTexts) -> list[Stretch]:
        known = texts.of(call.ctx)
        result: list[Stretch] = []
        text: list[str] = []
        values: list[Any] = []
        for piece in self.pieces:
            if isinstance(piece, CallPart | ShapedPart):
                result += [Fixed("".join(text), tuple(values)), piece]
                text, values = [], []
                continue
            if isinstance(piece, str):
                text.append(piece)
                continue
            made = texts.render(piece, call.ctx, known) if isinstance(piece, ActorPart) else piece
            text.append(made.text)
            values.extend(made.values)
        return [*result, Fixed("".join(text), tuple(values))]
