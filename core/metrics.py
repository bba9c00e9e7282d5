"""Figures about the running application for a monitoring system, in the text format of Prometheus."""

import hmac
import ipaddress
from collections.abc import Mapping

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from core.faults import recent_faults
from core.platform.models import OutboxEvent
from core.settings import Settings

REGISTRY = CollectorRegistry()

CONTENT_TYPE = CONTENT_TYPE_LATEST

REQUESTS = Counter("kinerja_requests", "Answered requests.", ["route", "method", "status"], registry=REGISTRY)
SECONDS = Histogram("kinerja_request_seconds", "Time to answer a request.", ["route"], registry=REGISTRY)
OPERATIONS = Counter(
    "kinerja_graphql_operations", "GraphQL operations by the way they were answered.", ["way"], registry=REGISTRY
)
FAULTS = Gauge("kinerja_isolated_faults", "Failures of plugins that this process remembers.", registry=REGISTRY)
EVENTS = Gauge("kinerja_events_waiting", "Events that a handler has still to take.", registry=REGISTRY)

STREAMS = Gauge("kinerja_live_streams", "Live streams that are open.", registry=REGISTRY)

FAULTS.set_function(lambda: len(recent_faults()))
EVENTS.set_function(lambda: OutboxEvent.select().where(OutboxEvent.delivered_at.is_null()).count())


def observe(route: str, method: str, status: int, seconds: float) -> None:
    """Count one answered request under its route (the pattern, never the address, so that names stay few)."""
    REQUESTS.labels(route, method, str(status)).inc()
    SECONDS.labels(route).observe(seconds)


def count_operation(way: str) -> None:
    """Count one GraphQL operation that was `planned` (one statement) or `executed` (by graphql-core)."""
    OPERATIONS.labels(way).inc()


def page() -> bytes:
    """Return all figures of this process."""
    return generate_latest(REGISTRY)


def may_read(settings: Settings, remote_address: str | None, headers: Mapping[str, str]) -> bool:
    """Whether the caller may read the figures: with the token, or without one set, from this machine itself."""
    if settings.metrics_token:
        given = headers.get("Authorization", "").removeprefix("Bearer ")
        return hmac.compare_digest(given.encode(), settings.metrics_token.encode())
    # A reverse proxy on this machine speaks for others, and says so.
    if any(name in headers for name in ("X-Forwarded-For", "Forwarded", "X-Real-Ip")):
        return False
    try:
        return remote_address is not None and ipaddress.ip_address(remote_address).is_loopback
    except ValueError:
        return False
