"""Setting up the queue: what is made, and every refusal with its place."""

from datetime import date

import pytest

from core.context import Context
from core.errors import Refused
from core.history.models import HistoryRecord
from core.identity.actors import actor_for_employee
from core.organisation.models import Employee
from plugins.queueing.models import (
    Closure,
    Counter,
    CounterService,
    CounterShift,
    OpeningHours,
    PriorityGroup,
    QueueService,
    ServicePoint,
    ServiceQuota,
    Ticket,
)
from plugins.queueing.rules.hours import HoursLine
from plugins.queueing.services import setup, setup_counters, setup_groups, setup_hours, setup_services
from plugins.queueing.services.people import data_of, erase
from plugins.queueing.terms import Channel, HoursKind, PriorityRule, TicketState
from tests.support.calls import NOON, system_context
from tests.support.grants import give_role


@pytest.fixture
def ctx(registry):
    return system_context(registry.settings)


def as_employee(registry, employee):
    return Context(actor=actor_for_employee(employee.id, NOON.date()), settings=registry.settings, now=NOON)


def refusals(call, *args, **values):
    with pytest.raises(Refused) as refusal:
        call(*args, **values)
    for problem in refusal.value.problems:
        assert problem.message("en")
    return [(problem.code, problem.path[1:]) for problem in refusal.value.problems]


def test_a_point_is_set_up_and_changed(ctx, office):
    point = setup.create_point(
        ctx, unit_id=office.city.archive.id, code=" mpp-2 ", name=" MPP ", time_zone="Asia/Makassar", slot_minutes=15
    )
    assert (point.code, point.name, point.slot_minutes, point.priority_rule) == (
        "mpp-2",
        "MPP",
        15,
        PriorityRule.STRICT,
    )
    changed = setup.update_point(
        ctx,
        point.id,
        1,
        {"unit_id": office.city.registry.id, "priority_rule": PriorityRule.ONE_IN_N, "is_active": False},
    )
    assert (changed.unit_id, changed.version) == (office.city.registry.id, 2)
    assert not ServicePoint.get_by_id(point.id).is_active
    assert HistoryRecord.select().where(HistoryRecord.subject_type == "ServicePoint").count() == 2


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"code": "dukcapil"}, [("POINT_CODE_TAKEN", ("code",))]),
        ({"code": "MPP Kota"}, [("POINT_CODE", ("code",))]),
        ({"code": "", "name": " "}, [("TEXT_MISSING", ("code",)), ("TEXT_MISSING", ("name",))]),
        ({"time_zone": "Asia/Bandung"}, [("TIME_ZONE_UNKNOWN", ("timeZone",))]),
        ({"slot_minutes": 4}, [("QUEUE_NUMBER", ("slotMinutes",))]),
        (
            {"slot_minutes": 241, "priority_every": 1, "recalls_allowed": -1, "grace_minutes": 1441},
            [("QUEUE_NUMBER", (name,)) for name in ("slotMinutes", "priorityEvery", "recallsAllowed", "graceMinutes")],
        ),
        ({"slot_minutes": None}, [("TEXT_MISSING", ("slotMinutes",))]),
    ],
)  # fmt: skip
def test_a_wrong_point_is_refused(ctx, office, values, expected):
    before = ServicePoint.select().count()
    wanted = {"code": "baru", "name": "Baru", **values}
    assert refusals(setup.create_point, ctx, unit_id=office.city.registry.id, **wanted) == expected
    assert ServicePoint.select().count() == before
    if "code" not in values:
        assert refusals(setup.update_point, ctx, office.point.id, None, values) == expected


