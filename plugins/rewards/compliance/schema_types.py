"""What is owed, its rules, notices and exemptions as clients see them."""

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from plugins.rewards.compliance import models
from plugins.rewards.compliance.terms import ComplianceDuty, ExemptReason, NoticeKind, ObligationState
from schema.engine import Connection, Node, column, describe_values, entity, expression, pages, relation

if TYPE_CHECKING:
    from schema.organisation import Employee, WorkUnit
    from schema.planning_types import EvaluationPeriod, PerformancePlan

_Employee = Annotated["Employee", strawberry.lazy("schema.organisation")]
_WorkUnit = Annotated["WorkUnit", strawberry.lazy("schema.organisation")]
_Period = Annotated["EvaluationPeriod", strawberry.lazy("schema.planning_types")]
_Plan = Annotated["PerformancePlan", strawberry.lazy("schema.planning_types")]
_Obligation = Annotated["Obligation", strawberry.lazy("plugins.rewards.compliance.schema_types")]
_Notice = Annotated["ComplianceNotice", strawberry.lazy("plugins.rewards.compliance.schema_types")]
_VERSION = "Version, for changes."

strawberry.enum(ComplianceDuty, name="ComplianceDuty", description="What is owed.")
describe_values(
    ComplianceDuty,
    PLAN="A performance plan that is set.",
    PROGRESS="Progress of a month.",
    EVALUATION="An evaluation of a window, or of the year.",
    FEEDBACK="Feedback of the superior in a window.",
)
strawberry.enum(ObligationState, name="ObligationState", description="How something that is owed stands.")
describe_values(
    ObligationState,
    OPEN="Not done yet.",
    ON_TIME="Done in time.",
    LATE="Done late.",
    EXCUSED="Done late and accepted, with a reason.",
    EXEMPT="Owed by nobody.",
)
strawberry.enum(ExemptReason, name="ComplianceExemptReason", description="Why nobody owes something.")
describe_values(
    ExemptReason,
    STATUS="By the status or state of the person.",
    LEAVE="By leave on all working days of the span.",
    GRANTED="By an exemption that HR granted.",
    NO_LONGER_OWED="The plan ended, or its rule holds there no longer.",
)
strawberry.enum(NoticeKind, name="ComplianceNoticeKind", description="What somebody was told.")
describe_values(NoticeKind, REMINDER="A reminder to whoever owes it.", NOTE="A note to the superior.")


@entity(models.ComplianceRule, order=("-valid_from", "id"))
class ComplianceRule(Node):
    """One version of what is owed in a unit and below it (aturan kepatuhan); the nearest unit's rule counts."""

    unit: _WorkUnit | None = relation(models.ComplianceRule.unit, "The unit.")
    duty: ComplianceDuty = column(models.ComplianceRule.duty, "What is owed.")
    revision: int = column(models.ComplianceRule.revision, "Number of the version.")
    name: str = column(models.ComplianceRule.name, "Its name.")
    basis: str = column(models.ComplianceRule.basis, "The decree or regulation that asks for it.")
    due_working_days: int = column(models.ComplianceRule.due_working_days, "Due so many working days after the span.")
    remind_working_days: int = column(
        models.ComplianceRule.remind_working_days, "First reminder so many working days before it is due."
    )
    repeat_working_days: int = column(models.ComplianceRule.repeat_working_days, "Working days between reminders.")
    most_reminders: int = column(models.ComplianceRule.most_reminders, "So many reminders at most.")
    note_working_days: int = column(
        models.ComplianceRule.note_working_days, "The superior is told so many working days after it was due."
    )
    valid_from: date = column(models.ComplianceRule.valid_from, "First day on which it holds.")
    valid_to: date | None = column(models.ComplianceRule.valid_to, "Last day on which it holds; null: open.")
    version: int = column(models.ComplianceRule.version, _VERSION)
    obligations: Connection[_Obligation] = pages(models.Obligation.rule, "What was owed by this version.")


def _is_overdue(t: Any, actor: Any) -> Any:
    return (t.state == ObligationState.OPEN) & (t.due_on < actor.today)


