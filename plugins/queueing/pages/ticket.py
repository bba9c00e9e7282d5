"""A citizen's ticket: where it stands, what to bring, and what its code lets the holder do."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from core.plugin_api import N_, Context, Refused, translate
from plugins.queueing.models import Ticket
from plugins.queueing.pages import calling
from plugins.queueing.pages.finding import ticket_named
from plugins.queueing.pages.problems import Faults, faults_of
from plugins.queueing.reading.estimates import estimate_for
from plugins.queueing.reading.line import ahead_of
from plugins.queueing.services.calendar import local_day
from plugins.queueing.services.tickets import cancel, check_in, leave
from plugins.queueing.terms import FINAL_STATES, TicketState

_ACTS: dict[str, Callable[..., Ticket]] = {"check-in": check_in, "cancel": cancel, "leave": leave}


def add_to(pages: Blueprint) -> None:
    """Add the pages of this subject."""

    @pages.get("/t/<token>")
    def ticket(token: str) -> Any:
        return _page(ticket_named(token), Faults())

    @pages.post("/t/<token>/<any('check-in', cancel, leave):act>")
    def ticket_act(token: str, act: str) -> Any:
        found = ticket_named(token)
        calling.count_act(calling.POINTS_OF_A_CODE)
        code = request.form.get("code", "").strip()[:12]
        if not code:
            text = N_("The code is missing. It has six digits and was told when the ticket was made.")
            return _page(found, Faults({"code": translate(text)}))
        ctx: Context = calling.context_of(None)
        try:
            _ACTS[act](ctx, token=token, code=code)
        except Refused as refusal:
            return _page(found, faults_of(refusal.problems, frozenset({"code"})))
        return redirect(url_for("queueing.ticket", token=token), 303)


def _page(ticket: Ticket, faults: Faults) -> Any:
    point = ticket.service.point
    now = calling.now()
    waits = ticket.state is TicketState.WAITING
    only_state = request.args.get("part") == "state"
    page = render_template(
        "queueing/_ticket_state.html" if only_state else "queueing/ticket.html",
        ticket=ticket,
        point=point,
        now=now,
        is_today=ticket.day == local_day(point, now, calling.settings()),
        is_over=ticket.state in FINAL_STATES,
        ahead=ahead_of(ticket) if waits else None,
        estimate=estimate_for(ticket, now) if waits else None,
        code=calling.kept_code(ticket.token),
        given=request.form,
        faults=faults,
    )
    return page, 422 if faults else 200
