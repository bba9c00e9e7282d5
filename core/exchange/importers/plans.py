"""Imports performance plans: a row is an indicator of a work result that may support a superior's result."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from core.context import Context
from core.errors import refuse
from core.exchange.importers.cascade import link_all
from core.exchange.importers.cells import read_amount, read_date, read_word, required
from core.exchange.importers.found import employee_named, position_named
from core.exchange.kinds import Column, ImportKind, ImportState, Row
from core.i18n import N_
from core.organisation.models import Assignment, Employee, Position
from core.organisation.scope import holds_on
from core.planning.content import IndicatorContent, PlanContent, WorkResultContent
from core.planning.models import EvaluationPeriod, PerformancePlan
from core.planning.services.contents import content_of
from core.planning.services.plans import PlanRequest, create_plan, update_plan
from core.planning.terms import Aspect, Direction, MeasuringPattern, WorkResultKind

_ASPECTS = {
    "QUANTITY": Aspect.QUANTITY,
    "Kuantitas": Aspect.QUANTITY,
    "QUALITY": Aspect.QUALITY,
    "Kualitas": Aspect.QUALITY,
    "TIME": Aspect.TIME,
    "Waktu": Aspect.TIME,
    "COST": Aspect.COST,
    "Biaya": Aspect.COST,
}
_KINDS = {
    "MAIN": WorkResultKind.MAIN,
    "Utama": WorkResultKind.MAIN,
    "ADDITIONAL": WorkResultKind.ADDITIONAL,
    "Tambahan": WorkResultKind.ADDITIONAL,
}
_DIRECTIONS = {
    "HIGHER_IS_BETTER": Direction.HIGHER_IS_BETTER,
    "Naik": Direction.HIGHER_IS_BETTER,
    "LOWER_IS_BETTER": Direction.LOWER_IS_BETTER,
    "Turun": Direction.LOWER_IS_BETTER,
}
_PATTERNS = {
    "COUNT": MeasuringPattern.COUNT,
    "Hitungan": MeasuringPattern.COUNT,
    "POSITION": MeasuringPattern.POSITION,
    "Posisi": MeasuringPattern.POSITION,
    "RELEASE": MeasuringPattern.RELEASE,
    "Rilis": MeasuringPattern.RELEASE,
}


def _order(rows: Sequence[Row], state: ImportState) -> Sequence[Row]:  # noqa: ARG001 - the form of every kind
    """Put superiors before those who support them, as far as the file names both."""
    above = {row.get("position"): row.get("superior_position") for row in rows}

    def depth(position: str) -> int:
        steps, seen = 0, {position}
        while (position := above.get(position, "")) and position not in seen:
            seen.add(position)
            steps += 1
        return steps

    return sorted(rows, key=lambda row: depth(row.get("position")))


def _apply(ctx: Context, row: Row, state: ImportState) -> None:
    statement = required(row, "work_result")
    period = _period(row)
    employee = _holder(row, period, ctx.today)
    indicator = _indicator(row)
    kind = read_word(row, "result_kind", _KINDS) or WorkResultKind.MAIN
    result = WorkResultContent(
        statement=statement,
        kind=kind,
        parent_statement=row.get("superior_result"),
        indicators=(indicator,) if indicator else (),
    )
    plan = _plan(employee, period)
    if plan is None:
        plan = create_plan(ctx, PlanRequest(employee.id, period.id, content=PlanContent(work_results=(result,))))
    else:
        present = content_of(plan).work_results or ()
        wanted = _merged(present, result)
        if wanted != present:
            plan = update_plan(ctx, plan.id, plan.version, PlanContent(work_results=wanted))
    state.memory.setdefault("plans", {})[plan.id] = row


def _merged(present: tuple[WorkResultContent, ...], new: WorkResultContent) -> tuple[WorkResultContent, ...]:
    for index, result in enumerate(present):
        if result.statement.casefold() == new.statement.casefold():
            return (*present[:index], _with(result, new), *present[index + 1 :])
    return (*present, new)


def _with(result: WorkResultContent, new: WorkResultContent) -> WorkResultContent:
    """Return `result` with the row's indicator: in the place of the one with the same words, or added."""
    merged = replace(
        result,
        kind=new.kind,
        parent_statement=result.parent_statement if result.parent_id else new.parent_statement,
    )
    if not new.indicators:
        return merged
    indicator = new.indicators[0]
    for index, present in enumerate(result.indicators):
        if (present.statement.casefold(), present.aspect) == (indicator.statement.casefold(), indicator.aspect):
            same = replace(indicator, id=present.id, fact=present.fact)
            return replace(merged, indicators=(*result.indicators[:index], same, *result.indicators[index + 1 :]))
    return replace(merged, indicators=(*result.indicators, indicator))


