"""Rules of what is owed: made, changed by a next version, ended; a version that was in force is never edited."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, TypedDict

from core.attendance.terms import LeaveKind
from core.organisation.models import WorkUnit
from core.organisation.services.changing import camel, check_period, check_values, overlaps, refuse_all, stripped
from core.organisation.terms import EmployeeState, EmploymentStatus
from core.plugin_api import N_, Context, Problem, fetch, refuse, require, unit_of_work
from plugins.rewards.compliance.models import ComplianceRule
from plugins.rewards.compliance.policies import SET_RULES
from plugins.rewards.compliance.terms import ComplianceDuty

EXEMPTING = (*(one.value for one in EmploymentStatus), *(one.value for one in EmployeeState))
"""Statuses and states that a rule may exempt."""

AWAY = tuple(kind.value for kind in LeaveKind)
"""Kinds of leave that a rule may count as days off."""

_LIMITS = {
    "due_working_days": (0, 60),
    "remind_working_days": (-60, 60),
    "repeat_working_days": (1, 60),
    "most_reminders": (0, 20),
    "note_working_days": (1, 120),
}


class RuleValues(TypedDict, total=False):
    """What a version of a rule says besides unit, duty and days; what is left out has the default of its column."""

    name: str
    basis: str
    due_working_days: int
    remind_working_days: int
    repeat_working_days: int
    most_reminders: int
    note_working_days: int
    exempt: list[str]
    exempt_leave: list[str]


def create_rule(
    ctx: Context,
    *,
    unit_id: int,
    duty: ComplianceDuty,
    valid_from: date,
    valid_to: date | None = None,
    **values: Any,
) -> ComplianceRule:
    """Make a rule of a unit and all below it; refused while another version of the same duty holds there."""
    given = stripped(values)
    given.setdefault("exempt", list(ctx.settings.compliance_exempt))
    given.setdefault("exempt_leave", [kind for kind in AWAY if kind != LeaveKind.COLLECTIVE.value])
    with unit_of_work(ctx) as work:
        unit = fetch(WorkUnit, unit_id, ctx, "input", "unitId")
        require(ctx, SET_RULES, unit, "input", "unitId")
        given.setdefault("name", "")
        refuse_all([*_problems(given), *check_period(valid_from, valid_to)])
        versions = ComplianceRule.select().where((ComplianceRule.unit == unit.id) & (ComplianceRule.duty == duty))
        other = versions.where(overlaps(ComplianceRule, valid_from, valid_to)).first()
        if other is not None:
            text = N_("{name} (revision {revision}) holds in these days already. Change or end that one.")
            params = {"name": other.name, "revision": other.revision}
            raise refuse("COMPLIANCE_RULE_TWICE", text, "input", "validFrom", **params)
        revision = max((row.revision for row in versions), default=0) + 1
        return work.create(
            ComplianceRule,
            unit=unit.id,
            duty=duty,
            revision=revision,
            valid_from=valid_from,
            valid_to=valid_to,
            **given,
        )


def change_rule(
    ctx: Context, rule_id: int, version: int | None, changes: RuleValues, *, valid_from: date
) -> ComplianceRule:
    """Let another version of a rule hold from a day on; the one before ends the day before and stays as it was."""
    given = stripped(changes)
    with unit_of_work(ctx) as work:
        row = fetch(ComplianceRule, rule_id, ctx, "input", "id")
        require(ctx, SET_RULES, row.unit, "input", "id")
        _require_latest(row)
        problems = _problems(given)
        if valid_from <= row.valid_from:
            text = N_("The version to be changed holds from {day}. Give a later day from which the next one holds.")
            problems.append(Problem("COMPLIANCE_RULE_DAY", text, ("input", "validFrom"), {"day": row.valid_from}))
        refuse_all([*problems, *check_period(valid_from, None)])
        last = row.valid_to
        if last is None or last >= valid_from:
            work.update(row, version, valid_to=valid_from - timedelta(days=1))
        kept = {name: getattr(row, name) for name in RuleValues.__annotations__}
        return work.create(
            ComplianceRule,
            unit=row.unit_id,
            duty=row.duty,
            revision=row.revision + 1,
            valid_from=valid_from,
            valid_to=None,
            **{**kept, **given},
        )


def end_rule(ctx: Context, rule_id: int, version: int | None, last_day: date) -> ComplianceRule:
    """Let a rule hold until a day; the rule of a unit above counts from then on, if there is one."""
    with unit_of_work(ctx) as work:
        row = fetch(ComplianceRule, rule_id, ctx, "input", "id")
        require(ctx, SET_RULES, row.unit, "input", "id")
        _require_latest(row)
        refuse_all(check_period(row.valid_from, last_day))
        return work.update(row, version, valid_to=last_day)


def _require_latest(row: ComplianceRule) -> None:
    later = ComplianceRule.select().where(
        (ComplianceRule.unit == row.unit_id)
        & (ComplianceRule.duty == row.duty)
        & (ComplianceRule.revision > row.revision)
    )
    if later.exists():
        text = N_("There is a later version of this rule. Change that one.")
        raise refuse("COMPLIANCE_RULE_OLD", text, "input", "id")


def _problems(values: Mapping[str, Any]) -> list[Problem]:
    texts = {name: values[name] for name in ("name", "basis") if name in values}
    problems = check_values(ComplianceRule, texts, required=("name",))
    for name, (least, most) in _LIMITS.items():
        if name in values and not least <= values[name] <= most:
            text = N_("{value} working days or reminders are not possible here. Give {least} to {most}.")
            params = {"value": values[name], "least": least, "most": most}
            problems.append(Problem("COMPLIANCE_NUMBER", text, ("input", camel(name)), params))
    for name, known in (("exempt", EXEMPTING), ("exempt_leave", AWAY)):
        unknown = sorted(set(values.get(name, ())) - set(known))
        if unknown:
            text = N_("{names}: not known here. Choose of {known}.")
            params = {"names": ", ".join(one[:32] for one in unknown), "known": ", ".join(known)}
            problems.append(Problem("COMPLIANCE_UNKNOWN_EXEMPTION", text, ("input", camel(name)), params))
    return problems
