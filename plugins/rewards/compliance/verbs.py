"""What people do by hand to rules, exemptions and late reports."""

from collections.abc import Sequence
from typing import Any, cast

from core.organisation.models import Employee, WorkUnit
from core.plugin_api import N_, Actor, Context, Does, FieldKind, Target, Values, Verb, VerbField
from core.verbs.calling import FROM_DAY, LAST_DAY, REASON, given
from plugins.rewards.compliance.models import ComplianceExemption, ComplianceRule, Obligation
from plugins.rewards.compliance.policies import ACCEPT_LATE, EXEMPT, SET_RULES
from plugins.rewards.compliance.roles import MANAGE
from plugins.rewards.compliance.services.exempting import accept_late, grant_exemption, withdraw_exemption
from plugins.rewards.compliance.services.rules import RuleValues, change_rule, create_rule, end_rule
from plugins.rewards.compliance.terms import ComplianceDuty, ObligationState


def _manages(actor: Actor) -> bool:
    return bool(actor.paths(MANAGE))


def _create(ctx: Context, _target: Target, values: Values) -> ComplianceRule:
    return create_rule(ctx, **given(values))


def _change(ctx: Context, target: Target, values: Values) -> ComplianceRule:
    wanted: dict[str, Any] = given(values)
    valid_from = wanted.pop("valid_from")
    return change_rule(ctx, target.id, target.version, cast("RuleValues", wanted), valid_from=valid_from)


def _end(ctx: Context, target: Target, values: Values) -> ComplianceRule:
    return end_rule(ctx, target.id, target.version, values["last_day"])


def _grant(ctx: Context, _target: Target, values: Values) -> ComplianceExemption:
    return grant_exemption(ctx, **{"reason": "", **given(values)})


def _withdraw(ctx: Context, target: Target, values: Values) -> ComplianceExemption:
    return withdraw_exemption(ctx, target.id, target.version, values.get("reason") or "")


def _accept(ctx: Context, target: Target, values: Values) -> Obligation:
    return accept_late(ctx, target.id, target.version, values.get("reason") or "")


def _number(name: str, title: str, help: str) -> VerbField:
    return VerbField(name, title, FieldKind.INTEGER, help=help)


_SAYS: Sequence[VerbField] = (
    VerbField("name", N_("Name"), is_required=True),
    VerbField("basis", N_("Legal basis"), help=N_("The decree or regulation that asks for it.")),
    _number("due_working_days", N_("Due after (working days)"), N_("After the end of the month or window.")),
    _number(
        "remind_working_days",
        N_("First reminder before (working days)"),
        N_("Before the day on which it is due; with a minus after it."),
    ),
    _number("repeat_working_days", N_("Next reminders every (working days)"), ""),
    _number("most_reminders", N_("At most so many reminders"), ""),
    _number("note_working_days", N_("Superior told after (working days)"), N_("After the day on which it was due.")),
    VerbField(
        "exempt", N_("Exempt statuses"), FieldKind.TEXTS, help=N_("One a line: PNS, CPNS, PPPK, ON_LEAVE, LEFT.")
    ),
    VerbField(
        "exempt_leave",
        N_("Leave that counts as days off"),
        FieldKind.TEXTS,
        help=N_("One a line: ANNUAL, LONG, SICK, MATERNITY, IMPORTANT_REASON, COLLECTIVE, UNPAID."),
    ),
)

VERBS = (
    Verb(
        "rewards.create_compliance_rule",
        N_("New rule"),
        ComplianceRule,
        Does.CREATE,
        _create,
        (
            VerbField("unit_id", N_("Unit"), FieldKind.REFERENCE, is_required=True, refers_to=WorkUnit),
            VerbField("duty", N_("What is owed"), FieldKind.CHOICE, is_required=True, choices=ComplianceDuty),
            *_SAYS,
            VerbField("valid_from", N_("From"), FieldKind.DATE, is_required=True),
            VerbField("valid_to", N_("Until"), FieldKind.DATE),
        ),
        permission=MANAGE,
        allows=_manages,
        help=N_("It holds in the unit and all below it that have no rule of their own."),
    ),
    Verb(
        "rewards.change_compliance_rule",
        N_("Change from a day on"),
        ComplianceRule,
        Does.ACT,
        _change,
        (*_SAYS, FROM_DAY),
        permission=SET_RULES,
        subject=lambda row: row.unit,
        help=N_("A next version holds from that day; what was owed before stays as it was."),
    ),
    Verb(
        "rewards.end_compliance_rule",
        N_("End"),
        ComplianceRule,
        Does.ACT,
        _end,
        (LAST_DAY,),
        permission=SET_RULES,
        subject=lambda row: row.unit,
        is_grave=True,
    ),
    Verb(
        "rewards.grant_compliance_exemption",
        N_("New exemption"),
        ComplianceExemption,
        Does.CREATE,
        _grant,
        (
            VerbField("employee_id", N_("Employee"), FieldKind.REFERENCE, is_required=True, refers_to=Employee),
            VerbField(
                "duty", N_("What is owed"), FieldKind.CHOICE, choices=ComplianceDuty, help=N_("Empty: anything.")
            ),
            VerbField("first_day", N_("First day"), FieldKind.DATE, is_required=True),
            VerbField("last_day", N_("Last day"), FieldKind.DATE, is_required=True),
            REASON,
        ),
        permission=MANAGE,
        allows=_manages,
        help=N_("What is due in these days is not owed."),
    ),
    Verb(
        "rewards.withdraw_compliance_exemption",
        N_("Take the exemption back"),
        ComplianceExemption,
        Does.ACT,
        _withdraw,
        (REASON,),
        permission=EXEMPT,
        subject=lambda row: row.employee,
        suits=lambda row: row.withdrawn_on is None,
        is_grave=True,
    ),
    Verb(
        "rewards.accept_late_report",
        N_("Accept the late report"),
        Obligation,
        Does.ACT,
        _accept,
        (REASON,),
        permission=ACCEPT_LATE,
        suits=lambda row: row.state is ObligationState.LATE,
        may_be_bulk=True,
    ),
)