def test_the_week_is_given_at_once(ctx, office):
    kept = OpeningHours.get((OpeningHours.point == office.point) & (OpeningHours.weekday == 0))
    lines = setup_hours.lines_of_week({0: "8.00-15.00", 4: "08:00–11:30, 13:00 - 16:00 / 10:00-10:15", 6: ""})
    setup_hours.set_hours(ctx, office.point.id, 1, lines)
    rows = (
        OpeningHours.select().where(OpeningHours.point == office.point).order_by(OpeningHours.weekday, OpeningHours.id)
    )
    assert [(row.weekday, row.kind.value, row.starts_at, row.ends_at) for row in rows] == [
        (0, "OPEN", "08:00", "15:00"),
        (4, "OPEN", "08:00", "11:30"),
        (4, "OPEN", "13:00", "16:00"),
        (4, "BREAK", "10:00", "10:15"),
    ]
    assert rows[0].id == kept.id
    assert refusals(setup_hours.set_hours, ctx, office.point.id, 1, lines) == [("STALE_VERSION", ("version",))]
    assert (
        refusals(setup_hours.lines_of_week, {0: "pagi", 1: "08:00-"})
        == [
            ("HOURS_UNREADABLE", ("day0",)),
            ("TIME_UNKNOWN", ("day1",)),
        ][:1]
    )
    assert refusals(setup_hours.lines_of_week, {1: "08:00-12:00 / 12:00-13:00"}) == [("BREAK_OUTSIDE", ("day1",))]
    assert refusals(setup_hours.set_hours, ctx, office.point.id, None, []) == [("WEEK_EMPTY", ("hours",))]
    overlapping = [HoursLine(0, "08:00", "12:00"), HoursLine(0, "11:00", "15:00")]
    assert refusals(setup_hours.set_hours, ctx, office.point.id, None, overlapping) == [
        ("HOURS_OVERLAP", ("hours", 1, "startsAt"))
    ]


def test_single_spans_are_added_and_changed(ctx, office):
    row = setup_hours.add_hours(
        ctx, point_id=office.point.id, weekday=0, kind=HoursKind.BREAK, starts_at="12:00", ends_at="13:00"
    )
    assert setup_hours.update_hours(ctx, row.id, 1, {"ends_at": "12:30"}).ends_at == "12:30"
    opened = OpeningHours.get((OpeningHours.weekday == 0) & (OpeningHours.kind == HoursKind.OPEN))
    wrong = [
        ({"weekday": 0, "starts_at": "14:00", "ends_at": "16:00"}, ("HOURS_OVERLAP", ("startsAt",))),
        ({"weekday": 9, "starts_at": "14:00", "ends_at": "16:00"}, ("WEEKDAY_UNKNOWN", ("weekday",))),
        ({"weekday": 0, "starts_at": "16:00", "ends_at": "15:00"}, ("HOURS_REVERSED", ("endsAt",))),
        ({"weekday": 0, "starts_at": "25:00", "ends_at": "26:00"}, ("TIME_UNKNOWN", ("startsAt",))),
    ]
    for values, expected in wrong:
        assert refusals(setup_hours.add_hours, ctx, point_id=office.point.id, **values) == [expected]
    assert refusals(setup_hours.update_hours, ctx, row.id, None, {"ends_at": "15:30"}) == [
        ("BREAK_OUTSIDE", ("startsAt",))
    ]
    # The break that no longer lies in the hours is named, too.
    assert refusals(setup_hours.update_hours, ctx, opened.id, None, {"ends_at": "12:15"}) == [
        ("BREAK_OUTSIDE", ("startsAt",))
    ]
    assert refusals(setup_hours.update_hours, ctx, row.id, None, {"starts_at": "08:00", "ends_at": "15:00"}) == [
        ("BREAK_TOO_LONG", ("endsAt",)),
        ("BREAK_TOO_LONG", ("endsAt",)),
    ]


def test_days_are_closed_once(ctx, office):
    row = setup_hours.create_closure(ctx, point_id=office.point.id, day=office.day, name="Listrik padam")
    again = {"point_id": office.point.id, "day": office.day, "name": "Lagi"}
    assert refusals(setup_hours.create_closure, ctx, **again) == [("CLOSURE_TWICE", ("day",))]
    setup_hours.create_closure(ctx, **{**again, "day": date(2026, 3, 3)})
    assert refusals(setup_hours.update_closure, ctx, row.id, None, {"day": date(2026, 3, 3)}) == [
        ("CLOSURE_TWICE", ("day",))
    ]
    assert refusals(setup_hours.update_closure, ctx, row.id, None, {"name": " "}) == [("TEXT_MISSING", ("name",))]
    assert setup_hours.update_closure(ctx, row.id, None, {"name": "Listrik"}).name == "Listrik"
    assert Closure.select().count() == 2


