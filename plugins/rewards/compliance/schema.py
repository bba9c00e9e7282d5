"""GraphQL of compliance: lists, what units and employees get, and a mutation for each verb."""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

import strawberry

from core.plugin_api import Context
from plugins.rewards.compliance import models
from plugins.rewards.compliance.reading import compliance_of_units
from plugins.rewards.compliance.schema_types import (
    TYPES,
    ComplianceExemption,
    ComplianceNotice,
    ComplianceRule,
    ExemptCount,
    Obligation,
    UnitCompliance,
)
from plugins.rewards.compliance.services import exempting, rules
from plugins.rewards.compliance.terms import ComplianceDuty
from schema.engine import (
    Connection,
    SchemaParts,
    TypeExtension,
    batch,
    decode_id,
    mutation,
    pages,
    payload,
    root_pages,
)


def _field(text: str, **more: Any) -> Any:
    return strawberry.field(description=text, **more)


_NUMBERS = {
    "due_working_days": "Due so many working days after the span.",
    "remind_working_days": "First reminder so many working days before it is due; negative: after it.",
    "repeat_working_days": "Working days between reminders.",
    "most_reminders": "So many reminders at most.",
    "note_working_days": "The superior is told so many working days after it was due.",
}
_SAYS = ("name", "basis", *_NUMBERS, "exempt", "exempt_leave")


@strawberry.input(description="A rule of what is owed; what is left out has its default.")
class CreateComplianceRuleInput:
    """A rule of what is owed."""

    unit_id: strawberry.ID = _field("The unit; it holds in all below it that have no rule of their own.")
    duty: ComplianceDuty = _field("What is owed.")
    name: str = _field("Its name.")
    valid_from: date = _field("First day on which it holds.")
    valid_to: date | None = _field("Last day on which it holds; open by default.", default=None)
    basis: str | None = _field("The decree or regulation that asks for it.", default=None)
    due_working_days: int | None = _field(_NUMBERS["due_working_days"], default=None)
    remind_working_days: int | None = _field(_NUMBERS["remind_working_days"], default=None)
    repeat_working_days: int | None = _field(_NUMBERS["repeat_working_days"], default=None)
    most_reminders: int | None = _field(_NUMBERS["most_reminders"], default=None)
    note_working_days: int | None = _field(_NUMBERS["note_working_days"], default=None)
    exempt: list[str] | None = _field(
        "Statuses and states that owe nothing: PNS, CPNS, PPPK, ON_LEAVE, LEFT.", default=None
    )
    exempt_leave: list[str] | None = _field("Kinds of leave that count as days off.", default=None)


@strawberry.input(description="The next version of a rule; what is left out stays.")
class ChangeComplianceRuleInput:
    """The next version of a rule."""

    id: strawberry.ID = _field("The latest version of the rule.")
    version: int = _field("Version of that row that you saw.")
    valid_from: date = _field("First day on which the next version holds.")
    name: str | None = _field("Its name.", default=None)
    basis: str | None = _field("The decree or regulation that asks for it.", default=None)
    due_working_days: int | None = _field(_NUMBERS["due_working_days"], default=None)
    remind_working_days: int | None = _field(_NUMBERS["remind_working_days"], default=None)
    repeat_working_days: int | None = _field(_NUMBERS["repeat_working_days"], default=None)
    most_reminders: int | None = _field(_NUMBERS["most_reminders"], default=None)
    note_working_days: int | None = _field(_NUMBERS["note_working_days"], default=None)
    exempt: list[str] | None = _field("Statuses and states that owe nothing.", default=None)
    exempt_leave: list[str] | None = _field("Kinds of leave that count as days off.", default=None)


@strawberry.input(description="The end of a rule.")
class EndComplianceRuleInput:
    """The end of a rule."""

    id: strawberry.ID = _field("The latest version of the rule.")
    version: int = _field("Version that you saw.")
    last_day: date = _field("Last day on which it holds.")


@strawberry.input(description="An exemption from what is owed.")
class GrantComplianceExemptionInput:
    """An exemption from what is owed."""

    employee_id: strawberry.ID = _field("Who is exempt.")
    first_day: date = _field("What is due from this day …")
    last_day: date = _field("… to this day is not owed.")
    reason: str = _field("Why.")
    duty: ComplianceDuty | None = _field("From what; from anything by default.", default=None)


@strawberry.input(description="An exemption to be taken back, and why.")
class WithdrawComplianceExemptionInput:
    """A row and the reason for what is done to it."""

    id: strawberry.ID = _field("The row.")
    version: int = _field("Version that you saw.")
    reason: str = _field("Why.")


@strawberry.input(description="What was delivered late and is accepted, and why.")
class AcceptLateReportInput(WithdrawComplianceExemptionInput):
    """What was delivered late and is accepted."""


def _said(input: Any) -> dict[str, Any]:
    return {name: getattr(input, name) for name in _SAYS if getattr(input, name) is not None}


def _create(ctx: Context, input: CreateComplianceRuleInput) -> dict[str, Any]:
    made = rules.create_rule(
        ctx,
        unit_id=decode_id("WorkUnit", input.unit_id, "input", "unitId"),
        duty=input.duty,
        valid_from=input.valid_from,
        valid_to=input.valid_to,
        **_said(input),
    )
    return {"rule": made}


