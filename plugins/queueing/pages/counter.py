"""The counter: who is called and served, by keyboard; what was done without a line comes in later."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any

import peewee as pw
from flask import Blueprint, Response, abort, jsonify, redirect, render_template, request, url_for

from core.plugin_api import N_, Context, Refused, may, translate
from plugins.queueing.models import Counter, CounterService, PriorityGroup, QueueService, Ticket
from plugins.queueing.pages import calling
from plugins.queueing.pages.finding import counter_named, point_named, services_of
from plugins.queueing.reading.line import waiting_line
from plugins.queueing.rules.states import next_states
from plugins.queueing.services import counters
from plugins.queueing.services.calendar import local_day
from plugins.queueing.services.offline import OfflineEvent, take_in
from plugins.queueing.services.tickets import check_in_at_counter, confirm_priority
from plugins.queueing.terms import TicketEventKind, TicketState

_PERMISSION = "queueing.serve"
_MOST_SHOWN = 12
_MOST_BOOKED = 60
_MOST_AT_ONCE = 500
_KEY_LENGTH = 64
_AT_COUNTER = (TicketState.CALLED, TicketState.SERVING, TicketState.HELD)
_NO_ONE = N_("Nobody waits for this counter. The page shows it when somebody comes.")
_NO_TICKET = N_("There is no such ticket at this counter. Choose one that is shown.")
_OLD_FORM = N_("The page was too old. Repeat what you did.")


@dataclass(frozen=True)
class Button:
    """An act of a counter: its key, its text, what it makes of a ticket, and in which states it is possible."""

    name: str
    key: str
    text: str
    kind: TicketEventKind

    @property
    def states(self) -> str:
        """The states of the present ticket in which the button can be pressed; NONE is without one."""
        if self.name == "next":
            return "NONE"
        return " ".join(
            state.value for state in (TicketState.CALLED, TicketState.SERVING) if self.kind in next_states(state)
        )


BUTTONS = (
    Button("next", "1", N_("Call next"), TicketEventKind.CALLED),
    Button("recall", "2", N_("Call again"), TicketEventKind.RECALLED),
    Button("start", "3", N_("Begin"), TicketEventKind.SERVING),
    Button("finish", "4", N_("Finish"), TicketEventKind.DONE),
    Button("hold", "5", N_("Hold"), TicketEventKind.HELD),
    Button("no_show", "6", N_("Not there"), TicketEventKind.NO_SHOW),
)
"""In the order of the keys, which one hand finds in a row or on the block of digits; 7 is for passing on."""


def add_to(pages: Blueprint) -> None:
    """Add the pages of this subject."""
    pages.add_url_rule("/<code>/counter/<int:number>", "counter", _guarded(_page))
    pages.add_url_rule("/<code>/counter/<int:number>/act", "counter_act", _guarded(_act), methods=["POST"])
    pages.add_url_rule("/<code>/counter/<int:number>/offline", "counter_offline", _guarded(_offline), methods=["POST"])


def _guarded(view: Callable[[Counter, Context], Any]) -> Callable[..., Any]:
    """Let only those to a counter's page who may serve there; a stranger may log in first."""

    @wraps(view)
    def guarded(code: str, number: int) -> Any:
        counter = counter_named(point_named(code), number)
        ctx = calling.context()
        if not ctx.actor.is_known:
            return calling.log_in() if request.method == "GET" and not _is_script() else abort(401)
        if not may(ctx.actor, _PERMISSION, counter):
            abort(403)
        return view(counter, ctx)

    return guarded


def _page(counter: Counter, ctx: Context) -> Any:
    return _shown(counter, ctx)


def _act(counter: Counter, ctx: Context) -> Any:
    if not calling.has_form_token():
        return _shown(counter, ctx, [translate(_OLD_FORM)], 403)
    try:
        notice = _do(counter, ctx, request.form.get("act", ""))
    except Refused as refusal:
        return _shown(counter, ctx, [problem.message() for problem in refusal.problems], 422)
    if _is_script() or notice:
        return _shown(counter, ctx, [notice] if notice else [])
    return redirect(url_for("queueing.counter", code=counter.point.code, number=counter.number), 303)


