"""Two who set up the same at the same moment: one of them is refused."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from core.database import database
from core.errors import Refused
from plugins.queueing.models import CounterShift, QueueService, ServiceQuota
from plugins.queueing.services import setup_counters, setup_services
from tests.support.calls import system_context

MANY = 6


def at_once(db, work):
    barrier = Barrier(MANY)

    def run(number):
        with database.connection_context():
            barrier.wait()
            try:
                work(system_context(db), number)
            except Refused as refusal:
                return refusal.problems[0].code
            return "done"

    with ThreadPoolExecutor(MANY) as pool:
        return sorted(pool.map(run, range(MANY)))


def test_one_of_many_gets_the_shift_the_prefix_and_the_quota(db, office):
    counters = (office.one.id, office.two.id)

    def shift(ctx, number):
        setup_counters.create_shift(
            ctx, counter_id=counters[number % 2], employee_id=office.city.officer.id, day=office.day,
            starts_at="08:00", ends_at=f"{9 + number:02}:00",
        )  # fmt: skip

    def service(ctx, number):
        setup_services.create_service(ctx, point_id=office.point.id, code=f"x{number}", name="X", prefix="X")

    def quota(ctx, _number):
        setup_services.create_quota(ctx, service_id=office.ktp.id, quota=5)

    assert at_once(db, shift) == ["SHIFT_OVERLAP"] * (MANY - 1) + ["done"]
    assert at_once(db, service) == ["PREFIX_TAKEN"] * (MANY - 1) + ["done"]
    assert at_once(db, quota) == ["QUOTA_TWICE"] * (MANY - 1) + ["done"]
    assert [model.select().count() for model in (CounterShift, QueueService, ServiceQuota)] == [1, 3, 1]
