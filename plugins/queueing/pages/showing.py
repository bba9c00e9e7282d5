"""How pages write times, waits, states and pictures."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import segno
from babel.dates import format_date
from babel.numbers import format_decimal
from flask import g, url_for
from markupsafe import Markup

from core.plugin_api import N_, translate
from plugins.queueing.models import PriorityGroup, ServicePoint, Ticket
from plugins.queueing.pages.calling import settings
from plugins.queueing.services.calendar import zone_of
from plugins.queueing.services.tickets import label_of
from plugins.queueing.terms import Channel, TicketState

STATES = {
    TicketState.BOOKED: N_("Booked: check in when you are there"),
    TicketState.WAITING: N_("Waiting"),
    TicketState.CALLED: N_("Called"),
    TicketState.SERVING: N_("Being served"),
    TicketState.HELD: N_("On hold"),
    TicketState.DONE: N_("Done"),
    TicketState.TRANSFERRED: N_("Passed on to another service"),
    TicketState.NO_SHOW: N_("Not there when called"),
    TicketState.LEFT: N_("Gone"),
    TicketState.CANCELLED: N_("Cancelled"),
}


def day_text(day: date) -> str:
    """Return a day in words."""
    return str(format_date(day, "full", locale=g.language))


def short_day(day: date) -> str:
    """Return a day in few words."""
    return str(format_date(day, "EEE d MMM", locale=g.language))


def iso_day(key: str) -> str:
    """Return a day that is given as a key, in few words."""
    return short_day(date.fromisoformat(key))


def is_booked(ticket: Ticket) -> bool:
    """Whether a ticket was booked for a time; whoever takes a number counts in the running slot, too."""
    return bool(ticket.slot) and ticket.channel is Channel.ONLINE


def clock(moment: datetime | None, point: ServicePoint) -> str:
    """Return the time of day that a moment has at a point."""
    return f"{moment.astimezone(zone_of(point, settings())):%H:%M}" if moment else ""


def figure(value: Any, unit: str = "") -> str:
    """Return a figure as people write it; a dash where there is none."""
    if value is None:
        return "–"
    return f"{format_decimal(value, locale=g.language)}{unit}"


def wait_text(low_seconds: int, high_seconds: int) -> str:
    """Return a range of waiting in whole minutes."""
    low, high = low_seconds // 60, -(-high_seconds // 60)
    if high <= 1:
        return translate(N_("about a minute"))
    if low == high:
        return translate(N_("about {minutes} minutes")).format(minutes=high)
    return translate(N_("{low} to {high} minutes")).format(low=low, high=high)


def state_text(state: TicketState) -> str:
    """Return the state of a ticket in words."""
    return translate(STATES[state])


def group_name(group: PriorityGroup) -> str:
    """Return the name of a priority group in the reader's language."""
    return group.name_en or group.name if g.language == "en" else group.name


def ticket_address(ticket: Ticket) -> str:
    """Return the whole address of a ticket's page."""
    return url_for("queueing.ticket", token=ticket.token, _external=True)


def qr_code(address: str) -> Markup:
    """Return an address as a QR code that lies in the page; dark on light in every colour scheme."""
    code = segno.make(address, error="m", micro=False)
    picture = code.svg_inline(scale=5, border=4, dark="#000", light="#fff", svgclass="qr", omitsize=True)
    title = Markup.escape(translate(N_("QR code of this ticket's page")))
    # Made by segno of an address of ours, which it encodes in squares.
    return Markup(picture.replace("<svg ", f'<svg role="img" aria-label="{title}" ', 1))  # noqa: S704


FILTERS: dict[str, Callable[..., Any]] = {
    "day_text": day_text,
    "short_day": short_day,
    "iso_day": iso_day,
    "is_booked": is_booked,
    "clock": clock,
    "figure": figure,
    "wait_text": wait_text,
    "state_text": state_text,
    "group_name": group_name,
    "label_of": label_of,
    "ticket_address": ticket_address,
    "qr_code": qr_code,
}
