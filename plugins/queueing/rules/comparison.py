"""Waits before and after a day, compared within the same weekday and hour, with intervals that know of bad days.

Of every weekday and hour (a cell) with enough waits in both periods the medians are taken; their mean, weighted by the
smaller of both numbers of waits, stands for a period. So neither a busier weekday nor other hours pass for an effect.
The waits of one day hang together: one long service delays everybody behind it. The intervals are therefore
bootstrapped by whole days drawn with replacement, not by single waits, which would make them far too narrow.
Source: Efron and Tibshirani, An Introduction to the Bootstrap (1993), chapters 8 and 13.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np

from plugins.queueing.rules.percentiles import minutes, percentile, rounded

LEAST_IN_CELL = 3
"""Waits of a weekday and hour that both periods need before it is compared."""

ROUNDS = 2000
LEVEL = 95
_BLOCK = 250  # rounds at a time, so that many waits in one cell need little memory

Array = Any


@dataclass(frozen=True)
class Wait:
    """A wait in seconds, when it began, and whether it kept the target."""

    day: date
    hour: int
    seconds: int
    is_within: bool


@dataclass(frozen=True)
class Cell:
    """A weekday (Monday = 0) and hour with the waits of both periods."""

    weekday: int
    hour: int
    before: Sequence[Wait]
    after: Sequence[Wait]

    @property
    def weight(self) -> int:
        """How much the cell counts: the smaller number of waits."""
        return min(len(self.before), len(self.after))


@dataclass(frozen=True)
class Effect:
    """A figure before and after and the difference, with the interval in which it lies in 95 of 100 cases."""

    before: Decimal
    after: Decimal
    difference: Decimal
    low: Decimal
    high: Decimal

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves no doubt about the direction: it does not hold 0."""
        return self.low > 0 or self.high < 0


def matched(before: Iterable[Wait], after: Iterable[Wait], least: int = LEAST_IN_CELL) -> list[Cell]:
    """Return the weekdays and hours that have at least `least` waits in both periods, in order."""
    cells: dict[tuple[int, int], tuple[list[Wait], list[Wait]]] = defaultdict(lambda: ([], []))
    for place, waits in enumerate((before, after)):
        for wait in waits:
            cells[wait.day.weekday(), wait.hour][place].append(wait)
    return [Cell(*key, *parts) for key, parts in sorted(cells.items()) if min(map(len, parts)) >= least]


def median_effect(cells: Sequence[Cell], seed: int, rounds: int = ROUNDS) -> Effect | None:
    """Return the effect on the median wait in minutes; None without cells."""
    if not cells:
        return None
    before, after = (_mean(cells, [_median(part) for part in parts]) for parts in _parts(cells))
    low, high = _interval(cells, seed, rounds, _medians)
    return _effect(before / 60, after / 60, low / 60, high / 60)


def share_effect(cells: Sequence[Cell], seed: int, rounds: int = ROUNDS) -> Effect | None:
    """Return the effect on the share of waits within the target in percent; None without cells."""
    if not cells:
        return None
    before, after = (_mean(cells, [_share(part) for part in parts]) for parts in _parts(cells))
    low, high = _interval(cells, seed, rounds, _shares)
    return _effect(before * 100, after * 100, low * 100, high * 100)


def median_minutes(waits: Iterable[Wait]) -> Decimal | None:
    """Return the median of waits in minutes."""
    return minutes(percentile([wait.seconds for wait in waits], 50))


def _parts(cells: Sequence[Cell]) -> tuple[list[Sequence[Wait]], list[Sequence[Wait]]]:
    return [cell.before for cell in cells], [cell.after for cell in cells]


def _median(waits: Sequence[Wait]) -> Fraction:
    found = percentile([wait.seconds for wait in waits], 50)
    assert found is not None  # noqa: S101 - a cell is never empty
    return found


def _share(waits: Sequence[Wait]) -> Fraction:
    return Fraction(sum(wait.is_within for wait in waits), len(waits))


def _mean(cells: Sequence[Cell], values: Sequence[Fraction]) -> Fraction:
    weighted = sum((value * cell.weight for cell, value in zip(cells, values, strict=True)), Fraction(0))
    return weighted / sum(cell.weight for cell in cells)


def _effect(before: Fraction, after: Fraction, low: float, high: float) -> Effect:
    values = [rounded(value) for value in (before, after, after - before, Fraction(low), Fraction(high))]
    return Effect(*(value for value in values if value is not None))


def _interval(cells: Sequence[Cell], seed: int, rounds: int, figure: Any) -> tuple[float, float]:
    """Return the ends of the interval of the difference; a round compares the cells that got days in both periods."""
    before, after = (_drawn(parts, seed + place, rounds, figure) for place, parts in enumerate(_parts(cells)))
    changes = after - before
    weights = np.array([cell.weight for cell in cells], dtype=float)
    total = ~np.isnan(changes) @ weights
    with np.errstate(invalid="ignore"):
        differences = np.nan_to_num(changes) @ weights / total
    edge = (100 - LEVEL) / 200
    low, high = np.nanquantile(differences, [edge, 1 - edge])
    return float(low), float(high)


def _drawn(parts: Sequence[Sequence[Wait]], seed: int, rounds: int, figure: Any) -> Array:
    """Return the figure of each cell of a period in each round, NaN where it got no days; whole days are drawn."""
    days = {day: place for place, day in enumerate(sorted({wait.day for waits in parts for wait in waits}))}
    draws = np.random.default_rng(seed).multinomial(len(days), [1 / len(days)] * len(days), size=rounds)
    blocks = (draws[start : start + _BLOCK] for start in range(0, rounds, _BLOCK))
    return np.concatenate([np.stack([figure(block, waits, days) for waits in parts], axis=1) for block in blocks])


def _medians(draws: Array, waits: Sequence[Wait], days: dict[date, int]) -> Array:
    """Return the median of a cell in each round; a wait counts as often as its day was drawn."""
    ordered = sorted(waits, key=lambda wait: wait.seconds)
    seconds = np.array([wait.seconds for wait in ordered], dtype=float)
    counts = np.cumsum(draws[:, [days[wait.day] for wait in ordered]], axis=1)
    number = counts[:, -1:]
    low = seconds[np.argmax(counts > (number - 1) // 2, axis=1)]
    high = seconds[np.argmax(counts > number // 2, axis=1)]
    return np.where(number[:, 0] > 0, (low + high) / 2, np.nan)


def _shares(draws: Array, waits: Sequence[Wait], days: dict[date, int]) -> Array:
    """Return the share within the target of a cell in each round."""
    counts = draws[:, [days[wait.day] for wait in waits]]
    number = counts.sum(axis=1)
    with np.errstate(invalid="ignore"):
        return np.where(number > 0, counts @ np.array([wait.is_within for wait in waits]) / number, np.nan)
