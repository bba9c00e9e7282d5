"""Booking: a service, a day, a slot with free places, and who comes."""

from datetime import date, timedelta
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from core.plugin_api import N_, Refused, translate
from plugins.queueing.models import QueueService, ServicePoint
from plugins.queueing.pages import calling
from plugins.queueing.pages.finding import group_among, groups, point_named, service_among, services_of
from plugins.queueing.pages.problems import Faults, faults_of
from plugins.queueing.rules.hours import moment_of
from plugins.queueing.rules.identity import new_token
from plugins.queueing.services.calendar import Slot, days_with_spans, local_day, slots_of, zone_of
from plugins.queueing.services.tickets import book

_FIELDS = frozenset({"service", "day", "slot", "nik", "name", "phone", "priority"})
_LENGTHS = {"nik": 32, "name": 255, "phone": 32, "slot": 5}


def add_to(pages: Blueprint) -> None:
    """Add the pages of this subject."""

    @pages.get("/<code>/book")
    def booking(code: str) -> Any:
        return _page(point_named(code), Faults())

    @pages.post("/<code>/book")
    def booking_send(code: str) -> Any:
        point = point_named(code)
        calling.count_act()
        service = service_among(_bookable(point), request.form.get("service"))
        day = _day(request.form.get("day"))
        if service is None or day is None:
            return _page(point, Faults(whole=[translate(N_("Choose a service and a day. Then choose a time."))]))
        given = {name: request.form.get(name, "").strip()[:length] for name, length in _LENGTHS.items()}
        faults = _missing(given)
        if faults:
            return _page(point, faults)
        try:
            issued = book(
                calling.context_of(None),
                service_id=service.id,
                day=day,
                slot=given["slot"],
                nik="".join(given["nik"].split()),
                holder_name=given["name"],
                phone=given["phone"],
                priority_id=group_among(groups(), request.form.get("priority")),
                key=request.form.get("key") or None,
            )
        except Refused as refusal:
            return _page(point, faults_of(refusal.problems, _FIELDS))
        calling.keep_code(issued.ticket.token, issued.code)
        return redirect(url_for("queueing.ticket", token=issued.ticket.token), 303)


def _missing(given: dict[str, str]) -> Faults:
    texts = {
        "slot": N_("No time is chosen. Choose one that has free places."),
        "nik": N_("The NIK is missing. It is the number of 16 digits on your KTP."),
        "name": N_("Your name is missing. Write it as it is on your KTP."),
    }
    return Faults({name: translate(text) for name, text in texts.items() if not given[name]})


def _bookable(point: ServicePoint) -> list[QueueService]:
    return [service for service in services_of(point) if service.books_ahead_days > 0]


def _page(point: ServicePoint, faults: Faults) -> Any:
    services = _bookable(point)
    service = service_among(services, request.values.get("service")) or (services[0] if len(services) == 1 else None)
    days = _days(point, service) if service else []
    day = _day(request.values.get("day"))
    slots: list[Slot] = []
    if service:
        for candidate in [day] if day in days else days:
            day, slots = candidate, _open_slots(service, candidate)
            if any(slot.free != 0 for slot in slots):
                break
    page = render_template(
        "queueing/book.html",
        point=point,
        services=services,
        service=service,
        days=days,
        day=day if day in days else None,
        slots=slots,
        groups=groups(),
        faults=faults,
        given=request.form,
        key=new_token(),
    )
    return page, 422 if faults else 200


def _days(point: ServicePoint, service: QueueService) -> list[date]:
    today = local_day(point, calling.now(), calling.settings())
    return sorted(days_with_spans(point, today, today + timedelta(days=service.books_ahead_days)))


def _open_slots(service: QueueService, day: date) -> list[Slot]:
    """Return the slots of a day for which is still booked."""
    zone = zone_of(service.point, calling.settings())
    until = calling.now() + timedelta(hours=service.booking_ends_hours)
    return [slot for slot in slots_of(service, day) if moment_of(day, slot.starts_at, zone) >= until]


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
