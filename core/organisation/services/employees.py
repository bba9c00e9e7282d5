"""Employees: who they are and which numbers they carry.

A number is never an identity: it is checked against the profile (a mismatch warns), kept in a history, and taken once.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, TypedDict

from core.context import Context
from core.errors import Problem, Refused, not_found
from core.i18n import N_
from core.organisation.models import Assignment, Delegation, Employee, EmployeeIdentifier, Grade, Position
from core.organisation.rules.grades import grade_employment
from core.organisation.rules.numbers import (
    NumberFault,
    NumberWarning,
    check_against_profile,
    normalise_number,
    parse_civil_service_number,
)
from core.organisation.services.assignments import place
from core.organisation.services.changing import ONE_DAY, check_values, organisation_change, stripped
from core.organisation.terms import EmployeeState, EmploymentStatus, Sex
from core.policy import fetch, require
from core.work import UnitOfWork

_FAULTS: dict[NumberFault, str] = {
    NumberFault.NOT_18_DIGITS: N_("{number} has not the 18 digits of a NIP or NI PPPK. Type all digits, no letters."),
    NumberFault.BIRTH_DATE: N_("Digits 1-8 of {number} are no date of birth (YYYYMMDD). Correct them."),
    NumberFault.BIRTH_IN_FUTURE: N_("Digits 1-8 of {number} are a date of birth still to come. Correct them."),
    NumberFault.MONTH: N_(
        "Digits 13-14 of {number} are neither a month (01-12, NIP) nor a contract (21-29, NI PPPK). Correct them."
    ),
    NumberFault.SEX: N_("Digit 15 of {number} is neither 1 (male) nor 2 (female). Correct it."),
    NumberFault.SERIAL: N_("The serial, digits 16-18 of {number}, is 000. Give one from 001 to 999."),
    NumberFault.PPPK_ON_PNS: N_("{number} is a number of a PPPK (NI PPPK). Give the NIP, or correct the status."),
}
_WARNINGS: dict[NumberWarning, str] = {
    NumberWarning.YEAR_IMPLAUSIBLE: N_("The year of appointment in {number} is implausible. Check the number."),
    NumberWarning.START_IN_FUTURE: N_("The appointment in {number} is still to come. Check the number."),
    NumberWarning.BIRTH_DATE_DIFFERS: N_("Digits 1-8 of {number} are not the date of birth given. Check both."),
    NumberWarning.SEX_DIFFERS: N_("Digit 15 of {number} does not fit the sex given. Check both."),
    NumberWarning.STATUS_DIFFERS: N_("{number} is a NIP of a PNS, the status is PPPK. Check both."),
}


class EmployeeChanges(TypedDict, total=False):
    """What may be changed about an employee."""

    nip: str
    name: str
    front_title: str
    back_title: str
    status: EmploymentStatus
    state: EmployeeState
    sex: Sex
    birth_date: date
    grade_id: int | None
    email: str
    phone: str
    joined_on: date | None
    left_on: date | None


@dataclass(frozen=True)
class SavedEmployee:
    """An employee as saved, with what is odd about the number and blocks nothing."""

    employee: Employee
    warnings: tuple[Problem, ...] = ()


def create_employee(
    ctx: Context,
    *,
    nip: str,
    name: str,
    status: EmploymentStatus,
    sex: Sex,
    birth_date: date,
    front_title: str = "",
    back_title: str = "",
    grade_id: int | None = None,
    email: str = "",
    phone: str = "",
    joined_on: date | None = None,
    position_id: int | None = None,
    valid_from: date | None = None,
) -> SavedEmployee:
    """Create an employee, with a first primary assignment at once when `position_id` is given.

    Who has rights over some units only must give the position, since nobody else's people are his to create.
    `valid_from` is the first day of that assignment; by default the day of joining, else today.
    """
    values = stripped(
        {
            "nip": normalise_number(nip),
            "name": name,
            "front_title": front_title,
            "back_title": back_title,
            "status": status,
            "sex": sex,
            "birth_date": birth_date,
            "grade": grade_id,
            "email": email,
            "phone": phone,
            "joined_on": joined_on,
        }
    )
    with organisation_change(ctx) as work:
        position = fetch(Position, position_id, ctx, "input", "positionId") if position_id is not None else None
        require(ctx, "organisation.create_employee", position.unit if position else None, "input", "positionId")
        warnings = _check(ctx, values, None)
        employee = work.create(Employee, **values)
        _note_number(ctx, work, employee, None)
        if position is not None:
            place(
                work,
                Assignment(
                    employee=employee,
                    position=position,
                    unit=position.unit,
                    valid_from=valid_from or joined_on or ctx.today,
                ),
            )
        return SavedEmployee(employee, warnings)


def update_employee(ctx: Context, employee_id: int, version: int | None, changes: EmployeeChanges) -> SavedEmployee:
    """Change an employee; a new number goes to the history of numbers, and whoever leaves must hold nothing after."""
    given = stripped(changes)
    if "nip" in given:
        given["nip"] = normalise_number(given["nip"])
    if "grade_id" in given:
        given["grade"] = given.pop("grade_id")
    with organisation_change(ctx) as work:
        employee = fetch(Employee, employee_id, ctx, "input", "id")
        require(ctx, "organisation.update_employee", employee, "input", "id")
        # Parts of the profile that bear on each other are checked together, changed or not.
        whole = {name: employee.__data__[name] for name in _CHECKED_TOGETHER} | given
        warnings = _check(ctx, whole, employee)
        earlier = employee.nip
        work.update(employee, version, **given)
        if employee.nip != earlier:
            _note_number(ctx, work, employee, earlier)
        return SavedEmployee(employee, warnings)


_CHECKED_TOGETHER = ("nip", "status", "sex", "birth_date", "grade", "state", "joined_on", "left_on")


def _check(ctx: Context, values: dict[str, Any], employee: Employee | None) -> tuple[Problem, ...]:
    """Refuse what cannot stand; return what only warns."""
    plain = {name: value for name, value in values.items() if name not in {"nip", "grade"}}
    problems = check_values(Employee, plain, required=("name",))
    number_problems, warnings = _number_problems(ctx, values, employee)
    problems += number_problems
    if values["birth_date"] > ctx.today:
        text = N_("The date of birth {day} is still to come. Correct it.")
        problems.append(Problem("BIRTH_DATE_IN_FUTURE", text, ("input", "birthDate"), {"day": values["birth_date"]}))
    if values["grade"] is not None:
        problems += _grade_problems(values["grade"], values["status"])
    if employee is not None:
        problems += _leaving_problems(values, employee)
    if problems:
        raise Refused(problems)
    return warnings


def _number_problems(
    ctx: Context, values: dict[str, Any], employee: Employee | None
) -> tuple[list[Problem], tuple[Problem, ...]]:
    digits = values["nip"]
    # A number as long as a book is not repeated in full.
    params = {"number": digits[:40]}
    path = ("input", "nip")
    parsed = parse_civil_service_number(digits, ctx.today)
    if isinstance(parsed, tuple):
        return [Problem(fault, _FAULTS[fault], path, params) for fault in parsed], ()
    faults, odd = check_against_profile(parsed, values["status"], values["birth_date"], values["sex"])
    problems = [Problem(fault, _FAULTS[fault], path, params) for fault in faults]
    if _is_taken(digits, employee):
        text = N_("Another employee has or had the number {number}. Check it, or look for that employee.")
        problems.append(Problem("NUMBER_TAKEN", text, path, params))
    return problems, tuple(Problem(warning, _WARNINGS[warning], path, params) for warning in (*parsed.warnings, *odd))


def _is_taken(digits: str, employee: Employee | None) -> bool:
    own = employee.id if employee else 0
    return bool(
        Employee.select().where((Employee.nip == digits) & (Employee.id != own)).exists()
        or EmployeeIdentifier.select()
        .where((EmployeeIdentifier.number == digits) & (EmployeeIdentifier.employee != own))
        .exists()
    )


def _grade_problems(grade_id: int, status: EmploymentStatus) -> list[Problem]:
    grade = Grade.get_or_none(Grade.id == grade_id)
    if grade is None:
        return [*not_found("input", "gradeId", id=f"Grade:{grade_id}").problems]
    if grade.employment is grade_employment(status):
        return []
    text = N_("The grade {code} is one of {employment}, the status is {status}. Choose a grade of that list.")
    params = {"code": grade.code, "employment": grade.employment, "status": status}
    return [Problem("GRADE_OF_OTHER_STATUS", text, ("input", "gradeId"), params)]


def _leaving_problems(values: dict[str, Any], employee: Employee) -> list[Problem]:
    left_on = values["left_on"]
    path = ("input", "leftOn")
    if (left_on is not None) is not (values["state"] == EmployeeState.LEFT):
        text = N_("The state LEFT and the day of leaving go together. Give both or neither.")
        return [Problem("LEAVING_INCOMPLETE", text, path)]
    if left_on is None:
        return []
    if values["joined_on"] is not None and left_on < values["joined_on"]:
        text = N_("The employee joined on {first} only. Give a later day of leaving.")
        return [Problem("PERIOD_REVERSED", text, path, {"first": values["joined_on"]})]
    held = _after(Assignment, left_on) & ((Assignment.employee == employee) | (Assignment.named_superior == employee))
    handed_over = _after(Delegation, left_on) & ((Delegation.delegator == employee) | (Delegation.delegate == employee))
    assignments = Assignment.select().where(held).count()
    delegations = Delegation.select().where(handed_over).count()
    if not assignments and not delegations:
        return []
    text = N_(
        "After {day} the employee still appears in {assignments} assignments (own, or as named superior) and "
        "{delegations} delegations. End these first."
    )
    params = {"day": left_on, "assignments": assignments, "delegations": delegations}
    return [Problem("EMPLOYEE_STILL_NEEDED", text, path, params)]


def _after(table: type[Assignment] | type[Delegation], day: date) -> Any:
    return table.valid_to.is_null() | (table.valid_to > day)


def _note_number(ctx: Context, work: UnitOfWork, employee: Employee, earlier: str | None) -> None:
    """Keep the number in the employee's history of numbers; the earlier one ends the day before."""
    numbers = EmployeeIdentifier.select().where(EmployeeIdentifier.employee == employee)
    for row in list(numbers.where(EmployeeIdentifier.number == earlier)):
        work.update(row, valid_to=max(ctx.today - ONE_DAY, row.valid_from or ctx.today - ONE_DAY))
    known = numbers.where(EmployeeIdentifier.number == employee.nip).first()
    if known is not None:
        work.update(known, valid_to=None)
        return
    kind = "NI_PPPK" if employee.status is EmploymentStatus.PPPK else "NIP"
    valid_from = ctx.today if earlier else employee.joined_on
    work.create(EmployeeIdentifier, employee=employee, kind=kind, number=employee.nip, valid_from=valid_from)
