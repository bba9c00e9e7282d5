"""Who supervises somebody on a day, as one pure rule over dated facts.

In this order: the superior named in the primary assignment; else the head of the unit, Plh before Plt before the
definitive one; where a unit has no head, the next unit up. Whoever heads a unit is supervised from above it. A
superior's delegation puts the delegate in its place. Where nobody is found, the answer is a named gap.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TypeVar

from core.organisation.terms import AssignmentKind, SupervisionBasis, SupervisionGap


@dataclass(frozen=True)
class Dated:
    """Something that holds from a day to a day, both included; open without the last day."""

    valid_from: date
    valid_to: date | None


@dataclass(frozen=True)
class Placement(Dated):
    """An employee's primary assignment to a unit."""

    unit: int
    named_superior: int | None = None


@dataclass(frozen=True)
class Headship(Dated):
    """Somebody heads a unit, definitively or acting."""

    employee: int
    kind: AssignmentKind = AssignmentKind.DEFINITIVE


@dataclass(frozen=True)
class Place(Dated):
    """Where a unit stands in the tree; without parent it is a root."""

    parent: int | None


@dataclass(frozen=True)
class Handover(Dated):
    """A superior's delegation to somebody; for one unit and all below, or for everybody."""

    delegate: int
    unit: int | None = None


@dataclass(frozen=True)
class Facts:
    """The dated facts that supervision follows from, by employee, unit and delegator."""

    placements: Mapping[int, Sequence[Placement]] = field(default_factory=dict)
    headships: Mapping[int, Sequence[Headship]] = field(default_factory=dict)
    places: Mapping[int, Sequence[Place]] = field(default_factory=dict)
    handovers: Mapping[int, Sequence[Handover]] = field(default_factory=dict)


@dataclass(frozen=True)
class Supervision:
    """The answer for a day: a superior with the basis, or the gap that explains why there is none."""

    superior: int | None = None
    basis: SupervisionBasis | None = None
    gap: SupervisionGap | None = None


@dataclass(frozen=True)
class Line(Dated):
    """The same answer for every day of a period."""

    answer: Supervision


NO_ASSIGNMENT = Supervision(gap=SupervisionGap.NO_ASSIGNMENT)
"""The answer for every day on which somebody holds no primary assignment."""

_PRECEDENCE = (
    (AssignmentKind.PLH, SupervisionBasis.ACTING_PLH),
    (AssignmentKind.PLT, SupervisionBasis.ACTING_PLT),
    (AssignmentKind.DEFINITIVE, SupervisionBasis.HEAD),
)
_ONE_DAY = timedelta(days=1)

D = TypeVar("D", bound=Dated)


class _View:
    """The facts as they hold on one day; remembers the first later day on which anything looked at changes."""

    def __init__(self, day: date) -> None:
        self.day = day
        self.next_change: date | None = None

    def holding(self, rows: Iterable[D]) -> list[D]:
        found = []
        for row in rows:
            self._note(row.valid_from)
            if row.valid_to is not None and row.valid_to < date.max:
                self._note(row.valid_to + _ONE_DAY)
            if row.valid_from <= self.day and (row.valid_to is None or self.day <= row.valid_to):
                found.append(row)
        return found

    def _note(self, change: date) -> None:
        if change > self.day and (self.next_change is None or change < self.next_change):
            self.next_change = change


def superior_on(facts: Facts, employee: int, day: date) -> Supervision:
    """Return who supervises `employee` on `day`, or the gap."""
    return _answer(facts, employee, _View(day))


def lines_of(facts: Facts, employee: int) -> list[Line]:
    """Return the answers for every day from the employee's first primary assignment to the end of the last one.

    Periods are as long as possible, in order, and never overlap. Days before and after have no line: NO_ASSIGNMENT.
    """
    placements = facts.placements.get(employee, ())
    if not placements:
        return []
    ends = [row.valid_to for row in placements]
    last = None if None in ends else max(end for end in ends if end is not None)
    lines: list[Line] = []
    day = min(row.valid_from for row in placements)
    while True:
        view = _View(day)
        answer = _answer(facts, employee, view)
        change = view.next_change
        if change is None or (last is not None and change > last):
            _extend(lines, Line(day, last, answer))
            return lines
        _extend(lines, Line(day, change - _ONE_DAY, answer))
        day = change


def _extend(lines: list[Line], line: Line) -> None:
    if lines and lines[-1].answer == line.answer:
        line = Line(lines.pop().valid_from, line.valid_to, line.answer)
    lines.append(line)


def _answer(facts: Facts, employee: int, view: _View) -> Supervision:
    placements = view.holding(facts.placements.get(employee, ()))
    if not placements:
        return NO_ASSIGNMENT
    # Services let nobody hold two primary assignments at once; the later one counts should it happen all the same.
    placement = max(placements, key=lambda row: (row.valid_from, row.unit))
    chain = _chain(facts, placement.unit, view)
    if placement.named_superior is not None and placement.named_superior != employee:
        found = Supervision(placement.named_superior, SupervisionBasis.NAMED)
    else:
        found = _head_above(facts, employee, chain, view)
    if found.superior is None:
        return found
    return _delegated(facts, employee, found, chain, view)


def _chain(facts: Facts, unit: int, view: _View) -> list[int | None]:
    """Return the unit and those above it on the day; None ends a chain that reaches a root."""
    chain: list[int | None] = []
    current: int | None = unit
    while current is not None:
        places = view.holding(facts.places.get(current, ()))
        chain.append(current)
        # A unit that does not exist on the day, or a ring in the tree, ends the chain short of a root.
        if not places or places[0].parent in chain:
            return chain
        current = places[0].parent
    chain.append(None)
    return chain


def _head_above(facts: Facts, employee: int, chain: Sequence[int | None], view: _View) -> Supervision:
    heads = [view.holding(facts.headships.get(unit, ())) if unit is not None else [] for unit in chain]
    headed = [at for at, holders in enumerate(heads) if any(holder.employee == employee for holder in holders)]
    start = headed[-1] + 1 if headed else 0
    if headed and chain[start:] == [None]:
        return Supervision(gap=SupervisionGap.TOP_OF_INSTITUTION)
    for holders in heads[start:]:
        for kind, basis in _PRECEDENCE:
            found = {holder.employee for holder in holders if holder.kind is kind}
            if len(found) > 1:
                return Supervision(gap=SupervisionGap.SEVERAL_HEADS)
            if found:
                return Supervision(found.pop(), basis)
    return Supervision(gap=SupervisionGap.NO_HEAD)


def _delegated(
    facts: Facts, employee: int, found: Supervision, chain: Sequence[int | None], view: _View
) -> Supervision:
    """Put the delegate in the superior's place; the delegation for the nearest unit counts, then one for everybody."""
    superior = found.superior
    handovers = view.holding(facts.handovers.get(superior, ())) if superior is not None else []
    # Nobody supervises himself: for the delegate himself the superior stays.
    others = [row for row in handovers if row.delegate not in (employee, superior)]
    # `None` ends the chain, as it stands for a delegation without unit.
    for unit in (*(unit for unit in chain if unit is not None), None):
        delegates = {row.delegate for row in others if row.unit == unit}
        if len(delegates) > 1:
            return Supervision(gap=SupervisionGap.SEVERAL_HEADS)
        if delegates:
            return Supervision(delegates.pop(), SupervisionBasis.DELEGATION)
    return found
