"""Reminding people of what they owe: one at a click, a whole list in the background, once a day for each thing.

A reminder is shown to the person on its start page and announced as an event; the program sends no e-mail.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import peewee as pw

from core import jobs
from core.context import Context
from core.errors import forbidden, not_found, refuse
from core.i18n import N_
from core.identity.actors import actor_for_account
from core.identity.models import Account
from core.organisation.models import WorkUnit
from core.overview.duties import Board, Duty, duties_of
from core.overview.models import Reminder, ReminderOrder
from core.overview.policies import REMIND, RemindAbout, remind_paths
from core.overview.terms import DutyKind, OrderState
from core.planning.models import EvaluationPeriod
from core.policy import as_condition, fetch, require, visible
from core.work import UnitOfWork, unit_of_work

SEND_JOB = "overview.send_reminders"
_AT_ONCE = 500
"""Reminders of one transaction."""
SHOWN_DAYS = 31


@dataclass(frozen=True)
class Thing:
    """What somebody is reminded of: a duty, named as the caller saw it."""

    kind: DutyKind
    about_id: int
    period_id: int
    window_number: int = 0


def remind(ctx: Context, thing: Thing) -> Reminder:
    """Remind whoever owes it; refused where it is not owed (any more), or was reminded of today."""
    with unit_of_work(ctx) as work:
        period = fetch(EvaluationPeriod, thing.period_id, ctx, "input", "periodId")
        board = Board(period, kind=thing.kind)
        duty = next(
            (one for one in _about(ctx, board, thing.about_id) if one.window_number == thing.window_number), None
        )
        if duty is None:
            raise not_found("input", "aboutId", id=f"Employee:{thing.about_id}")
        path = WorkUnit.get_by_id(duty.unit_id).path
        require(ctx, REMIND, RemindAbout(duty.about_id, path), "input", "aboutId")
        if duty.debtor_id is None:
            raise refuse(
                "NOBODY_TO_REMIND",
                N_("Nobody is named who would have to do this. Let your HR office enter the evaluator."),
                "input",
                "aboutId",
            )
        if duty.debtor_id == ctx.actor.employee_id:
            raise refuse(
                "REMINDS_ONESELF",
                N_("This waits for you yourself. Do it, instead of reminding."),
                "input",
                "aboutId",
            )
        try:
            # Two who remind at once: the unique index lets one of them.
            with work.attempt():
                (made,) = _send(ctx, work, period.id, [duty])
        except (ValueError, pw.IntegrityError):
            raise refuse(
                "REMINDED_TODAY",
                N_("A reminder of this was sent today already. Try again tomorrow."),
                "input",
                "aboutId",
            ) from None
        return made


def order_reminders(ctx: Context, unit_id: int, period_id: int, kind: DutyKind | None) -> ReminderOrder:
    """Let everybody be reminded who owes something of that kind (None: anything) in the unit and below, soon."""
    if ctx.actor.account_id is None:
        raise forbidden("input")
    with unit_of_work(ctx) as work:
        unit = fetch(WorkUnit, unit_id, ctx, "input", "unitId")
        period = fetch(EvaluationPeriod, period_id, ctx, "input", "periodId")
        if not any(unit.path.startswith(path) for path in remind_paths(ctx.actor)):
            raise forbidden("input", "unitId")
        waiting = ReminderOrder.select().where(
            (ReminderOrder.account == ctx.actor.account_id)
            & (ReminderOrder.unit == unit.id)
            & (ReminderOrder.period == period.id)
            & (ReminderOrder.kind.is_null() if kind is None else ReminderOrder.kind == kind)
            & (ReminderOrder.state == OrderState.WAITING)
        )
        order: ReminderOrder | None = waiting.first()
        if order is None:
            order = work.create(ReminderOrder, account=ctx.actor.account_id, unit=unit, period=period, kind=kind)
    jobs.enqueue(SEND_JOB)
    return order


def send_ordered(ctx: Context) -> int:
    """Send what is ordered, each order as the account that gave it; return how many reminders went out."""
    sent = 0
    for order in list(
        ReminderOrder.select().where(ReminderOrder.state == OrderState.WAITING).order_by(ReminderOrder.id)
    ):
        sent += _send_order(ctx, order)
    return sent


def _send_order(ctx: Context, order: ReminderOrder) -> int:
    account: Account = order.account
    actor = actor_for_account(account, ctx.today)
    mine = replace(ctx, actor=actor, work=None)
    sent = 0
    if account.is_active and any(order.unit.path.startswith(path) for path in remind_paths(actor)):
        owed = [
            duty
            for duty in duties_of(mine, Board(order.period, unit=order.unit, kind=order.kind))
            if duty.debtor_id is not None and duty.debtor_id != actor.employee_id
        ]
        for start in range(0, len(owed), _AT_ONCE):
            # Each part is whole by itself: what a killed process has sent is not sent again.
            with unit_of_work(mine) as work:
                sent += len(_send(mine, work, order.period_id, owed[start : start + _AT_ONCE]))
    with unit_of_work(mine) as work:
        work.update(order, None, state=OrderState.DONE, sent=sent, finished_at=ctx.now)
    return sent


def reminded_on(ctx: Context, period_id: int, duties: Sequence[Duty]) -> dict[tuple[Any, ...], date]:
    """Return for each duty that somebody was reminded of when that was last, in one statement."""
    since = ctx.today - timedelta(days=SHOWN_DAYS)
    return {tuple(key): day for *key, day in _sent(period_id, duties, since=since, ctx=ctx)}


def key_of(duty: Duty) -> tuple[Any, ...]:
    """Return what tells a duty from others of its period."""
    return (duty.debtor_id, duty.about_id, duty.kind, duty.window_number)


def reminders_to(ctx: Context) -> list[Reminder]:
    """Return the reminders of the last month to the caller itself, latest first; they say nothing of what was done."""
    if ctx.actor.employee_id is None:
        return []
    since = ctx.today - timedelta(days=SHOWN_DAYS)
    query = (
        Reminder.select(Reminder, EvaluationPeriod)
        .join(EvaluationPeriod, on=Reminder.period == EvaluationPeriod.id)
        .where((Reminder.employee == ctx.actor.employee_id) & (Reminder.sent_on >= since))
        .order_by(Reminder.sent_on.desc(), Reminder.id.desc())
    )
    return list(query.limit(_AT_ONCE))


def _about(ctx: Context, board: Board, about_id: int) -> list[Duty]:
    return duties_of(ctx, replace(board, about_id=about_id))


def _send(ctx: Context, work: UnitOfWork, period_id: int, duties: Sequence[Duty]) -> list[Reminder]:
    """Remind of those duties of which nobody was reminded today."""
    done = {tuple(key) for *key, _ in _sent(period_id, duties, since=ctx.today)}
    rows = [
        {
            "employee": duty.debtor_id,
            "about": duty.about_id,
            "unit": duty.unit_id,
            "period": period_id,
            "kind": duty.kind,
            "window_number": duty.window_number,
            "sent_on": ctx.today,
            "sender_name": ctx.actor.name,
            "account_id": ctx.actor.account_id,
        }
        for duty in duties
        if key_of(duty) not in done
    ]
    made = work.create_many(Reminder, rows)
    for row in made:
        work.emit(
            "overview.reminder_sent",
            {"reminder_id": row.id, "employee_id": row.employee_id, "about_id": row.about_id, "kind": row.kind},
        )
    return made


def _sent(period_id: int, duties: Iterable[Duty], *, since: date, ctx: Context | None = None) -> list[Any]:
    about = list({duty.about_id for duty in duties})
    seen = as_condition(True if ctx is None else visible(ctx.actor, Reminder))
    rows: Any = (
        Reminder.select(Reminder.employee, Reminder.about, Reminder.kind, Reminder.window_number, Reminder.sent_on)
        .where((Reminder.period == period_id) & (Reminder.sent_on >= since) & Reminder.about.in_(about) & seen)
        .order_by(Reminder.sent_on)
        .tuples()
    )
    return list(rows) if about else []