def test_a_service_has_numbers_of_its_own(ctx, office):
    new = {"point_id": office.point.id, "code": "kia", "name": "KIA"}
    service = setup_services.create_service(ctx, **new, prefix="c1", books_ahead_days=0)
    assert (service.prefix, service.unit_id) == ("C1", office.city.registry.id)
    guest = setup_services.create_service(
        ctx, point_id=office.point.id, code="arsip", name="Arsip", prefix="D", unit_id=office.city.archive.id
    )
    assert guest.unit_id == office.city.archive.id
    wrong = [
        ({"prefix": "a", "code": "x"}, [("PREFIX_TAKEN", ("prefix",))]),
        ({"prefix": "1A", "code": "x"}, [("PREFIX_INVALID", ("prefix",))]),
        ({"prefix": "E", "code": "ktp"}, [("SERVICE_CODE_TAKEN", ("code",))]),
        ({"prefix": "E", "code": "x", "target_wait_minutes": 0}, [("QUEUE_NUMBER", ("targetWaitMinutes",))]),
        ({"prefix": "", "code": "x"}, [("TEXT_MISSING", ("prefix",))]),
        ({"prefix": "ABCDE", "code": "x"}, [("TEXT_TOO_LONG", ("prefix",)), ("PREFIX_INVALID", ("prefix",))]),
    ]
    for values, expected in wrong:
        assert refusals(setup_services.create_service, ctx, **{**new, **values}) == expected
    assert refusals(setup_services.update_service, ctx, service.id, None, {"prefix": "B"}) == [
        ("PREFIX_TAKEN", ("prefix",))
    ]
    assert setup_services.update_service(ctx, service.id, 1, {"prefix": "C1", "name": "Anak"}).name == "Anak"


def test_quotas_fit_their_service(ctx, office):
    quota = setup_services.create_quota(
        ctx, service_id=office.ktp.id, quota=40, walk_in_reserve=10, weekday=0, slot="08:30"
    )
    wrong = [
        ({"quota": 5, "walk_in_reserve": 6}, [("RESERVE_ABOVE_QUOTA", ("walkInReserve",))]),
        ({"quota": -1}, [("QUEUE_NUMBER", ("quota",)), ("RESERVE_ABOVE_QUOTA", ("walkInReserve",))]),
        ({"quota": 5, "weekday": 7}, [("QUEUE_NUMBER", ("weekday",))]),
        ({"quota": 5, "weekday": 0, "day": office.day}, [("QUOTA_DAY_AND_WEEKDAY", ("weekday",))]),
        ({"quota": 5, "slot": "08:10"}, [("QUOTA_SLOT_UNKNOWN", ("slot",))]),
        ({"quota": 5, "slot": "08:00", "day": date(2026, 3, 7)}, [("QUOTA_SLOT_UNKNOWN", ("slot",))]),
        ({"quota": 5, "weekday": 0, "slot": "08:30"}, [("QUOTA_TWICE", ("slot",))]),
    ]
    for values, expected in wrong:
        assert refusals(setup_services.create_quota, ctx, service_id=office.ktp.id, **values) == expected
    assert refusals(setup_services.update_quota, ctx, quota.id, None, {"quota": 9}) == [
        ("RESERVE_ABOVE_QUOTA", ("walkInReserve",))
    ]
    changed = setup_services.update_quota(ctx, quota.id, None, {"weekday": None, "day": office.day, "slot": ""})
    assert (changed.weekday, changed.day, changed.slot) == (None, office.day, "")
    assert ServiceQuota.select().count() == 1


