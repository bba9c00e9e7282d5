"""Numbers that employees carried before or carry beside the present one: entered, put right and taken away."""

from datetime import date
from enum import StrEnum
from typing import Any, TypedDict

from core.context import Context
from core.errors import Problem, refuse
from core.i18n import N_
from core.organisation.models import Employee, EmployeeIdentifier
from core.organisation.rules.numbers import normalise_number
from core.organisation.services.changing import check_period, organisation_change, refuse_all
from core.policy import fetch, require

_OLD_DIGITS = 9
_DIGITS = 18


class NumberKind(StrEnum):
    """What kind of number it is: NIP, NI PPPK, or the former NIP of 9 digits."""

    NIP = "NIP"
    NI_PPPK = "NI_PPPK"
    OLD_NIP = "OLD_NIP"


class IdentifierChanges(TypedDict, total=False):
    """What may be put right about a number."""

    kind: NumberKind
    number: str
    valid_from: date | None
    valid_to: date | None


def add_identifier(
    ctx: Context,
    *,
    employee_id: int,
    kind: NumberKind,
    number: str,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> EmployeeIdentifier:
    """Enter a former number of an employee, by which imports find the person."""
    with organisation_change(ctx) as work:
        employee = fetch(Employee, employee_id, ctx, "input", "employeeId")
        require(ctx, "organisation.update_employee", employee, "input", "employeeId")
        values: dict[str, Any] = {
            "kind": kind.value,
            "number": normalise_number(number),
            "valid_from": valid_from,
            "valid_to": valid_to,
        }
        refuse_all(_problems(employee.id, values, 0))
        return work.create(EmployeeIdentifier, employee=employee, **values)


def correct_identifier(
    ctx: Context, identifier_id: int, version: int | None, changes: IdentifierChanges
) -> EmployeeIdentifier:
    """Put a number right; the present number itself is corrected at the employee."""
    values: dict[str, Any] = dict(changes)
    if "number" in values:
        values["number"] = normalise_number(values["number"])
    if "kind" in values:
        values["kind"] = NumberKind(values["kind"]).value
    with organisation_change(ctx) as work:
        row = fetch(EmployeeIdentifier, identifier_id, ctx, "input", "id")
        require(ctx, "organisation.update_employee", row.employee, "input", "id")
        if {"number", "kind"} & set(values):
            _require_former(row)
        whole = {name: row.__data__[name] for name in ("kind", "number", "valid_from", "valid_to")} | values
        refuse_all(_problems(row.employee_id, whole, row.id))
        return work.update(row, version, **values)


def _require_former(row: EmployeeIdentifier) -> None:
    if row.number == row.employee.nip:
        text = N_("{number} is the present number. Correct it at the employee.")
        raise refuse("NUMBER_IS_PRESENT", text, "input", "number", number=row.number)


def _problems(employee_id: int, values: dict[str, Any], own_id: int) -> list[Problem]:
    number = values["number"]
    params = {"number": number[:40]}
    problems: list[Problem] = []
    wanted = _OLD_DIGITS if values["kind"] == NumberKind.OLD_NIP else _DIGITS
    if not (number.isascii() and number.isdigit() and len(number) == wanted):
        text = N_("{number} has not the {digits} digits of such a number. Type all digits, or choose another kind.")
        problems.append(Problem("NUMBER_MALFORMED", text, ("input", "number"), {**params, "digits": wanted}))
    others = EmployeeIdentifier.select().where(
        (EmployeeIdentifier.number == number) & (EmployeeIdentifier.id != own_id)
    )
    holders = Employee.select().where((Employee.nip == number) & (Employee.id != employee_id))
    if others.exists() or holders.exists():
        text = N_("Another employee has or had the number {number}. Check it, or look for that employee.")
        problems.append(Problem("NUMBER_TAKEN", text, ("input", "number"), params))
    if values["valid_from"] is not None:
        problems += check_period(values["valid_from"], values["valid_to"])
    return problems
