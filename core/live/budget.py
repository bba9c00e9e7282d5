"""How many streams a process and an account may hold open; one more is refused politely."""

from collections import Counter
from threading import Lock

from core.errors import refuse
from core.i18n import N_
from core.metrics import STREAMS

RETRY_SECONDS = 30
"""When a refused client may try again."""

ACCOUNT_FULL = "LIVE_STREAMS_OF_ACCOUNT"


class Budget:
    """The places for streams of one process."""

    def __init__(self, most: int, most_per_account: int) -> None:
        self.most = most
        self.most_per_account = most_per_account
        self._open: Counter[int | str] = Counter()
        self._lock = Lock()

    @property
    def open(self) -> int:
        """How many places are taken."""
        return self._open.total()

    def take(self, who: int | str, most: int | None = None) -> "Ticket":
        """Take a place for an account, or for the address of a stranger, of which `most` (default: the account's) are.

        Refuse with LIVE_STREAMS_FULL or LIVE_STREAMS_OF_ACCOUNT when none is free.
        """
        limit = most or self.most_per_account
        with self._lock:
            if self._open[who] >= limit:
                text = N_(
                    "Your account has {limit} streams open here, more are not allowed. Close one that nobody looks at."
                )
                raise refuse("LIVE_STREAMS_OF_ACCOUNT", text, limit=limit)
            if self._open.total() >= self.most:
                text = N_(
                    "All {limit} streams of this server are taken. Try again in {seconds} seconds; administrators can "
                    "run kinerja live or raise live_max_streams."
                )
                raise refuse("LIVE_STREAMS_FULL", text, limit=self.most, seconds=RETRY_SECONDS)
            self._open[who] += 1
        STREAMS.inc()
        return Ticket(self, who)

    def give_back(self, who: int | str) -> None:
        """Free one place of an account or an address."""
        STREAMS.dec()
        with self._lock:
            self._open[who] -= 1
            if self._open[who] <= 0:
                del self._open[who]


class Ticket:
    """A taken place, given back once."""

    def __init__(self, budget: Budget, who: int | str) -> None:
        self._budget: Budget | None = budget
        self._who = who

    def give_back(self) -> bool:
        """Free the place; return False, having done nothing, the second time."""
        budget, self._budget = self._budget, None
        if budget is not None:
            budget.give_back(self._who)
        return budget is not None
