"""Who sees live events: the system's managers see that there are some, nobody what they say."""

from core.live.models import LiveEvent
from core.platform.policies import open_events
from core.policy import ActEntry, PolicyEntry

ENTRIES: list[PolicyEntry] = [PolicyEntry(LiveEvent, open_events, {"payload": lambda _actor, _table: False})]
ACTS: list[ActEntry] = []
