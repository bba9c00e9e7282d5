"""Who asks, when, in which language and why: what every service is told about the call it serves."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

from core.actor import Actor
from core.database import utc_now
from core.rates import Budget
from core.settings import Settings


@dataclass
class Context:
    """One call: its actor, its moment (UTC, whole seconds), its request id, language, stated reason and settings.

    `work` is the unit of work that is open in this call; core.work opens, joins and closes it. `budget` is what the
    request may still spend, None for a call that nobody sent over the network.
    """

    actor: Actor
    settings: Settings
    now: datetime = field(default_factory=utc_now)
    request_id: str = field(default_factory=lambda: uuid4().hex)
    language: str = "id"
    reason: str | None = None
    work: object | None = None
    budget: Budget | None = None

    @property
    def today(self) -> date:
        """The date of the call in the institution's time zone."""
        return self.now.astimezone(ZoneInfo(self.settings.time_zone)).date()
