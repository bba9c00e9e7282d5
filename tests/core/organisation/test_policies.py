from dataclasses import replace
from datetime import date

import pytest

from core.actor import Actor
from core.organisation.models import Assignment, Delegation, Employee, EmployeeIdentifier, ReportingLine, WorkUnit
from core.organisation.policies import SENSITIVE
from core.organisation.terms import EmploymentStatus, Sex
from core.policy import as_condition, fields, may, visible
from tests.support.calls import call_as

TODAY = date(2026, 1, 15)


def sees(actor):
    return {row.name for row in Employee.select().where(as_condition(visible(actor, Employee)))}


def reads_numbers_of(actor):
    masks = fields(actor, Employee)
    assert set(masks) == set(SENSITIVE)
    found = [
        {row.name for row in Employee.select().where(as_condition(visible(actor, Employee)) & as_condition(rule))}
        for rule in masks.values()
    ]
    assert all(people == found[0] for people in found)
    return found[0]


def newcomer(nip="199505052020032007", name="Ayu"):
    return Employee.create(nip=nip, name=name, status=EmploymentStatus.PNS, sex=Sex.FEMALE, birth_date=date(1995, 5, 5))


def test_an_hr_officer_reads_whoever_works_or_is_to_work_in_the_units(city, officer_of):
    hr = officer_of(city.other, city.registry).actor
    future, past = newcomer(), newcomer("199505052020032008", "Bayu")
    for employee, first, last in (
        (future, date(2026, 2, 1), None),
        (past, date(2026, 1, 1), date(2026, 1, 14)),
    ):
        Assignment.create(
            employee=employee,
            position=city.positions["clerk"],
            unit=city.registry,
            valid_from=first,
            valid_to=last,
        )

    ours = {"Siti Aminah", "Budi Santoso", "Rina Wulandari", "Ayu"}
    assert reads_numbers_of(hr) == ours | {"Dewi Lestari"}
    assert sees(hr) == ours | {"Dewi Lestari", "Agus Pratama"}


def test_only_readers_of_the_whole_institution_see_people_without_assignment(city, officer_of):
    newcomer()

    assert "Ayu" not in sees(officer_of(city.other, city.root).actor)
    everywhere = officer_of(city.other, WorkUnit(path="")).actor
    assert "Ayu" in sees(everywhere)
    assert "Ayu" in reads_numbers_of(everywhere)


def test_strangers_and_tokens_without_read_see_nothing(city):
    anonymous = Actor(today=TODAY)
    assert sees(anonymous) == set()
    assert WorkUnit.select().where(as_condition(visible(anonymous, WorkUnit))).count() == 0
    token = Actor(today=TODAY, account_id=1, employee_id=city.chief.id, token_scopes=frozenset({"progress.record"}))
    assert sees(token) == set()
    account_without_employee = Actor(today=TODAY, account_id=1)
    assert sees(account_without_employee) == set()
    assert WorkUnit.select().where(as_condition(visible(account_without_employee, WorkUnit))).count() == 4


def test_somebody_between_assignments_sees_himself(db, city):
    Assignment.delete().where(Assignment.employee == city.clerk).execute()
    ReportingLine.delete().where(ReportingLine.employee == city.clerk).execute()

    assert sees(call_as(db, city.clerk.id).actor) == {"Rina Wulandari"}


@pytest.mark.parametrize(
    ("who", "owners"),
    [
        ("officer", {"officer"}),
        ("chief", {"chief", "officer", "clerk"}),
        ("head", {"head", "chief", "officer", "clerk", "other_chief", "other"}),
    ],
)
def test_dated_rows_are_read_like_numbers(db, city, who, owners):
    actor = call_as(db, getattr(city, who).id).actor
    for name in ("head", "chief", "officer", "clerk", "other_chief", "other"):
        employee = getattr(city, name)
        EmployeeIdentifier.create(employee=employee, kind="NIP", number=employee.nip)
    expected = {getattr(city, name).id for name in owners}

    for model in (Assignment, ReportingLine, EmployeeIdentifier):
        rows = model.select().where(as_condition(visible(actor, model)))
        assert {row.employee_id for row in rows} == expected
    Delegation.create(delegator=city.other_chief, delegate=city.other, valid_from=TODAY)
    delegations = Delegation.select().where(as_condition(visible(actor, Delegation))).count()
    assert delegations == (1 if who == "head" else 0)


def test_acts_follow_the_right_to_write_in_the_unit(city, officer_of):
    writer = officer_of(city.other, city.registry).actor
    reader = replace(writer, grants=())

    for act in ("create_unit", "update_unit", "move_unit", "merge_unit", "close_unit", "create_position", "assign"):
        permission = f"organisation.{act}"
        assert may(writer, permission, city.registry)
        assert not may(writer, permission, city.archive)
        assert not may(writer, permission, None)
        assert not may(reader, permission, city.registry)
    clerk = Assignment.get(Assignment.employee == city.clerk)
    other = Assignment.get(Assignment.employee == city.other)
    for permission, ours, theirs in (
        ("organisation.update_position", city.positions["clerk"], city.positions["head"]),
        ("organisation.update_employee", city.clerk, city.head),
        ("organisation.end_assignment", clerk, other),
        ("organisation.delegate", city.chief, city.head),
    ):
        assert may(writer, permission, ours)
        assert not may(writer, permission, theirs)
        assert not may(reader, permission, ours)
    assert may(writer, "organisation.delegate", city.other)  # himself
    assert not may(writer, "organisation.update_employee", newcomer())


def test_a_former_superior_still_knows_the_name_but_no_number(db, city):
    chief = call_as(db, city.chief.id).actor
    assert city.other.name not in sees(chief)
    ReportingLine.create(
        employee=city.other, superior=city.chief, basis="HEAD", valid_from=date(2025, 1, 1), valid_to=date(2025, 12, 31)
    )

    assert city.other.name in sees(chief)
    assert city.other.name not in reads_numbers_of(chief)
