"""Buckets, sums and percentiles against plain Python, with random rows, on both databases."""

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from core.actor import system_actor
from schema.aggregates.local_time import offsets
from schema.execution import execute
from tests.schema import toy

ZONES = ("Asia/Jakarta", "Asia/Jayapura", "America/New_York", "Asia/Kathmandu")
QUIET = settings(
    max_examples=10,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2040, 12, 31)).map(lambda moment: moment.replace(microsecond=0))  # noqa: DTZ001
AMOUNTS = st.decimals(-99_999_999_999, 99_999_999_999, places=4)
SHARES = st.integers(0, 10_000).map(lambda steps: Decimal(steps) / 10_000)


@pytest.fixture
def everything(toy_schema, toy_ctx):
    """Ask as the system, which sees every row and column."""

    def run(query, zone="Asia/Jakarta", **variables):
        changed = toy_ctx.settings.model_copy(update={"time_zone": zone})
        ctx = replace(toy_ctx, actor=system_actor(date(2026, 1, 15)), settings=changed)
        response = execute(toy_schema, ctx, query, variables)
        assert "errors" not in response, response["errors"]
        return response["data"]["peopleAggregate"]["groups"]

    return run


def people(rows):
    toy.Person.delete().execute()
    toy.Person.insert_many([{"name": str(number), **row} for number, row in enumerate(rows)]).execute()


def first_day(day, bucket):
    if bucket == "DAY":
        return day
    if bucket == "WEEK":
        return day - timedelta(days=day.weekday())
    if bucket == "MONTH":
        return day.replace(day=1)
    return date(day.year, (day.month - 1) // 3 * 3 + 1 if bucket == "QUARTER" else 1, 1)


@pytest.mark.parametrize("bucket", ["DAY", "WEEK", "MONTH", "QUARTER", "YEAR"])
def test_moments_fall_into_the_spans_of_the_local_calendar(everything, bucket):
    @QUIET
    @given(st.lists(MOMENTS, min_size=1, max_size=30), st.sampled_from(ZONES))
    def check(moments, zone):
        people({"seen": moment.replace(tzinfo=UTC), "born": moment.date()} for moment in moments)
        query = (
            f"{{ peopleAggregate(groupBy: [{{field: %s, bucket: {bucket}}}]) {{ groups {{ keys {{ %s }} count }} }} }}"
        )
        local = [moment.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).date() for moment in moments]
        for field, name, days in (("SEEN", "seen", local), ("BORN", "born", [moment.date() for moment in moments])):
            found = [(group["keys"][name], group["count"]) for group in everything(query % (field, name), zone)]
            expected = Counter(first_day(day, bucket).isoformat() for day in days)
            assert found == sorted(expected.items())

    check()


def test_the_turns_of_a_clock_are_found_to_the_second():
    new_york = offsets("America/New_York")

    assert offsets("Asia/Jakarta") == ((datetime(1970, 1, 1), 25_200),)  # noqa: DTZ001
    assert (datetime(2026, 3, 8, 7, 0), -14_400) in new_york  # noqa: DTZ001
    assert (datetime(2026, 11, 1, 6, 0), -18_000) in new_york  # noqa: DTZ001


def text(number):
    return format(number.quantize(Decimal("0.000001"), ROUND_HALF_UP), "f").rstrip("0").rstrip(".")


def percentile(values, share):
    """The definition of percentile_cont, exact."""
    place = share * (len(values) - 1)
    low = int(place)
    high = min(low + (place != low), len(values) - 1)
    return values[low] + (values[high] - values[low]) * (place - low)


