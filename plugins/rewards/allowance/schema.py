"""GraphQL of simulations of the allowance: of a person, of a unit, and those that are kept. Never a payroll."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, cast

import strawberry

from core.organisation.models import WorkUnit as WorkUnitRow
from core.plugin_api import Context
from plugins.rewards.allowance import models
from plugins.rewards.allowance.reading import Simulation, first_of, simulations
from plugins.rewards.allowance.roles import READ
from plugins.rewards.allowance.services import examples, simulating
from plugins.rewards.allowance.terms import AllowanceGap, AllowanceStepKind, BasisBy
from plugins.rewards.allowance.writing import gap_in_words, missing_as_json, step_in_words, steps_as_json
from schema.engine import (
    Connection,
    Node,
    SchemaParts,
    TypeExtension,
    batch,
    column,
    decode_id,
    describe_values,
    entity,
    mutation,
    pages,
    payload,
    relation,
    root_pages,
    root_value,
)
from schema.law import RuleVersion
from schema.scalars import JSON

if TYPE_CHECKING:
    from schema.organisation import Employee, WorkUnit

_Employee = Annotated["Employee", strawberry.lazy("schema.organisation")]
_WorkUnit = Annotated["WorkUnit", strawberry.lazy("schema.organisation")]
_Run = Annotated["AllowanceRun", strawberry.lazy("plugins.rewards.allowance.schema")]
_Line = Annotated["AllowanceLine", strawberry.lazy("plugins.rewards.allowance.schema")]

_NO_PAYROLL = "A simulation, never a payroll: nothing is paid by it and nothing is handed to what pays."

strawberry.enum(BasisBy, name="AllowanceBasisBy", description="What the basis is looked up by.")
describe_values(BasisBy, JOB_CLASS="Class of the position.", POSITION_KIND="Kind and level of the position.")
strawberry.enum(AllowanceStepKind, name="AllowanceStepKind", description="Steps of a simulation.")
describe_values(
    AllowanceStepKind,
    PERFORMANCE_PART="The part for performance.",
    PREDICATE="What of it the predicate does not give.",
    DISCIPLINE_PART="The part for discipline.",
    LATE="Days late.",
    EARLY="Days left early.",
    NO_RECORD="Days without a record.",
    ABSENT="Days absent without a valid reason.",
    MISSED_ASSEMBLY="Assemblies missed.",
    LEAVE="Working days on leave.",
    ATTENDANCE_CAP="What goes beyond the most that attendance may take.",
    SANCTION="A disciplinary sanction.",
    ROUNDING="Rounding.",
    CEILING="What lies above the ceiling.",
    FLOOR="What is missing to the floor.",
)
strawberry.enum(AllowanceGap, name="AllowanceGap", description="What a simulation lacks.")
describe_values(
    AllowanceGap,
    TABLE="A table in force.",
    POSITION="A position on the first day of the month.",
    BASIS="A basis for the position.",
    PREDICATE="A final predicate.",
    MONTH_NOT_OVER="The end of the month of attendance.",
    ATTENDANCE="Attendance of some working days.",
    SHARE_OF_ABSENCE="A share for absent days.",
    SHARE_OF_LATENESS="A share for coming late.",
    SHARE_OF_EARLINESS="A share for going early.",
    SHARE_OF_NO_RECORD="A share for days without a record.",
    SHARE_OF_ASSEMBLY="A share for missed assemblies.",
    SHARE_OF_LEAVE="A share for a kind of leave.",
    SHARE_OF_SANCTION="A share for a sanction.",
)


def _field(text: str, **more: Any) -> Any:
    return strawberry.field(description=text, **more)


@strawberry.type(description="A step of a simulation: the amounts of all steps add up to the result.")
class AllowanceStep:
    """A step of a simulation."""

    kind: AllowanceStepKind = _field("Its kind.")
    label: str = _field("What people read, in the caller's language.")
    base: Decimal | None = _field("What the share is of.")
    percent: Decimal | None = _field("The share.")
    count: int | None = _field("How often.")
    amount: Decimal = _field("What it adds; below 0: takes.")


@strawberry.type(description="Something without which there is no result.")
class AllowanceMissing:
    """Something that is missing."""

    gap: AllowanceGap = _field("What.")
    label: str = _field("What people read, in the caller's language.")


@strawberry.type(description=f"What the allowance of an employee would be in a month of pay. {_NO_PAYROLL}")
class AllowanceSimulation:
    """What the allowance would be."""

    month: date = _field("First day of the month of pay.")
    attendance_month: date | None = _field("First day of the month whose attendance counts; null without a table.")
    regulation: str = _field("Regulation of the table; empty without one.")
    revision: int | None = _field("Number of the table's version.")
    confidence: str = _field("How sure the source of the table is: H, M or L; empty without one.")
    with_sanctions: bool = _field("Whether disciplinary sanctions are taken into account for this caller.")
    basis: Decimal | None = _field("The basis.")
    result: Decimal | None = _field("The result; null where something is missing.")
    steps: list[AllowanceStep] = _field("The steps that are known.")
    missing: list[AllowanceMissing] = _field("What is missing; empty with a result.")


@strawberry.type(description=f"What the allowances of a unit's people would be in a month of pay. {_NO_PAYROLL}")
class UnitAllowanceSimulation:
    """What the allowances of a unit would be."""

    month: date = _field("First day of the month of pay.")
    with_sanctions: bool = _field("Whether disciplinary sanctions are taken into account for this caller.")
    employees: int = _field("People of the unit and of all below it.")
    incomplete: int = _field("Of these, those for whom something is missing.")
    total: Decimal = _field("Sum of the results that there are.")


def _steps(ctx: Context, rows: Sequence[Any]) -> list[Any]:
    return [
        AllowanceStep(
            kind=AllowanceStepKind(row["kind"]),
            label=step_in_words(row, ctx.language),
            base=_decimal(row["base"]),
            percent=_decimal(row["percent"]),
            count=row["count"],
            amount=Decimal(row["amount"]),
        )
        for row in rows
    ]


def _missing(ctx: Context, rows: Sequence[Any]) -> list[Any]:
    return [AllowanceMissing(gap=AllowanceGap(row["gap"]), label=gap_in_words(row, ctx.language)) for row in rows]


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _shown(ctx: Context, one: Simulation) -> Any:
    return AllowanceSimulation(
        month=one.month,
        attendance_month=one.attendance_month,
        regulation=one.rule.regulation if one.rule else "",
        revision=one.rule.revision if one.rule else None,
        confidence=one.rule.confidence if one.rule else "",
        with_sanctions=one.with_sanctions,
        basis=one.calculation.basis,
        result=one.calculation.result,
        steps=_steps(ctx, steps_as_json(one.calculation.steps)),
        missing=_missing(ctx, missing_as_json(one.calculation.missing)),
    )


def _of_employees(ctx: Context, employees: Sequence[Any], month: date) -> list[Any]:
    ids = [one.id for one in employees]
    found = simulating.seen_simulations(ctx, ids, month)
    return [_shown(ctx, found[key]) if key in found else None for key in ids]


def _of_units(ctx: Context, units: Sequence[Any], month: date) -> list[Any]:
    rows = {row.id: row for row in WorkUnitRow.select().where(WorkUnitRow.id.in_([unit.id for unit in units]))}
    return [_of_unit(ctx, rows[unit.id], month) for unit in units]


def _of_unit(ctx: Context, unit: WorkUnitRow, month: date) -> Any:
    # No act, which a token that only reads could not do.
    if not ctx.actor.holds(READ, unit.path):
        return None
    with_sanctions = simulating.may_know_sanctions(ctx)
    people = simulating.people_of(unit, first_of(month))
    nobody: frozenset[int] = frozenset()
    found = simulations(ctx, people, month, sanctions_of=None if with_sanctions else nobody)
    results = [one.calculation.result for one in found.values() if one.calculation.result is not None]
    return UnitAllowanceSimulation(
        month=first_of(month),
        with_sanctions=with_sanctions,
        employees=len(found),
        incomplete=len(found) - len(results),
        total=sum(results, Decimal(0)),
    )


_IN_MONTH = {"month": (date, "A day of the month of pay.")}


class EmployeeAllowance:
    """What simulations add to an employee."""

    allowance_simulation: AllowanceSimulation | None = batch(
        _of_employees,
        f"What the employee's allowance (TPP) would be. {_NO_PAYROLL} "
        "Shown to the person and to whoever simulates in the unit; null for others.",
        args=_IN_MONTH,
    )


class WorkUnitAllowance:
    """What simulations add to a unit."""

    allowance_simulation: UnitAllowanceSimulation | None = batch(
        _of_units,
        f"What the allowances (TPP) of the unit's people would be. {_NO_PAYROLL} "
        "Shown to whoever simulates in the unit; null for others.",
        args=_IN_MONTH,
    )


def _steps_of_lines(ctx: Context, lines: Sequence[Any]) -> list[Any]:
    return [_steps(ctx, line.steps) for line in lines]


def _missing_of_lines(ctx: Context, lines: Sequence[Any]) -> list[Any]:
    return [_missing(ctx, line.missing) for line in lines]


@entity(models.AllowanceRun, order=("-id",))
class AllowanceRun(Node):
    """A simulation of a unit's month that is kept, never a payroll."""

    unit: _WorkUnit | None = relation(models.AllowanceRun.unit, "The unit; with all below it.")
    month: date = column(models.AllowanceRun.month, "First day of the month of pay.")
    attendance_month: date = column(
        models.AllowanceRun.attendance_month, "First day of the month whose attendance counts."
    )
    rule: JSON = column(
        models.AllowanceRun.rule, "The version of the table as it was.", filterable=False, orderable=False
    )
    with_sanctions: bool = column(
        models.AllowanceRun.with_sanctions, "Whether disciplinary sanctions were taken into account."
    )
    employees: int = column(models.AllowanceRun.employees, "People.")
    incomplete: int = column(models.AllowanceRun.incomplete, "Of these, those for whom something is missing.")
    made_at: datetime = column(models.AllowanceRun.made_at, "When it was made.")
    made_by: str = column(models.AllowanceRun.made_by, "By whom.")
    lines: Connection[_Line] = pages(models.AllowanceLine.run, "One line for each person.")


