"""Back office: discipline cases as pages that read like a file, with timeline, clocks and documents."""

from collections.abc import Sequence
from typing import Any

from admin.access import context
from admin.blocks import Block, Step, Steps, Table
from admin.columns import STAMPS
from admin.related import Related
from admin.show import term
from admin.views import ScopedView, Shown
from core.organisation.models import Employee
from core.plugin_api import N_, AdminView, as_condition, visible
from plugins.rewards.discipline import models
from plugins.rewards.discipline.models import DisciplineCase
from plugins.rewards.discipline.reading import explain
from plugins.rewards.discipline.terms import CaseState, RemedyOutcome
from plugins.rewards.discipline.timeline import timeline_of
from plugins.rewards.discipline.words import word_of

_GROUP = N_("Discipline")


class DisciplineCaseView(ScopedView):
    """Cases of discipline: those who deal with them and their person, nobody else."""

    group = _GROUP
    is_counted = False
    order = ("opened_on", True)
    columns = (
        Shown("number", N_("Number"), is_searched=True),
        Shown("employee", N_("Employee"), label=Employee.name, is_searched=True),
        Shown("state", N_("State")),
        Shown("opened_on", N_("Opened on")),
        Shown("act_first_on", N_("First day of the act")),
        Shown("act_last_on", N_("Last day of the act"), is_listed=False),
        Shown("unit_name", N_("Unit"), is_listed=False),
        Shown("superior", N_("Direct superior"), label=Employee.name, is_listed=False),
        Shown("closed_on", N_("Closed on"), is_listed=False),
        Shown("closing_reason", N_("Why it ended"), is_listed=False),
        Shown("is_suspected_crime", N_("May be a crime"), is_listed=False),
        *STAMPS,
    )
    related = (
        Related(N_("Reports of breaches"), models.DisciplineReport, "case", "rewards_discipline_report"),
        Related(N_("Breaches"), models.Breach, "case", "rewards_breach"),
        Related(N_("Examination teams"), models.CaseMember, "case", "rewards_case_member"),
        Related(N_("Summonses"), models.Summons, "case", "rewards_summons"),
        Related(N_("Examinations"), models.Examination, "case", "rewards_examination"),
        Related(N_("Proposed sanctions"), models.SanctionProposal, "case", "rewards_sanction_proposal"),
        Related(N_("Decisions on sanctions"), models.SanctionDecision, "case", "rewards_sanction_decision"),
        Related(N_("Deliveries of decisions"), models.DecisionDelivery, "case", "rewards_decision_delivery"),
        Related(N_("Remedies"), models.DisciplineRemedy, "case", "rewards_discipline_remedy"),
        Related(N_("Deadlines"), models.DisciplineClock, "case", "rewards_discipline_clock"),
        Related(N_("Releases from posts"), models.TemporaryRelease, "case", "rewards_temporary_release"),
        Related(N_("Who read cases"), models.CaseRead, "case", "rewards_case_read"),
    )

    def shown(self, row: Any, name: str) -> str:
        """Return a value as a person reads it, the state in the words of discipline."""
        return word_of(CaseState(row.state)) if name == "state" else super().shown(row, name)

    def blocks(self, row: Any) -> Sequence[Block]:
        """Show what happened in its order, and the deadlines."""
        ctx = context()
        events = timeline_of(ctx, row.id)
        clocks = (
            models.DisciplineClock.select()
            .where((models.DisciplineClock.case == row.id) & as_condition(visible(ctx.actor, models.DisciplineClock)))
            .order_by(models.DisciplineClock.due_on, models.DisciplineClock.id)
        )
        rows = [(term(one.kind), self.plainly(one.due_on), term(one.state), one.article) for one in clocks]
        headings = (N_("What is to be done"), N_("Due on"), N_("State"), N_("Rule"))
        return (
            Steps(N_("What happened"), [Step(self.plainly(one.on), one.text, one.source) for one in events]),
            Table(N_("Deadlines"), headings, rows, N_("No deadline runs.")),
        )


class DisciplineReportView(ScopedView):
    """What was reported; who reported is masked."""

    group = _GROUP
    is_counted = False
    order = ("reported_on", True)
    columns = (
        Shown("reported_on", N_("Reported on")),
        Shown("case", N_("Case"), label=DisciplineCase.number, is_searched=True),
        Shown("text", N_("Text"), is_searched=True),
        Shown("reporter", N_("Who reports"), label=Employee.name, is_listed=False),
        Shown("officer", N_("Assigned to"), label=Employee.name, is_listed=False),
        Shown("source", N_("Source"), is_listed=False),
        Shown("is_reporter_protected", N_("Hide who reports"), is_listed=False),
        *STAMPS,
    )


