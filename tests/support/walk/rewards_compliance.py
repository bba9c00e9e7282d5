"""What is owed in the world of the walk: by people of the registry and of the archive."""

from datetime import date
from typing import Any

from plugins.rewards.compliance.models import ComplianceExemption, ComplianceNotice, ComplianceRule, Obligation
from plugins.rewards.compliance.terms import ComplianceDuty, NoticeKind, ObligationState
from tests.support.calls import NOON

FIRST, LAST = date(2026, 1, 1), date(2026, 1, 31)
TODAY = NOON.date()


def add_compliance(rows: dict[str, Any], period: Any) -> None:
    """Add rows of every table of compliance."""
    rule = rows["compliance_rule"] = ComplianceRule.create(
        unit=rows["unit.registry"], duty=ComplianceDuty.PROGRESS, revision=1, name="-", valid_from=FIRST
    )
    for label, debtor, about, where, told in (
        ("officer", "officer", "officer", "registry", "chief"),
        ("chief", "chief", "clerk", "registry", "head"),
        ("other", "other", "other", "archive", "other_chief"),
    ):
        row = rows[f"obligation.{label}"] = Obligation.create(
            employee=rows[f"employee.{debtor}"], about=rows[f"employee.{about}"], unit=rows[f"unit.{where}"],
            rule=rule, period=period, duty=ComplianceDuty.PROGRESS, number=1, first_day=FIRST, last_day=LAST,
            due_on=LAST, state=ObligationState.LATE, met_on=LAST,
        )  # fmt: skip
        for kind, who in ((NoticeKind.REMINDER, debtor), (NoticeKind.NOTE, told)):
            ComplianceNotice.create(
                obligation=row, kind=kind, number=1, employee=rows[f"employee.{who}"], rule=rule, rule_revision=1,
                due_on=LAST, sent_on=TODAY, sent_at=NOON,
            )  # fmt: skip
        rows[f"exemption.{label}"] = ComplianceExemption.create(
            employee=rows[f"employee.{debtor}"], first_day=FIRST, last_day=LAST, reason="-"
        )


def _known(_f: Any, who: Any, _row: Any) -> bool:
    return bool(who.is_known)


def _obligation(f: Any, who: Any, row: Any) -> bool:
    is_near = f.is_me(who, row.employee_id) or f.supervises(who, row.employee_id)
    return is_near or f.reads(who, "rewards.read_compliance", row.unit_id)


def _notice(f: Any, who: Any, row: Any) -> bool:
    return f.is_me(who, row.employee_id) or _obligation(f, who, f.rows(Obligation)[row.obligation_id])


def _exemption(f: Any, who: Any, row: Any) -> bool:
    units = [unit for unit, employee in f.members if employee == row.employee_id]
    return f.is_me(who, row.employee_id) or any(f.role(who, "rewards.read_compliance", unit) for unit in units)


SEES_OF_COMPLIANCE: dict[Any, Any] = {
    ComplianceRule: _known,
    Obligation: _obligation,
    ComplianceNotice: _notice,
    ComplianceExemption: _exemption,
}
"""Why somebody is exempt not even the superior reads."""