@entity(models.AllowanceLine, order=("id",))
class AllowanceLine(Node):
    """One person in a simulation that is kept."""

    run: _Run | None = relation(models.AllowanceLine.run, "The simulation.")
    employee: _Employee | None = relation(models.AllowanceLine.employee, "The person.")
    basis: Decimal | None = column(models.AllowanceLine.basis, "The basis.")
    result: Decimal | None = column(models.AllowanceLine.result, "The result; null where something is missing.")
    steps: list[AllowanceStep] = batch(_steps_of_lines, "The steps.", needs=[models.AllowanceLine.steps])
    missing: list[AllowanceMissing] = batch(_missing_of_lines, "What is missing.", needs=[models.AllowanceLine.missing])


@strawberry.type(description="A region's table as an example to begin with; none is in force by itself.")
class AllowanceExample:
    """A region's table as an example."""

    code: str = _field("Short name.")
    name: str = _field("Whose table it is.")
    source: str = _field("Where it was found, and what was not.")
    confidence: str = _field("How sure the source is: H, M or L.")
    content: JSON = _field("The table, without the amounts of the basis.")


def _examples(_ctx: Context) -> list[Any]:
    return [
        AllowanceExample(
            code=one.code,
            name=one.name,
            source=one.source,
            confidence=one.confidence,
            content=cast("JSON", one.content),
        )
        for one in examples.examples()
    ]


