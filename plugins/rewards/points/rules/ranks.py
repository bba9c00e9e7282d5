"""Ranks on a leaderboard: equal points, equal rank; who comes after two firsts is third."""

from collections.abc import Mapping


def ranked(points: Mapping[int, int]) -> list[tuple[int, int, int]]:
    """Return rank, key and points, the most points first; equals share the better rank and stand by their key."""
    rows = sorted(points.items(), key=lambda row: (-row[1], row[0]))
    found: list[tuple[int, int, int]] = []
    for place, (key, amount) in enumerate(rows, start=1):
        is_tie = bool(found) and found[-1][2] == amount
        found.append((found[-1][0] if is_tie else place, key, amount))
    return found
