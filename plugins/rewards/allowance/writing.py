"""Steps and gaps of a simulation as JSON, and in words."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from core.plugin_api import N_, translate
from plugins.rewards.allowance.rules.calculation import AllowanceStep, Missing
from plugins.rewards.allowance.terms import AllowanceGap, AllowanceStepKind

STEPS = {
    AllowanceStepKind.PERFORMANCE_PART: N_("Part for performance"),
    AllowanceStepKind.PREDICATE: N_("Share of the performance part that the predicate does not give"),
    AllowanceStepKind.DISCIPLINE_PART: N_("Part for discipline"),
    AllowanceStepKind.LATE: N_("Days late, by this many minutes or more"),
    AllowanceStepKind.EARLY: N_("Days left early, by this many minutes or more"),
    AllowanceStepKind.NO_RECORD: N_("Days without a record of attendance"),
    AllowanceStepKind.ABSENT: N_("Days absent without a valid reason"),
    AllowanceStepKind.MISSED_ASSEMBLY: N_("Assemblies missed"),
    AllowanceStepKind.LEAVE: N_("Working days on leave"),
    AllowanceStepKind.ATTENDANCE_CAP: N_("Given back: more was deducted for attendance than may be"),
    AllowanceStepKind.SANCTION: N_("Sanction"),
    AllowanceStepKind.ROUNDING: N_("Rounding"),
    AllowanceStepKind.CEILING: N_("Above the ceiling"),
    AllowanceStepKind.FLOOR: N_("Raised to the floor"),
}
"""What people read for each step."""

GAPS = {
    AllowanceGap.TABLE: N_("No table of the allowance is in force in this month."),
    AllowanceGap.POSITION: N_("No position is held on the first day of the month."),
    AllowanceGap.BASIS: N_("The table has no basis for the position."),
    AllowanceGap.PREDICATE: N_("No predicate is final for the span that counts."),
    AllowanceGap.MONTH_NOT_OVER: N_("The month of attendance is not over."),
    AllowanceGap.ATTENDANCE: N_("Of some working days no attendance is known."),
    AllowanceGap.SHARE_OF_ABSENCE: N_("The table is silent about absent days."),
    AllowanceGap.SHARE_OF_LATENESS: N_("The table is silent about coming late."),
    AllowanceGap.SHARE_OF_EARLINESS: N_("The table is silent about going early."),
    AllowanceGap.SHARE_OF_NO_RECORD: N_("The table is silent about days without a record."),
    AllowanceGap.SHARE_OF_ASSEMBLY: N_("The table is silent about missed assemblies."),
    AllowanceGap.SHARE_OF_LEAVE: N_("The table is silent about this kind of leave."),
    AllowanceGap.SHARE_OF_SANCTION: N_("The table is silent about this sanction."),
}
"""What people read for what is missing."""


def steps_as_json(steps: Sequence[AllowanceStep]) -> list[dict[str, Any]]:
    """Return steps as JSON values, amounts as text."""
    return [
        {
            "kind": step.kind.value,
            "amount": _text(step.amount),
            "base": _text(step.base),
            "percent": _text(step.percent),
            "count": step.count,
            "detail": step.detail,
        }
        for step in steps
    ]


def missing_as_json(missing: Sequence[Missing]) -> list[dict[str, str]]:
    """Return what is missing as JSON values."""
    return [{"gap": one.gap.value, "detail": one.detail} for one in missing]


def step_in_words(step: Mapping[str, Any], language: str | None = None) -> str:
    """Return what a step in JSON is called, with its detail."""
    text = translate(STEPS[AllowanceStepKind(step["kind"])], language)
    return f"{text}: {_detail(step['detail'], language)}" if step["detail"] else text


def gap_in_words(one: Mapping[str, Any], language: str | None = None) -> str:
    """Return what is missing in words, with its detail."""
    text = translate(GAPS[AllowanceGap(one["gap"])], language)
    return f"{text} ({_detail(one['detail'], language)})" if one["detail"] else text


def _detail(detail: str, language: str | None) -> str:
    return detail if detail.isdecimal() else translate(detail, language)


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else format(amount.normalize() + 0, "f")
