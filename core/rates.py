"""How much a caller may ask for in a minute: a bucket of points for each, in this process or, for several, in Redis."""

import ipaddress
import logging
import math
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any, Protocol

import redis

from core.settings import Settings

log = logging.getLogger(__name__)

POINTS_OF_AN_OPERATION = 1_000
"""What every operation takes beside its cost, so that many small ones count as well."""

_MOST_KEPT = 20_000
_REDIS_SECONDS = 0.5
_PAUSE_SECONDS = 30


@dataclass(frozen=True)
class Verdict:
    """Whether points were given; how many are left; after how many seconds as many would be there."""

    is_allowed: bool
    remaining: int
    retry_after: int = 0


class Rates(Protocol):
    """Buckets by key, each refilled evenly to its size within a minute."""

    def spend(self, key: str, points: int) -> Verdict:
        """Take points out of a bucket if they are there; whoever asks for more than it ever holds needs it full."""


class LocalRates:
    """The buckets of one process."""

    def __init__(self, points_per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._size = points_per_minute
        self._clock = clock
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def spend(self, key: str, points: int) -> Verdict:
        """Take points out of the bucket of `key`."""
        now = self._clock()
        with self._lock:
            level, then = self._levels.pop(key, (float(self._size), now))
            level = min(self._size, level + (now - then) * self._size / 60)
            verdict = _verdict(level, points, self._size)
            self._levels[key] = (level - points if verdict.is_allowed else level, now)
            while len(self._levels) > _MOST_KEPT:
                self._levels.popitem(last=False)
        return verdict


_SCRIPT = """
local size, points, now = tonumber(ARGV[1]), tonumber(ARGV[2]), redis.call('TIME')
now = tonumber(now[1]) + tonumber(now[2]) / 1000000
local kept = redis.call('HMGET', KEYS[1], 'level', 'at')
local level = math.min(size, (tonumber(kept[1]) or size) + math.max(0, now - (tonumber(kept[2]) or now)) * size / 60)
local left = level
if level >= math.min(points, size) then left = level - points end
redis.call('HSET', KEYS[1], 'level', tostring(left), 'at', string.format('%.6f', now))
redis.call('EXPIRE', KEYS[1], 60 * (1 + math.ceil(math.max(0, -left) / size)) + 1)
return tostring(level)
"""


class RedisRates:
    """The buckets of all processes and machines that share one Redis; on its own for a while when that is away."""

    def __init__(self, points_per_minute: int, url: str, prefix: str = "kinerja.rate.") -> None:
        self._size = points_per_minute
        self._prefix = prefix
        self._client = redis.Redis.from_url(url, socket_timeout=_REDIS_SECONDS, socket_connect_timeout=_REDIS_SECONDS)
        self._script: Any = self._client.register_script(_SCRIPT)
        self._alone = LocalRates(points_per_minute)
        self._alone_until = 0.0

    def spend(self, key: str, points: int) -> Verdict:
        """Take points out of the bucket of `key`."""
        if time.monotonic() >= self._alone_until:
            try:
                level = float(self._script(keys=[self._prefix + key], args=[self._size, points]))
            except redis.RedisError as error:
                # Rates protect the service: they must not be what stops it.
                self._alone_until = time.monotonic() + _PAUSE_SECONDS
                log.warning("Redis does not answer, rates are counted in this process: %s", error)
            else:
                return _verdict(level, points, self._size)
        return self._alone.spend(key, points)


def _verdict(level: float, points: int, size: int) -> Verdict:
    wanted = min(points, size)
    if level >= wanted:
        return Verdict(is_allowed=True, remaining=max(0, int(level - points)))
    return Verdict(is_allowed=False, remaining=max(0, int(level)), retry_after=math.ceil((wanted - level) * 60 / size))


def rates_for(settings: Settings) -> Rates | None:
    """Return the buckets that the settings ask for: none, of this process, or in Redis where jobs wait there too."""
    if not settings.rate_points_per_minute:
        return None
    if settings.jobs_backend == "redis":
        return RedisRates(settings.rate_points_per_minute, settings.redis_url)
    return LocalRates(settings.rate_points_per_minute)


def tries_for(settings: Settings) -> Rates | None:
    """Return the buckets of log-ins by address: one point for each that fails; None without a limit."""
    if not settings.login_tries_per_minute:
        return None
    if settings.jobs_backend == "redis":
        return RedisRates(settings.login_tries_per_minute, settings.redis_url, "kinerja.login.")
    return LocalRates(settings.login_tries_per_minute)


def verification_tries_for(settings: Settings) -> Rates | None:
    """Return the buckets of tried certificate codes by address: a point for each in vain; None without a limit."""
    if not settings.verification_tries_per_minute:
        return None
    if settings.jobs_backend == "redis":
        return RedisRates(settings.verification_tries_per_minute, settings.redis_url, "kinerja.verify.")
    return LocalRates(settings.verification_tries_per_minute)


class Exhausted(Exception):  # noqa: N818 - an expected outcome
    """The caller has used up what he may ask for in a minute; `retry_after` is in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after


@dataclass
class Budget:
    """What one request may still spend: the caller's bucket, and what its operations have cost together so far."""

    rates: Rates | None
    key: str
    cost: int = 0
    changes: int = 0

    def spend(self, points: int) -> int | None:
        """Take the points of one operation and return what is left (None: without limit); raise Exhausted."""
        if self.rates is None:
            return None
        verdict = self.rates.spend(self.key, points + POINTS_OF_AN_OPERATION)
        if not verdict.is_allowed:
            raise Exhausted(verdict.retry_after)
        return verdict.remaining


@dataclass(frozen=True)
class Tries:
    """How often whoever calls from one address may still fail to log in."""

    rates: Rates | None
    key: str

    def take(self) -> None:
        """Take one try before it is made, so that many at the same moment count as well; raise Exhausted."""
        if self.rates is not None:
            verdict = self.rates.spend(self.key, 1)
            if not verdict.is_allowed:
                raise Exhausted(verdict.retry_after)

    def give_back(self) -> None:
        """Give the try back: it succeeded, and a whole office may log in from one address."""
        if self.rates is not None:
            self.rates.spend(self.key, -1)


def key_of(account_id: int | None, address: str) -> str:
    """Return whose bucket it is: the account's, or the address's for strangers (a whole network of IPv6)."""
    if account_id is not None:
        return f"account.{account_id}"
    place = _address(address)
    if isinstance(place, ipaddress.IPv6Address):
        place = place.ipv4_mapped or ipaddress.ip_network((place, 64), strict=False).network_address
    return f"address.{place or '?'}"


def client_address(remote: str | None, forwarded: str, trusted: Sequence[str]) -> str:
    """Return the caller's address: of X-Forwarded-For, from its end, the first that is no proxy of `trusted`."""
    networks = [ipaddress.ip_network(name, strict=False) for name in trusted]
    current = remote or ""
    for name in reversed([part.strip() for part in forwarded.split(",")] if forwarded else []):
        place = _address(current)
        if place is None or not any(place in network for network in networks) or _address(name) is None:
            break
        current = name
    return current


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None