def _indicator(row: Row) -> IndicatorContent | None:
    if not row.get("indicator"):
        return None
    aspect = read_word(row, "aspect", _ASPECTS)
    low = read_amount(row, "target")
    high = read_amount(row, "target_max")
    # Without a word of its own, a quantity adds up and everything else stands as it is.
    usual = MeasuringPattern.COUNT if aspect in {None, Aspect.QUANTITY} else MeasuringPattern.POSITION
    return IndicatorContent(
        statement=row.get("indicator"),
        aspect=aspect,
        unit_of_measure=row.get("unit_of_measure") or ("persen" if row.get("target").endswith("%") else ""),
        target_min=low,
        target_max=high if high is not None else low,
        direction=read_word(row, "direction", _DIRECTIONS) or Direction.HIGHER_IS_BETTER,
        pattern=read_word(row, "pattern", _PATTERNS) or usual,
        release_on=read_date(row, "release_on"),
    )


def _period(row: Row) -> EvaluationPeriod:
    code = required(row, "period")
    period = EvaluationPeriod.get_or_none(EvaluationPeriod.code == code)
    if period is None:
        raise refuse(
            "PERIOD_UNKNOWN", N_("No period has the code {code}. Create the period first, or correct the cell."),
            "period", code=code,
        )  # fmt: skip
    return period


def _holder(row: Row, period: EvaluationPeriod, today: date) -> Employee:
    if row.get("nip"):
        return employee_named(row, "nip")
    position = position_named(row, "position") if required(row, "position") else None
    assert position is not None  # noqa: S101 - `required` has refused an empty cell
    return _only_holder(position, max(period.starts_on, min(today, period.ends_on)))


def _only_holder(position: Position, day: date) -> Employee:
    rows = list(
        Employee.select()
        .join(Assignment, on=Assignment.employee == Employee.id)
        .where((Assignment.position == position) & holds_on(Assignment, day))
        .limit(2)
    )
    if not rows:
        raise refuse(
            "POSITION_VACANT",
            N_("Nobody holds the position {title} on {day}. Import the assignments first, or fill in the column nip."),
            "position",
            title=position.title,
            day=day.isoformat(),
        )
    if len(rows) > 1:
        raise refuse(
            "POSITION_SHARED",
            N_("Several people hold the position {title}. Fill in the column nip."),
            "position",
            title=position.title,
        )
    holder: Employee = rows[0]
    return holder


def _plan(employee: Employee, period: EvaluationPeriod) -> PerformancePlan | None:
    found: PerformancePlan | None = (
        PerformancePlan.select()
        .where((PerformancePlan.employee == employee) & (PerformancePlan.period == period))
        .order_by(PerformancePlan.starts_on.desc())
        .first()
    )
    return found


PLANS = ImportKind(
    name="plans",
    title=N_("Performance plans"),
    subjects=("WorkResult", "Indicator"),
    columns=(
        Column("period", N_("Code of the period"), ("periode", "tahun"), is_required=True),
        Column("nip", N_("Civil-service number"), ("nip_baru",)),
        Column("position", N_("Position (code or title)"), ("jabatan",), is_required=True),
        Column("superior_position", N_("Position of the superior"), ("atasan_jabatan",)),
        Column("superior_result", N_("Superior's result that this supports"), ("rhk_atasan_diintervensi",)),
        Column("work_result", N_("Work result"), ("rhk", "hasil_kerja"), is_required=True),
        Column("result_kind", N_("Main or additional"), ("jenis_hasil_kerja",)),
        Column("aspect", N_("Aspect"), ("aspek",)),
        Column("indicator", N_("Indicator"), ("indikator", "iki")),
        Column("target", N_("Target, or its lower end"), ("target_min",)),
        Column("target_max", N_("Upper end of the target")),
        Column("unit_of_measure", N_("Unit of measure"), ("satuan",)),
        Column("direction", N_("Higher or lower is better"), ("arah",)),
        Column("pattern", N_("Measuring pattern"), ("pola",)),
        Column("release_on", N_("Day of release"), ("tanggal_rilis",)),
    ),
    places={
        "targetMin": "target",
        "employeeId": "position",
        "evaluatorId": "superior_position",
        "planId": "work_result",
        "statement": "work_result",
        "workResults": "work_result",
        "indicators": "indicator",
    },
    order=_order,
    apply=_apply,
    finish=link_all,
)
