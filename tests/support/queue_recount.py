"""The figures of a day counted again from the events of its tickets, by rules written down once more."""

import statistics
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import groupby, pairwise
from typing import Any

from plugins.queueing.models import QueueService, Ticket, TicketEvent

_BEGIN = {"ISSUED", "CHECKED_IN"}
_ENDS = {"DONE": "served", "NO_SHOW": "noShows", "LEFT": "left", "CANCELLED": "cancelled"}
_OVER = {*_ENDS, "TRANSFERRED"}


def recount(service_ids: Iterable[int]) -> dict[str, Any]:
    """Return the figures of the tickets of services, under the names that GraphQL has for them."""
    services = {row.id: row for row in QueueService.select().where(QueueService.id.in_(list(service_ids)))}
    events = (
        TicketEvent.select(TicketEvent.ticket, TicketEvent.kind, TicketEvent.at, Ticket.service)
        .join(Ticket)
        .where(Ticket.service.in_(list(services)))
        .order_by(TicketEvent.ticket, TicketEvent.id)
        .tuples()
    )
    found: dict[str, Any] = dict.fromkeys(["arrivals", *_ENDS.values(), "waiting"], 0)
    waits, serves, within, gave_up = [], [], 0, 0
    for _, rows in groupby(events, key=lambda row: row[0]):
        log = [(kind.value, at, service) for _, kind, at, service in rows if kind.value != "PRIORITY"]
        kinds = [kind for kind, _, _ in log]
        last = kinds[-1]
        if last in _ENDS:
            found[_ENDS[last]] += 1
        begun = next((at for kind, at, _ in log if kind in _BEGIN), None)
        if begun is None:
            continue
        found["arrivals"] += 1
        found["waiting"] += last in _BEGIN
        gave_up += last in {"LEFT", "NO_SHOW", "CANCELLED"}
        reached = next((at for kind, at, _ in log if kind in {"CALLED", "SERVING"}), None)
        if reached is not None:
            waits.append(int((reached - begun).total_seconds()))
            within += waits[-1] <= 60 * services[log[0][2]].target_wait_minutes
        if "SERVING" in kinds and last in _OVER:
            serves.append(_served(log))
    return {
        **found,
        **_spans("wait", waits),
        **_spans("serve", serves),
        "withinTargetPercent": _rounded(Fraction(100 * within, len(waits))) if waits else None,
        "abandonmentPercent": _rounded(Fraction(100 * gave_up, found["arrivals"])) if found["arrivals"] else None,
    }


def _served(log: Sequence[tuple[str, Any, int]]) -> int:
    """Return the seconds in which a holder was at the counter: from each begin to the next event."""
    pairs = pairwise(log)
    return sum(int((after[1] - one[1]).total_seconds()) for one, after in pairs if one[0] in {"SERVING", "RESUMED"})


def _spans(name: str, seconds: list[int]) -> dict[str, Any]:
    keys = {"Mean": None, "Median": 50, "P90": 90, "P95": 95}
    if not seconds:
        return {f"{name}{key}": None for key in keys}
    exact = [Fraction(value) for value in sorted(seconds)]
    cuts: list[Fraction] = statistics.quantiles(exact, n=100, method="inclusive") if len(exact) > 1 else exact * 99
    values = {key: cuts[percent - 1] if percent else sum(exact) / len(exact) for key, percent in keys.items()}
    return {f"{name}{key}": _rounded(value / 60) for key, value in values.items()}


def _rounded(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal("0.01"), ROUND_HALF_UP)