def test_counters_serve_what_their_point_offers(ctx, office):
    other = setup.create_point(ctx, unit_id=office.city.archive.id, code="arsip", name="Arsip")
    elsewhere = setup_services.create_service(ctx, point_id=other.id, code="x", name="Legalisir", prefix="A")
    counter = setup_counters.create_counter(
        ctx, point_id=office.point.id, number=3, service_ids=[office.ktp.id, office.birth.id, office.ktp.id]
    )
    first = CounterService.get((CounterService.counter == counter) & (CounterService.service == office.ktp))
    setup_counters.update_counter(ctx, counter.id, 1, {"service_ids": [office.ktp.id], "name": "Depan"})
    assert list(CounterService.select().where(CounterService.counter == counter)) == [first]
    new = {"point_id": office.point.id, "number": 4}
    assert refusals(setup_counters.create_counter, ctx, **{**new, "number": 1}) == [
        ("COUNTER_NUMBER_TAKEN", ("number",))
    ]
    assert refusals(setup_counters.create_counter, ctx, **{**new, "number": 0}) == [("QUEUE_NUMBER", ("number",))]
    assert refusals(setup_counters.create_counter, ctx, **new, service_ids=[elsewhere.id]) == [
        ("SERVICE_ELSEWHERE", ("serviceIds",))
    ]
    assert refusals(setup_counters.update_counter, ctx, counter.id, None, {"number": 2}) == [
        ("COUNTER_NUMBER_TAKEN", ("number",))
    ]
    assert Counter.select().count() == 3


def test_nobody_and_no_counter_has_two_shifts_at_once(ctx, office):
    morning = {"day": office.day, "starts_at": "08:00", "ends_at": "12:00"}
    officer, clerk = office.city.officer, office.city.clerk
    shift = setup_counters.create_shift(ctx, counter_id=office.one.id, employee_id=officer.id, **morning)
    setup_counters.create_shift(
        ctx, counter_id=office.one.id, employee_id=clerk.id, **{**morning, "starts_at": "12:00", "ends_at": "15:00"}
    )
    here, there = {"counter_id": office.one.id}, {"counter_id": office.two.id}
    wrong = [
        ({**here, "employee_id": clerk.id, "ends_at": "09:00"}, [("SHIFT_OVERLAP", ("counterId",))]),
        ({**there, "employee_id": officer.id, "starts_at": "11:59"}, [("SHIFT_OVERLAP", ("employeeId",))]),
        ({**there, "employee_id": clerk.id, "ends_at": "08:00"}, [("SHIFT_REVERSED", ("endsAt",))]),
        ({**there, "employee_id": clerk.id, "ends_at": "noon"}, [("TIME_UNKNOWN", ("startsAt",))]),
    ]
    for values, expected in wrong:
        assert refusals(setup_counters.create_shift, ctx, **{**morning, **values}) == expected
    assert setup_counters.update_shift(ctx, shift.id, 1, {"ends_at": "11:00"}).ends_at == "11:00"
    assert refusals(
        setup_counters.update_shift, ctx, shift.id, None, {"employee_id": clerk.id, "ends_at": "13:00"}
    ) == [
        ("SHIFT_OVERLAP", ("counterId",)),
        ("SHIFT_OVERLAP", ("employeeId",)),
    ]
    moved = setup_counters.update_shift(ctx, shift.id, None, {"counter_id": office.two.id})
    assert CounterShift.get_by_id(moved.id).counter_id == office.two.id


def test_shifts_are_planned_for_the_days_on_which_the_point_is_open(ctx, office):
    Closure.create(point=office.point, day=date(2026, 3, 4), name="Rapat")
    hours = {"starts_at": "08:00", "ends_at": "12:00", "employee_id": office.city.officer.id}
    span = {"first": date(2026, 3, 2), "last": date(2026, 3, 8), **hours}
    rows = setup_counters.plan_shifts(ctx, counter_id=office.one.id, weekdays=[0, 2, 4, 5], **span)
    assert [row.day.day for row in rows] == [2, 6]
    assert refusals(setup_counters.plan_shifts, ctx, counter_id=office.two.id, **span) == [
        ("SHIFT_OVERLAP", ("employeeId",))
    ]
    assert refusals(
        setup_counters.plan_shifts, ctx, counter_id=office.two.id, **{**span, "first": date(2026, 3, 7)}
    ) == [("NO_OPEN_DAY", ("first",))]
    for last in (date(2026, 3, 1), date(2026, 6, 2)):
        assert refusals(setup_counters.plan_shifts, ctx, counter_id=office.two.id, **{**span, "last": last}) == [
            ("PLAN_SPAN", ("last",))
        ]
    assert CounterShift.select().count() == 2


