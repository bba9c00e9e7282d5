"""Contexts for tests that call services: the system, or a person with roles, on a chosen day."""

from datetime import UTC, date, datetime

from core.actor import system_actor
from core.context import Context
from core.identity.actors import actor_for_employee
from core.settings import Settings

NOON = datetime(2026, 1, 15, 5, 0, tzinfo=UTC)
"""15 January 2026, noon in Jakarta."""


def on(day: date) -> datetime:
    """Return noon (Jakarta) of `day` as a moment in UTC."""
    return datetime(day.year, day.month, day.day, 5, 0, tzinfo=UTC)


def system_context(settings: Settings, at: datetime = NOON) -> Context:
    """Return a call by the system itself, in English."""
    return Context(actor=system_actor(at.date()), settings=settings, now=at, language="en")


def call_as(settings: Settings, employee_id: int, at: datetime = NOON, reason: str | None = None) -> Context:
    """Return a call by an employee with what follows from its lines and its account's grants, in English."""
    return Context(
        actor=actor_for_employee(employee_id, at.date()), settings=settings, now=at, language="en", reason=reason
    )