def _change(ctx: Context, input: ChangeComplianceRuleInput) -> dict[str, Any]:
    key = decode_id("ComplianceRule", input.id, "input", "id")
    changes = cast("rules.RuleValues", _said(input))
    return {"rule": rules.change_rule(ctx, key, input.version, changes, valid_from=input.valid_from)}


def _end(ctx: Context, input: EndComplianceRuleInput) -> dict[str, Any]:
    key = decode_id("ComplianceRule", input.id, "input", "id")
    return {"rule": rules.end_rule(ctx, key, input.version, input.last_day)}


def _grant(ctx: Context, input: GrantComplianceExemptionInput) -> dict[str, Any]:
    made = exempting.grant_exemption(
        ctx,
        employee_id=decode_id("Employee", input.employee_id, "input", "employeeId"),
        first_day=input.first_day,
        last_day=input.last_day,
        reason=input.reason,
        duty=input.duty,
    )
    return {"exemption": made}


def _withdraw(ctx: Context, input: WithdrawComplianceExemptionInput) -> dict[str, Any]:
    key = decode_id("ComplianceExemption", input.id, "input", "id")
    return {"exemption": exempting.withdraw_exemption(ctx, key, input.version, input.reason)}


def _accept(ctx: Context, input: AcceptLateReportInput) -> dict[str, Any]:
    key = decode_id("Obligation", input.id, "input", "id")
    return {"obligation": exempting.accept_late(ctx, key, input.version, input.reason)}


def _of_units(ctx: Context, units: Sequence[Any], **asked: Any) -> list[UnitCompliance]:
    found = compliance_of_units(ctx, [unit.id for unit in units], asked["from"], asked["to"], asked["duty"])
    return [_shown(found[unit.id]) for unit in units]


def _shown(one: Any) -> UnitCompliance:
    names = ("on_time", "late", "overdue", "pending", "excused", "exempt", "on_time_percent")
    reasons = [ExemptCount(reason=reason, count=count) for reason, count in sorted(one.reasons.items())]
    return UnitCompliance(exempt_reasons=reasons, **{name: getattr(one, name) for name in names})


class Queries:
    """Lists at the root."""

    compliance_rules: Connection[ComplianceRule] = root_pages("Rules of what is owed, with all their versions.")
    obligations: Connection[Obligation] = root_pages("What is owed, as far as the caller may know it.")
    compliance_notices: Connection[ComplianceNotice] = root_pages("Reminders and notes to superiors.")
    compliance_exemptions: Connection[ComplianceExemption] = root_pages("Exemptions that HR granted.")


class EmployeeObligations:
    """What this area adds to an employee."""

    obligations: Connection[Obligation] = pages(models.Obligation.employee, "What the employee owes, and by when.")
    compliance_notices: Connection[ComplianceNotice] = pages(
        models.ComplianceNotice.employee, "Reminders and notes that the employee got."
    )


class UnitObligations:
    """What this area adds to a unit."""

    compliance: UnitCompliance = batch(
        _of_units,
        "How the unit with all below it stands with what was due in some days, as far as the caller sees it.",
        args={
            "from": (date, "First day."),
            "to": (date, "Last day."),
            "duty": (ComplianceDuty | None, "Only this; anything by default.", None),
        },
    )
    obligations: Connection[Obligation] = pages(models.Obligation.unit, "What is owed in the unit itself.")
    compliance_rules: Connection[ComplianceRule] = pages(models.ComplianceRule.unit, "Rules of the unit itself.")


class Mutations:
    """A mutation for each verb."""

    create_compliance_rule = mutation(
        _create,
        input=CreateComplianceRuleInput,
        payload=payload("CreateComplianceRulePayload", rule=(ComplianceRule, "The rule.")),
        description="Make a rule of what is owed in a unit and below it (aturan kepatuhan).",
    )
    change_compliance_rule = mutation(
        _change,
        input=ChangeComplianceRuleInput,
        payload=payload("ChangeComplianceRulePayload", rule=(ComplianceRule, "The next version.")),
        description="Let a next version of a rule hold from a day on; the one before stays as it was.",
    )
    end_compliance_rule = mutation(
        _end,
        input=EndComplianceRuleInput,
        payload=payload("EndComplianceRulePayload", rule=(ComplianceRule, "The rule.")),
        description="Let a rule hold until a day.",
    )
    grant_compliance_exemption = mutation(
        _grant,
        input=GrantComplianceExemptionInput,
        payload=payload("GrantComplianceExemptionPayload", exemption=(ComplianceExemption, "The exemption.")),
        description="Let somebody owe nothing that is due in some days (pengecualian), with the reason.",
    )
    withdraw_compliance_exemption = mutation(
        _withdraw,
        input=WithdrawComplianceExemptionInput,
        payload=payload("WithdrawComplianceExemptionPayload", exemption=(ComplianceExemption, "The exemption.")),
        description="Take an exemption back; what it covered is owed again.",
    )
    accept_late_report = mutation(
        _accept,
        input=AcceptLateReportInput,
        payload=payload("AcceptLateReportPayload", obligation=(Obligation, "What was owed.")),
        description="Accept what was delivered late, with the reason; it counts as late no more.",
    )


PARTS = SchemaParts(
    query=Queries,
    mutation=Mutations,
    types=[*TYPES],
    extensions=[TypeExtension("Employee", EmployeeObligations), TypeExtension("WorkUnit", UnitObligations)],
)