def test_the_laws_groups_come_once_with_their_source(registry, ctx):
    groups = list(PriorityGroup.select().order_by(PriorityGroup.rank))
    assert [group.code for group in groups] == [
        "LANSIA", "DISABILITAS", "HAMIL", "MENYUSUI", "ANAK", "BENCANA_ALAM", "BENCANA_SOSIAL",
    ]  # fmt: skip
    assert all("UU 25/2009" in group.source and group.name_en and group.is_active for group in groups)
    setup_groups.update_group(ctx, groups[3].id, 1, {"name": "Ibu menyusui bayi", "is_active": False})
    setup_groups.load_groups()
    assert PriorityGroup.get_by_id(groups[3].id).name == "Ibu menyusui bayi"
    assert PriorityGroup.select().count() == 7
    assert refusals(setup_groups.create_group, ctx, code="LANSIA", name="x") == [("GROUP_CODE_TAKEN", ("code",))]
    assert refusals(setup_groups.create_group, ctx, code="lansia", name="") == [
        ("TEXT_MISSING", ("name",)),
        ("GROUP_CODE", ("code",)),
    ]
    assert setup_groups.create_group(ctx, code="VETERAN", name="Veteran", rank=8).rank == 8


def test_only_managers_of_the_unit_set_up(registry, office):
    give_role(office.city.chief, "queueing.manager", office.city.registry)
    give_role(office.city.officer, "queueing.counter", office.city.registry)
    manager, clerk = as_employee(registry, office.city.chief), as_employee(registry, office.city.officer)
    assert setup.update_point(manager, office.point.id, None, {"address": "Jalan 1"}).address == "Jalan 1"
    forbidden = [("FORBIDDEN", ("id",))]
    assert refusals(setup.update_point, clerk, office.point.id, None, {"address": "x"}) == forbidden
    assert refusals(setup.create_point, manager, unit_id=office.city.archive.id, code="a", name="A") == [
        ("FORBIDDEN", ("unitId",))
    ]
    assert refusals(setup.update_point, manager, office.point.id, None, {"unit_id": office.city.archive.id}) == [
        ("FORBIDDEN", ("unitId",))
    ]
    # Whoever runs the point gives its services to whom they belong; those may run them, and not give them further.
    given = setup_services.update_service(manager, office.ktp.id, None, {"unit_id": office.city.archive.id})
    assert given.unit_id == office.city.archive.id
    give_role(office.city.other, "queueing.manager", office.city.archive)
    guest = as_employee(registry, office.city.other)
    assert setup_services.update_service(guest, office.ktp.id, None, {"name": "KTP"}).name == "KTP"
    assert refusals(setup_services.update_service, guest, office.ktp.id, None, {"unit_id": office.city.root.id}) == [
        ("FORBIDDEN", ("unitId",))
    ]
    assert refusals(setup_services.update_service, guest, office.birth.id, None, {"name": "X"}) == forbidden
    assert refusals(setup_groups.create_group, manager, code="X", name="X") == [("FORBIDDEN", ())]
    assert QueueService.select().count() == 2


def test_an_employee_is_told_what_is_held_and_shifts_are_erased(registry, ctx, office):
    officer = office.city.officer
    setup_counters.create_shift(
        ctx, counter_id=office.one.id, employee_id=officer.id, day=office.day, starts_at="08:00", ends_at="12:00"
    )
    Ticket.create(
        service=office.ktp, day=office.day, number=7, token="t", state=TicketState.DONE, channel=Channel.KIOSK,
        employee=officer, serve_seconds=300, holder_name="Sari",
    )  # fmt: skip
    shifts, tickets = registry.personal_data(officer)[0]
    assert [(row["counter"], row["from"], row["until"]) for row in shifts.rows] == [(1, "08:00", "12:00")]
    assert [(row["ticket"], row["serve_seconds"]) for row in tickets.rows] == [("A-007", 300)]
    assert "Sari" not in str(tickets.rows)
    assert data_of(office.city.clerk)[0].rows == []

    assert [problem.code for problem in registry.erase_personal_data(officer)] == ["SERVED_TICKETS_STAY"]
    assert CounterShift.select().count() == 0
    assert erase(office.city.clerk) == []
    assert Employee.get_by_id(officer.id).name == officer.name
