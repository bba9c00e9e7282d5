"""The calendar of a point: closed days, slots with what is left of them, and what is refused."""

from datetime import UTC, date, datetime

import pytest

from core.errors import Refused
from core.settings import Settings
from core.workdays import reference
from core.workdays.models import Holiday
from core.workdays.terms import HolidayKind
from plugins.queueing.models import Closure, OpeningHours, ServiceQuota, Ticket
from plugins.queueing.services.calendar import (
    check_bookable,
    check_open,
    check_quota,
    closed_days,
    days_with_spans,
    is_open,
    local_day,
    slot_now,
    slots_of,
    spans_of,
    zone_of,
)
from plugins.queueing.terms import Channel, HoursKind, TicketState

SETTINGS = Settings(time_zone="Asia/Jayapura")
NOW = datetime(2026, 3, 2, 0, 0, tzinfo=UTC)  # Monday, 07:00 in Jakarta


def ticket(service, slot="", channel=Channel.ONLINE, state=TicketState.BOOKED, **more):
    number = Ticket.select().count()
    return Ticket.create(
        service=service, day=date(2026, 3, 2), token=f"t{number}", state=state, channel=channel, slot=slot, **more
    )


def code_of(call, *args):
    with pytest.raises(Refused) as refusal:
        call(*args)
    (problem,) = refusal.value.problems
    problem.message("en")
    return problem.code


def test_a_point_is_closed_on_holidays_and_on_days_of_its_own(office):
    point = office.point
    reference.load()
    Holiday.create(day=date(2026, 6, 9), name="Hari jadi kota", kind=HolidayKind.REGIONAL)
    Closure.create(point=point, day=date(2026, 3, 17), name="Pindah gedung")
    closed = {day: is_open(point, day) for day in (date(2026, 3, day) for day in range(16, 26))}
    # 18 to 20, 23 and 24 March 2026: Nyepi and Idul Fitri with collective leave; 21 and 22 are a weekend.
    assert [day.day for day, opens in closed.items() if opens] == [16, 25]
    assert closed_days(point, date(2026, 3, 17), date(2026, 3, 18)) == {
        date(2026, 3, 17): "Pindah gedung",
        date(2026, 3, 18): "Cuti Bersama Hari Suci Nyepi",
    }
    assert closed_days(point, date(2026, 6, 9), date(2026, 6, 9)) == {date(2026, 6, 9): "Hari jadi kota"}

    point.keeps_national_holidays = point.keeps_collective_leave = False
    assert is_open(point, date(2026, 3, 18))
    assert not is_open(point, date(2026, 3, 17))
    assert list(days_with_spans(point, date(2026, 3, 13), date(2026, 3, 18))) == [
        date(2026, 3, day) for day in (13, 16, 18)
    ]
    assert code_of(check_open, point, date(2026, 3, 17)) == "POINT_CLOSED"
    assert code_of(check_open, point, date(2026, 3, 21)) == "POINT_CLOSED"
    check_open(point, date(2026, 3, 18))


@pytest.mark.parametrize(
    ("setting", "kind"),
    [
        ("keeps_national_holidays", HolidayKind.NATIONAL),
        ("keeps_regional_holidays", HolidayKind.REGIONAL),
        ("keeps_collective_leave", HolidayKind.COLLECTIVE_LEAVE),
    ],
)
def test_each_kind_of_holiday_closes_a_point_by_a_setting_of_its_own(office, setting, kind):
    days = {one: date(2026, 3, 2 + place) for place, one in enumerate(HolidayKind)}
    for one, day in days.items():
        Holiday.create(day=day, name=f"Libur {one.value}", kind=one)
    first, last = min(days.values()), max(days.values())
    assert closed_days(office.point, first, last) == {day: f"Libur {one.value}" for one, day in days.items()}

    setattr(office.point, setting, False)

    assert closed_days(office.point, first, last) == {
        day: f"Libur {one.value}" for one, day in days.items() if one is not kind
    }
    assert [day for day in days.values() if is_open(office.point, day)] == [days[kind]]
    check_bookable(office.ktp, days[kind], "14:00", NOW, SETTINGS)
    Closure.create(point=office.point, day=days[kind], name="Pindah gedung")
    assert closed_days(office.point, first, last)[days[kind]] == "Pindah gedung"
    assert code_of(check_bookable, office.ktp, days[kind], "14:00", NOW, SETTINGS) == "POINT_CLOSED"


def test_a_closed_day_of_its_own_tells_its_own_reason(office):
    Holiday.create(day=office.day, name="Nyepi", kind=HolidayKind.NATIONAL)
    Closure.create(point=office.point, day=office.day, name="Tutup sampai ada kabar")

    assert closed_days(office.point, office.day, office.day) == {office.day: "Tutup sampai ada kabar"}


