"""Buckets of points: how they empty and fill, whose they are, and what happens without Redis."""

import pytest
import redis

from core.errors import CannotStart
from core.rates import Budget, Exhausted, LocalRates, RedisRates, client_address, key_of, rates_for
from core.settings import Settings, load_settings
from tests.support.services import REDIS_URL, need


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


def test_a_bucket_empties_and_fills_evenly(clock):
    rates = LocalRates(600, clock)

    first, second = rates.spend("a", 400), rates.spend("a", 400)
    clock.now = 20.0
    third = rates.spend("a", 400)

    assert (first.is_allowed, first.remaining) == (True, 200)
    assert (second.is_allowed, second.remaining, second.retry_after) == (False, 200, 20)
    assert (third.is_allowed, third.remaining) == (True, 0)


def test_each_caller_has_a_bucket_of_his_own(clock):
    rates = LocalRates(100, clock)

    assert [rates.spend(key, 100).is_allowed for key in ("a", "b", "a")] == [True, True, False]


def test_more_than_a_bucket_holds_needs_a_full_one_and_is_paid_back(clock):
    rates = LocalRates(100, clock)

    first = rates.spend("a", 250)
    later = []
    for clock.now in (60.0, 100.0, 151.0):
        later.append(rates.spend("a", 100).is_allowed)

    assert first.is_allowed
    assert later == [False, False, True]


def test_forgotten_callers_take_no_memory(monkeypatch):
    monkeypatch.setattr("core.rates._MOST_KEPT", 10)
    rates = LocalRates(100)

    for number in range(50):
        rates.spend(str(number), 1)

    assert len(rates._levels) == 10


def test_redis_counts_for_all_processes():
    need("redis")
    name = "test.rate."
    one, other = (RedisRates(6_000, REDIS_URL, name) for _ in range(2))
    with redis.Redis.from_url(REDIS_URL) as client:
        client.delete(name + "a", name + "b")

        first, second, third = one.spend("a", 4_000), other.spend("a", 4_000), other.spend("b", 4_000)

        assert (first.is_allowed, second.is_allowed, third.is_allowed) == (True, False, True)
        assert 1_990 <= second.remaining <= 2_100
        assert 15 <= second.retry_after <= 20
        assert 0 < client.ttl(name + "a") <= 62
        client.delete(name + "a", name + "b")
    for rates in (one, other):
        rates._client.close()


def test_without_redis_each_process_counts_for_itself(caplog):
    rates = RedisRates(1_000, "redis://127.0.0.1:1/0")

    verdicts = [rates.spend("a", 600).is_allowed for _ in range(3)]

    assert verdicts == [True, False, False]
    assert [record.levelname for record in caplog.records] == ["WARNING"]


def test_the_settings_choose_where_rates_are_counted():
    common = {"secret_key": "x" * 40}

    assert rates_for(Settings(rate_points_per_minute=0, **common)) is None
    assert isinstance(rates_for(Settings(**common)), LocalRates)
    assert isinstance(rates_for(Settings(jobs_backend="redis", **common)), RedisRates)


def test_a_budget_counts_each_operation_beside_its_cost():
    budget = Budget(LocalRates(2_500, lambda: 0.0), "a")

    assert Budget(None, "a").spend(10**9) is None
    assert budget.spend(400) == 1_100
    with pytest.raises(Exhausted) as spent:
        budget.spend(400)
    assert spent.value.retry_after == 8


@pytest.mark.parametrize(
    ("account", "address", "expected"),
    [
        (7, "203.0.113.9", "account.7"),
        (None, "203.0.113.9", "address.203.0.113.9"),
        (None, "2001:db8:1:2:3:4:5:6", "address.2001:db8:1:2::"),
        (None, "::ffff:203.0.113.9", "address.203.0.113.9"),
        (None, "", "address.?"),
        (None, "unix:", "address.?"),
    ],
)
def test_whose_bucket_it_is(account, address, expected):
    assert key_of(account, address) == expected


@pytest.mark.parametrize(
    ("remote", "forwarded", "trusted", "expected"),
    [
        ("203.0.113.9", "", [], "203.0.113.9"),
        ("203.0.113.9", "198.51.100.1", [], "203.0.113.9"),
        ("127.0.0.1", "198.51.100.1", ["127.0.0.1"], "198.51.100.1"),
        ("127.0.0.1", "192.0.2.66, 198.51.100.1", ["127.0.0.0/8"], "198.51.100.1"),
        ("127.0.0.1", "192.0.2.66, 198.51.100.1, 10.1.2.3", ["127.0.0.1", "10.0.0.0/8"], "198.51.100.1"),
        ("127.0.0.1", "nonsense", ["127.0.0.1"], "127.0.0.1"),
        ("127.0.0.1", "10.0.0.1, 10.0.0.2", ["127.0.0.1", "10.0.0.0/8"], "10.0.0.1"),
        (None, "198.51.100.1", ["127.0.0.1"], ""),
    ],
)
def test_only_trusted_proxies_are_believed(remote, forwarded, trusted, expected):
    assert client_address(remote, forwarded, trusted) == expected


def test_a_proxy_that_is_no_address_is_named_at_the_start(folder):
    with pytest.raises(CannotStart, match="trusted_proxies"):
        load_settings({"KINERJA_TRUSTED_PROXIES": "127.0.0.1,proxy.example"})
