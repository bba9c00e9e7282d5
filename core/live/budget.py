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
        self._open: Counter[int] = Counter()
        self._lock = Lock()

    @property
    def open(self) -> int:
        """How many places are taken."""
        return self._open.total()

    def take(self, account_id: int) -> "Ticket":
        """Take a place for an account; refuse with LIVE_STREAMS_FULL or LIVE_STREAMS_OF_ACCOUNT when none is free."""
        with self._lock:
            if self._open[account_id] >= self.most_per_account:
                text = N_(
                    "Your account has {limit} streams open here, more are not allowed. Close one that nobody looks at."
                )
                raise refuse("LIVE_STREAMS_OF_ACCOUNT", text, limit=self.most_per_account)
            if self._open.total() >= self.most:
                text = N_(
                    "All {limit} streams of this server are taken. Try again in {seconds} seconds; administrators can "
                    "run kinerja live or raise live_max_streams."
                )
                raise refuse("LIVE_STREAMS_FULL", text, limit=self.most, seconds=RETRY_SECONDS)
            self._open[account_id] += 1
        STREAMS.inc()
        return Ticket(self, account_id)

    def give_back(self, account_id: int) -> None:
        """Free one place of an account."""
        STREAMS.dec()
        with self._lock:
            self._open[account_id] -= 1
            if self._open[account_id] <= 0:
                del self._open[account_id]


class Ticket:
    """A taken place, given back once."""

    def __init__(self, budget: Budget, account_id: int) -> None:
        self._budget: Budget | None = budget
        self._account_id = account_id

    def give_back(self) -> bool:
        """Free the place; return False, having done nothing, the second time."""
        budget, self._budget = self._budget, None
        if budget is not None:
            budget.give_back(self._account_id)
        return budget is not None