def test_the_day_is_that_of_the_point(office):
    late = datetime(2026, 3, 2, 16, 30, tzinfo=UTC)  # 23:30 in Jakarta, 01:30 of the next day in Jayapura
    assert local_day(office.point, late, SETTINGS) == date(2026, 3, 2)
    office.point.time_zone = ""
    assert zone_of(office.point, SETTINGS).key == "Asia/Jayapura"
    assert local_day(office.point, late, SETTINGS) == date(2026, 3, 3)


def test_slots_leave_out_the_break_and_show_what_is_left(office):
    OpeningHours.create(point=office.point, weekday=0, kind=HoursKind.BREAK, starts_at="12:00", ends_at="13:00")
    ServiceQuota.create(service=office.ktp, slot="08:30", quota=4, walk_in_reserve=1)
    ServiceQuota.create(service=office.birth, weekday=0, quota=3)
    for state in (TicketState.BOOKED, TicketState.CANCELLED):
        ticket(office.ktp, "08:30", state=state)
    walked_in = ticket(office.ktp, "08:30", Channel.KIOSK, TicketState.TRANSFERRED)
    ticket(office.birth, "", Channel.KIOSK, TicketState.WAITING, origin=walked_in)
    ticket(office.birth, "09:00")

    assert spans_of(office.point, office.day) == [("08:00", "12:00"), ("13:00", "15:00")]
    slots = {slot.starts_at: slot for slot in slots_of(office.ktp, office.day)}
    assert list(slots) == [f"{hour:02}:{minute}" for hour in (8, 9, 10, 11, 13, 14) for minute in ("00", "30")]
    assert (slots["08:30"].ends_at, slots["08:30"].quota, slots["08:30"].taken, slots["08:30"].free) == (
        "09:00",
        4,
        2,
        2,
    )
    assert (slots["08:00"].quota, slots["08:00"].taken, slots["08:00"].free) == (None, 0, None)
    assert {(slot.quota, slot.taken, slot.free) for slot in slots_of(office.birth, office.day)} == {(3, 1, 2)}
    assert slots_of(office.ktp, date(2026, 3, 1)) == []
    spans = spans_of(office.point, office.day)
    assert slot_now(office.point, datetime(2026, 3, 2, 1, 45, tzinfo=UTC), SETTINGS, spans) == "08:30"
    assert slot_now(office.point, datetime(2026, 3, 2, 5, 45, tzinfo=UTC), SETTINGS, spans) == "13:00"
    assert slot_now(office.point, datetime(2026, 3, 2, 8, 0, tzinfo=UTC), SETTINGS, spans) == ""


def test_a_full_quota_is_refused_to_bookings_first(office):
    ServiceQuota.create(service=office.ktp, day=office.day, quota=2, walk_in_reserve=1)
    check_quota(office.ktp, office.day, "08:00", Channel.ONLINE)
    ticket(office.ktp, "08:00")
    assert code_of(check_quota, office.ktp, office.day, "10:00", Channel.ONLINE) == "QUOTA_FULL"
    check_quota(office.ktp, office.day, "", Channel.KIOSK)
    ticket(office.ktp, "", Channel.KIOSK, TicketState.WAITING)
    assert code_of(check_quota, office.ktp, office.day, "", Channel.STAFF) == "QUOTA_FULL"
    check_quota(office.birth, office.day, "", Channel.KIOSK)

    ServiceQuota.create(service=office.ktp, day=office.day, slot="08:00", quota=1)
    assert code_of(check_quota, office.ktp, office.day, "08:00", Channel.ONLINE) == "QUOTA_FULL"


def test_a_booking_is_taken_in_its_window_only(office):
    def code(day, slot, now=NOW):
        return code_of(check_bookable, office.ktp, day, slot, now, SETTINGS)

    check_bookable(office.ktp, office.day, "08:00", NOW, SETTINGS)
    check_bookable(office.ktp, office.day, "", NOW, SETTINGS)
    check_bookable(office.ktp, date(2026, 3, 9), "14:30", NOW, SETTINGS)
    assert code(office.day, "08:00", NOW.replace(second=1)) == "BOOKING_ENDED"
    assert code(office.day, "", NOW.replace(hour=7)) == "BOOKING_ENDED"
    assert code(date(2026, 3, 10), "08:00") == "BOOKING_DAY"
    assert code(date(2026, 3, 1), "08:00") == "BOOKING_DAY"
    assert code(date(2026, 3, 7), "08:00") == "POINT_CLOSED"
    assert code(office.day, "08:10") == "SLOT_UNKNOWN"
    assert code(office.day, "15:00") == "SLOT_UNKNOWN"
    office.ktp.books_ahead_days = 0
    assert code(office.day, "08:00") == "BOOKING_NOT_OFFERED"
