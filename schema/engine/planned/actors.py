"""The parts of statements that follow from the actor, compiled once for each actor.

Nothing of one actor's ever reaches another: the whole actor (roles, places, day, scopes of its token) is the key.
"""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock

from core.actor import Actor
from core.context import Context
from schema.engine.planned.pieces import ActorPart, Fixed, compiled

_ACTORS = 500
_PARTS_OF_ONE = 500


class ActorTexts:
    """What was compiled for the actors of late."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Actor, dict[Hashable, Fixed]] = OrderedDict()
        self._lock = Lock()

    def of(self, ctx: Context) -> dict[Hashable, Fixed]:
        """Return the parts compiled for the actor of the call; the caller may add to them."""
        with self._lock:
            parts = self._kept.get(ctx.actor)
            if parts is None:
                parts = self._kept[ctx.actor] = {}
                if len(self._kept) > _ACTORS:
                    self._kept.popitem(last=False)
            else:
                self._kept.move_to_end(ctx.actor)
        return parts

    def render(self, part: ActorPart, ctx: Context, parts: dict[Hashable, Fixed]) -> Fixed:
        """Return the part's SQL for the actor of the call."""
        made = parts.get(part.key)
        if made is None:
            made = compiled(part.build(ctx))
            if len(parts) < _PARTS_OF_ONE:
                parts[part.key] = made
        return part.over(made)

    def forget(self) -> None:
        """Forget everything: another policy is in force."""
        with self._lock:
            self._kept.clear()
