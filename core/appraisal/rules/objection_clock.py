"""The time for an objection (PP 30/2019 Pasal 59): 14 days since the result was received."""

from collections.abc import Collection
from datetime import date, timedelta

from core.law.rule import Rule
from core.workdays.rules import add_working_days


def objection_due_on(
    rule: Rule,
    received_on: date,
    *,
    days: int | None = None,
    day_kind: str | None = None,
    holidays: Collection[date] = (),
) -> date:
    """Return the last day on which an objection is accepted; the day of receipt is not counted.

    `days` and `day_kind` ("calendar" or "working") overrule the rule where the institution's settings say so;
    `holidays` matter to working days only.
    """
    count = rule.content["days"] if days is None else days
    kind = rule.content["day_kind"] if day_kind is None else day_kind
    if kind == "working":
        return add_working_days(received_on, count, holidays)
    return received_on + timedelta(days=count)


def is_in_time(filed_on: date, due_on: date) -> bool:
    """Whether an objection filed on `filed_on` is accepted: the last day is still in time."""
    return filed_on <= due_on
