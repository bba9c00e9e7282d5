from datetime import date

import pytest

from core.organisation.models import Assignment, Delegation, Employee, EmployeeIdentifier, Grade
from core.organisation.services.employees import create_employee, update_employee
from core.organisation.terms import EmployeeState, EmploymentStatus, Sex

START = date(2026, 1, 1)
TODAY = date(2026, 1, 15)


def grade(employment, code):
    return Grade.get((Grade.employment == employment) & (Grade.code == code)).id


def values(**changes):
    return {
        "nip": "19950505 202003 2 007",
        "name": " Ayu Wandira ",
        "status": EmploymentStatus.PNS,
        "sex": Sex.FEMALE,
        "birth_date": date(1995, 5, 5),
        **changes,
    }


def warned(saved):
    return [(problem.code, problem.path) for problem in saved.warnings]


def numbers(employee):
    query = EmployeeIdentifier.select().where(EmployeeIdentifier.employee == employee).order_by(EmployeeIdentifier.id)
    return [(row.kind, row.number, row.valid_from, row.valid_to) for row in query]


def test_an_employee_is_created_with_a_number_in_its_history(ctx, city):
    saved = create_employee(ctx, **values(grade_id=grade("PNS", "III/a"), joined_on=date(2020, 3, 1)))

    found = Employee.get_by_id(saved.employee.id)
    assert (found.nip, found.name, found.status, found.state) == (
        "199505052020032007",
        "Ayu Wandira",
        EmploymentStatus.PNS,
        EmployeeState.ACTIVE,
    )
    assert warned(saved) == []
    assert numbers(found) == [("NIP", "199505052020032007", date(2020, 3, 1), None)]
    assert Assignment.select().where(Assignment.employee == found).count() == 0


def test_an_employee_is_created_with_a_first_assignment(ctx, city, lines):
    saved = create_employee(ctx, **values(position_id=city.positions["clerk"].id))

    assert lines(saved.employee) == [(TODAY, None, city.chief.id, "HEAD")]


def test_a_number_that_differs_from_the_profile_warns_in_both_languages(ctx, city):
    saved = create_employee(ctx, **values(sex=Sex.MALE, birth_date=date(1995, 5, 6), status=EmploymentStatus.PPPK))

    path = ("input", "nip")
    assert warned(saved) == [
        ("NUMBER_STATUS_DIFFERS", path),
        ("NUMBER_BIRTH_DATE_DIFFERS", path),
        ("NUMBER_SEX_DIFFERS", path),
    ]
    assert saved.warnings[2].message("en") == ("Digit 15 of 199505052020032007 does not fit the sex given. Check both.")
    assert saved.warnings[2].message("id").startswith("Angka ke-15 pada 199505052020032007")


def test_an_odd_year_warns(ctx, city):
    assert warned(create_employee(ctx, **values(nip="199505052005032007"))) == [
        ("NUMBER_YEAR_IMPLAUSIBLE", ("input", "nip"))
    ]


@pytest.mark.parametrize(
    ("changes", "problems"),
    [
        ({"nip": "123"}, [("NUMBER_NOT_18_DIGITS", "input.nip")]),
        ({"nip": "x" * 5000}, [("NUMBER_NOT_18_DIGITS", "input.nip")]),
        (
            {"nip": "199513052020033000"},
            [
                ("NUMBER_BIRTH_DATE_INVALID", "input.nip"),
                ("NUMBER_SEX_INVALID", "input.nip"),
                ("NUMBER_SERIAL_INVALID", "input.nip"),
            ],
        ),
        ({"nip": "199505052020132007"}, [("NUMBER_MONTH_INVALID", "input.nip")]),
        ({"nip": "199505052023212007"}, [("NUMBER_OF_PPPK_ON_PNS", "input.nip")]),
        ({"nip": "199005172015031002"}, [("NUMBER_TAKEN", "input.nip")]),  # the officer's
        ({"name": " "}, [("TEXT_MISSING", "input.name")]),
        ({"phone": "0" * 33}, [("TEXT_TOO_LONG", "input.phone")]),
        ({"birth_date": date(2026, 1, 16)}, [("BIRTH_DATE_IN_FUTURE", "input.birthDate")]),
        ({"birth_date": date(1895, 5, 5)}, [("DATE_OUT_OF_RANGE", "input.birthDate")]),
        ({"grade_id": 999}, [("NOT_FOUND", "input.gradeId")]),
        ({"position_id": 999}, [("NOT_FOUND", "input.positionId")]),
        ({"nip": "", "name": ""}, [("TEXT_MISSING", "input.name"), ("NUMBER_NOT_18_DIGITS", "input.nip")]),
    ],
)
def test_a_wrong_employee_is_refused(ctx, city, refused, changes, problems):
    assert refused(create_employee, ctx, **values(**changes)) == problems


def test_a_grade_must_be_of_the_status(ctx, city, refused):
    wrong = [("GRADE_OF_OTHER_STATUS", "input.gradeId")]

    assert refused(create_employee, ctx, **values(grade_id=grade("PPPK", "IX"))) == wrong
    saved = create_employee(ctx, **values(status=EmploymentStatus.CPNS, grade_id=grade("PNS", "III/a")))
    assert refused(update_employee, ctx, saved.employee.id, 1, {"grade_id": grade("PPPK", "IX")}) == wrong
    assert refused(update_employee, ctx, saved.employee.id, 1, {"status": EmploymentStatus.PPPK}) == wrong