@entity(models.Obligation, order=("due_on", "id"))
class Obligation(Node):
    """Something that an employee owes by a day (kewajiban pelaporan)."""

    employee: _Employee | None = relation(models.Obligation.employee, "Who owes it.")
    about: _Employee | None = relation(models.Obligation.about, "Whom it is about; often the same.")
    unit: _WorkUnit | None = relation(models.Obligation.unit, "The unit where it is owed.")
    rule: ComplianceRule | None = relation(models.Obligation.rule, "The version of the rule by which it is owed.")
    period: _Period | None = relation(models.Obligation.period, "The evaluation period.")
    plan: _Plan | None = relation(models.Obligation.plan, "The plan; null without one.")
    duty: ComplianceDuty = column(models.Obligation.duty, "What is owed.")
    number: int = column(models.Obligation.number, "Month or window within the period; 0 for what is owed once.")
    first_day: date = column(models.Obligation.first_day, "First day of the span for which it is owed.")
    last_day: date = column(models.Obligation.last_day, "Last day of that span.")
    due_on: date = column(models.Obligation.due_on, "The day on which it is due.")
    state: ObligationState = column(models.Obligation.state, "How it stands.")
    is_overdue: bool = expression(_is_overdue, "Whether it is open past the day on which it was due.")
    met_on: date | None = column(models.Obligation.met_on, "The day on which it was done.")
    exempt_by: ExemptReason | None = column(models.Obligation.exempt_by, "Why nobody owes it.")
    reason: str = column(models.Obligation.reason, "Why it was accepted late.")
    version: int = column(models.Obligation.version, _VERSION)
    notices: Connection[_Notice] = pages(models.ComplianceNotice.obligation, "What was told to whom.")


@entity(models.ComplianceNotice, order=("-sent_on", "-id"))
class ComplianceNotice(Node):
    """That somebody was reminded, or a superior told, and by which version of the rule."""

    obligation: Obligation | None = relation(models.ComplianceNotice.obligation, "What it is about.")
    kind: NoticeKind = column(models.ComplianceNotice.kind, "Reminder or note.")
    number: int = column(models.ComplianceNotice.number, "The how many-th of its kind.")
    employee: _Employee | None = relation(models.ComplianceNotice.employee, "Who was told.")
    rule: ComplianceRule | None = relation(models.ComplianceNotice.rule, "The version of the rule.")
    rule_revision: int = column(models.ComplianceNotice.rule_revision, "Number of that version.")
    due_on: date = column(models.ComplianceNotice.due_on, "The day on which it was due, as it was told.")
    sent_on: date = column(models.ComplianceNotice.sent_on, "The day on which it was told.")
    sent_at: datetime = column(models.ComplianceNotice.sent_at, "The moment.")


@entity(models.ComplianceExemption, order=("-first_day", "id"))
class ComplianceExemption(Node):
    """HR lets somebody owe nothing in some days (pengecualian); for that person and HR only."""

    employee: _Employee | None = relation(models.ComplianceExemption.employee, "Who is exempt.")
    duty: ComplianceDuty | None = column(models.ComplianceExemption.duty, "From what; null: from anything.")
    first_day: date = column(models.ComplianceExemption.first_day, "First day.")
    last_day: date = column(models.ComplianceExemption.last_day, "Last day.")
    reason: str = column(models.ComplianceExemption.reason, "Why.")
    granted_by: _Employee | None = relation(models.ComplianceExemption.granted_by, "Who granted it.")
    withdrawn_on: date | None = column(models.ComplianceExemption.withdrawn_on, "The day on which it was taken back.")
    withdrawn_reason: str = column(models.ComplianceExemption.withdrawn_reason, "Why it was taken back.")
    version: int = column(models.ComplianceExemption.version, _VERSION)


@strawberry.type(description="How many obligations nobody owes, for one reason.")
class ExemptCount:
    """How many obligations nobody owes, for one reason."""

    reason: ExemptReason = strawberry.field(description="The reason.")
    count: int = strawberry.field(description="How many.")


@strawberry.type(description="How a unit with all below it stands with what was due in some days.")
class UnitCompliance:
    """How a unit stands with what was due."""

    on_time: int = strawberry.field(description="Done in time.")
    late: int = strawberry.field(description="Done late.")
    overdue: int = strawberry.field(description="Not done, and past the day on which it was due.")
    pending: int = strawberry.field(description="Not done, and not due yet.")
    excused: int = strawberry.field(description="Done late and accepted with a reason.")
    exempt: int = strawberry.field(description="Owed by nobody.")
    exempt_reasons: list[ExemptCount] = strawberry.field(description="Why nobody owes them.")
    on_time_percent: Decimal | None = strawberry.field(
        description="Done in time, of what was done in time, late or not at all; null where nothing of it was due."
    )


TYPES = (ComplianceRule, Obligation, ComplianceNotice, ComplianceExemption)
"""One for each table."""
