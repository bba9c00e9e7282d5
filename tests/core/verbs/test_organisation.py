"""Verbs of units, positions, employees, numbers, assignments and delegations."""

from datetime import date

import pytest

from core.errors import Refused
from core.organisation.models import Assignment, EmployeeIdentifier, ReportingLine, WorkUnit
from core.organisation.services.identifiers import NumberKind, correct_identifier
from core.organisation.terms import AssignmentKind
from tests.support.verbs import GONE, Case, check, do

TODAY = "2026-01-15"


def key(world, label):
    return world.rows[label].id


CASES = [
    Case(
        "organisation.create_employee",
        "hr_officer",
        texts=lambda w: {
            "nip": "199001012015032019",
            "name": "Baru",
            "status": "PNS",
            "sex": "FEMALE",
            "birth_date": "1990-01-01",
            "position_id": key(w, "position.vacant"),
            "valid_from": TODAY,
        },
        expected={"name": "Baru", "nip": "199001012015032019", "birth_date": date(1990, 1, 1)},
    ),
    Case(
        "organisation.update_employee", "hr_officer", "employee.officer", lambda _w: {"phone": "0811"},
        {"phone": "0811", "name": "Budi Santoso"},
    ),
    Case(
        "organisation.add_identifier", "hr_officer",
        texts=lambda w: {"employee_id": key(w, "employee.officer"), "kind": "OLD_NIP", "number": "131 234 567"},
        expected={"kind": "OLD_NIP", "number": "131234567"},
    ),
    Case(
        "organisation.correct_identifier", "hr_officer", "identifier.officer", lambda _w: {"valid_from": "2015-03-01"},
        {"valid_from": date(2015, 3, 1), "number": "199005172015031002"},
    ),
    Case(
        "organisation.create_unit", "hr_officer",
        texts=lambda w: {"code": "99", "name": "Baru", "parent_id": key(w, "unit.registry"), "valid_from": TODAY},
        expected={"code": "99", "name": "Baru", "valid_from": date(2026, 1, 15), "depth": 3},
    ),
    Case("organisation.update_unit", "hr_officer", "unit.empty", lambda _w: {"kind": "seksi"}, {"kind": "seksi"}),
    Case(
        "organisation.rename_unit", "hr_officer", "unit.empty",
        lambda _w: {"name": "Lain", "short_name": "L", "valid_from": TODAY}, {"name": "Lain", "short_name": "L"},
    ),
    Case(
        "organisation.move_unit", "hr_admin", "unit.empty",
        lambda w: {"parent_id": key(w, "unit.root"), "valid_from": TODAY}, {"depth": 1},
    ),
    Case(
        "organisation.merge_unit", "hr_admin", "unit.empty",
        lambda w: {"successor_id": key(w, "unit.archive"), "valid_from": TODAY}, {"valid_to": date(2026, 1, 14)},
    ),
    Case(
        "organisation.close_unit", "hr_officer", "unit.empty", lambda _w: {"last_day": TODAY},
        {"valid_to": date(2026, 1, 15)},
    ),
    Case(
        "organisation.create_position", "hr_officer",
        texts=lambda w: {
            "code": "11-new", "title": "Baru", "kind_id": w.rows["position.vacant"].kind_id, "job_class": "7",
            "unit_id": key(w, "unit.registry"), "valid_from": TODAY,
        },
        expected={"code": "11-new", "job_class": 7, "is_head": False},
    ),
    Case(
        "organisation.update_position", "hr_officer", "position.vacant", lambda _w: {"title": "Lain"},
        {"title": "Lain", "is_head": False},
    ),
    Case(
        "organisation.close_position", "hr_officer", "position.vacant", lambda _w: {"last_day": TODAY},
        {"valid_to": date(2026, 1, 15)},
    ),
    Case(
        "organisation.assign", "hr_officer",
        texts=lambda w: {
            "employee_id": key(w, "employee.clerk"), "position_id": key(w, "position.vacant"), "kind": "DEFINITIVE",
            "valid_from": "2026-01-16", "ends_previous": "1", "is_secondary": "",
        },
        expected={"is_primary": True, "kind": AssignmentKind.DEFINITIVE, "valid_from": date(2026, 1, 16)},
    ),
    Case(
        "organisation.correct_assignment", "hr_officer", "assignment.officer",
        lambda _w: {"decree_number": "SK 12/2026", "valid_from": "2026-01-05", "is_primary": "1"},
        {"decree_number": "SK 12/2026", "valid_from": date(2026, 1, 5), "is_primary": True},
    ),
    Case(
        "organisation.end_assignment", "hr_officer", "assignment.officer", lambda _w: {"last_day": TODAY},
        {"valid_to": date(2026, 1, 15)},
    ),
    Case("organisation.withdraw_assignment", "hr_officer", "assignment.future", expected=GONE),
    Case(
        "organisation.create_delegation", "chief",
        texts=lambda w: {
            "delegator_id": key(w, "employee.chief"), "delegate_id": key(w, "employee.clerk"),
            "valid_from": "2026-08-01", "valid_to": "2026-08-31",
        },
        expected={"valid_to": date(2026, 8, 31)},
    ),
    Case(
        "organisation.correct_delegation", "hr_officer", "delegation.active",
        lambda _w: {"decree_number": "SK 3", "valid_to": "2026-02-28"},
        {"decree_number": "SK 3", "valid_to": date(2026, 2, 28)},
    ),
    Case(
        "organisation.end_delegation", "chief", "delegation.active", lambda _w: {"last_day": TODAY},
        {"valid_to": date(2026, 1, 15)},
    ),
    Case("organisation.withdraw_delegation", "chief", "delegation.chief", expected=GONE),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_verb_does_what_it_says_and_others_are_refused(world, case):
    check(world, case)


def correct(world, label, **texts):
    check(
        world,
        Case("organisation.correct_assignment", "hr_officer", label, lambda _w: {"is_primary": "1", **texts}),
    )


def test_a_corrected_first_day_of_a_head_moves_the_lines_of_the_people_below(world):
    correct(world, "assignment.chief", valid_from="2026-01-10")

    lines = ReportingLine.select().where(ReportingLine.employee == world.rows["employee.officer"])
    own = lines.where(ReportingLine.superior == world.rows["employee.chief"]).get()
    assert own.valid_from == date(2026, 1, 10)


def test_an_assignment_is_not_corrected_into_the_days_of_another_holder_of_the_headship(world):
    before = list(Assignment.select().order_by(Assignment.id).tuples())
    head = world.rows["assignment.chief"]
    Assignment.create(
        employee=world.rows["employee.clerk"], position=head.position, unit=head.unit, is_primary=False,
        kind=AssignmentKind.PLT, valid_from=date(2026, 1, 1),
    )  # fmt: skip
    acting = Assignment.select().order_by(Assignment.id.desc()).get()
    world.rows["assignment.acting"] = acting
    case = Case(
        "organisation.correct_assignment", "hr_officer", "assignment.acting",
        lambda _w: {"kind": "DEFINITIVE", "is_primary": ""},
    )  # fmt: skip

    with pytest.raises(Refused) as refusal:
        do(world, case)

    assert [problem.code for problem in refusal.value.problems] == ["UNIT_HAS_HEAD"]
    assert list(Assignment.select().order_by(Assignment.id).tuples())[: len(before)] == before


def test_the_present_number_is_corrected_at_the_employee_only(world):
    row = world.rows["identifier.officer"]

    with pytest.raises(Refused) as refusal:
        correct_identifier(world.context("hr_officer"), row.id, None, {"number": "131999998", "kind": NumberKind.NIP})

    assert refusal.value.problems[0].code == "NUMBER_IS_PRESENT"
    assert EmployeeIdentifier.get_by_id(row.id).number == row.number


def test_a_rename_leaves_the_first_day_of_the_unit_alone(world):
    check(world, next(case for case in CASES if case.name == "organisation.rename_unit"))

    assert WorkUnit.get_by_id(key(world, "unit.empty")).valid_from == date(2026, 1, 1)
