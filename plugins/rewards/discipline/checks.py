"""What `kinerja doctor` asks about discipline: numbers only, since cases are confidential."""

from collections.abc import Sequence
from datetime import timedelta

from core.law.in_force import find_rule
from core.law.reference import FIRST_LOCAL_REVISION
from core.organisation.models import Employee
from core.organisation.terms import EmployeeState, EmploymentStatus
from core.plugin_api import N_, Check, Context, Problem
from core.workdays.models import Holiday
from plugins.rewards.discipline.models import DisciplineCase, DisciplineClock, SanctionDecision
from plugins.rewards.discipline.reading import moved_while_open
from plugins.rewards.discipline.rule_sets import ABSENCE, kind_for
from plugins.rewards.discipline.terms import ClockState, DecisionState
from plugins.rewards.settings import rewards_settings

_AHEAD = timedelta(days=120)


def people_moved(ctx: Context) -> Sequence[Problem]:
    """Return a problem where somebody under examination was moved to another unit."""
    count = DisciplineCase.select().where(moved_while_open(DisciplineCase, ctx)).count()
    text = N_(
        "{count} people under examination or remedy were moved to another unit meanwhile, which is not allowed. "
        "The teams of the cases see who; take the move back, or note why it stands."
    )
    return [Problem("DISCIPLINE_PERSON_MOVED", text, params={"count": count})] if count else []


def clocks_overdue(ctx: Context) -> Sequence[Problem]:
    """Return a problem where steps of discipline are overdue."""
    overdue = (DisciplineClock.state == ClockState.RUNNING) & (DisciplineClock.due_on < ctx.today)
    count = DisciplineClock.select().where(overdue).count()
    text = N_("{count} steps of discipline cases are overdue. Those who deal with the cases see which; do them.")
    return [Problem("DISCIPLINE_OVERDUE", text, params={"count": count})] if count else []


def job_stands_still(ctx: Context) -> Sequence[Problem]:
    """Return a problem where decisions should have taken effect days ago."""
    late = (SanctionDecision.state == DecisionState.RECEIVED) & (
        SanctionDecision.effective_on < ctx.today - timedelta(days=2)
    )
    waits_for_remedies = rewards_settings(ctx).remedy_suspends_effect
    count = 0 if waits_for_remedies else SanctionDecision.select().where(late).count()
    text = N_("{count} decisions should be in effect. Start kinerja worker, and read the log of its jobs.")
    return [Problem("DISCIPLINE_JOB_LATE", text, params={"count": count})] if count else []


def calendar_ends(ctx: Context) -> Sequence[Problem]:
    """Return a problem where cases are open and the calendar of holidays knows nothing of the months to come."""
    is_open = DisciplineCase.select().where(DisciplineCase.closed_on.is_null()).exists()
    until = ctx.today + _AHEAD
    if not is_open or Holiday.select().where(Holiday.day >= until.replace(month=1, day=1)).exists():
        return []
    text = N_("The calendar has no holidays of {year}: deadlines of discipline cases may be wrong. Enter them.")
    return [Problem("DISCIPLINE_CALENDAR", text, params={"year": until.year})]


def rules_of_pppk(ctx: Context) -> Sequence[Problem]:
    """Return a problem where PPPK work here and their discipline rests on rules that nobody has verified."""
    serving = (Employee.status == EmploymentStatus.PPPK) & (Employee.state != EmployeeState.LEFT)
    rule = find_rule(kind_for(ABSENCE, EmploymentStatus.PPPK), ctx.today)
    is_own = rule is not None and rule.revision >= FIRST_LOCAL_REVISION
    if is_own or rewards_settings(ctx).pppk_rules == "local_only" or not Employee.select().where(serving).exists():
        return []
    text = N_(
        "Discipline of PPPK rests on provisional rules that nobody has verified. Add your own versions of the rule "
        "sets, or set rewards.pppk_rules to local_only."
    )
    return [Problem("DISCIPLINE_PPPK_UNVERIFIED", text)]


CHECKS: list[Check] = [
    Check("rewards.discipline_moves", N_("People under examination stay in their unit"), people_moved),
    Check("rewards.discipline_clocks", N_("Steps of discipline cases are done in time"), clocks_overdue),
    Check("rewards.discipline_effect", N_("Decisions take effect on their day"), job_stands_still),
    Check("rewards.discipline_calendar", N_("The calendar reaches as far as deadlines do"), calendar_ends),
    Check("rewards.discipline_pppk", N_("Rules of discipline for PPPK"), rules_of_pppk),
]
