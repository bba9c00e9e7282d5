"""How many streams a process and an account may hold open; one more is refused politely."""

from collections import Counter
from threading import Lock

from core.errors import refuse
from core.i18n import N_
from core.metrics import STREAMS

RETRY_SECONDS = 30
"""When a refused client may try again."""

CALLER_FULL = frozenset({"LIVE_STREAMS_OF_ACCOUNT", "LIVE_STREAMS_OF_ADDRESS"})
"""Codes with which one caller is told that it has too many."""


LEAST_OF_ADDRESS = 8
"""So many streams people without an account may have at one address, as far as there are places for them."""

Holder = int | str
"""An account, or the address of somebody without one."""


class Budget:
    """The places for streams of one process.

    People without an account, who may have public streams alone, get at most half of the places together, so that they
    never keep out who has one, and at one address (an office behind one router) half of those.
    """

    def __init__(self, most: int, most_per_account: int) -> None:
        self.most = most
        self.most_per_account = most_per_account
        self.most_of_strangers = most // 2
        self.most_per_address = max(LEAST_OF_ADDRESS, self.most_of_strangers // 2)
        self._open: Counter[Holder] = Counter()
        self._strangers = 0
        self._lock = Lock()

    @property
    def open(self) -> int:
        """How many places are taken."""
        return self._open.total()

    def take(self, account_id: int | None, address: str = "", *, is_state: bool = False) -> "Ticket":
        """Take a place for an account, or for somebody without one at an address.

        A state that is worked out once for all who follow it costs little: half of all places may follow one from the
        same address. Refuse with LIVE_STREAMS_FULL, LIVE_STREAMS_OF_ACCOUNT or LIVE_STREAMS_OF_ADDRESS when none is
        free.
        """
        holder = address if account_id is None else account_id
        is_stranger = isinstance(holder, str) and not is_state
        with self._lock:
            self._check(holder, is_stranger=is_stranger)
            self._open[holder] += 1
            self._strangers += is_stranger
        STREAMS.inc()
        return Ticket(self, holder, is_stranger=is_stranger)

    def give_back(self, holder: Holder, *, is_stranger: bool) -> None:
        """Free one place of an account or an address."""
        STREAMS.dec()
        with self._lock:
            self._strangers -= is_stranger
            self._open[holder] -= 1
            if self._open[holder] <= 0:
                del self._open[holder]

    def _check(self, holder: Holder, *, is_stranger: bool) -> None:
        has_account = not isinstance(holder, str)
        if has_account and self._open[holder] >= self.most_per_account:
            text = N_(
                "Your account has {limit} streams open here, more are not allowed. Close one that nobody looks at."
            )
            raise refuse("LIVE_STREAMS_OF_ACCOUNT", text, limit=self.most_per_account)
        most_here = self.most_per_address if is_stranger else max(1, self.most // 2)
        if not has_account and self._open[holder] >= most_here:
            text = N_(
                "{limit} streams are open at your address, more are not allowed without an account. Close one that "
                "nobody looks at, or ask again every minute."
            )
            raise refuse("LIVE_STREAMS_OF_ADDRESS", text, limit=most_here)
        if self._open.total() >= self.most or (is_stranger and self._strangers >= self.most_of_strangers):
            text = N_(
                "All {limit} streams of this server are taken. Try again in {seconds} seconds; administrators can "
                "run kinerja live or raise live_max_streams."
            )
            limit = self.most_of_strangers if is_stranger else self.most
            raise refuse("LIVE_STREAMS_FULL", text, limit=limit, seconds=RETRY_SECONDS)


class Ticket:
    """A taken place, given back once."""

    def __init__(self, budget: Budget, holder: Holder, *, is_stranger: bool = False) -> None:
        self._budget: Budget | None = budget
        self._holder = holder
        self._is_stranger = is_stranger

    def give_back(self) -> bool:
        """Free the place; return False, having done nothing, the second time."""
        budget, self._budget = self._budget, None
        if budget is not None:
            budget.give_back(self._holder, is_stranger=self._is_stranger)
        return budget is not None
