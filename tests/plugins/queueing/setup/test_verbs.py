"""Every verb of the set-up, done as a page does it by somebody who may, and refused to others."""

from datetime import date

import pytest

from core.registry import active_registry
from core.verbs.performing import is_offered, verb_named
from plugins.queueing.models import (
    Closure,
    Counter,
    CounterService,
    CounterShift,
    OpeningHours,
    PriorityGroup,
    QueueService,
    ServicePoint,
)
from plugins.queueing.terms import HoursKind, InterventionKind, PriorityRule
from plugins.queueing.verbs import VERBS
from tests.core.verbs.conftest import whole_world  # noqa: F401 - a fixture
from tests.core.verbs.conftest import world as everybody  # noqa: F401 - a fixture
from tests.support.verbs import GONE, Case, check

WEEK = {f"day{number}": "08:00-15:00 / 12:00-13:00" if number < 5 else "" for number in range(7)}


def key(world, label):
    return world.rows[label].id


CASES = [
    Case(
        "queueing.create_point", "queue_manager",
        texts=lambda w: {
            "unit_id": key(w, "unit.registry"), "code": "baru", "name": "Baru", "address": "", "time_zone": "",
            "slot_minutes": "", "priority_rule": "", "priority_every": "", "recalls_allowed": "1", "grace_minutes": "",
        },
        expected={"code": "baru", "slot_minutes": 30, "recalls_allowed": 1, "is_active": True},
    ),
    Case(
        "queueing.correct_point", "queue_manager", "point.counter",
        lambda _w: {"priority_rule": "ONE_IN_N", "priority_every": "4", "keeps_national_holidays": "1",
                    "keeps_regional_holidays": "1"},
        {"priority_rule": PriorityRule.ONE_IN_N, "priority_every": 4, "keeps_national_holidays": True,
         "keeps_regional_holidays": True, "keeps_collective_leave": False, "is_active": False},
    ),
    Case("queueing.set_hours", "hr_admin", "point.counter", lambda _w: WEEK, {"version": 2}),
    Case("queueing.archive_service_point", "queue_manager", "new.point", expected=GONE),
    Case(
        "queueing.add_hours", "queue_manager",
        texts=lambda w: {
            "point_id": key(w, "point.counter"), "weekday": "4", "kind": "OPEN", "starts_at": "08:00",
            "ends_at": "11:00",
        },
        expected={"weekday": 4, "kind": HoursKind.OPEN, "ends_at": "11:00"},
    ),
    Case(
        "queueing.correct_hours", "queue_manager", "hours.counter", lambda _w: {"weekday": "2", "ends_at": "16:00"},
        {"weekday": 2, "starts_at": "08:00", "ends_at": "16:00"},
    ),
    Case("queueing.archive_opening_hours", "queue_manager", "hours.counter", expected=GONE),
    Case(
        "queueing.create_closure", "queue_manager",
        texts=lambda w: {"point_id": key(w, "point.counter"), "day": "2026-03-02", "name": "Banjir"},
        expected={"day": date(2026, 3, 2), "name": "Banjir"},
    ),
    Case(
        "queueing.correct_closure", "queue_manager", "closure.counter", lambda _w: {"name": "Pindah gedung"},
        {"name": "Pindah gedung"},
    ),
    Case("queueing.archive_closure", "queue_manager", "closure.counter", expected=GONE),
    Case(
        "queueing.create_group", "hr_admin",
        texts=lambda _w: {"code": "VETERAN", "name": "Veteran", "name_en": "Veterans", "rank": "8", "source": "-"},
        expected={"code": "VETERAN", "rank": 8},
    ),
    Case(
        "queueing.correct_group", "system_admin", "group.UJI", lambda _w: {"name": "Uji coba", "is_active": "1"},
        {"name": "Uji coba", "is_active": True},
    ),
    Case("queueing.archive_priority_group", "hr_admin", "group.LAMA", expected=GONE),
    Case(
        "queueing.create_service", "queue_manager",
        texts=lambda w: {
            "point_id": key(w, "point.counter"), "unit_id": "", "code": "kia", "name": "KIA", "prefix": "K",
            "target_wait_minutes": "20", "target_serve_minutes": "", "books_ahead_days": "0", "booking_ends_hours": "",
            "requirements": "KK",
        },
        expected={"prefix": "K", "target_wait_minutes": 20, "books_ahead_days": 0, "requirements": "KK"},
    ),
    Case(
        "queueing.correct_service", "hr_admin_archive", "service.guest",
        lambda _w: {"name": "Arsip", "target_wait_minutes": "5", "is_active": "1"},
        {"name": "Arsip", "target_wait_minutes": 5, "prefix": "B"},
    ),
    Case("queueing.archive_queue_service", "queue_manager", "service.closed", expected=GONE),
    Case(
        "queueing.create_quota", "queue_manager",
        texts=lambda w: {
            "service_id": key(w, "service.counter"), "day": "", "weekday": "3", "slot": "08:30", "quota": "12",
            "walk_in_reserve": "",
        },
        expected={"weekday": 3, "slot": "08:30", "quota": 12, "walk_in_reserve": 0},
    ),
    Case(
        "queueing.correct_quota", "queue_manager", "quota.counter",
        lambda _w: {"quota": "30", "weekday": "", "walk_in_reserve": "3"}, {"quota": 30, "walk_in_reserve": 3},
    ),
    Case("queueing.archive_service_quota", "queue_manager", "quota.counter", expected=GONE),
    Case(
        "queueing.create_counter", "queue_manager",
        texts=lambda w: {
            "point_id": key(w, "point.counter"), "number": "7", "name": "",
            "service_ids": [key(w, "service.counter"), key(w, "service.guest")],
        },
        expected={"number": 7, "is_active": True},
    ),
    Case(
        "queueing.correct_counter", "queue_manager", "counter.counter", lambda _w: {"name": "Depan", "is_active": "1"},
        {"name": "Depan", "number": 1, "is_active": True},
    ),
    Case(
        "queueing.give_services", "queue_manager", "counter.counter",
        lambda w: {"service_ids": [key(w, "service.guest")]}, {"version": 2},
    ),
    Case(
        "queueing.plan_shifts", "hr_admin", "counter.counter",
        lambda w: {
            "employee_id": key(w, "employee.officer"), "first": "2026-01-16", "last": "2026-01-31",
            "starts_at": "08:00", "ends_at": "11:00", "day3": "1",
        },
        {"day": date(2026, 1, 29), "ends_at": "11:00"}, CounterShift,
    ),
    Case("queueing.archive_counter", "queue_manager", "counter.closed", expected=GONE),
    Case("queueing.archive_counter_service", "queue_manager", "counter_service.counter", expected=GONE),
    Case(
        "queueing.create_shift", "hr_admin",
        texts=lambda w: {
            "counter_id": key(w, "counter.counter"), "employee_id": key(w, "employee.officer"), "day": "2026-01-16",
            "starts_at": "08:00", "ends_at": "12:00",
        },
        expected={"day": date(2026, 1, 16), "starts_at": "08:00"},
    ),
    Case(
        "queueing.correct_shift", "queue_manager", "shift.at.counter", lambda _w: {"ends_at": "11:30"},
        {"ends_at": "11:30", "starts_at": "08:00"},
    ),
    Case(
        "queueing.record_intervention", "queue_manager",
        texts=lambda w: {
            "point_id": key(w, "point.counter"), "service_id": "", "kind": "TRAINING", "name": "Pelatihan",
            "day": "2026-01-12", "note": "",
        },
        expected={"kind": InterventionKind.TRAINING, "day": date(2026, 1, 12), "service": None},
    ),
    Case(
        "queueing.correct_intervention", "hr_admin_archive", "intervention.guest", lambda _w: {"name": "Uji ulang"},
        {"name": "Uji ulang", "kind": InterventionKind.OTHER},
    ),
    Case("queueing.archive_intervention", "queue_manager", "intervention.counter", expected=GONE),
    Case("queueing.archive_counter_shift", "queue_manager", "shift.at.counter", expected=GONE),
]  # fmt: skip