def test_a_first_assignment_outside_the_position_creates_nobody(ctx, city, refused):
    given = values(position_id=city.positions["clerk"].id, valid_from=date(2025, 1, 1))

    assert refused(create_employee, ctx, **given) == [
        ("OUTSIDE_POSITION", "input.positionId"),
        ("OUTSIDE_UNIT", "input.positionId"),
    ]


def test_an_employee_is_changed(ctx, city):
    saved = update_employee(ctx, city.clerk.id, 1, {"phone": "0812", "front_title": "Dra.", "grade_id": None})

    assert (saved.employee.phone, saved.employee.front_title, saved.employee.grade_id, saved.employee.version) == (
        "0812",
        "Dra.",
        None,
        2,
    )


def test_a_new_number_keeps_the_earlier_ones(ctx, city, refused):
    made = create_employee(
        ctx,
        **values(nip="199505052023212001", status=EmploymentStatus.PPPK, joined_on=date(2023, 1, 1)),
    ).employee

    update_employee(ctx, made.id, 1, {"nip": "199505052026222001"})
    assert numbers(made) == [
        ("NI_PPPK", "199505052023212001", date(2023, 1, 1), date(2026, 1, 14)),
        ("NI_PPPK", "199505052026222001", TODAY, None),
    ]
    # Nobody else gets a number that somebody had; its owner may take it again.
    assert refused(create_employee, ctx, **values(nip="199505052023212001", status=EmploymentStatus.PPPK)) == [
        ("NUMBER_TAKEN", "input.nip")
    ]
    update_employee(ctx, made.id, 2, {"nip": "199505052023212001"})
    assert numbers(made)[0] == ("NI_PPPK", "199505052023212001", date(2023, 1, 1), None)


def test_a_stale_version_is_refused(ctx, city, refused):
    assert refused(update_employee, ctx, city.clerk.id, 3, {"phone": "1"}) == [("STALE_VERSION", "input.version")]


def test_who_leaves_must_hold_nothing_after(ctx, city, refused):
    leaving = {"state": EmployeeState.LEFT, "left_on": TODAY}
    Assignment.update(named_superior=city.chief).where(Assignment.employee == city.other).execute()
    Delegation.create(delegator=city.chief, delegate=city.officer, valid_from=START)

    assert refused(update_employee, ctx, city.chief.id, 1, leaving) == [("EMPLOYEE_STILL_NEEDED", "input.leftOn")]
    assert refused(update_employee, ctx, city.officer.id, 1, leaving) == [("EMPLOYEE_STILL_NEEDED", "input.leftOn")]
    Assignment.update(valid_to=TODAY).where(Assignment.employee == city.clerk).execute()
    assert update_employee(ctx, city.clerk.id, 1, leaving).employee.left_on == TODAY
    back = {"state": EmployeeState.ACTIVE, "left_on": None}
    assert update_employee(ctx, city.clerk.id, 2, back).employee.state is EmployeeState.ACTIVE


@pytest.mark.parametrize(
    ("changes", "problems"),
    [
        ({"left_on": TODAY}, [("LEAVING_INCOMPLETE", "input.leftOn")]),
        ({"state": EmployeeState.LEFT}, [("LEAVING_INCOMPLETE", "input.leftOn")]),
        (
            {"state": EmployeeState.LEFT, "left_on": date(2019, 1, 1), "joined_on": date(2020, 1, 1)},
            [("PERIOD_REVERSED", "input.leftOn")],
        ),
    ],
)
def test_leaving_must_be_whole(ctx, city, refused, changes, problems):
    assert refused(update_employee, ctx, city.clerk.id, 1, changes) == problems


def test_only_who_writes_in_the_units_changes_people(city, officer_of, refused):
    ours = officer_of(city.clerk, city.registry)

    saved = create_employee(ours, **values(position_id=city.positions["clerk"].id))
    assert update_employee(ours, saved.employee.id, 1, {"phone": "1"}).employee.phone == "1"
    other = values(nip="199505052020032008")
    assert refused(create_employee, ours, **other) == [("FORBIDDEN", "input.positionId")]
    assert refused(create_employee, ours, **other, position_id=city.positions["other"].id) == [
        ("FORBIDDEN", "input.positionId")
    ]
    assert refused(update_employee, ours, city.other.id, 1, {"phone": "1"}) == [("NOT_FOUND", "input.id")]
    assert refused(update_employee, ours, city.head.id, 1, {"phone": "1"}) == [("NOT_FOUND", "input.id")]
    # One who also works elsewhere is not ours alone.
    Assignment.create(
        employee=city.officer,
        position=city.positions["other"],
        unit=city.archive,
        is_primary=False,
        valid_from=date(2026, 3, 1),
    )
    assert refused(update_employee, ours, city.officer.id, 1, {"phone": "1"}) == [("FORBIDDEN", "input.id")]
