from datetime import date

import pytest

from core.attendance import reading
from core.attendance.models import AttendanceDay, Leave
from core.attendance.rules import DayValues
from core.attendance.services import change_day, change_leave, record_day, record_leave, remove_day, withdraw_leave
from core.attendance.terms import AttendanceState, LeaveKind
from core.errors import Refused
from core.history.models import HistoryRecord
from core.workdays.models import Holiday
from core.workdays.terms import HolidayKind
from tests.support.calls import call_as
from tests.support.city import build_city
from tests.support.grants import give_role
from tests.support.statements import counted_statements

MONDAY, FRIDAY, SATURDAY = date(2026, 1, 5), date(2026, 1, 9), date(2026, 1, 10)


@pytest.fixture
def city(db):
    return build_city()


def codes(error):
    return [(problem.code, problem.path) for problem in error.value.problems]


def leave_of(ctx, who, first=MONDAY, last=FRIDAY, kind=LeaveKind.ANNUAL):
    return record_leave(ctx, employee_id=who.id, kind=kind, first_day=first, last_day=last, decree_number=" 800/1 ")


def absent(ctx, who, day=MONDAY):
    return record_day(ctx, who.id, DayValues(day, AttendanceState.UNEXCUSED))


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (FRIDAY, date(2026, 1, 12)),
        (date(2026, 1, 1), MONDAY),
        (date(2026, 1, 7), date(2026, 1, 7)),
        (date(2026, 1, 1), date(2026, 1, 31)),
    ],
)
def test_overlapping_leave_is_refused_naming_the_other(ctx, city, first, last):
    leave_of(ctx, city.officer)

    with pytest.raises(Refused) as error:
        leave_of(ctx, city.officer, first, last, LeaveKind.UNPAID)

    assert codes(error) == [("LEAVE_OVERLAPS", ("input", "firstDay"))]
    assert error.value.problems[0].params == {"first": MONDAY, "last": FRIDAY}
    assert Leave.select().count() == 1


def test_leave_may_touch_another_and_others_may_be_away_at_once(ctx, city):
    leave_of(ctx, city.officer)

    leave_of(ctx, city.officer, date(2026, 1, 12), date(2026, 1, 12))
    leave_of(ctx, city.clerk)

    assert Leave.select().count() == 3


def test_leave_is_corrected_without_meeting_itself(ctx, city):
    made = leave_of(ctx, city.officer)

    changed = change_leave(ctx, made.id, 1, {"last_day": date(2026, 1, 14)})

    assert (changed.version, changed.first_day, changed.last_day) == (2, MONDAY, date(2026, 1, 14))
    assert changed.decree_number == "800/1"


def test_leave_corrected_into_another_is_refused(ctx, city):
    leave_of(ctx, city.officer)
    later = leave_of(ctx, city.officer, date(2026, 1, 12), date(2026, 1, 14))

    with pytest.raises(Refused) as error:
        change_leave(ctx, later.id, 1, {"first_day": FRIDAY})

    assert codes(error) == [("LEAVE_OVERLAPS", ("input", "firstDay"))]
    assert Leave.get_by_id(later.id).first_day == date(2026, 1, 12)


@pytest.mark.parametrize(
    ("first", "last", "kind", "expected"),
    [
        (FRIDAY, MONDAY, LeaveKind.ANNUAL, ["LEAVE_REVERSED"]),
        (SATURDAY, date(2026, 1, 11), LeaveKind.ANNUAL, ["LEAVE_WITHOUT_WORKING_DAY"]),
        (date(2026, 1, 16), date(2026, 1, 18), LeaveKind.SICK, ["LEAVE_WITHOUT_WORKING_DAY"]),
        (date(1, 1, 1), MONDAY, LeaveKind.UNPAID, ["DATE_OUT_OF_RANGE"]),
    ],
)
def test_leave_without_sense_is_refused(ctx, city, first, last, kind, expected):
    Holiday.create(day=date(2026, 1, 16), name="Isra Mikraj", kind=HolidayKind.NATIONAL)

    with pytest.raises(Refused) as error:
        leave_of(ctx, city.officer, first, last, kind)

    assert [code for code, _ in codes(error)] == expected
    assert Leave.select().count() == 0


def test_collective_leave_lies_on_days_without_work(ctx, city):
    Holiday.create(day=FRIDAY, name="Cuti bersama", kind=HolidayKind.COLLECTIVE_LEAVE)

    made = leave_of(ctx, city.officer, FRIDAY, FRIDAY, LeaveKind.COLLECTIVE)

    assert made.kind is LeaveKind.COLLECTIVE


def test_leave_entered_later_excuses_the_absence(ctx, city):
    row = absent(ctx, city.officer)
    outside = absent(ctx, city.officer, date(2026, 1, 12))

    leave_of(ctx, city.officer, kind=LeaveKind.SICK)

    assert AttendanceDay.get_by_id(row.id).state is AttendanceState.EXCUSED
    assert AttendanceDay.get_by_id(outside.id).state is AttendanceState.UNEXCUSED
    assert reading.unexcused_days(None, MONDAY, date(2026, 1, 31)) == {city.officer.id: [date(2026, 1, 12)]}


