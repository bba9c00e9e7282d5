"""What every verb of this area begins with: one change of the organisation at a time, and checks of input."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from enum import Enum
from typing import Any

import peewee as pw

from core.context import Context
from core.database import database, is_sqlite
from core.errors import Problem, Refused
from core.i18n import N_
from core.work import UnitOfWork, unit_of_work

ONE_DAY = timedelta(days=1)

_EARLIEST, _LATEST = date(1900, 1, 1), date(2199, 12, 31)
_LOCK = 0x6F7267  # any constant number that nothing else of this database locks


@contextmanager
def organisation_change(ctx: Context) -> Iterator[UnitOfWork]:
    """Open a unit of work in which nobody else changes the organisation.

    Overlaps, rings in the tree and reporting lines are judged over several rows, which a row lock cannot hold still.
    SQLite has one writer anyway.
    """
    with unit_of_work(ctx) as work:
        if not is_sqlite():
            database.execute_sql("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
        yield work


def rows_of(query: Any) -> list[tuple[Any, ...]]:
    """Return the rows of a query as tuples, which peewee's own types do not know."""
    return list(query.tuples())


def camel(name: str) -> str:
    """Return a column's name as clients write it."""
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


def refuse_all(problems: list[Problem]) -> None:
    """Refuse with every problem found, if there is one."""
    if problems:
        raise Refused(problems)


def check_values(model: type[pw.Model], values: Mapping[str, Any], *, required: tuple[str, ...]) -> list[Problem]:
    """Return the problems of texts and days that `model` cannot hold; `required` texts must not be empty."""
    problems: list[Problem] = []
    for name, value in values.items():
        path = ("input", camel(name))
        if isinstance(value, str):
            field = model._meta.fields[name]
            longest = getattr(field, "max_length", None)
            if name in required and not value:
                problems.append(Problem("TEXT_MISSING", N_("This must not be empty. Fill it in."), path))
            elif "\x00" in value:
                text = N_("This holds a character that cannot be stored. Type it again without it.")
                problems.append(Problem("TEXT_INVALID", text, path))
            elif longest is not None and len(value) > longest:
                text = N_("This is longer than {longest} characters. Shorten it.")
                problems.append(Problem("TEXT_TOO_LONG", text, path, {"longest": longest}))
        elif isinstance(value, date) and not _EARLIEST <= value <= _LATEST:
            text = N_("{day} is no usable date. Give a day between {earliest} and {latest}.")
            params = {"day": value, "earliest": _EARLIEST, "latest": _LATEST}
            problems.append(Problem("DATE_OUT_OF_RANGE", text, path, params))
    return problems


def check_days(**days: date | None) -> list[Problem]:
    """Return the problems of single days given under their input names (`valid_from`, `last_day` …)."""
    given = {name: day for name, day in days.items() if day is not None}
    return check_values(pw.Model, given, required=())


def check_period(valid_from: date, valid_to: date | None) -> list[Problem]:
    """Return the problems of a period as such."""
    problems = check_days(valid_from=valid_from, valid_to=valid_to)
    if valid_to is not None and valid_to < valid_from:
        text = N_("The last day {last} is before the first day {first}. Give a later last day, or none.")
        params = {"last": valid_to, "first": valid_from}
        problems.append(Problem("PERIOD_REVERSED", text, ("input", "validTo"), params))
    return problems


def stripped(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values with texts freed from white space around them."""
    return {
        name: value.strip() if isinstance(value, str) and not isinstance(value, Enum) else value
        for name, value in values.items()
    }


def overlaps(table: Any, valid_from: date, valid_to: date | None) -> Any:
    """Return where a dated row shares at least one day with a period."""
    begins = True if valid_to is None else table.valid_from <= valid_to
    ends = table.valid_to.is_null() | (table.valid_to >= valid_from)
    return ends if begins is True else begins & ends
