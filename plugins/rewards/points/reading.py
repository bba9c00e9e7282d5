"""What is read of points: what expires soon, who stands where among those who consented, and sums of units.

`points_of_units` is for the recognition of units: it tells a sum only where nobody's own points follow from it.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import peewee as pw

from core.organisation.models import Assignment, Employee, WorkUnit
from core.organisation.scope import holds_on, unit_within
from core.organisation.services.changing import rows_of
from core.plugin_api import N_, Context, as_condition, fetch, refuse
from plugins.rewards.points.models import (
    LeaderboardConsent,
    PointAccount,
    PointEntry,
    PointTransaction,
    PointUse,
)
from plugins.rewards.points.rules.ranks import ranked
from plugins.rewards.points.rules.small_groups import Crowd, GroupNode, told_groups
from plugins.rewards.points.settings import points_settings
from plugins.rewards.points.terms import PointMovement

_EARLIEST, _LATEST = 2000, 2199


@dataclass(frozen=True)
class Span:
    """A month, or a whole year."""

    first: date
    last: date


@dataclass(frozen=True)
class Expiring:
    """Points that count no more from a day on."""

    day: date
    points: int


@dataclass(frozen=True)
class Placed:
    """Somebody on a leaderboard."""

    rank: int
    employee_id: int
    name: str
    points: int


@dataclass(frozen=True)
class Leaderboard:
    """Who earned how much in a span, of those who consented; nobody where they are fewer than `fewest`."""

    span: Span
    fewest: int
    is_withheld: bool
    places: Sequence[Placed]


@dataclass(frozen=True)
class UnitPoints:
    """What the people of a unit and of all below it earned in a span; None where it is not told."""

    unit_id: int
    span: Span
    points: int | None


def span_of(year: int, month: int | None, *path: str) -> Span:
    """Return a month, or without one the whole year; refused where there is no such month."""
    if not _EARLIEST <= year <= _LATEST or (month is not None and not 1 <= month <= 12):
        text = N_("There is no such month. Give a year from {earliest} to {latest} and a month from 1 to 12, or none.")
        raise refuse("NO_SUCH_MONTH", text, *path, earliest=_EARLIEST, latest=_LATEST)
    if month is None:
        return Span(date(year, 1, 1), date(year, 12, 31))
    after = date(year + month // 12, month % 12 + 1, 1)
    return Span(date(year, month, 1), after - timedelta(days=1))


def expiring_soon(ctx: Context, account_ids: Sequence[int]) -> dict[int, list[Expiring]]:
    """Return by account the points that expire within the days of the setting, by day; one statement."""
    until = ctx.today + timedelta(days=points_settings(ctx).points_expiring_soon_days)
    used = PointUse.select(pw.fn.COALESCE(pw.fn.SUM(PointUse.amount), 0)).where(PointUse.lot == PointEntry.id)
    left = PointEntry.amount - used
    rows = PointEntry.select(PointEntry.account, PointEntry.expires_on, left).where(
        PointEntry.account.in_(list(account_ids))
        & (PointEntry.amount > 0)
        & (PointEntry.expires_on <= until)
        & (left > 0)
    )
    found: dict[int, dict[date, int]] = defaultdict(lambda: defaultdict(int))
    for account_id, day, points in rows_of(rows):
        found[account_id][day] += points
    return {
        account_id: [Expiring(day, points) for day, points in sorted(found[account_id].items())]
        for account_id in account_ids
    }


def leaderboard(ctx: Context, unit_id: int, year: int, month: int | None = None) -> Leaderboard:
    """Return who of a unit and all below it earned the most in a month or year, of those who consented.

    Ranks are among them alone, equals share a rank, and nothing is told of the others, not even how many they are.
    """
    span = span_of(year, month, "month")
    unit = fetch(WorkUnit, unit_id, ctx, "unitId")
    fewest = points_settings(ctx).leaderboard_min_group
    people = (
        Employee.select(Employee.id, Employee.name)
        .join(Assignment, on=(Assignment.employee == Employee.id))
        .join(
            LeaderboardConsent,
            on=((LeaderboardConsent.employee == Employee.id) & (LeaderboardConsent.is_given == True)),  # noqa: E712
        )
        .where(
            as_condition(unit_within(Assignment.unit, (unit.path,))),
            holds_on(Assignment, min(span.last, ctx.today)) & Assignment.is_primary,
        )
        .distinct()
    )
    names: dict[int, str] = dict(rows_of(people))
    if len(names) < fewest:
        return Leaderboard(span, fewest, is_withheld=True, places=())
    earned: dict[int, int] = dict(
        rows_of(
            _earned(span)
            .select(PointAccount.employee, pw.fn.SUM(PointEntry.amount))
            .where(PointAccount.employee.in_(sorted(names)))
            .group_by(PointAccount.employee)
        )
    )
    places = [
        Placed(rank, employee_id, names[employee_id], points)
        for rank, employee_id, points in ranked({key: earned.get(key, 0) for key in names})
    ]
    places.sort(key=lambda one: (one.rank, one.name))
    return Leaderboard(span, fewest, is_withheld=False, places=places)


def _earned(span: Span) -> Any:
    """Return the query of what employees earned by rules in a span, without what was taken back since."""
    undone = PointTransaction.alias()
    return (
        PointEntry.select()
        .join(PointTransaction)
        .switch(PointEntry)
        .join(PointAccount)
        .where(
            PointAccount.employee.is_null(False)
            & (PointTransaction.movement == PointMovement.EARNED)
            & PointTransaction.day.between(span.first, span.last)
            & ~pw.fn.EXISTS(undone.select(undone.id).where(undone.reverses == PointTransaction.id))
        )
    )


def points_of_units(
    ctx: Context, unit_ids: Sequence[int], year: int, month: int | None = None
) -> dict[int, UnitPoints]:
    """Return what units with all below them earned in a month or year that is over; three statements.

    None where the sum is not told: the span is not over, or somebody's own points would follow from it and others.
    """
    span = span_of(year, month, "month")
    if span.last >= ctx.today:
        return {unit_id: UnitPoints(unit_id, span, None) for unit_id in unit_ids}
    tree, roots = _tree(span.last)
    told = told_groups(tree, roots, points_settings(ctx).leaderboard_min_group)
    own: dict[int, int] = dict(
        rows_of(
            _earned(span)
            .select(Assignment.unit, pw.fn.SUM(PointEntry.amount))
            .join(Assignment, on=(Assignment.employee == PointAccount.employee))
            .where(holds_on(Assignment, span.last) & Assignment.is_primary)
            .group_by(Assignment.unit)
        )
    )
    return {
        unit_id: UnitPoints(unit_id, span, _sum_below(tree, unit_id, own) if unit_id in told else None)
        for unit_id in unit_ids
    }


def _tree(day: date) -> tuple[dict[int, GroupNode], list[int]]:
    consented = pw.Case(None, ((LeaderboardConsent.is_given == True, None),), Assignment.employee)  # noqa: E712 - SQL
    crowds = {
        unit_id: Crowd(people, hidden)
        for unit_id, people, hidden in rows_of(
            Assignment.select(
                Assignment.unit,
                pw.fn.COUNT(Assignment.employee.distinct()),
                pw.fn.COUNT(pw.fn.DISTINCT(consented)),
            )
            .join(LeaderboardConsent, pw.JOIN.LEFT_OUTER, on=(LeaderboardConsent.employee == Assignment.employee))
            .where(holds_on(Assignment, day) & Assignment.is_primary)
            .group_by(Assignment.unit)
        )
    }
    below: dict[int | None, list[int]] = defaultdict(list)
    units = rows_of(WorkUnit.select(WorkUnit.id, WorkUnit.parent))
    for unit_id, parent_id in units:
        below[parent_id].append(unit_id)
    nodes = {unit_id: GroupNode(crowds.get(unit_id, Crowd()), tuple(below[unit_id])) for unit_id, _ in units}
    return nodes, list(below[None])


def _sum_below(tree: Mapping[int, GroupNode], unit_id: int, own: Mapping[int, int]) -> int:
    return own.get(unit_id, 0) + sum(_sum_below(tree, child, own) for child in tree[unit_id].below)