def _do(counter: Counter, ctx: Context, act: str) -> str:
    """Do an act; return what the person is to be told."""
    key = request.form.get("key", "")[:_KEY_LENGTH] or None
    if act == "next":
        called = counters.call_next(ctx, counter_id=counter.id, key=key)
        return "" if called else translate(_NO_ONE)
    try:
        ticket_id = int(request.form.get("ticket", ""))
    except ValueError:
        return translate(_NO_TICKET)
    if act == "confirm":
        confirm_priority(ctx, ticket_id=ticket_id, is_confirmed=request.form.get("confirmed") == "yes")
    elif act == "check_in":
        check_in_at_counter(ctx, ticket_id=ticket_id, confirms_priority=request.form.get("confirmed") == "yes")
    elif act == "call":
        counters.call(ctx, ticket_id=ticket_id, counter_id=counter.id, key=key)
    elif act == "transfer":
        service = next((one for one in services_of(counter.point) if str(one.id) == request.form.get("service")), None)
        if service is None:
            return translate(N_("No service is chosen. Choose to which one the person goes."))
        counters.transfer(ctx, ticket_id=ticket_id, counter_id=counter.id, service_id=service.id, key=key)
    else:
        steps: dict[str, Callable[..., Ticket]] = {
            "recall": counters.recall,
            "start": counters.start,
            "hold": counters.hold,
            "resume": counters.resume,
            "finish": counters.finish,
            "no_show": counters.no_show,
        }
        if act not in steps:
            abort(400)
        steps[act](ctx, ticket_id=ticket_id, counter_id=counter.id, key=key)
    return ""


def _offline(counter: Counter, ctx: Context) -> Response:
    """Take in what was done while the line was lost; each event is answered under its key."""
    if not calling.has_form_token():
        abort(403)
    given = request.get_json(silent=True)
    rows = given.get("events") if isinstance(given, dict) else None
    if not isinstance(rows, list) or len(rows) > _MOST_AT_ONCE:
        abort(400)
    events, unread = [], []
    for row in rows:
        event = _event(row)
        if event is not None:
            events.append(event)
        elif isinstance(row, dict):
            unread.append(str(row.get("key", ""))[:_KEY_LENGTH])
    outcomes = [
        {"key": outcome.key, "problem": outcome.problem.message() if outcome.problem else None}
        for outcome in take_in(ctx, counter_id=counter.id, events=events)
    ]
    text = translate(N_("This act cannot be read. Do it again."))
    return jsonify({"outcomes": [*outcomes, *({"key": key, "problem": text} for key in unread)]})


def _event(row: Any) -> OfflineEvent | None:
    try:
        at = datetime.fromisoformat(row["at"]).replace(microsecond=0)
        if at.tzinfo is None:
            return None
        return OfflineEvent(int(row["ticket"]), TicketEventKind(row["kind"]), at, str(row["key"])[:_KEY_LENGTH])
    except (KeyError, TypeError, ValueError):
        return None


def _is_script() -> bool:
    return request.args.get("part") == "live"


def _shown(counter: Counter, ctx: Context, notices: list[str] | None = None, status: int = 200) -> Any:
    point = counter.point
    day = local_day(point, ctx.now, ctx.settings)
    given = QueueService.select().join(CounterService).where(CounterService.counter == counter.id)
    served = list(given.order_by(QueueService.prefix))
    line = waiting_line([service.id for service in served], day) if served else []
    today = (
        Ticket.select(Ticket, QueueService, PriorityGroup)
        .join(QueueService)
        .join_from(Ticket, PriorityGroup, pw.JOIN.LEFT_OUTER)
        .where(Ticket.day == day)
    )
    here = list(
        today.where((Ticket.counter == counter.id) & Ticket.state.in_(_AT_COUNTER)).order_by(
            Ticket.called_at.desc(), Ticket.id
        )
    )
    expected = Ticket.service.in_([service.id for service in served]) & (Ticket.state == TicketState.BOOKED)
    booked = list(today.where(expected).order_by(Ticket.slot, Ticket.id).limit(_MOST_BOOKED)) if served else []
    current = next((ticket for ticket in here if ticket.state is not TicketState.HELD), None)
    page = render_template(
        "queueing/_counter_live.html" if _is_script() else "queueing/counter.html",
        counter=counter,
        point=point,
        served=served,
        services=services_of(point),
        buttons=BUTTONS,
        current=current,
        others=[ticket for ticket in here if ticket is not current],
        line=line[:_MOST_SHOWN],
        waiting=len(line),
        booked=booked,
        notices=notices or [],
        now=ctx.now,
    )
    return page, status
