"""Leave and attendance in the demo city: some are away, a few come late, one stays away without a word."""

from datetime import date, timedelta
from typing import Any

from core.attendance.models import AttendanceDay, Leave
from core.attendance.terms import AttendanceState, LeaveKind
from core.demo.city import DemoCity, Seat
from core.demo.seed import chance
from core.work import UnitOfWork
from core.workdays.rules import add_working_days, is_working_day
from core.workdays.services import load_holidays

_LEAVE_SHARE = 0.25
_LATE_SHARE = 0.05
_DAYS_BACK = 40
_UNPAID_DAYS = 364
_ABSENCES = (3, 6)
"""Working days without a reason of the one or two who stayed away."""
_SOURCE = "Mesin presensi"


def build(work: UnitOfWork, city: DemoCity, today: date) -> None:
    """Create leave of the last weeks, one long unpaid leave, late days, and absences of two people."""
    random = chance("attendance")
    first = today - timedelta(days=_DAYS_BACK)
    holidays = load_holidays(first, today)
    working = [day for day in (first + timedelta(days=n) for n in range(_DAYS_BACK)) if is_working_day(day, holidays)]
    staff = [seat for seat in city.seats if not seat.post.is_head]
    away = random.sample(staff, round(len(staff) * _LEAVE_SHARE))
    rows = [
        _leave(seat, random.choice((LeaveKind.ANNUAL, LeaveKind.ANNUAL, LeaveKind.SICK)), start, last)
        for seat in away[len(_ABSENCES) + 1 :]
        for start in (random.choice(working),)
        for last in (add_working_days(start, random.randint(0, 4), holidays),)
    ]
    if away:
        rows.append(_leave(away[0], LeaveKind.UNPAID, first, first + timedelta(days=_UNPAID_DAYS)))
    work.create_many(Leave, rows)
    late = [
        {**_day(seat, random.choice(working)), "late_minutes": random.choice((5, 12, 20, 35, 60))}
        for seat in random.sample(staff, round(len(staff) * _LATE_SHARE))
        if seat not in away
    ]
    absent = [
        {**_day(seat, day), "state": AttendanceState.UNEXCUSED, "has_no_record": True}
        for seat, count in zip(away[1:], _ABSENCES, strict=False)
        for day in working[:count]
    ]
    work.create_many(AttendanceDay, [*late, *absent])


def _leave(seat: Seat, kind: LeaveKind, first: date, last: date) -> dict[str, Any]:
    number = f"850/{seat.employee.id}/{first.year}"
    return {"employee": seat.employee, "kind": kind, "first_day": first, "last_day": last, "decree_number": number}


def _day(seat: Seat, day: date) -> dict[str, Any]:
    return {"employee": seat.employee, "day": day, "state": AttendanceState.PRESENT, "source": _SOURCE}
