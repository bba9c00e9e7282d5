"""Leave and attendance through GraphQL."""

import pytest

from core.attendance.models import Leave
from core.workdays.models import Holiday
from core.workdays.terms import HolidayKind
from schema.execution import execute
from tests.support.calls import call_as
from tests.support.city import build_city
from tests.support.grants import give_role
from tests.support.schemas import core_schema


@pytest.fixture
def city(db):
    return build_city()


@pytest.fixture
def office(db, city):
    give_role(city.secretary, "hr_officer")
    return call_as(db, city.secretary.id)


def do(ctx, mutation, selection, **values):
    kind = mutation[0].upper() + mutation[1:] + "Input"
    query = f"mutation ($input: {kind}!) {{ {mutation}(input: $input) {{ {selection} problems {{ path code }} }} }}"
    response = execute(core_schema(), ctx, query, {"input": values})
    assert "errors" not in response, response["errors"]
    return response["data"][mutation]


def ask(ctx, query, **variables):
    response = execute(core_schema(), ctx, query, variables)
    assert "errors" not in response, response["errors"]
    return response["data"]


def test_leave_is_entered_read_with_its_working_days_and_taken_back(office, city):
    Holiday.create(day="2026-03-19", name="Nyepi", kind=HolidayKind.NATIONAL)
    values = {"kind": "UNPAID", "firstDay": "2026-03-16", "lastDay": "2026-03-22", "decreeNumber": "850/1"}

    made = do(
        office,
        "recordLeave",
        "leave { id version kind workingDays }",
        employeeId=f"Employee:{city.officer.id}",
        **values,
    )
    read = ask(office, "{ employees(filter: {leaves: {some: {kind: {eq: UNPAID}}}}) { nodes { name } } }")

    leave = Leave.get()
    assert made == {
        "leave": {"id": f"Leave:{leave.id}", "version": 1, "kind": "UNPAID", "workingDays": 4}, "problems": [],
    }  # fmt: skip
    assert read == {"employees": {"nodes": [{"name": "Budi Santoso"}]}}
    again = do(office, "recordLeave", "leave { id }", employeeId=f"Employee:{city.officer.id}", **values)
    assert again == {"leave": None, "problems": [{"path": ["input", "firstDay"], "code": "LEAVE_OVERLAPS"}]}

    changed = do(
        office, "changeLeave", "leave { lastDay kind }", id=f"Leave:{leave.id}", version=1, lastDay="2026-03-20"
    )
    assert changed["leave"] == {"lastDay": "2026-03-20", "kind": "UNPAID"}
    gone = do(office, "withdrawLeave", "withdrawnId", id=f"Leave:{leave.id}", version=2, reason="Batal")
    assert gone == {"withdrawnId": f"Leave:{leave.id}", "problems": []}


def test_days_are_entered_corrected_filtered_and_taken_back(office, city):
    officer = f"Employee:{city.officer.id}"
    first = do(
        office, "recordAttendanceDay", "attendanceDay { id state }", employeeId=officer, day="2026-01-12",
        state="UNEXCUSED", hasNoRecord=True,
    )  # fmt: skip
    do(
        office, "recordAttendanceDay", "attendanceDay { id }", employeeId=officer, day="2026-01-13", state="PRESENT",
        lateMinutes=7,
    )  # fmt: skip
    query = """query ($id: ID!) { node(id: $id) { ... on Employee {
        late: attendanceDays(filter: {lateMinutes: {gt: 0}}) { nodes { day lateMinutes } }
        absent: attendanceDays(filter: {state: {eq: UNEXCUSED}}) { totalCount nodes { day hasNoRecord } }
    } } }"""

    read = ask(call_as(office.settings, city.officer.id), query, id=officer)

    assert read["node"] == {
        "late": {"nodes": [{"day": "2026-01-13", "lateMinutes": 7}]},
        "absent": {"totalCount": 1, "nodes": [{"day": "2026-01-12", "hasNoRecord": True}]},
    }
    key = first["attendanceDay"]["id"]
    changed = do(office, "changeAttendanceDay", "attendanceDay { state version }", id=key, version=1, state="EXCUSED")
    assert changed["attendanceDay"] == {"state": "EXCUSED", "version": 2}
    assert do(office, "removeAttendanceDay", "removedId", id=key, version=2, reason="Salah")["removedId"] == key


def test_colleagues_see_nothing_of_it(office, city):
    do(
        office, "recordLeave", "leave { id }", employeeId=f"Employee:{city.officer.id}", kind="SICK",
        firstDay="2026-02-02", lastDay="2026-02-03",
    )  # fmt: skip
    query = "query ($id: ID!) { leaves { totalCount nodes { id } } node(id: $id) { id } }"

    seen = {
        who: ask(call_as(office.settings, getattr(city, who).id), query, id=f"Leave:{Leave.get().id}")
        for who in ("clerk", "other_chief", "officer", "chief", "head")
    }

    nothing = {"leaves": {"totalCount": 0, "nodes": []}, "node": None}
    one = {"id": f"Leave:{Leave.get().id}"}
    something = {"leaves": {"totalCount": 1, "nodes": [one]}, "node": one}
    assert (seen["clerk"], seen["other_chief"]) == (nothing, nothing)
    assert (seen["officer"], seen["chief"], seen["head"]) == (something, something, something)
