"""Groups and categories of the innovation contest (KIPP) as dated data, and the age that each group asks for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from core.law.rule import Rule

KIND = "rewards.innovation"
"""The kind of the rule set; the rules of the contest change every year (domain.md §4.2)."""


@dataclass(frozen=True)
class Named:
    """A code of the rule set and what people read."""

    code: str
    name: str


@dataclass(frozen=True)
class ContestGroup(Named):
    """A group of the contest: full years in use that it asks for, entries of an agency (None: any), and replication.

    `takes_over` says that an entry takes over an innovation from elsewhere, which it has to name.
    """

    minimum_years: int
    most_entries: int | None
    takes_over: bool


@dataclass(frozen=True)
class ContestStanding:
    """Whether an innovation is old enough for its group on a day, and from which day on it is (None: not in use)."""

    group: ContestGroup
    ready_on: date | None
    is_ready: bool


N = TypeVar("N", bound=Named)


def groups_of(content: Mapping[str, Any]) -> list[ContestGroup]:
    """Return the groups of a version, in its order."""
    return [
        ContestGroup(one["code"], one["name"], one["minimum_years"], one["most_entries"], one["takes_over"])
        for one in content["groups"]
    ]


def categories_of(content: Mapping[str, Any]) -> list[Named]:
    """Return the categories of a version, in its order."""
    return [Named(one["code"], one["name"]) for one in content["categories"]]


def named(rows: Sequence[N], code: str) -> N | None:
    """Return the row of this code, None where there is none."""
    return next((row for row in rows if row.code == code), None)


def ready_on(implemented_on: date, years: int) -> date:
    """Return the day on which `years` full years have passed; where that is 29 February of a common year, 1 March."""
    try:
        return implemented_on.replace(year=implemented_on.year + years)
    except ValueError:
        return date(implemented_on.year + years, 3, 1)


def standing(rule: Rule, group: str, implemented_on: date | None, day: date) -> ContestStanding | None:
    """Return how an innovation in use since `implemented_on` stands by the rule of `day`; None for an unknown group."""
    found = named(groups_of(rule.content), group)
    if found is None:
        return None
    ready = None if implemented_on is None else ready_on(implemented_on, found.minimum_years)
    return ContestStanding(found, ready, ready is not None and ready <= day)


def content_fault(content: Any) -> str | None:
    """Return where the content of a version is not usable, None where all is well."""
    if not isinstance(content, Mapping):
        return "content"
    if not _is_number(content.get("fewest_cases"), 1):
        return "fewest_cases"
    for name, check in (("groups", _group_fault), ("categories", _named_fault)):
        rows = content.get(name)
        if not isinstance(rows, list) or not rows:
            return name
        for place, row in enumerate(rows):
            fault = check(row)
            if fault is not None:
                return f"{name}.{place}{fault}"
        codes = [row["code"] for row in rows]
        if len(set(codes)) < len(codes):
            return f"{name}.code"
    return None


def _named_fault(row: Any) -> str | None:
    if not isinstance(row, Mapping):
        return ""
    for name, longest in (("code", 32), ("name", 255)):
        value = row.get(name)
        if not isinstance(value, str) or not value.strip() or len(value) > longest:
            return f".{name}"
    return None


def _group_fault(row: Any) -> str | None:
    fault = _named_fault(row)
    if fault is not None:
        return fault
    if not _is_number(row.get("minimum_years"), 0):
        return ".minimum_years"
    if row.get("most_entries") is not None and not _is_number(row["most_entries"], 1):
        return ".most_entries"
    return None if isinstance(row.get("takes_over"), bool) else ".takes_over"


def _is_number(value: Any, least: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= least
