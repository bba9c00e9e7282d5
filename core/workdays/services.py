"""The calendar of holidays: read for counting, changed by whoever keeps it."""

from datetime import date
from typing import Any

from core.context import Context
from core.errors import Problem, Refused
from core.i18n import N_
from core.policy import fetch, require
from core.work import unit_of_work
from core.workdays.models import Holiday
from core.workdays.terms import HolidayKind

_LONGEST = 255
_EARLIEST, _LATEST = date(1900, 1, 1), date(2199, 12, 31)


def load_holidays(first: date, last: date) -> frozenset[date]:
    """Return the days from `first` to `last` on which nobody works besides weekends, of every kind."""
    rows = Holiday.select(Holiday.day).where(Holiday.day.between(first, last))
    return frozenset(row.day for row in rows)


def save_holiday(
    ctx: Context,
    *,
    day: date,
    name: str,
    kind: HolidayKind,
    source: str = "",
    holiday_id: int | None = None,
    version: int | None = None,
) -> Holiday:
    """Enter a holiday, or change the one with `holiday_id`."""
    values: dict[str, Any] = {"day": day, "name": name.strip(), "kind": kind, "source": source.strip()}
    with unit_of_work(ctx) as work:
        require(ctx, "workdays.save_holiday", None, "input")
        holiday = fetch(Holiday, holiday_id, ctx, "input", "id") if holiday_id is not None else None
        problems = [*_text_problems("name", values["name"], is_required=True)]
        problems += _text_problems("source", values["source"], is_required=False)
        if not _EARLIEST <= day <= _LATEST:
            text = N_("{day} is no usable date. Give a day between {earliest} and {latest}.")
            params = {"day": day, "earliest": _EARLIEST, "latest": _LATEST}
            problems.append(Problem("DATE_OUT_OF_RANGE", text, ("input", "day"), params))
        twin = Holiday.get_or_none((Holiday.day == day) & (Holiday.name == values["name"]))
        if twin is not None and twin != holiday:
            text = N_("{name} on {day} is entered already. Change that entry, or choose another day or name.")
            params = {"name": values["name"], "day": day}
            problems.append(Problem("HOLIDAY_TWICE", text, ("input", "name"), params))
        if problems:
            raise Refused(problems)
        return work.create(Holiday, **values) if holiday is None else work.update(holiday, version, **values)


def delete_holiday(ctx: Context, holiday_id: int, version: int | None) -> None:
    """Take a day out of the calendar of holidays."""
    with unit_of_work(ctx) as work:
        holiday = fetch(Holiday, holiday_id, ctx, "input", "id")
        require(ctx, "workdays.delete_holiday", holiday, "input", "id")
        work.update(holiday, version)
        work.delete(holiday)


def _text_problems(name: str, text: str, *, is_required: bool) -> list[Problem]:
    path = ("input", name)
    if is_required and not text:
        return [Problem("TEXT_MISSING", N_("This must not be empty. Fill it in."), path)]
    if "\x00" in text:
        message = N_("This holds a character that cannot be stored. Type it again without it.")
        return [Problem("TEXT_INVALID", message, path)]
    if len(text) > _LONGEST:
        message = N_("This is longer than {longest} characters. Shorten it.")
        return [Problem("TEXT_TOO_LONG", message, path, {"longest": _LONGEST})]
    return []