@pytest.fixture
def world(everybody):  # noqa: F811 - the fixture
    rows = everybody.rows
    rows["new.point"] = ServicePoint.create(unit=rows["unit.registry"], code="salah", name="Salah")
    rows["new.hours"] = OpeningHours.create(point=rows["new.point"], weekday=0, starts_at="08:00", ends_at="09:00")
    service = QueueService.create(
        point=rows["new.point"], unit=rows["unit.registry"], code="x", name="Salah", prefix="X"
    )
    counter = Counter.create(point=rows["new.point"], number=1)
    CounterService.create(counter=counter, service=service)
    return everybody


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_verb_does_what_it_says_and_others_are_refused(world, case):
    check(world, case)


def test_every_verb_of_the_set_up_is_done_here(world):
    assert {verb.name for verb in VERBS} == {case.name for case in CASES}
    assert {verb.name for verb in VERBS} <= {verb.name for verb in active_registry().verbs}


def test_what_tickets_rest_on_does_not_go_into_the_bin(world):
    manager = world.actors["hr_admin"]()
    verbs = {verb.model: verb for verb in VERBS if verb.name.startswith("queueing.archive_")}
    offered = {
        label: is_offered(manager, verbs[type(world.rows[label])], world.rows[label])
        for label in ("point.counter", "service.counter", "new.point", "service.closed", "counter.closed")
    }
    assert offered == {
        "point.counter": False, "service.counter": False, "new.point": True, "service.closed": True,
        "counter.closed": True,
    }  # fmt: skip


def test_verbs_are_offered_to_managers_of_the_place(world):
    names = ("anonymous", "clerk", "chief", "queue_clerk", "queue_manager", "hr_admin_archive", "auditor", "hr_admin")
    correct, create = verb_named("queueing.correct_point"), verb_named("queueing.create_group")
    point = world.rows["point.counter"]
    assert [name for name in names if is_offered(world.actors[name](), correct, point)] == ["queue_manager", "hr_admin"]
    assert [name for name in names if is_offered(world.actors[name](), create)] == ["hr_admin"]


def test_the_week_of_the_form_is_the_week_of_the_point(world):
    check(world, CASES[2])
    rows = OpeningHours.select().where(OpeningHours.point == world.rows["point.counter"])
    assert sorted((row.weekday, row.kind.value) for row in rows) == [
        (day, kind) for day in range(5) for kind in ("BREAK", "OPEN")
    ]
    assert Closure.select().exists()
    assert PriorityGroup.select().exists()


def test_an_hr_administrator_makes_counter_clerks_and_service_managers(world):
    for role in ("queueing.counter", "queueing.manager"):
        case = Case(
            "identity.grant_role", "other",
            texts=lambda w, role=role: {
                "account_id": key(w, "account.clerk"), "role": role, "unit_id": key(w, "unit.registry"),
                "valid_from": "", "valid_to": "",
            },
            expected={"role": role},
        )  # fmt: skip
        check(world, case)