class BreachView(ScopedView):
    """What people are charged with."""

    group = _GROUP
    is_counted = False
    is_listed_in_menu = False
    order = ("first_on", True)
    columns = (
        Shown("item_code", N_("Item of the catalogue"), is_searched=True),
        Shown("item_text", N_("Text of the item")),
        Shown("case", N_("Case"), label=DisciplineCase.number),
        Shown("level", N_("Level")),
        Shown("impact", N_("Impact"), is_listed=False),
        Shown("first_on", N_("First day of the breach")),
        Shown("last_on", N_("Last day of the breach"), is_listed=False),
        Shown("days_in_year", N_("Days in the year"), is_listed=False),
        Shown("days_in_a_row", N_("Days in a row"), is_listed=False),
        Shown("description", N_("Description"), is_listed=False),
        Shown("state", N_("State")),
        *STAMPS,
    )


class CaseMemberView(ScopedView):
    """Who examines."""

    group = _GROUP
    is_counted = False
    is_listed_in_menu = False
    order = ("valid_from", True)
    columns = (
        Shown("name", N_("Name"), is_searched=True),
        Shown("employee", N_("Employee"), label=Employee.name, is_listed=False),
        Shown("case", N_("Case"), label=DisciplineCase.number),
        Shown("role", N_("As what")),
        Shown("element", N_("Stands for")),
        Shown("valid_from", N_("From")),
        Shown("valid_to", N_("Last day")),
        *STAMPS,
    )


class SummonsView(ScopedView):
    """Letters by which people are called to their examination."""

    group = _GROUP
    is_counted = False
    is_listed_in_menu = False
    order = ("summoned_on", True)
    columns = (
        Shown("number", N_("Number")),
        Shown("case", N_("Case"), label=DisciplineCase.number),
        Shown("summoned_on", N_("Day of the letter")),
        Shown("examine_on", N_("Day of examination")),
        Shown("letter_number", N_("Number of the letter"), is_searched=True),
        Shown("place", N_("Place"), is_listed=False),
        Shown("outcome", N_("Outcome")),
        Shown("noted_on", N_("Noted on"), is_listed=False),
        Shown("note", N_("Note"), is_listed=False),
        *STAMPS,
    )


class ExaminationView(ScopedView):
    """Minutes of examinations."""

    group = _GROUP
    is_counted = False
    is_listed_in_menu = False
    order = ("held_on", True)
    columns = (
        Shown("held_on", N_("Held on")),
        Shown("case", N_("Case"), label=DisciplineCase.number),
        Shown("examiner", N_("Examiner"), label=Employee.name),
        Shown("mode", N_("How it was held")),
        Shown("place", N_("Place"), is_listed=False),
        Shown("minutes", N_("Minutes (BAP)"), is_listed=False),
        Shown("statement", N_("What the person says"), is_listed=False),
        Shown("is_signed_by_examiner", N_("Signed by the examiner"), is_listed=False),
        Shown("is_signed_by_examined", N_("Signed by the person")),
        Shown("refusal_reason", N_("Why the person did not sign"), is_listed=False),
        *STAMPS,
    )


class SanctionProposalView(ScopedView):
    """What is proposed beside the rules."""

    group = _GROUP
    is_counted = False
    is_listed_in_menu = False
    order = ("proposed_on", True)
    columns = (
        Shown("sanction", N_("Sanction"), is_searched=True),
        Shown("case", N_("Case"), label=DisciplineCase.number),
        Shown("rule_sanction", N_("By the rules")),
        Shown("proposed_on", N_("Proposed on")),
        Shown("proposed_by", N_("Proposed by"), label=Employee.name),
        Shown("reason", N_("Reason"), is_listed=False),
        Shown("report", N_("Report of the examination"), is_listed=False),
        *STAMPS,
    )


