"""A service point with two services and two counters, on both databases."""

from datetime import date
from types import SimpleNamespace

import pytest

from plugins.queueing.models import Counter, CounterService, OpeningHours, QueueService, ServicePoint
from tests.support.apps import migrated
from tests.support.city import build_city

DAY = date(2026, 3, 2)  # a Monday


@pytest.fixture
def registry(db):
    """The application with this plugin, without Flask, and its tables."""
    return migrated(db, ["queueing"])


@pytest.fixture
def office(registry):
    """The registry office of the small city: services A (KTP) and B (birth), counters 1 (A and B) and 2 (A)."""
    city = build_city()
    point = ServicePoint.create(unit=city.registry, code="dukcapil", name="Dukcapil", time_zone="Asia/Jakarta")
    for weekday in range(5):
        OpeningHours.create(point=point, weekday=weekday, starts_at="08:00", ends_at="15:00")
    ktp = QueueService.create(point=point, unit=city.registry, code="ktp", name="KTP-el", prefix="A")
    birth = QueueService.create(point=point, unit=city.registry, code="akta", name="Akta kelahiran", prefix="B")
    one, two = (Counter.create(point=point, number=number) for number in (1, 2))
    for counter, service in ((one, ktp), (one, birth), (two, ktp)):
        CounterService.create(counter=counter, service=service)
    return SimpleNamespace(city=city, point=point, ktp=ktp, birth=birth, one=one, two=two, day=DAY)