def test_leave_taken_back_needs_a_reason_that_the_history_keeps(ctx, city):
    made = leave_of(ctx, city.officer)
    with pytest.raises(Refused) as error:
        withdraw_leave(ctx, made.id, 1, "  ")
    assert codes(error) == [("REASON_MISSING", ("input", "reason"))]

    withdraw_leave(ctx, made.id, 1, "Batal berangkat")

    assert Leave.select().count() == 0
    gone = HistoryRecord.get((HistoryRecord.subject_type == "Leave") & (HistoryRecord.action == "delete"))
    assert gone.reason == "Batal berangkat"


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (DayValues(SATURDAY, AttendanceState.UNEXCUSED), ("NOT_A_WORKING_DAY", ("input", "day"))),
        (DayValues(date(2026, 1, 16), AttendanceState.PRESENT), ("DAY_NOT_COME", ("input", "day"))),
        (DayValues(MONDAY, AttendanceState.PRESENT, -1), ("MINUTES_OUT_OF_RANGE", ("input", "lateMinutes"))),
        (DayValues(MONDAY, AttendanceState.PRESENT, 0, 1441), ("MINUTES_OUT_OF_RANGE", ("input", "earlyMinutes"))),
        (DayValues(MONDAY, AttendanceState.EXCUSED, 5), ("MINUTES_OF_ABSENT", ("input", "state"))),
        (DayValues(MONDAY, AttendanceState.PRESENT, source="x" * 97), ("TEXT_TOO_LONG", ("input", "source"))),
        (DayValues(MONDAY, AttendanceState.PRESENT, source="a\x00"), ("TEXT_INVALID", ("input", "source"))),
    ],
)
def test_a_day_without_sense_is_refused(ctx, city, values, expected):
    with pytest.raises(Refused) as error:
        record_day(ctx, city.officer.id, values)

    assert codes(error) == [expected]
    assert AttendanceDay.select().count() == 0


def test_nobody_on_leave_is_absent_without_reason(ctx, city):
    leave_of(ctx, city.officer)

    with pytest.raises(Refused) as error:
        absent(ctx, city.officer)

    assert codes(error) == [("ABSENT_ON_LEAVE", ("input", "state"))]
    assert AttendanceDay.select().count() == 0


def test_a_day_has_one_entry_that_is_corrected_and_taken_back(ctx, city):
    row = record_day(ctx, city.officer.id, DayValues(MONDAY, AttendanceState.PRESENT, 15, source="mesin 3"))
    with pytest.raises(Refused) as error:
        absent(ctx, city.officer)
    assert codes(error) == [("DAY_TWICE", ("input", "day"))]

    change_day(ctx, row.id, 1, {"late_minutes": 20, "missed_assembly": True})
    (found,) = reading.attendance_days(city.officer.id, MONDAY, MONDAY)
    assert (found.late_minutes, found.missed_assembly, found.source) == (20, True, "mesin 3")

    remove_day(ctx, row.id, 2, "Salah orang")
    assert reading.attendance_days(city.officer.id, MONDAY, MONDAY) == []


def test_reading_answers_by_period_kind_and_person(ctx, city):
    leave_of(ctx, city.officer, date(2025, 12, 1), date(2026, 1, 6), LeaveKind.UNPAID)
    leave_of(ctx, city.clerk)
    for day in (date(2026, 1, 13), date(2026, 1, 12)):
        absent(ctx, city.clerk, day)

    def who(*arguments):
        return [row.employee_id for row in reading.leaves(*arguments)]

    january = (date(2026, 1, 1), date(2026, 1, 31))
    assert who(None, *january) == [city.officer.id, city.clerk.id]
    assert who([city.clerk.id], *january) == [city.clerk.id]
    assert who([], *january) == []
    assert who(None, *january, LeaveKind.UNPAID) == [city.officer.id]
    assert who(None, date(2026, 1, 7), date(2026, 1, 31), LeaveKind.UNPAID) == []
    assert [row[0] for row in reading.on_leave(*january, LeaveKind.UNPAID).tuples()] == [city.officer.id]
    with counted_statements() as statements:
        found = reading.unexcused_days(None, *january)
    assert (found, len(statements)) == ({city.clerk.id: [date(2026, 1, 12), date(2026, 1, 13)]}, 1)


def test_only_the_office_of_the_unit_enters_leave(db, city):
    give_role(city.other_chief, "hr_officer", city.archive)
    office = call_as(db, city.other_chief.id)
    leave_of(office, city.other)
    with pytest.raises(Refused) as hidden:
        leave_of(office, city.officer)
    with pytest.raises(Refused) as superior:
        leave_of(call_as(db, city.chief.id), city.officer)
    with pytest.raises(Refused) as himself:
        leave_of(call_as(db, city.officer.id), city.officer)

    assert codes(hidden) == [("NOT_FOUND", ("input", "employeeId"))]
    assert codes(superior) == codes(himself) == [("FORBIDDEN", ("input", "employeeId"))]
    assert [row.employee_id for row in Leave.select()] == [city.other.id]