class Query:
    """Simulations at the root."""

    allowance_runs: Connection[AllowanceRun] = root_pages("Simulations of units that are kept.")
    allowance_lines: Connection[AllowanceLine] = root_pages("People in simulations that are kept.")
    allowance_examples: list[AllowanceExample] = root_value(_examples, "Tables of regions to begin with.")


@strawberry.input(description="A simulation of a unit's month.")
class SimulateAllowanceInput:
    """A simulation of a unit's month."""

    unit_id: strawberry.ID = _field("The unit; with all below it.")
    month: date = _field("A day of the month of pay.")


@strawberry.input(description="A simulation that is to go.")
class DeleteAllowanceRunInput:
    """A simulation that is to go."""

    id: strawberry.ID = _field("The simulation.")


@strawberry.input(description="An example that becomes the institution's own table.")
class AdoptAllowanceExampleInput:
    """An example that becomes the institution's own table."""

    code: str = _field("Short name of the example.")
    regulation: str = _field("The institution's own regulation (Perbup, Perwal, Pergub).")
    valid_from: date = _field("First day; a month of pay is simulated by the table of its first day.")
    basis_by: BasisBy = _field("What the basis is looked up by.")
    amounts: JSON = _field('Amounts of the basis as texts, by class or by kind: {"9": "5000000"}.')
    valid_to: date | None = _field("Last day; open when left out.", default=None)


def _simulate(ctx: Context, input: SimulateAllowanceInput) -> dict[str, Any]:
    key = decode_id("WorkUnit", input.unit_id, "input", "unitId")
    return {"run": simulating.simulate_unit(ctx, key, input.month)}


def _delete(ctx: Context, input: DeleteAllowanceRunInput) -> dict[str, Any]:
    simulating.delete_simulation(ctx, decode_id("AllowanceRun", input.id, "input", "id"))
    return {"deleted_id": input.id}


def _adopt(ctx: Context, input: AdoptAllowanceExampleInput) -> dict[str, Any]:
    amounts: Any = input.amounts
    row = examples.adopt_example(
        ctx,
        code=input.code,
        regulation=input.regulation,
        valid_from=input.valid_from,
        valid_to=input.valid_to,
        basis_by=input.basis_by,
        amounts=amounts,
    )
    return {"rule_version": row}


class Mutation:
    """What is done with simulations."""

    simulate_allowance = mutation(
        _simulate,
        input=SimulateAllowanceInput,
        payload=payload("SimulateAllowancePayload", run=(AllowanceRun, "The simulation.")),
        description=f"Simulate the allowance of a unit's people and keep it. {_NO_PAYROLL}",
    )
    delete_allowance_run = mutation(
        _delete,
        input=DeleteAllowanceRunInput,
        payload=payload("DeleteAllowanceRunPayload", deleted_id=(strawberry.ID, "The simulation that is gone.")),
        description="Delete a simulation with its lines.",
    )
    adopt_allowance_example = mutation(
        _adopt,
        input=AdoptAllowanceExampleInput,
        payload=payload("AdoptAllowanceExamplePayload", rule_version=(RuleVersion, "The version of the table.")),
        description="Put an example in force as a version of the institution's own table.",
    )


PARTS = SchemaParts(
    query=Query,
    mutation=Mutation,
    types=[AllowanceRun, AllowanceLine],
    extensions=[TypeExtension("Employee", EmployeeAllowance), TypeExtension("WorkUnit", WorkUnitAllowance)],
)
