"""What is owed, as lines that a person reads: about whom, by whom, since when, and whether somebody was reminded."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import peewee as pw

from admin.dashboard.links import row_url
from admin.show import NOTHING, filled
from core.context import Context
from core.i18n import N_, translate
from core.organisation.models import Employee, WorkUnit
from core.organisation.scope import reports_of
from core.overview.duties import Board, Duty, duties_of
from core.overview.policies import remind_paths
from core.overview.reminders import key_of, reminded_on, reminders_to
from core.overview.terms import DutyKind
from core.planning.models import EvaluationPeriod, EvaluationWindow
from core.planning.terms import PeriodState
from core.policy import as_condition, visible

TITLES = {
    DutyKind.PLAN: N_("Plan not set"),
    DutyKind.PROGRESS: N_("Progress not reported"),
    DutyKind.PERIODIC_EVALUATION: N_("Periodic evaluation missing"),
    DutyKind.ANNUAL_EVALUATION: N_("Annual evaluation missing"),
    DutyKind.ACKNOWLEDGEMENT: N_("Evaluation not acknowledged"),
}
"""What is owed, by kind."""

_OWN = {
    DutyKind.PLAN: N_("Agree on your plan (SKP) and submit it"),
    DutyKind.PROGRESS: N_("Report your progress"),
    DutyKind.ACKNOWLEDGEMENT: N_("Take note of your evaluation"),
}
_FOR_OTHERS = {
    DutyKind.PLAN: N_("Decide on the plan of {name}"),
    DutyKind.PERIODIC_EVALUATION: N_("Evaluate {name}: {window}"),
    DutyKind.ANNUAL_EVALUATION: N_("Evaluate {name} for the year"),
}
_MOST_TASKS = 20
_PERIODS_OF_TASKS = 2


@dataclass(frozen=True)
class Line:
    """A duty in words; `can_remind` says whether the person may remind of it now."""

    duty: Duty
    kind: str
    about: str
    about_url: str
    debtor: str
    unit: str
    due_on: date
    reminded_on: date | None
    can_remind: bool
    plan_url: str


@dataclass(frozen=True)
class Task:
    """Something that waits for the person itself; `reminder` says who reminded it last."""

    text: str
    due_on: date
    url: str
    reminder: str = ""
    reminded_on: date | None = None


def lines_of(ctx: Context, board: Board, *, limit: int, offset: int) -> list[Line]:
    """Return a page of what is owed, in a fixed number of statements."""
    duties = duties_of(ctx, board, limit=limit, offset=offset)
    if not duties:
        return []
    people = _names(ctx, Employee, {key for duty in duties for key in (duty.about_id, duty.debtor_id) if key})
    units: Any = WorkUnit.select(WorkUnit.id, WorkUnit.name, WorkUnit.path).where(
        WorkUnit.id.in_({duty.unit_id for duty in duties})
    )
    places = {key: (name, path) for key, name, path in units.tuples()}
    windows = _windows(board.period) if any(duty.window_number for duty in duties) else {}
    reminded = reminded_on(ctx, board.period.id, duties)
    paths = remind_paths(ctx.actor)
    reports = {key for (key,) in reports_of(ctx.actor).tuples()} if ctx.actor.employee_id else set()
    lines = []
    for duty in duties:
        unit, path = places[duty.unit_id]
        last = reminded.get(key_of(duty))
        may = any(path.startswith(prefix) for prefix in paths) or duty.about_id in reports
        lines.append(
            Line(
                duty=duty,
                kind=_kind(duty, windows),
                about=people.get(duty.about_id, NOTHING),
                about_url=row_url("employee", duty.about_id) if duty.about_id in people else "",
                debtor=people.get(duty.debtor_id or 0, NOTHING),
                unit=unit,
                due_on=duty.due_on,
                reminded_on=last,
                can_remind=may and last != ctx.today and duty.debtor_id not in {None, ctx.actor.employee_id},
                plan_url=row_url("plan", duty.plan_id),
            )
        )
    return lines


def own_tasks(ctx: Context) -> tuple[list[Task], int]:
    """Return what the person itself owes in the periods that are open, longest first, and how many things that are."""
    me = ctx.actor.employee_id
    if me is None:
        return [], 0
    periods = EvaluationPeriod.select().where(
        (EvaluationPeriod.state == PeriodState.OPEN) & (EvaluationPeriod.starts_on <= ctx.today)
    )
    latest = list(periods.order_by(EvaluationPeriod.starts_on.desc()).limit(_PERIODS_OF_TASKS))
    found = [(period, duty) for period in latest for duty in duties_of(ctx, Board(period, debtor_id=me))]
    found.sort(key=lambda pair: (pair[1].due_on, pair[1].kind, pair[1].about_id))
    shown = found[:_MOST_TASKS]
    people = _names(ctx, Employee, {duty.about_id for _, duty in shown})
    windows = {period.id: _windows(period) for period in {one.id: one for one, _ in shown}.values()}
    reminders = {
        (row.period_id, row.employee_id, row.about_id, row.kind, row.window_number): row
        for row in reversed(reminders_to(ctx))
    }
    tasks = []
    for period, duty in shown:
        reminder = reminders.get((period.id, *key_of(duty)))
        tasks.append(
            Task(
                text=_said(duty, people.get(duty.about_id, NOTHING), windows[period.id], is_own=duty.about_id == me),
                due_on=duty.due_on,
                url=row_url("plan", duty.plan_id),
                reminder=reminder.sender_name if reminder else "",
                reminded_on=reminder.sent_on if reminder else None,
            )
        )
    return tasks, len(found)


def _said(duty: Duty, name: str, windows: dict[int, str], *, is_own: bool) -> str:
    if is_own and duty.kind in _OWN:
        text = translate(_OWN[duty.kind])
        return f"{text}: {windows[duty.window_number]}" if duty.window_number in windows else text
    return filled(_FOR_OTHERS[duty.kind], name=name, window=windows.get(duty.window_number, NOTHING))


def _kind(duty: Duty, windows: dict[int, str]) -> str:
    title = translate(TITLES[duty.kind])
    return f"{title}: {windows[duty.window_number]}" if duty.window_number in windows else title


def _windows(period: EvaluationPeriod) -> dict[int, str]:
    rows: Any = EvaluationWindow.select(EvaluationWindow.number, EvaluationWindow.name).where(
        EvaluationWindow.period == period.id
    )
    return dict(rows.tuples())


def _names(ctx: Context, model: type[pw.Model], ids: Iterable[int]) -> dict[int, str]:
    keys: Sequence[int] = list(ids)
    rows: Any = model.select(model.id, model.name).where(  # type: ignore[attr-defined]
        model.id.in_(keys) & as_condition(visible(ctx.actor, model))  # type: ignore[attr-defined]
    )
    return dict(rows.tuples()) if keys else {}