class SanctionDecisionView(ScopedView):
    """Decisions, frozen with their rules."""

    group = _GROUP
    is_counted = False
    is_listed_in_menu = False
    order = ("set_on", True)
    columns = (
        Shown("decree_number", N_("Number of the decree"), is_searched=True),
        Shown("case", N_("Case"), label=DisciplineCase.number),
        Shown("employee", N_("Employee"), label=Employee.name),
        Shown("sanction_name", N_("Sanction")),
        Shown("level", N_("Level")),
        Shown("state", N_("State")),
        Shown("set_on", N_("Set on")),
        Shown("authority", N_("Who decides, by the table"), is_listed=False),
        Shown("decided_by", N_("Decided by"), label=Employee.name, is_listed=False),
        Shown("decider_title", N_("Title of who decides"), is_listed=False),
        Shown("substitute", N_("Imposed instead"), is_listed=False),
        Shown("months", N_("Months"), is_listed=False),
        Shown("rule_sanction", N_("By the rules"), is_listed=False),
        Shown("differs_reason", N_("Why it differs"), is_listed=False),
        Shown("received_on", N_("Received on"), is_listed=False),
        Shown("effective_on", N_("In effect from")),
        Shown("until", N_("In effect until"), is_listed=False),
        Shown("annulled_on", N_("Annulled on"), is_listed=False),
        Shown("annulled_reason", N_("Why it was annulled"), is_listed=False),
        *STAMPS,
    )

    def blocks(self, row: Any) -> Sequence[Block]:
        """Show why it is as it is, from what was frozen into it."""
        lines = explain(models.SanctionDecision.get_by_id(row.id), context().language)
        return (Steps(N_("Why it is so"), [Step(str(number), line) for number, line in enumerate(lines, start=1)]),)


class DecisionDeliveryView(ScopedView):
    """How decisions reached people."""

    group = _GROUP
    is_counted = False
    is_listed_in_menu = False
    order = ("offered_on", True)
    columns = (
        Shown("offered_on", N_("Handed over on")),
        Shown("case", N_("Case"), label=DisciplineCase.number),
        Shown("was_present", N_("The person was there")),
        Shown("sent_on", N_("Sent on")),
        Shown("sent_by", N_("Sent by"), is_listed=False),
        Shown("received_on", N_("Received on")),
        Shown("note", N_("Note"), is_listed=False),
        *STAMPS,
    )


class DisciplineRemedyView(ScopedView):
    """Objections and appeals."""

    group = _GROUP
    is_counted = False
    is_listed_in_menu = False
    order = ("filed_on", True)
    columns = (
        Shown("filed_on", N_("Filed on")),
        Shown("case", N_("Case"), label=DisciplineCase.number),
        Shown("kind", N_("Kind")),
        Shown("outcome", N_("Outcome")),
        Shown("grounds", N_("Grounds"), is_listed=False),
        Shown("answer", N_("Answer"), is_listed=False),
        Shown("answered_on", N_("Answered on"), is_listed=False),
        Shown("outcome_text", N_("Reasons of the outcome"), is_listed=False),
        Shown("outcome_decree", N_("Number of the decree"), is_listed=False),
        Shown("decided_on", N_("Decided on")),
        *STAMPS,
    )

    def shown(self, row: Any, name: str) -> str:
        """Return a value as a person reads it, the outcome in the words of discipline."""
        return word_of(RemedyOutcome(row.outcome)) if name == "outcome" else super().shown(row, name)


class DisciplineClockView(ScopedView):
    """Deadlines in working days."""

    group = _GROUP
    is_counted = False
    order = ("due_on", False)
    columns = (
        Shown("due_on", N_("Due on")),
        Shown("kind", N_("What is to be done")),
        Shown("case", N_("Case"), label=DisciplineCase.number, is_searched=True),
        Shown("state", N_("State")),
        Shown("started_on", N_("Counts from")),
        Shown("days", N_("Working days"), is_listed=False),
        Shown("article", N_("Rule"), is_listed=False),
        Shown("confidence", N_("Confidence"), is_listed=False),
        Shown("done_on", N_("Done on"), is_listed=False),
        Shown("reason", N_("Reason"), is_listed=False),
        Shown("told", N_("Who was told"), label=Employee.name, is_listed=False),
        Shown("told_on", N_("Told on"), is_listed=False),
        *STAMPS,
    )


