"""The kiosk: a number at a touch, or a booking that checks in."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for

from core.plugin_api import N_, Refused, translate
from plugins.queueing.models import QueueService, ServicePoint, Ticket
from plugins.queueing.pages import calling
from plugins.queueing.pages.finding import group_among, groups, point_named, service_among, services_of, ticket_named
from plugins.queueing.pages.problems import Faults, faults_of
from plugins.queueing.pages.public import is_open_now
from plugins.queueing.pages.streams import current_board
from plugins.queueing.reading.line import ahead_of
from plugins.queueing.rules.identity import is_nik, new_token, nik_hash
from plugins.queueing.services.calendar import local_day
from plugins.queueing.services.tickets import check_in, take_number
from plugins.queueing.terms import Channel, TicketState

_MOST_SCANNED = 300
_WRONG = N_(
    "No booking of today fits this number and code. Look at your ticket again, or take a number and ask the staff."
)


def add_to(pages: Blueprint) -> None:
    """Add the pages of this subject."""

    @pages.get("/<code>/kiosk")
    def kiosk(code: str) -> Any:
        return _page(point_named(code), Faults())

    @pages.post("/<code>/kiosk")
    def kiosk_take(code: str) -> Any:
        point = point_named(code)
        calling.count_act()
        service = service_among(services_of(point), request.form.get("service"))
        if service is None:
            return _page(point, Faults(whole=[translate(N_("Choose a service. Touch one of the buttons."))]))
        priority = group_among(groups(), request.form.get("priority"))
        try:
            issued = take_number(
                calling.context_of(None),
                service_id=service.id,
                priority_id=priority,
                channel=Channel.KIOSK,
                key=request.form.get("key") or None,
            )
        except Refused as refusal:
            return _page(point, faults_of(refusal.problems, frozenset()))
        return _done(point, issued.ticket, issued.code)

    @pages.post("/<code>/kiosk/check-in")
    def kiosk_check_in(code: str) -> Any:
        point = point_named(code)
        calling.count_act(calling.POINTS_OF_A_CODE)
        booking, given = request.form.get("booking", "").strip()[:_MOST_SCANNED], request.form.get("code", "").strip()
        found = booked_here(point, booking)
        if found is None:
            return _page(point, Faults({"booking": translate(_WRONG)}))
        try:
            ticket = check_in(calling.context_of(None), token=found.token, code=given[:12])
        except Refused as refusal:
            return _page(point, faults_of(refusal.problems, frozenset({"code"})))
        return _done(point, ticket, given)

    @pages.get("/<code>/kiosk/<token>")
    def kiosk_done(code: str, token: str) -> Any:
        point, ticket = point_named(code), ticket_named(token)
        if ticket.service.point_id != point.id:
            abort(404)
        ticket.service.point = point
        return render_template(
            "queueing/kiosk_done.html",
            point=point,
            ticket=ticket,
            ahead=ahead_of(ticket) if ticket.state is TicketState.WAITING else None,
            code=calling.take_code(token),
        )


def booked_here(point: ServicePoint, booking: str) -> Ticket | None:
    """Return today's booking at this point by what was scanned (the ticket's address) or typed (the NIK)."""
    now = calling.now()
    wanted = Ticket.token == booking.rstrip("/").rpartition("/")[2]
    digits = "".join(booking.split())
    if is_nik(digits):
        wanted = Ticket.nik_hash == nik_hash(digits, calling.settings().secret_key)
    rows = (
        Ticket.select(Ticket, QueueService)
        .join(QueueService)
        .where(
            wanted
            & (QueueService.point == point.id)
            & (Ticket.day == local_day(point, now, calling.settings()))
            & (Ticket.state == TicketState.BOOKED)
        )
        .order_by(Ticket.slot, Ticket.id)
    )
    found: Ticket | None = rows.first()
    return found


def _done(point: ServicePoint, ticket: Ticket, code: str) -> Any:
    calling.keep_code(ticket.token, code)
    return redirect(url_for("queueing.kiosk_done", code=point.code, token=ticket.token), 303)


def _page(point: ServicePoint, faults: Faults) -> Any:
    board = current_board(point)
    page = render_template(
        "queueing/kiosk.html",
        point=point,
        services=services_of(point),
        waiting={service["id"]: service["waiting"] for service in board["services"]},
        groups=groups(),
        faults=faults,
        given=request.form,
        is_open=is_open_now(point),
        key=new_token(),
    )
    return page, 422 if faults else 200
