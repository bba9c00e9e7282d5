"""The organisation in GraphQL: what can be read at the root, and the changes."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import peewee as pw
import strawberry

from core.context import Context
from core.errors import refuse
from core.i18n import N_
from core.organisation import models
from core.organisation.policies import sees_details
from core.organisation.rules.numbers import normalise_number
from core.organisation.scope import holds_on
from core.organisation.services import assignments, delegations, employees, positions, units
from core.policy import as_condition
from schema import organisation_inputs as given
from schema.engine import (
    Connection,
    SchemaParts,
    decode_id,
    encode_id,
    mutation,
    payload,
    root_one,
    root_pages,
)
from schema.organisation_types import (
    Assignment,
    Delegation,
    Employee,
    EmployeeIdentifier,
    Grade,
    Position,
    PositionKind,
    ReportingLine,
    WorkUnit,
    WorkUnitRevision,
)
from schema.problems import Problem, show

__all__ = [
    "PARTS",
    "Assignment",
    "Delegation",
    "Employee",
    "EmployeeIdentifier",
    "Grade",
    "Position",
    "PositionKind",
    "ReportingLine",
    "WorkUnit",
    "WorkUnitRevision",
]


def _by_number(ctx: Context, nip: str) -> Any:
    """Find by the present or an earlier number; only among those whose numbers the caller may see."""
    number = normalise_number(nip)
    employee, identifier = models.Employee, models.EmployeeIdentifier
    earlier = identifier.select(identifier.employee).where(identifier.number == number)
    carries = (employee.nip == number) | employee.id.in_(earlier)
    return carries & as_condition(sees_details(ctx.actor, employee.id))


def _in_service_on(t: Any, day: date) -> Any:
    """Who had joined by the day and not left before it; where no day of joining is known, who was assigned by then."""
    assignment = models.Assignment.alias()
    begun = assignment.select(assignment.id).where((assignment.employee == t.id) & (assignment.valid_from <= day))
    joined = (t.joined_on <= day) | (t.joined_on.is_null() & pw.fn.EXISTS(begun))
    return joined & (t.left_on.is_null() | (t.left_on >= day))


def _by_code(_ctx: Context, code: str) -> Any:
    return models.WorkUnit.code == code


class Query:
    """What the organisation shows at the root."""

    work_units: Connection[WorkUnit] = root_pages("Units (unit kerja), as a tree walked from the roots.", at=holds_on)
    work_unit: WorkUnit | None = root_one(
        _by_code, "The unit with a code.", args={"code": (str, "Its code.")}, is_dated=True
    )
    positions: Connection[Position] = root_pages("Positions (jabatan).", at=holds_on)
    position_kinds: Connection[PositionKind] = root_pages("Kinds and levels of positions, the highest first.")
    grades: Connection[Grade] = root_pages("Grades of PNS and of PPPK, the lowest first.")
    employees: Connection[Employee] = root_pages("Employees (ASN) that you may see.", at=_in_service_on)
    employee: Employee | None = root_one(
        _by_number,
        "The employee who carries or carried a number; null also when you may not see numbers of that employee.",
        args={"nip": (str, "NIP or NI PPPK; spaces do not matter.")},
        is_dated=True,
    )
    assignments: Connection[Assignment] = root_pages("Assignments that you may see, of every time.", at=holds_on)
    delegations: Connection[Delegation] = root_pages("Delegations that you may see, of every time.", at=holds_on)
    reporting_lines: Connection[ReportingLine] = root_pages(
        "Who supervises whom when, as far as you may see.", at=holds_on
    )


def _optional(type_name: str, value: str | None, *path: str) -> int | None:
    return None if value is None else decode_id(type_name, value, *path)


def _changes(input: Any, names: Sequence[str], nullable: Sequence[str] = ()) -> dict[str, Any]:
    """Return what was given of `names` (column name or `…_id`); null only where a column takes it."""
    changes: dict[str, Any] = {}
    for name in names:
        value = getattr(input, name)
        if value is strawberry.UNSET:
            continue
        if value is None and name not in nullable:
            first, *rest = name.split("_")
            raise refuse(
                "NULL_GIVEN",
                N_("This cannot be null. Leave it out, or give a value."),
                "input",
                first + "".join(part.capitalize() for part in rest),
            )
        changes[name] = value
    return changes


def _decoded(changes: dict[str, Any], **types: str) -> dict[str, Any]:
    """Return changes with global ids made keys: `_decoded(changes, kind_id="PositionKind")`."""
    for name, type_name in types.items():
        if changes.get(name) is not None:
            place = name.removesuffix("_id") + "Id"
            changes[name] = decode_id(type_name, changes[name], "input", place)
    return changes


def _unit_id(input: Any) -> int:
    return decode_id("WorkUnit", input.id, "input", "id")


def _create_unit(ctx: Context, input: given.CreateUnitInput) -> dict[str, Any]:
    unit = units.create_unit(
        ctx,
        code=input.code,
        name=input.name,
        valid_from=input.valid_from,
        parent_id=_optional("WorkUnit", input.parent_id, "input", "parentId"),
        short_name=input.short_name,
        kind=input.kind,
        valid_to=input.valid_to,
    )
    return {"unit": unit}


def _update_unit(ctx: Context, input: given.UpdateUnitInput) -> dict[str, Any]:
    changes = _changes(input, ("code", "kind"))
    return {"unit": units.update_unit(ctx, _unit_id(input), input.version, units.UnitChanges(**changes))}  # type: ignore[typeddict-item]


def _rename_unit(ctx: Context, input: given.RenameUnitInput) -> dict[str, Any]:
    unit = units.rename_unit(
        ctx,
        _unit_id(input),
        input.version,
        name=input.name,
        valid_from=input.valid_from,
        short_name=input.short_name,
    )
    return {"unit": unit}


def _move_unit(ctx: Context, input: given.MoveUnitInput) -> dict[str, Any]:
    parent_id = _optional("WorkUnit", input.parent_id, "input", "parentId")
    unit = units.move_unit(ctx, _unit_id(input), input.version, parent_id=parent_id, valid_from=input.valid_from)
    return {"unit": unit}


def _merge_unit(ctx: Context, input: given.MergeUnitInput) -> dict[str, Any]:
    successor_id = decode_id("WorkUnit", input.successor_id, "input", "successorId")
    unit = units.merge_unit(ctx, _unit_id(input), input.version, successor_id=successor_id, valid_from=input.valid_from)
    return {"unit": unit, "successor": successor_id}


def _close_unit(ctx: Context, input: given.CloseUnitInput) -> dict[str, Any]:
    return {"unit": units.close_unit(ctx, _unit_id(input), input.version, last_day=input.last_day)}


def _create_position(ctx: Context, input: given.CreatePositionInput) -> dict[str, Any]:
    position = positions.create_position(
        ctx,
        code=input.code,
        title=input.title,
        kind_id=decode_id("PositionKind", input.kind_id, "input", "kindId"),
        unit_id=decode_id("WorkUnit", input.unit_id, "input", "unitId"),
        valid_from=input.valid_from,
        is_head=input.is_head,
        job_class=input.job_class,
        echelon=input.echelon,
        valid_to=input.valid_to,
    )
    return {"position": position}


def _update_position(ctx: Context, input: given.UpdatePositionInput) -> dict[str, Any]:
    names = ("code", "title", "kind_id", "unit_id", "is_head", "job_class", "echelon")
    changes = _decoded(_changes(input, names, nullable=("job_class",)), kind_id="PositionKind", unit_id="WorkUnit")
    key = decode_id("Position", input.id, "input", "id")
    position = positions.update_position(ctx, key, input.version, positions.PositionChanges(**changes))  # type: ignore[typeddict-item]
    return {"position": position}


def _close_position(ctx: Context, input: given.ClosePositionInput) -> dict[str, Any]:
    key = decode_id("Position", input.id, "input", "id")
    return {"position": positions.close_position(ctx, key, input.version, last_day=input.last_day)}


def _saved(ctx: Context, saved: employees.SavedEmployee) -> dict[str, Any]:
    return {"employee": saved.employee, "warnings": [show(problem, ctx.language) for problem in saved.warnings]}


def _create_employee(ctx: Context, input: given.CreateEmployeeInput) -> dict[str, Any]:
    saved = employees.create_employee(
        ctx,
        nip=input.nip,
        name=input.name,
        status=input.status,
        sex=input.sex,
        birth_date=input.birth_date,
        front_title=input.front_title,
        back_title=input.back_title,
        grade_id=_optional("Grade", input.grade_id, "input", "gradeId"),
        email=input.email,
        phone=input.phone,
        joined_on=input.joined_on,
        position_id=_optional("Position", input.position_id, "input", "positionId"),
        valid_from=input.valid_from,
    )
    return _saved(ctx, saved)


def _update_employee(ctx: Context, input: given.UpdateEmployeeInput) -> dict[str, Any]:
    texts = ("nip", "name", "front_title", "back_title", "email", "phone")
    nullable = ("grade_id", "joined_on", "left_on")
    names = (*texts, "status", "state", "sex", "birth_date", *nullable)
    changes = _decoded(_changes(input, names, nullable), grade_id="Grade")
    key = decode_id("Employee", input.id, "input", "id")
    return _saved(ctx, employees.update_employee(ctx, key, input.version, employees.EmployeeChanges(**changes)))  # type: ignore[typeddict-item]


def _assign_employee(ctx: Context, input: given.AssignEmployeeInput) -> dict[str, Any]:
    assignment = assignments.assign(
        ctx,
        employee_id=decode_id("Employee", input.employee_id, "input", "employeeId"),
        position_id=decode_id("Position", input.position_id, "input", "positionId"),
        valid_from=input.valid_from,
        valid_to=input.valid_to,
        kind=input.kind,
        is_primary=input.is_primary,
        named_superior_id=_optional("Employee", input.named_superior_id, "input", "namedSuperiorId"),
        decree_number=input.decree_number,
        ends_previous=input.ends_previous,
    )
    return {"assignment": assignment}


def _end_assignment(ctx: Context, input: given.EndAssignmentInput) -> dict[str, Any]:
    key = decode_id("Assignment", input.id, "input", "id")
    return {"assignment": assignments.end_assignment(ctx, key, input.version, last_day=input.last_day)}


def _withdraw_assignment(ctx: Context, input: given.WithdrawAssignmentInput) -> dict[str, Any]:
    key = decode_id("Assignment", input.id, "input", "id")
    assignments.withdraw_assignment(ctx, key, input.version)
    return {"withdrawn_id": encode_id("Assignment", key)}


def _create_delegation(ctx: Context, input: given.CreateDelegationInput) -> dict[str, Any]:
    delegation = delegations.create_delegation(
        ctx,
        delegator_id=decode_id("Employee", input.delegator_id, "input", "delegatorId"),
        delegate_id=decode_id("Employee", input.delegate_id, "input", "delegateId"),
        valid_from=input.valid_from,
        valid_to=input.valid_to,
        unit_id=_optional("WorkUnit", input.unit_id, "input", "unitId"),
        decree_number=input.decree_number,
    )
    return {"delegation": delegation}


def _end_delegation(ctx: Context, input: given.EndDelegationInput) -> dict[str, Any]:
    key = decode_id("Delegation", input.id, "input", "id")
    return {"delegation": delegations.end_delegation(ctx, key, input.version, last_day=input.last_day)}


def _withdraw_delegation(ctx: Context, input: given.WithdrawDelegationInput) -> dict[str, Any]:
    key = decode_id("Delegation", input.id, "input", "id")
    delegations.withdraw_delegation(ctx, key, input.version)
    return {"withdrawn_id": encode_id("Delegation", key)}


_UNIT = (WorkUnit, "The unit.")
_POSITION = (Position, "The position.")
_EMPLOYEE = (Employee, "The employee.")
_ASSIGNMENT = (Assignment, "The assignment.")
_DELEGATION = (Delegation, "The delegation.")
_WARNINGS = (list[Problem], "What is odd about the number but allowed.")
_WITHDRAWN = (strawberry.ID, "Id of what is gone.")


class Mutation:
    """What changes the organisation."""

    create_unit = mutation(
        _create_unit,
        input=given.CreateUnitInput,
        payload=payload("CreateUnitPayload", unit=_UNIT),
        description="Create a unit.",
    )
    update_unit = mutation(
        _update_unit,
        input=given.UpdateUnitInput,
        payload=payload("UpdateUnitPayload", unit=_UNIT),
        description="Correct code or kind of a unit.",
    )
    rename_unit = mutation(
        _rename_unit,
        input=given.RenameUnitInput,
        payload=payload("RenameUnitPayload", unit=_UNIT),
        description="Give a unit another name from a day on.",
    )
    move_unit = mutation(
        _move_unit,
        input=given.MoveUnitInput,
        payload=payload("MoveUnitPayload", unit=_UNIT),
        description="Put a unit with all below it elsewhere in the tree from a day on.",
    )
    merge_unit = mutation(
        _merge_unit,
        input=given.MergeUnitInput,
        payload=payload("MergeUnitPayload", unit=_UNIT, successor=(WorkUnit, "The unit that goes on.")),
        description="Let a unit go into another, with units below, positions and people (penggabungan).",
    )
    close_unit = mutation(
        _close_unit,
        input=given.CloseUnitInput,
        payload=payload("CloseUnitPayload", unit=_UNIT),
        description="End a unit that holds nobody and nothing.",
    )
    create_position = mutation(
        _create_position,
        input=given.CreatePositionInput,
        payload=payload("CreatePositionPayload", position=_POSITION),
        description="Create a position.",
    )
    update_position = mutation(
        _update_position,
        input=given.UpdatePositionInput,
        payload=payload("UpdatePositionPayload", position=_POSITION),
        description="Correct a position.",
    )
    close_position = mutation(
        _close_position,
        input=given.ClosePositionInput,
        payload=payload("ClosePositionPayload", position=_POSITION),
        description="End a position that nobody holds any more.",
    )
    create_employee = mutation(
        _create_employee,
        input=given.CreateEmployeeInput,
        payload=payload("CreateEmployeePayload", employee=_EMPLOYEE, warnings=_WARNINGS),
        description="Create an employee; an odd number warns, a number that another has is refused.",
    )
    update_employee = mutation(
        _update_employee,
        input=given.UpdateEmployeeInput,
        payload=payload("UpdateEmployeePayload", employee=_EMPLOYEE, warnings=_WARNINGS),
        description="Change an employee.",
    )
    assign_employee = mutation(
        _assign_employee,
        input=given.AssignEmployeeInput,
        payload=payload("AssignEmployeePayload", assignment=_ASSIGNMENT),
        description="Let an employee hold a position, for good or acting.",
    )
    end_assignment = mutation(
        _end_assignment,
        input=given.EndAssignmentInput,
        payload=payload("EndAssignmentPayload", assignment=_ASSIGNMENT),
        description="End an assignment.",
    )
    withdraw_assignment = mutation(
        _withdraw_assignment,
        input=given.WithdrawAssignmentInput,
        payload=payload("WithdrawAssignmentPayload", withdrawn_id=_WITHDRAWN),
        description="Take back an assignment that has not begun.",
    )
    create_delegation = mutation(
        _create_delegation,
        input=given.CreateDelegationInput,
        payload=payload("CreateDelegationPayload", delegation=_DELEGATION),
        description="Let another official supervise and evaluate in a superior's place.",
    )
    end_delegation = mutation(
        _end_delegation,
        input=given.EndDelegationInput,
        payload=payload("EndDelegationPayload", delegation=_DELEGATION),
        description="End a delegation.",
    )
    withdraw_delegation = mutation(
        _withdraw_delegation,
        input=given.WithdrawDelegationInput,
        payload=payload("WithdrawDelegationPayload", withdrawn_id=_WITHDRAWN),
        description="Take back a delegation that has not begun.",
    )


PARTS = SchemaParts(query=Query, mutation=Mutation, types=[EmployeeIdentifier, WorkUnitRevision])
