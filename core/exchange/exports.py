"""What can be exported; every kind's columns are those that the import of the same name reads."""

from typing import Any

import peewee as pw

from core.actor import Actor
from core.exchange.exporting import ExportKind
from core.i18n import N_
from core.organisation.models import Assignment, Employee, Grade, Position, PositionKind, WorkUnit
from core.planning.models import EvaluationPeriod, Indicator, PerformancePlan, WorkResult
from core.policy import as_condition, shown, visible


def _units(actor: Actor) -> Any:
    parent = WorkUnit.alias()
    return (
        WorkUnit.select(
            WorkUnit.code,
            WorkUnit.name,
            WorkUnit.short_name,
            WorkUnit.kind,
            parent.code,
            WorkUnit.valid_from,
            WorkUnit.valid_to,
        )
        .join(parent, pw.JOIN.LEFT_OUTER, on=WorkUnit.parent == parent.id)
        .where(as_condition(visible(actor, WorkUnit)))
        .order_by(WorkUnit.path)
    )


def _positions(actor: Actor) -> Any:
    return (
        Position.select(
            Position.code,
            Position.title,
            PositionKind.code,
            WorkUnit.code,
            Position.is_head,
            Position.job_class,
            Position.echelon,
            Position.valid_from,
            Position.valid_to,
        )
        .join(PositionKind)
        .switch(Position)
        .join(WorkUnit)
        .where(as_condition(visible(actor, Position)))
        .order_by(WorkUnit.path, Position.code)
    )


def _employees(actor: Actor) -> Any:
    return (
        Employee.select(
            shown(actor, Employee, "nip"),
            Employee.name,
            Employee.front_title,
            Employee.back_title,
            Employee.status,
            shown(actor, Employee, "sex"),
            shown(actor, Employee, "birth_date"),
            Grade.code,
            shown(actor, Employee, "email"),
            shown(actor, Employee, "phone"),
            Employee.joined_on,
        )
        .join(Grade, pw.JOIN.LEFT_OUTER)
        .where(as_condition(visible(actor, Employee)))
        .order_by(Employee.name, Employee.id)
    )


def _assignments(actor: Actor) -> Any:
    return (
        Assignment.select(
            shown(actor, Employee, "nip"),
            Position.code,
            Assignment.kind,
            Assignment.is_primary,
            Assignment.valid_from,
            Assignment.valid_to,
            Assignment.decree_number,
        )
        .join(Employee, on=Assignment.employee == Employee.id)
        .switch(Assignment)
        .join(Position, on=Assignment.position == Position.id)
        .where(as_condition(visible(actor, Assignment)) & as_condition(visible(actor, Employee)))
        .order_by(Employee.name, Assignment.id)
    )


def _plans(actor: Actor) -> Any:
    parent = WorkResult.alias()
    return (
        PerformancePlan.select(
            EvaluationPeriod.code,
            shown(actor, Employee, "nip"),
            Position.title,
            parent.statement,
            WorkResult.statement,
            WorkResult.kind,
            Indicator.aspect,
            Indicator.statement,
            Indicator.target_min,
            Indicator.target_max,
            Indicator.unit_of_measure,
            Indicator.direction,
            Indicator.pattern,
            Indicator.release_on,
        )
        .join(EvaluationPeriod)
        .switch(PerformancePlan)
        .join(Employee, on=PerformancePlan.employee == Employee.id)
        .switch(PerformancePlan)
        .join(Position, on=PerformancePlan.position == Position.id)
        .switch(PerformancePlan)
        .join(WorkResult, on=WorkResult.plan == PerformancePlan.id)
        .join(Indicator, pw.JOIN.LEFT_OUTER, on=Indicator.work_result == WorkResult.id)
        .join(parent, pw.JOIN.LEFT_OUTER, on=WorkResult.parent == parent.id)
        .where(as_condition(visible(actor, PerformancePlan)) & as_condition(visible(actor, Employee)))
        .order_by(PerformancePlan.id, WorkResult.sequence, WorkResult.id, Indicator.sequence, Indicator.id)
    )


EXPORTS: dict[str, ExportKind] = {
    kind.name: kind
    for kind in (
        ExportKind(
            "units", N_("Units"), ("code", "name", "short_name", "kind", "parent", "valid_from", "valid_to"), _units
        ),
        ExportKind(
            "positions",
            N_("Positions"),
            ("code", "title", "kind", "unit", "is_head", "job_class", "echelon", "valid_from", "valid_to"),
            _positions,
        ),
        ExportKind(
            "employees",
            N_("Employees"),
            (
                "nip",
                "name",
                "front_title",
                "back_title",
                "status",
                "sex",
                "birth_date",
                "grade",
                "email",
                "phone",
                "joined_on",
            ),
            _employees,
        ),
        ExportKind(
            "assignments",
            N_("Assignments"),
            ("nip", "position", "kind", "is_primary", "valid_from", "valid_to", "decree_number"),
            _assignments,
        ),
        ExportKind(
            "plans",
            N_("Performance plans"),
            (
                "period",
                "nip",
                "position",
                "superior_result",
                "work_result",
                "result_kind",
                "aspect",
                "indicator",
                "target",
                "target_max",
                "unit_of_measure",
                "direction",
                "pattern",
                "release_on",
            ),
            _plans,
        ),
    )
}
"""The kinds of export by name."""
