"""The rules that a case rests on: found by the day of the act, frozen in the case, read from there ever after."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.law.in_force import find_rule, no_rule, rule_in_force
from core.law.reference import FIRST_LOCAL_REVISION
from core.law.rule import Rule
from core.organisation.models import Employee
from core.organisation.terms import EmploymentStatus
from core.plugin_api import N_, Context, refuse
from plugins.rewards.discipline.models import DisciplineCase
from plugins.rewards.discipline.rule_sets import ABSENCE, BREACHES, PLAN, PROCEDURE, SANCTIONS, kind_for
from plugins.rewards.discipline.rules.contents import AbsenceBands, Catalogue, PlanBands, Procedure, Sanctions
from plugins.rewards.settings import rewards_settings


@dataclass(frozen=True)
class CaseLaw:
    """The rules of one case, with where each comes from."""

    breaches: Catalogue
    sanctions: Sanctions
    absence: AbsenceBands
    procedure: Procedure
    plan: PlanBands | None
    snapshot: Mapping[str, Any]


def law_on(ctx: Context, employee: Employee, act_on: date, opened_on: date) -> CaseLaw:
    """Return the rules for an act of `employee` on a day: of that day, and the procedure of the day of opening."""
    rules = {
        BREACHES: _rule(ctx, BREACHES, employee.status, act_on),
        SANCTIONS: _rule(ctx, SANCTIONS, employee.status, act_on),
        ABSENCE: _rule(ctx, ABSENCE, employee.status, act_on),
        PROCEDURE: _rule(ctx, PROCEDURE, employee.status, opened_on),
    }
    plan = find_rule(kind_for(PLAN, employee.status), act_on)
    snapshot = {name: rule.snapshot() for name, rule in rules.items()}
    if plan is not None:
        snapshot[PLAN] = plan.snapshot()
    return _read(snapshot)


def absence_rule(ctx: Context, status: EmploymentStatus, day: date) -> tuple[AbsenceBands, Rule]:
    """Return what absence on a day means for a kind of employment, with the version that says so."""
    rule = _rule(ctx, ABSENCE, status, day)
    return AbsenceBands.model_validate(rule.content), rule


def law_of(case: DisciplineCase) -> CaseLaw:
    """Return the rules that were frozen into a case."""
    return _read(case.rules)


def _read(snapshot: Mapping[str, Any]) -> CaseLaw:
    content = {name: rule["content"] for name, rule in snapshot.items()}
    return CaseLaw(
        breaches=Catalogue.model_validate(content[BREACHES]),
        sanctions=Sanctions.model_validate(content[SANCTIONS]),
        absence=AbsenceBands.model_validate(content[ABSENCE]),
        procedure=Procedure.model_validate(content[PROCEDURE]),
        plan=PlanBands.model_validate(content[PLAN]) if PLAN in content else None,
        snapshot=snapshot,
    )


def _rule(ctx: Context, name: str, status: EmploymentStatus, day: date) -> Rule:
    kind = kind_for(name, status)
    rule = rule_in_force(kind, day, "input", "employeeId")
    is_provisional = status is EmploymentStatus.PPPK and rule.revision < FIRST_LOCAL_REVISION
    if is_provisional and rewards_settings(ctx).pppk_rules == "local_only":
        raise no_rule(kind, day, "input", "employeeId")
    return rule


def item_of(law: CaseLaw, code: str) -> Any:
    """Return the item of the catalogue of a case, refused where there is none."""
    item = law.breaches.item(code)
    if item is None:
        text = N_("The catalogue of the day of the act has no item {code}. Choose one of {codes}.")
        codes = ", ".join(one.code for one in law.breaches.items)
        raise refuse("DISCIPLINE_ITEM", text, "input", "itemCode", code=code, codes=codes)
    return item