def test_statistics_of_amounts_are_exact(everything):
    @QUIET
    @given(
        st.lists(
            st.tuples(st.booleans(), st.none() | AMOUNTS, st.none() | st.integers(-(2**31), 2**31 - 1)),
            min_size=1,
            max_size=25,
        ),
        SHARES,
    )
    def check(rows, share):
        people({"active": active, "pay": pay, "rank": rank} for active, pay, rank in rows)
        statistics = "{ count nulls countDistinct sum avg min max percentile(p: $p) }"
        query = f"""query ($p: Decimal!) {{ peopleAggregate(groupBy: [{{field: ACTIVE}}]) {{ groups {{
          keys {{ active }} count values {{ pay {statistics} rank {statistics} }} }} }} }}"""
        by_active = defaultdict(list)
        for active, *numbers in rows:
            by_active[active].append(numbers)
        groups = everything(query, p=str(share))
        assert [group["keys"]["active"] for group in groups] == sorted(by_active)
        for group in groups:
            members = by_active[group["keys"]["active"]]
            assert group["count"] == len(members)
            for place, name in enumerate(("pay", "rank")):
                values = sorted(Decimal(member[place]) for member in members if member[place] is not None)
                found = group["values"][name]
                assert (found["count"], found["nulls"]) == (len(values), len(members) - len(values))
                assert found["countDistinct"] == len(set(values))
                if not values:
                    assert {found[one] for one in ("sum", "avg", "min", "max", "percentile")} == {None}
                    continue
                assert Decimal(found["sum"]) == sum(values)
                assert (Decimal(found["min"]), Decimal(found["max"])) == (values[0], values[-1])
                assert Decimal(found["avg"]) == Decimal(text(sum(values) / len(values)))
                assert Decimal(found["percentile"]) == Decimal(text(percentile(values, share)))

    check()


def test_means_and_percentiles_of_days_are_days(everything):
    @QUIET
    @given(st.lists(st.dates(date(1930, 1, 1), date(2100, 1, 1)), min_size=1, max_size=25), SHARES)
    def check(days, share):
        people({"born": day} for day in days)
        query = """query ($p: Decimal!) { peopleAggregate { groups { values {
          born { avg min max percentile(p: $p) } } } } }"""
        found = everything(query, p=str(share))[0]["values"]["born"]
        ordered = sorted(days)
        place = (
            max(-(-share * len(ordered) // 1), 1) if share * len(ordered) % 1 == 0 else int(share * len(ordered)) + 1
        )
        mean = Decimal(sum((day - date(1970, 1, 1)).days for day in days)) / len(days)
        expected = date(1970, 1, 1) + timedelta(days=int(mean.to_integral_value(ROUND_HALF_UP)))
        assert found == {
            "avg": expected.isoformat(),
            "min": ordered[0].isoformat(),
            "max": ordered[-1].isoformat(),
            "percentile": ordered[int(place) - 1].isoformat(),
        }

    check()


def test_sums_beyond_what_a_machine_word_holds_are_exact(everything):
    people({"pay": Decimal("99999999999.9999"), "rank": 2**31 - 1} for _ in range(625))
    person = toy.Person
    columns = [person.name, person.pay, person.rank, person.active]
    for _ in range(4):
        person.insert_from(person.select(*columns), columns).execute()

    values = everything("{ peopleAggregate { groups { values { pay { sum avg } rank { sum } } } } }")[0]["values"]

    assert values == {
        "pay": {"sum": "999999999999999", "avg": "99999999999.9999"},
        "rank": {"sum": str(10_000 * (2**31 - 1))},
    }


def test_amounts_and_numbers_are_keys_as_well(everything):
    people([{"pay": Decimal("10.5"), "rank": 2}, {"pay": Decimal("10.50"), "rank": 1}, {"pay": Decimal("-0.0001")}, {}])

    by_pay = everything("{ peopleAggregate(groupBy: [{field: PAY}]) { groups { keys { pay } count } } }")
    by_rank = everything(
        """{ peopleAggregate(groupBy: [{field: RANK}], orderBy: [{key: RANK, direction: DESC}])
             { groups { keys { rank } } } }"""
    )

    assert [(group["keys"]["pay"], group["count"]) for group in by_pay] == [("-0.0001", 1), ("10.5", 2), (None, 1)]
    assert [group["keys"]["rank"] for group in by_rank] == [2, 1, None]
