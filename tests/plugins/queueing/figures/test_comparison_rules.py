"""Matched comparison beside a plain calculation, and its interval beside a bootstrap in plain Python."""

import random
import statistics
from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

from plugins.queueing.rules.comparison import Wait, matched, median_effect, share_effect

BEFORE, AFTER = date(2026, 3, 2), date(2026, 4, 6)  # Mondays


def period(first, draw, shift=0, days=28, people=4):
    """Return waits of working days 8-12 o'clock: longer late in the morning, and on bad days for everybody."""
    found = []
    for day in (first + timedelta(days=number) for number in range(days)):
        if day.weekday() < 5:
            bad = draw.gauss(0, 150)
            for hour in range(8, 12):
                for _ in range(people):
                    seconds = max(0, int(900 + 120 * (hour - 8) + bad + draw.gauss(0, 200) + shift))
                    found.append(Wait(day, hour, seconds, seconds <= 900))
    return found


def plain(before, after, figure):
    """Return the weighted mean of the figures of all cells, for both periods."""
    cells = defaultdict(lambda: ([], []))
    for place, waits in enumerate((before, after)):
        for wait in waits:
            cells[wait.day.weekday(), wait.hour][place].append(wait)
    sides = [[], []]
    for parts in cells.values():
        if all(parts):
            for place in (0, 1):
                sides[place].append((figure(parts[place]), min(map(len, parts))))
    return [sum(value * weight for value, weight in side) / sum(weight for _, weight in side) for side in sides]


def median(waits):
    return statistics.median(wait.seconds for wait in waits) / 60


def within(waits):
    return 100 * sum(wait.is_within for wait in waits) / len(waits)


def drawn(waits, draw):
    by_day = defaultdict(list)
    for wait in waits:
        by_day[wait.day].append(wait)
    return [wait for _ in by_day for wait in by_day[draw.choice(sorted(by_day))]]


def test_figures_and_intervals_are_those_of_a_plain_calculation():
    draw = random.Random(3)
    before, after = period(BEFORE, draw), period(AFTER, draw, shift=-300, people=5)
    cells = matched(before, after)
    assert len(cells) == 20

    for effect, figure, near in ((median_effect(cells, 0), median, 0.6), (share_effect(cells, 0), within, 5)):
        first, last = plain(before, after, figure)
        samples = []
        for _ in range(400):
            one, other = plain(drawn(before, draw), drawn(after, draw), figure)
            samples.append(other - one)
        cuts = statistics.quantiles(samples, n=40, method="inclusive")

        assert abs(float(effect.before) - first) < 0.006
        assert abs(float(effect.after) - last) < 0.006
        assert abs(float(effect.difference) - (last - first)) < 0.006
        assert abs(float(effect.low) - cuts[0]) < near
        assert abs(float(effect.high) - cuts[-1]) < near
        assert effect.is_clear


def test_the_interval_holds_the_truth_about_as_often_as_it_says():
    draw = random.Random(8)
    held = 0
    for _ in range(60):
        cells = matched(period(BEFORE, draw, people=3), period(AFTER, draw, shift=-120, people=3))
        effect = median_effect(cells, 1, rounds=250)
        held += effect.low <= Decimal(-2) <= effect.high

    assert 53 <= held <= 60


def test_another_mix_of_hours_is_no_effect_and_the_same_seed_gives_the_same():
    quick = [Wait(BEFORE + timedelta(days=7 * week), 8, 60, True) for week in range(4) for _ in range(20)]
    slow = [Wait(BEFORE + timedelta(days=7 * week), 11, 1200, False) for week in range(4) for _ in range(5)]
    later = [
        Wait(wait.day + timedelta(days=35), wait.hour, wait.seconds, wait.is_within)
        for wait in (*quick[:20], *slow * 4)
    ]

    cells = matched([*quick, *slow], later)
    effect = median_effect(cells, 0)

    assert (effect.difference, effect.low, effect.high, effect.is_clear) == (0, 0, 0, False)
    assert median_effect(cells, 0) == effect


def test_what_is_not_in_both_periods_is_not_compared():
    before = [Wait(BEFORE, hour, 60, True) for hour in (8, 8, 8, 9, 9, 9, 10, 10)]
    after = [Wait(AFTER + timedelta(days=1), 8, 60, True)] * 3 + [
        Wait(AFTER, hour, 30, True) for hour in (9, 9, 9, 10, 10)
    ]

    assert [(cell.weekday, cell.hour, cell.weight) for cell in matched(before, after)] == [(0, 9, 3)]
    assert median_effect([], 0) is None
    assert share_effect([], 0) is None
