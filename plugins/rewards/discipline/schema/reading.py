"""Discipline as GraphQL types. Everything is confidential: hidden rows are absent, uncounted and unnamed."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

import plugins.rewards.discipline.schema.terms  # noqa: F401 - makes enums of the schema of the terms
from core.plugin_api import Context, may
from plugins.rewards.discipline import models, reading, terms
from plugins.rewards.discipline.policies import act_of
from plugins.rewards.discipline.rules.states import next_steps
from plugins.rewards.discipline.services import rule_proposal
from schema.engine import (
    Connection,
    Node,
    batch,
    column,
    decode_id,
    encode_id,
    entity,
    pages,
    relation,
    root_pages,
    root_value,
)
from schema.scalars import JSON

if TYPE_CHECKING:
    from schema.organisation import Employee, WorkUnit

_Employee = Annotated["Employee", strawberry.lazy("schema.organisation")]
_WorkUnit = Annotated["WorkUnit", strawberry.lazy("schema.organisation")]
_DisciplineCase = Annotated["DisciplineCase", strawberry.lazy("plugins.rewards.discipline.schema.reading")]
_DisciplineReport = Annotated["DisciplineReport", strawberry.lazy("plugins.rewards.discipline.schema.reading")]
_Breach = Annotated["Breach", strawberry.lazy("plugins.rewards.discipline.schema.reading")]
_CaseMember = Annotated["CaseMember", strawberry.lazy("plugins.rewards.discipline.schema.reading")]
_Summons = Annotated["Summons", strawberry.lazy("plugins.rewards.discipline.schema.reading")]
_Examination = Annotated["Examination", strawberry.lazy("plugins.rewards.discipline.schema.reading")]
_SanctionProposal = Annotated["SanctionProposal", strawberry.lazy("plugins.rewards.discipline.schema.reading")]
_SanctionDecision = Annotated["SanctionDecision", strawberry.lazy("plugins.rewards.discipline.schema.reading")]
_DecisionDelivery = Annotated["DecisionDelivery", strawberry.lazy("plugins.rewards.discipline.schema.reading")]
_DisciplineRemedy = Annotated["DisciplineRemedy", strawberry.lazy("plugins.rewards.discipline.schema.reading")]
_DisciplineClock = Annotated["DisciplineClock", strawberry.lazy("plugins.rewards.discipline.schema.reading")]
_TemporaryRelease = Annotated["TemporaryRelease", strawberry.lazy("plugins.rewards.discipline.schema.reading")]
_CaseRead = Annotated["CaseRead", strawberry.lazy("plugins.rewards.discipline.schema.reading")]


_REPORTER_SHOWN = (
    "Shown to the chair and the secretary of the team, to the reporter who deals with the case, and to all who do "
    "where the reporter is not protected; null for others."
)


def _next_steps(_ctx: Context, cases: Sequence[Any]) -> list[list[terms.Step]]:
    return [list(next_steps(terms.CaseState(case.state))) for case in cases]


def _may_do(ctx: Context, cases: Sequence[Any]) -> list[list[terms.Step]]:
    return [
        [step for step in next_steps(terms.CaseState(case.state)) if may(ctx.actor, act_of(step), case)]
        for case in cases
    ]


def _explain(ctx: Context, decisions: Sequence[Any]) -> list[list[str]]:
    rows = models.SanctionDecision.select().where(models.SanctionDecision.id.in_([row.id for row in decisions]))
    lines = {row.id: reading.explain(row, ctx.language) for row in rows}
    return [lines.get(row.id, []) for row in decisions]


def _overdue(ctx: Context, clocks: Sequence[Any]) -> list[bool]:
    return [terms.ClockState(row.state) is terms.ClockState.RUNNING and row.due_on < ctx.today for row in clocks]


@entity(models.DisciplineCase, order=("-opened_on",))
class DisciplineCase(Node):
    """A suspected breach of discipline by one employee, from its report to its end.

    Shown to those who deal with it, and to the person from the first summons on; for everybody else it does not exist.
    """

    number: str = column(models.DisciplineCase.number, "Number, drawn and not counted on.")
    employee: _Employee | None = relation(models.DisciplineCase.employee, "The person.")
    unit: _WorkUnit | None = relation(
        models.DisciplineCase.unit, "Where the person worked on the first day of the act."
    )
    unit_name: str = column(models.DisciplineCase.unit_name, "The name of that unit then.")
    superior: _Employee | None = relation(models.DisciplineCase.superior, "Who has the duty to act (Pasal 26).")
    state: terms.CaseState = column(models.DisciplineCase.state, "Where it stands.")
    act_first_on: date = column(models.DisciplineCase.act_first_on, "First day of the act.")
    act_last_on: date = column(models.DisciplineCase.act_last_on, "Last day of the act.")
    opened_on: date = column(models.DisciplineCase.opened_on, "The day of the report.")
    closed_on: date | None = column(models.DisciplineCase.closed_on, "The day on which it ended.")
    closing_reason: str = column(models.DisciplineCase.closing_reason, "Why it ended.")
    is_suspected_crime: bool = column(models.DisciplineCase.is_suspected_crime, "Whether it may be a crime.")
    rules: JSON | None = column(
        models.DisciplineCase.rules,
        "The rule sets of the day of the act, as they were when the case was taken up.",
        filterable=False,
        orderable=False,
    )
    next_steps: list[terms.Step] = batch(
        _next_steps, "What may follow by the law, whoever does it.", needs=[models.DisciplineCase.state]
    )
    may_do: list[terms.Step] = batch(
        _may_do,
        "Which of these the caller may do.",
        needs=[models.DisciplineCase.state, models.DisciplineCase.employee],
    )
    reports: Connection[_DisciplineReport] = pages(
        models.DisciplineReport.case, "The reports; never shown to the person."
    )
    breaches: Connection[_Breach] = pages(models.Breach.case, "What the person is charged with.")
    members: Connection[_CaseMember] = pages(models.CaseMember.case, "The examination team of every time.")
    summonses: Connection[_Summons] = pages(models.Summons.case, "Summons 1 and 2.")
    examinations: Connection[_Examination] = pages(models.Examination.case, "The examination with its minutes (BAP).")
    proposals: Connection[_SanctionProposal] = pages(
        models.SanctionProposal.case, "What was proposed; never shown to the person."
    )
    decisions: Connection[_SanctionDecision] = pages(
        models.SanctionDecision.case, "The decision, and those that a remedy put in its place."
    )
    deliveries: Connection[_DecisionDelivery] = pages(models.DecisionDelivery.case, "How decisions reached the person.")
    remedies: Connection[_DisciplineRemedy] = pages(models.DisciplineRemedy.case, "Objections and appeals.")
    clocks: Connection[_DisciplineClock] = pages(
        models.DisciplineClock.case, "Deadlines with the days on which they are due."
    )
    releases: Connection[_TemporaryRelease] = pages(models.TemporaryRelease.case, "Temporary release from the post.")
    reads: Connection[_CaseRead] = pages(
        models.CaseRead.case, "Who read the case; shown to the chair and to oversight."
    )
    version: int = column(models.DisciplineCase.version, "Version to name in a change.")


@entity(models.DisciplineReport, order=("-reported_on",))
class DisciplineReport(Node):
    """A report of a suspected breach."""

    case: _DisciplineCase | None = relation(models.DisciplineReport.case, "The case.")
    reporter: _Employee | None = relation(
        models.DisciplineReport.reporter,
        f"Who reported. {_REPORTER_SHOWN}",
    )
    officer: _Employee | None = relation(
        models.DisciplineReport.officer, "The HR officer for discipline to whom it is assigned."
    )
    is_reporter_protected: bool = column(
        models.DisciplineReport.is_reporter_protected, "Whether the reporter is hidden."
    )
    source: str | None = column(
        models.DisciplineReport.source,
        f"Where it comes from. {_REPORTER_SHOWN}",
    )
    text: str = column(models.DisciplineReport.text, "What is reported.")
    reported_on: date = column(models.DisciplineReport.reported_on, "The day.")


@entity(models.Breach, order=("first_on",))
class Breach(Node):
    """A breach that the person is charged with."""

    case: _DisciplineCase | None = relation(models.Breach.case, "The case.")
    item_code: str = column(models.Breach.item_code, "Its item in the catalogue of the day of the act.")
    item_text: str = column(models.Breach.item_text, "What that item said.")
    impact: terms.Impact = column(models.Breach.impact, "On whom it had its impact.")
    level: terms.SanctionLevel = column(models.Breach.level, "Its level.")
    first_on: date = column(models.Breach.first_on, "First day.")
    last_on: date = column(models.Breach.last_on, "Last day.")
    days: JSON | None = column(models.Breach.days, "For absence: the days.", filterable=False, orderable=False)
    days_in_year: int | None = column(
        models.Breach.days_in_year, "For absence: days without a valid reason in the calendar year."
    )
    days_in_a_row: int | None = column(models.Breach.days_in_a_row, "For absence: the longest row of working days.")
    is_absence: bool = column(models.Breach.is_absence, "Whether it is absence.")
    description: str = column(models.Breach.description, "In words.")
    repeats: _Breach | None = relation(models.Breach.repeats, "The earlier breach that it repeats.")
    state: terms.BreachState = column(models.Breach.state, "Whether it is proved.")


@entity(models.CaseMember, order=("valid_from",))
class CaseMember(Node):
    """Somebody in the examination team."""

    case: _DisciplineCase | None = relation(models.CaseMember.case, "The case.")
    employee: _Employee | None = relation(models.CaseMember.employee, "Who.")
    name: str = column(models.CaseMember.name, "What the person was called when the team was formed.")
    role: terms.MemberRole = column(models.CaseMember.role, "As what.")
    element: terms.MemberElement = column(models.CaseMember.element, "For whom.")
    valid_from: date = column(models.CaseMember.valid_from, "First day.")
    valid_to: date | None = column(models.CaseMember.valid_to, "Last day, included; null while it is open.")


@entity(models.Summons, order=("number",))
class Summons(Node):
    """A written summons to the examination."""

    case: _DisciplineCase | None = relation(models.Summons.case, "The case.")
    number: int = column(models.Summons.number, "1 or 2.")
    letter_number: str = column(models.Summons.letter_number, "Number of the letter.")
    summoned_on: date = column(models.Summons.summoned_on, "The day of the letter.")
    examine_on: date = column(models.Summons.examine_on, "The day of the examination.")
    place: str = column(models.Summons.place, "Where.")
    outcome: terms.SummonsOutcome = column(models.Summons.outcome, "What became of it.")
    noted_on: date | None = column(models.Summons.noted_on, "When that was noted.")
    note: str = column(models.Summons.note, "In words.")


@entity(models.Examination, order=("held_on",))
class Examination(Node):
    """The one examination of a case with its minutes (BAP)."""

    case: _DisciplineCase | None = relation(models.Examination.case, "The case.")
    examiner: _Employee | None = relation(models.Examination.examiner, "Who wrote the minutes.")
    held_on: date = column(models.Examination.held_on, "The day.")
    mode: terms.ExaminationMode = column(models.Examination.mode, "How it was held.")
    place: str = column(models.Examination.place, "Where.")
    minutes: str = column(models.Examination.minutes, "The minutes.")
    statement: str = column(models.Examination.statement, "What the person says.")
    is_signed_by_examiner: bool = column(models.Examination.is_signed_by_examiner, "Whether whoever examined signed.")
    is_signed_by_examined: bool = column(models.Examination.is_signed_by_examined, "Whether the person signed.")
    refusal_reason: str = column(models.Examination.refusal_reason, "Why the person did not.")


@entity(models.SanctionProposal, order=("-proposed_on",))
class SanctionProposal(Node):
    """What is proposed beside what follows from the rules."""

    case: _DisciplineCase | None = relation(models.SanctionProposal.case, "The case.")
    proposed_by: _Employee | None = relation(models.SanctionProposal.proposed_by, "Who proposed it.")
    proposed_on: date = column(models.SanctionProposal.proposed_on, "The day.")
    rule_sanction: str = column(
        models.SanctionProposal.rule_sanction, "The sanction that follows from the rules; empty: none."
    )
    sanction: str = column(models.SanctionProposal.sanction, "The sanction proposed.")
    reason: str = column(models.SanctionProposal.reason, "Why it differs.")
    report: str = column(models.SanctionProposal.report, "Report of the examination.")
    explanation: JSON | None = column(
        models.SanctionProposal.explanation, "How the rules give it.", filterable=False, orderable=False
    )


@entity(models.SanctionDecision, order=("-set_on",))
class SanctionDecision(Node):
    """A decision: one sanction, frozen with the rules that it rests on."""

    case: _DisciplineCase | None = relation(models.SanctionDecision.case, "The case.")
    employee: _Employee | None = relation(models.SanctionDecision.employee, "The person.")
    state: terms.DecisionState = column(models.SanctionDecision.state, "Where it stands.")
    decree_number: str = column(models.SanctionDecision.decree_number, "Number of the decree.")
    set_on: date = column(models.SanctionDecision.set_on, "The day on which it was set.")
    authority: terms.Authority = column(models.SanctionDecision.authority, "Who imposes it by the table.")
    decided_by: _Employee | None = relation(models.SanctionDecision.decided_by, "Who decided.")
    decider_title: str = column(models.SanctionDecision.decider_title, "The title of who decided.")
    level: terms.SanctionLevel = column(models.SanctionDecision.level, "Level.")
    step: int = column(models.SanctionDecision.step, "Number within the level.")
    sanction: str = column(models.SanctionDecision.sanction, "Code of the sanction.")
    sanction_name: str = column(models.SanctionDecision.sanction_name, "Its name.")
    substitute: str = column(
        models.SanctionDecision.substitute,
        "What is imposed instead for the time being (Pasal 42); empty: the sanction itself.",
    )
    months: int | None = column(models.SanctionDecision.months, "How long; null without end, 0 done with its delivery.")
    rule_sanction: str = column(models.SanctionDecision.rule_sanction, "What the rules give; empty: none.")
    differs_reason: str = column(models.SanctionDecision.differs_reason, "Why it differs.")
    snapshot: JSON = column(
        models.SanctionDecision.snapshot, "The rules and reasons as they were.", filterable=False, orderable=False
    )
    explanation: list[str] = batch(_explain, "Why it is as it is, in sentences, from what was frozen into it.")
    received_on: date | None = column(models.SanctionDecision.received_on, "When the person received it.")
    effective_on: date | None = column(
        models.SanctionDecision.effective_on, "When it takes effect: the 15th working day after receipt."
    )
    until: date | None = column(models.SanctionDecision.until, "Its last day; null without end.")
    annulled_on: date | None = column(models.SanctionDecision.annulled_on, "When it was annulled.")
    annulled_reason: str = column(models.SanctionDecision.annulled_reason, "Why.")
    annulled_by_decree: str = column(models.SanctionDecision.annulled_by_decree, "By which decree.")
    replaces: _SanctionDecision | None = relation(
        models.SanctionDecision.replaces, "The decision that a remedy changed."
    )


@entity(models.DecisionDelivery, order=("offered_on",))
class DecisionDelivery(Node):
    """How a decision reached its person."""

    case: _DisciplineCase | None = relation(models.DecisionDelivery.case, "The case.")
    decision: _SanctionDecision | None = relation(models.DecisionDelivery.decision, "The decision.")
    offered_on: date = column(models.DecisionDelivery.offered_on, "When it was to be handed over.")
    was_present: bool = column(models.DecisionDelivery.was_present, "Whether the person was there.")
    sent_on: date | None = column(models.DecisionDelivery.sent_on, "When it was sent.")
    sent_by: str = column(models.DecisionDelivery.sent_by, "By what.")
    received_on: date | None = column(models.DecisionDelivery.received_on, "When it was received.")
    note: str = column(models.DecisionDelivery.note, "In words.")


@entity(models.DisciplineRemedy, order=("filed_on",))
class DisciplineRemedy(Node):
    """An objection (keberatan) or appeal (banding)."""

    case: _DisciplineCase | None = relation(models.DisciplineRemedy.case, "The case.")
    decision: _SanctionDecision | None = relation(models.DisciplineRemedy.decision, "The decision.")
    kind: terms.RemedyKind = column(models.DisciplineRemedy.kind, "Which.")
    filed_on: date = column(models.DisciplineRemedy.filed_on, "When it was filed.")
    grounds: str = column(models.DisciplineRemedy.grounds, "On what grounds.")
    answer: str = column(models.DisciplineRemedy.answer, "What whoever decided says.")
    answered_on: date | None = column(models.DisciplineRemedy.answered_on, "When.")
    outcome: terms.RemedyOutcome = column(models.DisciplineRemedy.outcome, "What became of it.")
    outcome_text: str = column(models.DisciplineRemedy.outcome_text, "Why.")
    outcome_decree: str = column(models.DisciplineRemedy.outcome_decree, "By which decree.")
    decided_on: date | None = column(models.DisciplineRemedy.decided_on, "When.")
    new_decision: _SanctionDecision | None = relation(
        models.DisciplineRemedy.new_decision, "The decision in place of the old."
    )


@entity(models.DisciplineClock, order=("due_on",))
class DisciplineClock(Node):
    """A number of working days within which something must be done."""

    case: _DisciplineCase | None = relation(models.DisciplineClock.case, "The case.")
    remedy: _DisciplineRemedy | None = relation(models.DisciplineClock.remedy, "The remedy that it is about.")
    kind: terms.ClockKind = column(models.DisciplineClock.kind, "What must be done.")
    started_on: date = column(models.DisciplineClock.started_on, "From which day; it never counts itself.")
    days: int = column(models.DisciplineClock.days, "How many working days.")
    due_on: date = column(models.DisciplineClock.due_on, "The last day in time.")
    article: str = column(models.DisciplineClock.article, "The rule.")
    confidence: str = column(models.DisciplineClock.confidence, "How sure that rule is: H, M or L.")
    state: terms.ClockState = column(models.DisciplineClock.state, "Whether it was kept.")
    done_on: date | None = column(models.DisciplineClock.done_on, "When it was done.")
    reason: str = column(models.DisciplineClock.reason, "Why it was late, or ended.")
    told: _Employee | None = relation(models.DisciplineClock.told, "Who was told that nothing was done.")
    told_on: date | None = column(models.DisciplineClock.told_on, "When.")
    is_overdue: bool = batch(
        _overdue,
        "Whether it runs and its last day is over.",
        needs=[models.DisciplineClock.state, models.DisciplineClock.due_on],
    )


@entity(models.TemporaryRelease, order=("valid_from",))
class TemporaryRelease(Node):
    """Temporary release from the post while a heavy breach is examined."""

    case: _DisciplineCase | None = relation(models.TemporaryRelease.case, "The case.")
    decree_number: str = column(models.TemporaryRelease.decree_number, "Number of the decree.")
    reason: str = column(models.TemporaryRelease.reason, "Why.")
    valid_from: date = column(models.TemporaryRelease.valid_from, "First day.")
    valid_to: date | None = column(models.TemporaryRelease.valid_to, "Last day, included.")


@entity(models.SalaryStop, order=("-absent_last_on",))
class SalaryStop(Node):
    """The stop of a salary after ten working days of absence in a row (Pasal 11)."""

    employee: _Employee | None = relation(models.SalaryStop.employee, "The person.")
    case: _DisciplineCase | None = relation(models.SalaryStop.case, "The case, for whoever sees it.")
    state: terms.SalaryStopState = column(models.SalaryStop.state, "How far it is.")
    absent_first_on: date = column(models.SalaryStop.absent_first_on, "First of the days in a row.")
    absent_last_on: date = column(models.SalaryStop.absent_last_on, "Last of them.")
    days: JSON = column(models.SalaryStop.days, "Each of them.", filterable=False, orderable=False)
    stops_from: date = column(models.SalaryStop.stops_from, "The day from which no salary is paid.")
    reported_by: _Employee | None = relation(models.SalaryStop.reported_by, "Who reported it.")
    reported_on: date = column(models.SalaryStop.reported_on, "When.")
    verified_by: _Employee | None = relation(models.SalaryStop.verified_by, "Who confirmed it.")
    verified_on: date | None = column(models.SalaryStop.verified_on, "When.")
    imposed_by: _Employee | None = relation(models.SalaryStop.imposed_by, "Who set it.")
    imposed_on: date | None = column(models.SalaryStop.imposed_on, "When.")
    decree_number: str = column(models.SalaryStop.decree_number, "Number of the decree.")
    note: str = column(models.SalaryStop.note, "In words.")
    lifted_on: date | None = column(models.SalaryStop.lifted_on, "When it was lifted.")
    version: int = column(models.SalaryStop.version, "Version to name in a change.")


@entity(models.CaseRead, order=("-read_at",))
class CaseRead(Node):
    """Somebody was shown a case or a part of it."""

    case: _DisciplineCase | None = relation(models.CaseRead.case, "The case.")
    reader: _Employee | None = relation(models.CaseRead.reader, "Who; null where the account belongs to nobody.")
    reader_name: str = column(models.CaseRead.reader_name, "The name of the account.")
    channel: terms.ReadChannel = column(models.CaseRead.channel, "How.")
    part: str = column(models.CaseRead.part, "The table of what was shown.")
    read_at: datetime = column(models.CaseRead.read_at, "When.")


@strawberry.type(description="The sanction that follows from the rules for the charges of a case; it decides nothing.")
class RuleProposal:
    """What follows from the rules."""

    sanction: str | None = strawberry.field(description="Its code; null: none.")
    explanation: JSON = strawberry.field(description="How it follows: each breach, its rule, and the heaviest of them.")


@strawberry.type(description="Somebody whose absence means a sanction by the rules; it opens no case.")
class AbsenceBand:
    """Somebody whose absence has reached a band."""

    employee_id: strawberry.ID = strawberry.field(description="Who.")
    name: str = strawberry.field(description="Name.")
    days: int = strawberry.field(description="Working days without a valid reason in the calendar year.")
    days_in_a_row: int = strawberry.field(description="The longest row of them.")
    sanction: str = strawberry.field(description="The sanction that the rules name for it.")
    salary_stops_from: date | None = strawberry.field(description="From when salary would stop; null: not at all.")
    regulation: str = strawberry.field(description="The rule.")
    confidence: str = strawberry.field(description="How sure that rule is: H, M or L.")


def _rule_proposal(ctx: Context, case_id: strawberry.ID) -> RuleProposal:
    found = rule_proposal(ctx, decode_id("DisciplineCase", case_id, "caseId"))
    return RuleProposal(sanction=found.sanction, explanation=JSON(found.explanation))


def _absence(ctx: Context) -> list[AbsenceBand]:
    return [
        AbsenceBand(
            employee_id=strawberry.ID(encode_id("Employee", one.employee_id)),
            name=one.name,
            days=len(one.outcome.days),
            days_in_a_row=one.outcome.longest_row,
            sanction=one.outcome.sanction or "",
            salary_stops_from=one.outcome.salary_stops_from,
            regulation=one.regulation,
            confidence=one.confidence,
        )
        for one in reading.absence_of_reports(ctx)
    ]


class EmployeeDiscipline:
    """What discipline adds to an employee."""

    discipline_cases: Connection[DisciplineCase] = pages(
        models.DisciplineCase.employee, "Cases of the person that the caller deals with, or its own."
    )
    salary_stops: Connection[SalaryStop] = pages(models.SalaryStop.employee, "Stops of the salary.")


class DisciplineQueries:
    """Discipline at the root: what the caller deals with, and its own."""

    discipline_cases: Connection[DisciplineCase] = root_pages("Cases that the caller may see.")
    discipline_reports: Connection[DisciplineReport] = root_pages(
        "Reports on which the caller has to act, or that are assigned to the caller."
    )
    discipline_breaches: Connection[Breach] = root_pages("Breaches of those cases.")
    discipline_case_members: Connection[CaseMember] = root_pages("Members of their teams.")
    discipline_summonses: Connection[Summons] = root_pages("Their summonses.")
    discipline_examinations: Connection[Examination] = root_pages("Their examinations.")
    sanction_proposals: Connection[SanctionProposal] = root_pages("What was proposed in them.")
    sanction_decisions: Connection[SanctionDecision] = root_pages("What was decided in them.")
    decision_deliveries: Connection[DecisionDelivery] = root_pages("How decisions were delivered.")
    discipline_remedies: Connection[DisciplineRemedy] = root_pages("Objections and appeals.")
    discipline_clocks: Connection[DisciplineClock] = root_pages("Deadlines; running ones first by a filter.")
    temporary_releases: Connection[TemporaryRelease] = root_pages("Temporary releases from the post.")
    salary_stops: Connection[SalaryStop] = root_pages("Stops of salary that the caller may see.")
    discipline_case_reads: Connection[CaseRead] = root_pages("Who read the cases that the caller chairs or oversees.")
    rule_proposal: RuleProposal = root_value(
        _rule_proposal,
        "What the rules give for a case that the caller deals with.",
        args={"case_id": (strawberry.ID, "The case.")},
    )
    absence_of_reports: list[AbsenceBand] = root_value(
        _absence, "Whose absence, of those whom the caller supervises, means a sanction by the rules.", args={}
    )


TYPES = (
    DisciplineCase,
    DisciplineReport,
    Breach,
    CaseMember,
    Summons,
    Examination,
    SanctionProposal,
    SanctionDecision,
    DecisionDelivery,
    DisciplineRemedy,
    DisciplineClock,
    TemporaryRelease,
    SalaryStop,
    CaseRead,
)
"""The types of rows, one for each table."""
