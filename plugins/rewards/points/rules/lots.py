"""Which points are taken: those that expire first before the others, and of these the oldest."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Lot:
    """Points that came with one entry and are still there; `expires_on` is the first day without them."""

    entry_id: int
    left: int
    expires_on: date | None = None


def in_order(lots: Iterable[Lot]) -> list[Lot]:
    """Return lots in the order in which they are spent."""
    return sorted(lots, key=lambda lot: (lot.expires_on or date.max, lot.entry_id))


def drawn(lots: Sequence[Lot], amount: int) -> list[tuple[int, int]] | None:
    """Return how many points each lot gives for `amount`, by entry; None where they hold fewer."""
    taken: list[tuple[int, int]] = []
    for lot in lots:
        if not amount:
            break
        part = min(lot.left, amount)
        if part:
            taken.append((lot.entry_id, part))
            amount -= part
    return None if amount else taken


def expiry_of(day: date, months: int | None) -> date | None:
    """Return the first day on which points earned on `day` count no more: the same day so many months later.

    A day that the month does not have becomes the first of the next one. None for points that stay.
    """
    if months is None:
        return None
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    try:
        return date(year, month + 1, day.day)
    except ValueError:
        return date(year + (month == 11), (month + 1) % 12 + 1, 1)
