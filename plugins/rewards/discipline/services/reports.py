"""A suspected breach is reported; the superior has the duty to act on it, or the next higher one in its place."""

from datetime import date
from secrets import token_hex

from core.exchange.importers.found import find_employee
from core.identity.actors import actor_for_employee
from core.organisation.models import Assignment, Employee
from core.organisation.rules.numbers import normalise_number
from core.organisation.scope import holds_on, superior_on
from core.plugin_api import N_, Context, fetch, refuse, require, unit_of_work
from plugins.rewards.discipline.models import DisciplineCase, DisciplineReport
from plugins.rewards.discipline.policies import act_of, keeps_discipline_of
from plugins.rewards.discipline.services.clocks import end_clocks, lapse_clocks, start_clock
from plugins.rewards.discipline.services.law import law_on
from plugins.rewards.discipline.services.steps import begin_step, day_of, end_step, filled
from plugins.rewards.discipline.terms import CaseState, ClockKind, Step


def report_breach(
    ctx: Context,
    *,
    employee_id: int,
    act_first_on: date,
    act_last_on: date | None = None,
    text: str,
    source: str = "",
    is_protected: bool = True,
    is_suspected_crime: bool = False,
    superior_id: int | None = None,
    superior_is_involved: bool = False,
    reported_on: date | None = None,
) -> DisciplineReport:
    """Report a suspected breach; a case opens and its superior's duty to act begins.

    `superior_id` names who has that duty where the line of the employee has a gap. `is_protected` hides who reported.
    """
    with unit_of_work(ctx) as work:
        require(ctx, act_of(Step.REPORT), None, "input", "employeeId")
        employee = fetch(Employee, employee_id, ctx, "input", "employeeId")
        last = act_last_on or act_first_on
        _check_act(act_first_on, last)
        on = day_of(ctx, reported_on, "reportedOn", last)
        superior = superior_on(employee.id, on) or superior_id
        if superior is not None and superior_is_involved:
            superior = superior_on(superior, on)
        if superior is None or superior == employee.id:
            raise _no_superior(employee.name, on)
        place = _place_on(employee.id, act_first_on)
        case = work.create(
            DisciplineCase,
            # Not counted on: a number tells nobody how many cases there are.
            number=f"HD-{on.year}-{token_hex(4).upper()}",
            employee=employee,
            unit=place.unit if place else None,
            unit_name=place.unit.name if place else "",
            superior=superior,
            act_first_on=act_first_on,
            act_last_on=last,
            opened_on=on,
            is_suspected_crime=is_suspected_crime,
            rules=dict(law_on(ctx, employee, last, on).snapshot),
        )
        made = work.create(
            DisciplineReport,
            case=case,
            reporter=ctx.actor.employee_id,
            is_reporter_protected=is_protected,
            source=source.strip(),
            text=filled(text, "text"),
            reported_on=on,
        )
        start_clock(work, case, ClockKind.SUPERIOR_ACTS, on)
        return made


def take_up(
    ctx: Context,
    case_id: int,
    version: int | None = None,
    *,
    act_first_on: date | None = None,
    act_last_on: date | None = None,
    on: date | None = None,
    late_reason: str = "",
) -> DisciplineCase:
    """Let the superior take a report up; the days of the act may be put right, the rules follow the act."""
    with unit_of_work(ctx) as work:
        case = begin_step(ctx, Step.TAKE_UP, case_id, version)
        day = day_of(ctx, on, "on", case.opened_on)
        first, last = act_first_on or case.act_first_on, act_last_on or case.act_last_on
        _check_act(first, last)
        day_of(ctx, last, "actLastOn")
        rules = dict(law_on(ctx, case.employee, last, case.opened_on).snapshot)
        end_clocks(work, case, day, late_reason, ClockKind.SUPERIOR_ACTS)
        return end_step(work, Step.TAKE_UP, case, day, act_first_on=first, act_last_on=last, rules=rules)


def hand_up(
    ctx: Context,
    case_id: int,
    version: int | None = None,
    *,
    reason: str,
    superior_id: int | None = None,
    on: date | None = None,
) -> DisciplineCase:
    """Put the next higher superior in the place of one who is involved or does not act (Pasal 29(6)).

    `superior_id` names somebody where the line of the superior has a gap.
    """
    with unit_of_work(ctx) as work:
        case = begin_step(ctx, Step.HAND_UP, case_id, version)
        why = filled(reason, "reason")
        day = day_of(ctx, on, "on", case.opened_on)
        above = superior_on(case.superior_id, day) if case.superior_id else None
        superior = above or superior_id
        if superior is None or superior in {case.employee_id, case.superior_id}:
            raise _no_superior(case.superior.name if case.superior else "-", day)
        lapse_clocks(work, case, day, why, ClockKind.SUPERIOR_ACTS)
        end_step(work, Step.HAND_UP, case, day, superior=superior)
        if case.state is CaseState.REPORTED:
            start_clock(work, case, ClockKind.SUPERIOR_ACTS, day)
        return case


def assign_report(ctx: Context, case_id: int, version: int | None = None, *, officer_number: str) -> DisciplineCase:
    """Assign the report of a case to an HR officer for discipline, who sees report and case from then on.

    The officer is named by civil-service number, since it may be somebody whom the caller does not see; whoever had the
    report before sees it no more.
    """
    with unit_of_work(ctx) as work:
        case = begin_step(ctx, Step.ASSIGN, case_id, version)
        officer = find_employee(normalise_number(officer_number))
        if officer is None or not keeps_discipline_of(actor_for_employee(officer.id, ctx.today), case):
            text = N_("{number} is no HR officer for discipline where the person works. Name one.")
            raise refuse("DISCIPLINE_OFFICER", text, "input", "officerNumber", number=officer_number.strip()[:32])
        for report in DisciplineReport.select().where(DisciplineReport.case == case.id):
            work.update(report, officer=officer.id)
        return end_step(work, Step.ASSIGN, case, ctx.today)


def dismiss(
    ctx: Context,
    case_id: int,
    version: int | None = None,
    *,
    reason: str,
    on: date | None = None,
    late_reason: str = "",
) -> DisciplineCase:
    """End a case before any examination, because there is nothing in the report, with the reason."""
    with unit_of_work(ctx) as work:
        case = begin_step(ctx, Step.DISMISS, case_id, version)
        why = filled(reason, "reason")
        day = day_of(ctx, on, "on", case.opened_on)
        end_clocks(work, case, day, late_reason, ClockKind.SUPERIOR_ACTS)
        return end_step(work, Step.DISMISS, case, day, closed_on=day, closing_reason=why)


def _check_act(first: date, last: date) -> None:
    if last < first:
        text = N_("The last day {last} lies before the first day {first}. Correct one of them.")
        raise refuse("DATES_REVERSED", text, "input", "actLastOn", first=first, last=last)


def _no_superior(name: str, day: date) -> Exception:
    text = N_("Nobody supervises {name} on {day}. Name who has the duty to act.")
    return refuse("DISCIPLINE_NO_SUPERIOR", text, "input", "superiorId", name=name, day=day)


def _place_on(employee_id: int, day: date) -> Assignment | None:
    place: Assignment | None = (
        Assignment.select()
        .where((Assignment.employee == employee_id) & Assignment.is_primary & holds_on(Assignment, day))
        .order_by(Assignment.id)
        .first()
    )
    return place