class TemporaryReleaseView(ScopedView):
    """While a heavy breach is examined."""

    group = _GROUP
    is_counted = False
    is_listed_in_menu = False
    order = ("valid_from", True)
    columns = (
        Shown("decree_number", N_("Number of the decree"), is_searched=True),
        Shown("case", N_("Case"), label=DisciplineCase.number),
        Shown("valid_from", N_("From")),
        Shown("valid_to", N_("Last day")),
        Shown("reason", N_("Reason"), is_listed=False),
        *STAMPS,
    )


class SalaryStopView(ScopedView):
    """After ten working days of absence in a row."""

    group = _GROUP
    is_counted = False
    order = ("absent_last_on", True)
    columns = (
        Shown("employee", N_("Employee"), label=Employee.name, is_searched=True),
        Shown("state", N_("State")),
        Shown("absent_first_on", N_("Absent from")),
        Shown("absent_last_on", N_("Absent until")),
        Shown("stops_from", N_("No salary from")),
        Shown("reported_by", N_("Reported by"), label=Employee.name, is_listed=False),
        Shown("reported_on", N_("Reported on"), is_listed=False),
        Shown("verified_by", N_("Confirmed by"), label=Employee.name, is_listed=False),
        Shown("verified_on", N_("Confirmed on"), is_listed=False),
        Shown("imposed_by", N_("Set by"), label=Employee.name, is_listed=False),
        Shown("imposed_on", N_("Set on"), is_listed=False),
        Shown("decree_number", N_("Number of the decree"), is_listed=False),
        Shown("note", N_("Note"), is_listed=False),
        Shown("lifted_on", N_("Lifted on"), is_listed=False),
        *STAMPS,
    )


class CaseReadView(ScopedView):
    """Who was shown which case when."""

    group = _GROUP
    is_counted = False
    order = ("read_at", True)
    columns = (
        Shown("read_at", N_("Read at")),
        Shown("case", N_("Case"), label=DisciplineCase.number),
        Shown("reader_name", N_("Who"), is_searched=True),
        Shown("reader", N_("Employee"), label=Employee.name, is_listed=False),
        Shown("channel", N_("How")),
        Shown("part", N_("Table")),
    )


VIEWS = [
    AdminView(
        "rewards_discipline_case",
        lambda: DisciplineCaseView(models.DisciplineCase, N_("Discipline cases"), "rewards_discipline_case"),
    ),
    AdminView(
        "rewards_discipline_report",
        lambda: DisciplineReportView(models.DisciplineReport, N_("Reports of breaches"), "rewards_discipline_report"),
    ),
    AdminView("rewards_breach", lambda: BreachView(models.Breach, N_("Breaches"), "rewards_breach")),
    AdminView(
        "rewards_case_member", lambda: CaseMemberView(models.CaseMember, N_("Examination teams"), "rewards_case_member")
    ),
    AdminView("rewards_summons", lambda: SummonsView(models.Summons, N_("Summonses"), "rewards_summons")),
    AdminView(
        "rewards_examination", lambda: ExaminationView(models.Examination, N_("Examinations"), "rewards_examination")
    ),
    AdminView(
        "rewards_sanction_proposal",
        lambda: SanctionProposalView(models.SanctionProposal, N_("Proposed sanctions"), "rewards_sanction_proposal"),
    ),
    AdminView(
        "rewards_sanction_decision",
        lambda: SanctionDecisionView(
            models.SanctionDecision, N_("Decisions on sanctions"), "rewards_sanction_decision"
        ),
    ),
    AdminView(
        "rewards_decision_delivery",
        lambda: DecisionDeliveryView(
            models.DecisionDelivery, N_("Deliveries of decisions"), "rewards_decision_delivery"
        ),
    ),
    AdminView(
        "rewards_discipline_remedy",
        lambda: DisciplineRemedyView(models.DisciplineRemedy, N_("Remedies"), "rewards_discipline_remedy"),
    ),
    AdminView(
        "rewards_discipline_clock",
        lambda: DisciplineClockView(models.DisciplineClock, N_("Deadlines"), "rewards_discipline_clock"),
    ),
    AdminView(
        "rewards_temporary_release",
        lambda: TemporaryReleaseView(models.TemporaryRelease, N_("Releases from posts"), "rewards_temporary_release"),
    ),
    AdminView(
        "rewards_salary_stop", lambda: SalaryStopView(models.SalaryStop, N_("Stops of salary"), "rewards_salary_stop")
    ),
    AdminView("rewards_case_read", lambda: CaseReadView(models.CaseRead, N_("Who read cases"), "rewards_case_read")),
]
