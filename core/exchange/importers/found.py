"""Finds the records that cells name, or refuses with what to do."""

from core.errors import refuse
from core.exchange.kinds import Row
from core.i18n import N_
from core.organisation.models import Employee, EmployeeIdentifier, Position, WorkUnit
from core.organisation.rules.numbers import normalise_number


def unit_named(row: Row, column: str) -> WorkUnit:
    """Return the unit whose code the cell holds."""
    unit = WorkUnit.get_or_none(WorkUnit.code == row.get(column))
    if unit is None:
        raise refuse(
            "UNIT_UNKNOWN", N_("No unit has the code {code}. Import the units first, or correct the cell."), column,
            code=row.get(column),
        )  # fmt: skip
    return unit


def find_employee(number: str) -> Employee | None:
    """Return the employee who carries, or carried, a number without white space; None where nobody does."""
    employee: Employee | None = Employee.get_or_none(Employee.nip == number)
    if employee is None:
        earlier = EmployeeIdentifier.get_or_none(EmployeeIdentifier.number == number)
        employee = earlier.employee if earlier else None
    return employee


def employee_named(row: Row, column: str) -> Employee:
    """Return the employee who carries, or carried, the number in the cell."""
    employee = find_employee(normalise_number(row.get(column)))
    if employee is None:
        raise refuse(
            "EMPLOYEE_UNKNOWN",
            N_("Nobody carries the number {number}. Import the employees first, or correct the cell."),
            column,
            number=row.get(column),
        )
    return employee


def position_named(row: Row, column: str) -> Position:
    """Return the position whose code the cell holds, or else the only one with that title."""
    text = row.get(column)
    position = Position.get_or_none(Position.code == text)
    if position is not None:
        return position
    found = list(Position.select().where(Position.title == text).limit(2))
    if not found:
        raise refuse(
            "POSITION_UNKNOWN",
            N_("No position has the code or title {text}. Import the positions first, or correct the cell."),
            column,
            text=text,
        )
    if len(found) > 1:
        raise refuse(
            "POSITION_AMBIGUOUS", N_("Several positions have the title {text}. Write the position's code."), column,
            text=text,
        )  # fmt: skip
    return found[0]
