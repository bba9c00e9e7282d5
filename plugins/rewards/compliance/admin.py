"""Back office of compliance: what is owed, by which rules, who was told, who is exempt."""

from admin.columns import STAMPS
from admin.readable import listed
from admin.related import Related
from admin.views import ScopedView, Shown
from core.organisation.models import Employee, WorkUnit
from core.planning.models import EvaluationPeriod
from core.plugin_api import N_, AdminView
from plugins.rewards.compliance.models import ComplianceExemption, ComplianceNotice, ComplianceRule, Obligation

_GROUP = N_("Rewards")


class ObligationView(ScopedView):
    """What somebody owes by a day."""

    group = _GROUP
    is_counted = False
    stands = ("duty", "employee")
    order = ("due_on", True)
    columns = (
        Shown("employee", N_("Employee"), label=Employee.name, is_searched=True),
        Shown("duty", N_("What is owed")),
        Shown("about", N_("About"), label=Employee.name, is_searched=True),
        Shown("unit", N_("Unit"), label=WorkUnit.name),
        Shown("first_day", N_("First day")),
        Shown("last_day", N_("Last day")),
        Shown("due_on", N_("Due on")),
        Shown("state", N_("State")),
        Shown("met_on", N_("Done on")),
        Shown("exempt_by", N_("Why nobody owes it"), is_listed=False),
        Shown("reason", N_("Reason"), is_listed=False),
        Shown("rule", N_("Rule of compliance"), label=ComplianceRule.name, is_listed=False),
        Shown("period", N_("Period"), label=EvaluationPeriod.name, is_listed=False),
        Shown("number", N_("Month or window"), is_listed=False),
        Shown("plan", N_("Plan"), is_listed=False),
        *STAMPS,
    )
    related = (Related(N_("Reminders and notes"), ComplianceNotice, "obligation", "rewards_compliance_notice"),)


class ComplianceRuleView(ScopedView):
    """Who owes what by when, in which version."""

    group = _GROUP
    order = ("valid_from", True)
    columns = (
        Shown("name", N_("Name"), is_searched=True),
        Shown("unit", N_("Unit"), label=WorkUnit.name),
        Shown("duty", N_("What is owed")),
        Shown("revision", N_("Revision")),
        Shown("valid_from", N_("From")),
        Shown("valid_to", N_("Until")),
        Shown("basis", N_("Legal basis"), is_listed=False),
        Shown("due_working_days", N_("Due after (working days)")),
        Shown("remind_working_days", N_("First reminder before (working days)"), is_listed=False),
        Shown("repeat_working_days", N_("Next reminders every (working days)"), is_listed=False),
        Shown("most_reminders", N_("At most so many reminders"), is_listed=False),
        Shown("note_working_days", N_("Superior told after (working days)"), is_listed=False),
        Shown("exempt", N_("Exempt statuses"), is_listed=False, write=listed),
        Shown("exempt_leave", N_("Leave that counts as days off"), is_listed=False, write=listed),
        *STAMPS,
    )
    related = (Related(N_("What was owed"), Obligation, "rule", "rewards_obligation"),)


class ComplianceNoticeView(ScopedView):
    """Who was told what, when, and by which version of a rule; nothing is ever changed here."""

    group = _GROUP
    is_counted = False
    stands = ("kind", "sent_on")
    order = ("sent_on", True)
    columns = (
        Shown("employee", N_("Employee"), label=Employee.name, is_searched=True),
        Shown("kind", N_("Kind")),
        Shown("number", N_("Number")),
        Shown("sent_on", N_("Sent on")),
        Shown("obligation", N_("What is owed")),
        Shown("due_on", N_("Due on")),
        Shown("rule", N_("Rule of compliance"), label=ComplianceRule.name, is_listed=False),
        Shown("rule_revision", N_("Revision")),
        Shown("sent_at", N_("Sent at"), is_listed=False),
    )


class ComplianceExemptionView(ScopedView):
    """Who owes nothing in some days, and why."""

    group = _GROUP
    stands = ("employee", "first_day")
    order = ("first_day", True)
    columns = (
        Shown("employee", N_("Employee"), label=Employee.name, is_searched=True),
        Shown("duty", N_("What is owed")),
        Shown("first_day", N_("First day")),
        Shown("last_day", N_("Last day")),
        Shown("reason", N_("Reason")),
        Shown("granted_by", N_("Granted by"), label=Employee.name, is_listed=False),
        Shown("withdrawn_on", N_("Withdrawn on")),
        Shown("withdrawn_reason", N_("Why it was withdrawn"), is_listed=False),
        *STAMPS,
    )


VIEWS = [
    AdminView("rewards_obligation", lambda: ObligationView(Obligation, N_("Obligations"), "rewards_obligation")),
    AdminView(
        "rewards_compliance_rule",
        lambda: ComplianceRuleView(ComplianceRule, N_("Rules of compliance"), "rewards_compliance_rule"),
    ),
    AdminView(
        "rewards_compliance_exemption",
        lambda: ComplianceExemptionView(ComplianceExemption, N_("Exemptions"), "rewards_compliance_exemption"),
    ),
    AdminView(
        "rewards_compliance_notice",
        lambda: ComplianceNoticeView(ComplianceNotice, N_("Reminders and notes"), "rewards_compliance_notice"),
    ),
]
