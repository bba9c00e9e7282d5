"""Who asks, when, in which language and why: what every service is told about the call it serves."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

from core.actor import Actor
from core.database import utc_now
from core.rates import Budget, Tries
from core.settings import Settings


@dataclass
class Context:
    """One call: its actor, its moment (UTC, whole seconds), its request id, language, stated reason and settings.

    `work` is the unit of work that is open in this call; core.work opens, joins and closes it. `batch` is what its
    changes are kept under in the history (default: one of their own); `is_approved` says that a second person has
    approved them. `budget` is what the request may still spend, `tries` how often its address may fail to log in; both
    None for a call that nobody sent over the network.
    """

    actor: Actor
    settings: Settings
    now: datetime = field(default_factory=utc_now)
    request_id: str = field(default_factory=lambda: uuid4().hex)
    language: str = "id"
    reason: str | None = None
    work: object | None = None
    batch: str | None = None
    is_approved: bool = False
    budget: Budget | None = None
    tries: Tries | None = None

    @property
    def today(self) -> date:
        """The date of the call in the institution's time zone."""
        return self.now.astimezone(ZoneInfo(self.settings.time_zone)).date()


@contextmanager
def stating(ctx: Context, reason: str | None) -> Iterator[None]:
    """Let the changes of the block have this reason, if it says anything, instead of the call's own."""
    former = ctx.reason
    ctx.reason = (reason or "").strip() or former
    try:
        yield
    finally:
        ctx.reason = former
