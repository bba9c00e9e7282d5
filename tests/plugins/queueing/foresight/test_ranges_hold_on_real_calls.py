"""The ranges on a real log: days of calls to the service desk of a bank, with rushes, lulls and priorities."""

import csv
from collections import defaultdict, deque
from dataclasses import dataclass

from plugins.queueing.rules.estimate import OpenCounter, Settled, Turns, expected_wait, ranges_of, theory_spread
from tests.support.real_data import real_file

DAYS = 5
LATELY = 900
ONE = frozenset({1})


@dataclass
class Call:
    """A call: when it began to wait, was answered or given up, and ended; seconds of its day."""

    came: int
    answered: int | None
    over: int
    server: str
    is_priority: bool


def seconds(text):
    hours, minutes, rest = text.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + int(rest)


def calls_by_day():
    days = defaultdict(list)
    with real_file("queue/anonymous_bank_1999_08_01_14.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            # Who was answered at once has no times of a queue.
            came = seconds(row["q_start"]) or seconds(row["vru_exit"])
            answered = seconds(row["q_exit"]) or came
            was_served = row["outcome"] == "AGENT"
            over = seconds(row["ser_exit"]) if was_served else answered
            if came <= answered <= over:
                is_priority = row["priority"] != "0"
                days[row["date"]].append(Call(came, answered if was_served else None, over, row["server"], is_priority))
    return [sorted(days[day], key=lambda call: call.came) for day in sorted(days)[:DAYS]]


def servers_at(now, calls):
    """Who is at work: on a call, or on one until a quarter of an hour ago."""
    servers = {}
    for call in calls:
        if call.answered is not None and call.answered <= now:
            if call.over > now:
                servers[call.server] = OpenCounter(ONE, 1, now - call.answered)
            else:
                servers.setdefault(call.server, OpenCounter(ONE))
    return list(servers.values())


def replay(calls, turns, settled):
    """Tell each call its wait as it comes, from what could be known then; give waits with what was told."""
    ended = deque(sorted((call for call in calls if call.answered is not None), key=lambda call: call.over))
    lately, unsettled, told = [], [], []
    for call in calls:
        now = call.came
        while ended and ended[0].over <= now:
            one = ended.popleft()
            turns.append(one.over - one.answered)
        for one, expected in unsettled:
            if one.answered <= now:
                settled.appendleft(Settled(expected, one.answered - one.came, one.is_priority))
        unsettled = [(one, expected) for one, expected in unsettled if one.answered > now]
        lately = [one for one in lately if one.over + LATELY > now]
        waiting = [one for one in lately if (one.over if one.answered is None else one.answered) > now]
        ahead = [1 for one in waiting if one.is_priority or not call.is_priority]
        known = {1: Turns(tuple(turns), 180.0)}
        expected = expected_wait(ahead, 1, servers_at(now, lately), known)
        if expected is not None and call.answered is not None:
            spread = theory_spread(len(ahead), known[1].variation)
            told.append((call.answered - now, ranges_of(expected, spread, settled, is_priority=call.is_priority)))
            unsettled.append((call, expected))
        lately.append(call)
    return told


def test_of_waits_foretold_day_by_day_four_of_five_lie_in_the_wide_range():
    turns, settled = deque(maxlen=60), deque(maxlen=300)
    days = [replay(calls, turns, settled) for calls in calls_by_day()]

    held = [sum(told.wide_low <= wait <= told.wide_high for wait, told in day) / len(day) for day in days]
    sizes = [len(day) for day in days]

    assert sum(sizes) > 7000
    assert 0.75 <= sum(share * size for share, size in zip(held, sizes, strict=True)) / sum(sizes) <= 0.85
    # No day is far off, the first without any experience neither.
    assert 0.7 <= min(held) <= max(held) <= 0.9
