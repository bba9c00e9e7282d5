"""Fifty who spend at the same moment, in threads and in two processes: no point is spent twice, none is lost."""

import os
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from core.database import database, is_sqlite
from core.errors import Refused
from plugins.rewards.points.models import PointTransaction, RewardItem, RewardRedemption
from plugins.rewards.points.services import catalogue
from plugins.rewards.points.terms import PointMovement
from tests.plugins.rewards.points.conftest import balance, check_books
from tests.support.calls import call_as

MANY = 50
ROOT = Path(__file__).parents[4]

PROCESS = """
import sys
from concurrent.futures import ThreadPoolExecutor
from core.database import connect, database
from core.errors import Refused
from core.plugin_host import start
from core.settings import Settings
from plugins.rewards.points.services.catalogue import redeem
from tests.support.calls import call_as

url, folder, item, employee, many = sys.argv[1:6]
settings = Settings(secret_key="x" * 40, database_url=url, var_dir=folder, files_dir=folder)
connect(url)
start(settings, ["rewards"], web=False)
database.close()
sys.stdout.write("ready\\n")
sys.stdout.flush()
sys.stdin.readline()

def spend(number):
    with database.connection_context():
        try:
            redeem(call_as(settings, int(employee)), int(item), f"{folder[-1]}{number}")
        except Refused as refusal:
            return refusal.problems[0].code
    return "done"

with ThreadPoolExecutor(int(many)) as pool:
    print(",".join(pool.map(spend, range(int(many)))))
"""


def spend_at_once(settings, tries):
    """Let one thread each redeem `(employee, item, key, quantity)`; count what came of it."""
    barrier = Barrier(len(tries))

    def one(given):
        employee, item, key, quantity = given
        with database.connection_context():
            ctx = call_as(settings, employee.id)
            barrier.wait()
            try:
                catalogue.redeem(ctx, item.id, key, quantity)
            except Refused as refusal:
                return refusal.problems[0].code
            return "done"

    with ThreadPoolExecutor(len(tries)) as pool:
        return Counter(pool.map(one, tries))


def test_fifty_spenders_of_one_account_spend_what_there_is(db, people, give):
    give(people.city.officer, 10 * 30 + 29)
    RewardItem.update(stock=None).where(RewardItem.id == people.mug.id).execute()

    came = spend_at_once(db, [(people.city.officer, people.mug, f"k{number}", 1) for number in range(MANY)])

    assert came == {"done": 10, "POINTS_TOO_FEW": MANY - 10}
    assert balance(people.city.officer) == 29
    assert RewardRedemption.select().count() == 10
    check_books()


def test_fifty_spenders_share_a_stock_and_three_accounts(db, people, give):
    spenders = (people.city.officer, people.city.clerk, people.city.other)
    for employee in spenders:
        give(employee, 10_000)
    RewardItem.update(stock=7).where(RewardItem.id == people.mug.id).execute()

    came = spend_at_once(db, [(spenders[number % 3], people.mug, f"k{number}", 1) for number in range(MANY)])

    assert came == {"done": 7, "ITEM_OUT_OF_STOCK": MANY - 7}
    assert RewardItem.get_by_id(people.mug.id).stock == 0
    assert sum(map(balance, spenders)) == 30_000 - 7 * 30
    check_books()


def test_a_double_submit_with_the_same_key_spends_once(db, people, give):
    give(people.city.officer, 10_000)
    RewardItem.update(stock=None).where(RewardItem.id == people.mug.id).execute()

    came = spend_at_once(db, [(people.city.officer, people.mug, "the same", 1)] * MANY)

    assert came == {"done": MANY}
    assert RewardRedemption.select().count() == 1
    assert PointTransaction.select().where(PointTransaction.movement == PointMovement.SPENT).count() == 1
    assert balance(people.city.officer) == 10_000 - 30
    check_books()


def test_one_of_many_decisions_on_a_request_counts(db, people, give):
    give(people.city.officer, 100)
    asked = catalogue.redeem(people.as_(people.city.officer), people.mug.id, "k")
    barrier = Barrier(8)

    def decide(number):
        with database.connection_context():
            officer, chief = call_as(db, people.city.officer.id), call_as(db, people.city.chief.id)
            barrier.wait()
            try:
                if number % 2:
                    catalogue.refuse_redemption(chief, asked.id, None, "Habis")
                else:
                    catalogue.cancel_redemption(officer, asked.id, None)
            except Refused as refusal:
                return refusal.problems[0].code
            return "done"

    with ThreadPoolExecutor(8) as pool:
        came = Counter(pool.map(decide, range(8)))

    assert came.pop("done") == 1
    assert set(came) <= {"STALE_VERSION", "REDEMPTION_STEP"}
    assert balance(people.city.officer) == 100
    assert RewardItem.get_by_id(people.mug.id).stock == 2
    check_books()


def test_two_processes_spend_from_one_account(db, people, give, tmp_path):
    if is_sqlite():
        pytest.skip("Two writers at once are PostgreSQL's: SQLite lets one process write at a time.")
    give(people.city.officer, 10 * 30 + 29)
    RewardItem.update(stock=None).where(RewardItem.id == people.mug.id).execute()
    processes = [
        subprocess.Popen(
            [
                sys.executable, "-c", PROCESS, db.database_url, str(tmp_path / name), str(people.mug.id),
                str(people.city.officer.id), str(MANY // 2),
            ],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        for name in ("a", "b")
    ]  # fmt: skip
    for process in processes:
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        process.stdin.write("\n")
        process.stdin.flush()

    came = Counter(",".join(process.communicate(timeout=120)[0].strip() for process in processes).split(","))

    assert came == {"done": 10, "POINTS_TOO_FEW": MANY - 10}
    assert balance(people.city.officer) == 29
    check_books()
