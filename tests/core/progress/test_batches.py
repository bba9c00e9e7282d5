"""Hundreds of records in one call: a result per row, one answer per key, few statements."""

import logging
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from decimal import Decimal
from threading import Barrier

import pytest

from core.database import database
from core.errors import Refused
from core.history.models import HistoryRecord
from core.identity.models import Account
from core.platform.idempotency import forget_old_keys
from core.platform.models import IdempotencyKey
from core.progress import services
from core.progress.models import ProgressRecord
from tests.support.calls import call_as, on
from tests.support.city import build_city
from tests.support.plans import approved_plan, indicators_of

MAY = on(date(2026, 5, 20))


@contextmanager
def statements():
    found = []
    handler = logging.Handler()
    handler.emit = lambda record: found.append(record.msg[0])
    logger = logging.getLogger("peewee")
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    try:
        yield found
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)


@pytest.fixture
def city(db):
    return build_city()


@pytest.fixture
def plan(city):
    Account.create(username="officer", employee=city.officer)
    Account.create(username="clerk", employee=city.clerk)
    return approved_plan(city, city.officer)


def rows_of(plan, count):
    indicators = indicators_of(plan)
    return [
        services.NewProgress(
            date(2026, 1 + number % 4, 1 + number % 28),
            Decimal(number % 7),
            f"baris {number}",
            indicator_id=indicators[number % len(indicators)].id,
        )
        for number in range(count)
    ]


def test_a_batch_of_500_with_20_bad_rows(db, city, plan):
    rows = rows_of(plan, 500)
    for number in range(0, 500, 25):
        rows[number] = replace(rows[number], happened_on=date(2026, 12, 1))
    ctx = call_as(db, city.officer.id, MAY)
    results = services.record_progress_batch(ctx, "januari-mei", rows)
    bad = [result for result in results if result.record_id is None]
    assert [result.index for result in bad] == list(range(0, 500, 25))
    assert {(problem.code, *problem.path[3:]) for result in bad for problem in result.problems} == {
        ("DATE_IN_FUTURE", "happenedOn")
    }
    assert bad[1].problems[0].path == ("input", "rows", 25, "happenedOn")
    assert "2026-12-01" in bad[0].problems[0].message("en")
    assert ProgressRecord.select().count() == 480
    good = results[1]
    assert ProgressRecord.get_by_id(good.record_id).note == "baris 1"
    history = HistoryRecord.select().where(HistoryRecord.subject_type == "ProgressRecord")
    assert history.count() == 480
    assert len({row.batch for row in history}) == 1


def test_a_repeated_batch_answers_the_same_and_writes_nothing(db, city, plan):
    rows = rows_of(plan, 30)
    rows[3] = replace(rows[3], quantity=Decimal(-1))
    first = services.record_progress_batch(call_as(db, city.officer.id, MAY), "kunci", rows)
    again = services.record_progress_batch(call_as(db, city.officer.id, MAY), "kunci", rows)
    assert [(r.index, r.record_id, [p.code for p in r.problems]) for r in again] == [
        (r.index, r.record_id, [p.code for p in r.problems]) for r in first
    ]
    assert again[3].problems[0].message("en") == first[3].problems[0].message("en")
    assert ProgressRecord.select().count() == 29


def test_a_key_is_not_used_for_another_request(db, city, plan):
    rows = rows_of(plan, 2)
    ctx = call_as(db, city.officer.id, MAY)
    services.record_progress_batch(ctx, "kunci", rows)
    with pytest.raises(Refused) as caught:
        services.record_progress_batch(ctx, "kunci", rows[:1])
    assert [problem.code for problem in caught.value.problems] == ["KEY_REUSED"]
    assert ProgressRecord.select().count() == 2


def test_keys_of_two_people_are_apart(db, city, plan):
    rows = rows_of(plan, 2)
    services.record_progress_batch(call_as(db, city.officer.id, MAY), "kunci", rows)
    results = services.record_progress_batch(call_as(db, city.clerk.id, MAY), "kunci", rows)
    assert [problem.code for result in results for problem in result.problems] == ["NOT_FOUND", "NOT_FOUND"]
    assert ProgressRecord.select().count() == 2


def test_all_or_nothing_writes_nothing_and_leaves_the_key_free(db, city, plan):
    rows = rows_of(plan, 10)
    ctx = call_as(db, city.officer.id, MAY)
    bad = [*rows[:9], replace(rows[9], indicator_id=None)]
    results = services.record_progress_batch(ctx, "kunci", bad, all_or_nothing=True)
    assert [result.record_id for result in results] == [None] * 10
    assert [[problem.code for problem in result.problems] for result in results] == [[]] * 9 + [["TARGET_MISSING"]]
    assert (ProgressRecord.select().count(), HistoryRecord.select().count()) == (0, 0)
    assert IdempotencyKey.select().count() == 0
    results = services.record_progress_batch(ctx, "kunci", rows, all_or_nothing=True)
    assert all(result.record_id for result in results)
    assert ProgressRecord.select().count() == 10


def test_statements_do_not_grow_with_the_rows(db, city, plan):
    ctx = call_as(db, city.officer.id, MAY)
    with statements() as few:
        services.record_progress_batch(ctx, "sedikit", rows_of(plan, 5))
    with statements() as many:
        services.record_progress_batch(ctx, "banyak", rows_of(plan, 150))
    assert len(few) == len(many)


@pytest.mark.parametrize(
    ("key", "count", "expected"),
    [("", 1, "KEY_INVALID"), ("x" * 129, 1, "KEY_INVALID"), ("k", 0, "BATCH_SIZE"), ("k", 1001, "BATCH_SIZE")],
)
def test_keys_and_sizes_have_limits(db, city, plan, key, count, expected):
    with pytest.raises(Refused) as caught:
        services.record_progress_batch(call_as(db, city.officer.id, MAY), key, rows_of(plan, count))
    assert [problem.code for problem in caught.value.problems] == [expected]
    assert ProgressRecord.select().count() == 0


def test_old_keys_are_forgotten(db, city, plan):
    services.record_progress_batch(call_as(db, city.officer.id, MAY), "kunci", rows_of(plan, 1))
    assert forget_old_keys(on(date(2026, 6, 19))) == 0
    assert forget_old_keys(on(date(2026, 6, 20))) == 1


def test_two_calls_with_one_key_at_the_same_moment_write_once(db, city, plan):
    rows = rows_of(plan, 20)
    start = Barrier(4)

    def send(_number):
        with database.connection_context():
            ctx = call_as(db, city.officer.id, MAY)
            start.wait()
            return [result.record_id for result in services.record_progress_batch(ctx, "kunci", rows)]

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(send, range(4)))
    assert answers == [answers[0]] * 4
    assert ProgressRecord.select().count() == 20
