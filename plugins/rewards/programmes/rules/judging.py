"""Who fulfils which criterion, and why: pure, of what was gathered about a person before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from core.appraisal.terms import Predicate
from plugins.rewards.discipline.effects import SanctionSpell
from plugins.rewards.programmes.rules.criteria import Criterion, spans_of
from plugins.rewards.programmes.rules.years import Service, first_day, service_on, years_later
from plugins.rewards.programmes.terms import CriterionKind, CriterionSpan, Outcome

_LONG_AGO = date(1900, 1, 1)
_ORDER = list(Predicate)
"""From the best predicate down."""


@dataclass(frozen=True)
class Person:
    """What the register says of somebody on the day; `unit_id` is that of the primary assignment."""

    id: int
    unit_id: int | None
    status: str
    number: str
    joined_on: date | None = None


@dataclass(frozen=True)
class LeaveSpell:
    """A leave by decree."""

    id: int
    kind: str
    first: date
    last: date


@dataclass(frozen=True)
class Rated:
    """A final annual predicate: of which period (its last day), by which evaluation."""

    evaluation_id: int
    period: str
    ends_on: date
    predicate: str


@dataclass(frozen=True)
class Adopted:
    """An innovation of the person that was adopted."""

    id: int
    title: str
    day: date


@dataclass(frozen=True)
class Given:
    """An award of the same programme that the person has."""

    id: int
    day: date


@dataclass(frozen=True)
class Measured:
    """A fact as it was measured: `value` None without cases; `is_there` False where no plugin offers the fact."""

    value: Decimal | None
    cases: int = 0
    is_there: bool = True
    evidence: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Known:
    """All that is known about one person."""

    sanctions: Sequence[SanctionSpell] = ()
    leaves: Sequence[LeaveSpell] = ()
    rated: Sequence[Rated] = ()
    adopted: Sequence[Adopted] = ()
    awards: Sequence[Given] = ()
    facts: Mapping[int, Measured] = field(default_factory=dict)
    """By the place of the criterion in the list."""


@dataclass(frozen=True)
class Frame:
    """The day, the period of the round (both days included), and how service is counted."""

    as_of: date
    starts_on: date
    ends_on: date
    restarts: bool = False


@dataclass(frozen=True)
class Finding:
    """One criterion and one person: `code` names the sentence that says why, `values` fill it, `evidence` proves it.

    `private` is what only the person may read.
    """

    kind: CriterionKind
    outcome: Outcome
    code: str
    values: Mapping[str, Any]
    evidence: Sequence[Mapping[str, Any]] = ()
    private: Sequence[Mapping[str, Any]] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the finding as it is stored, without what is private."""
        found: dict[str, Any] = {
            "kind": self.kind.value,
            "outcome": self.outcome.value,
            "code": self.code,
            "values": dict(self.values),
        }
        if self.evidence:
            found["evidence"] = [dict(one) for one in self.evidence]
        return found


def judge(criteria: Sequence[Criterion], person: Person, known: Known, frame: Frame) -> list[Finding]:
    """Return a finding for each criterion, in their order."""
    service = counted_service(criteria, person, known, frame)
    return [_JUDGES[CriterionKind(one["kind"])](place, one, person, known, frame, service)
            for place, one in enumerate(criteria)]  # fmt: skip


def is_eligible(findings: Sequence[Finding]) -> bool:
    """Whether every criterion is fulfilled; what cannot be told is not."""
    return all(one.outcome is Outcome.MET for one in findings)


def is_undecided(findings: Sequence[Finding]) -> bool:
    """Whether nothing stands against somebody but what cannot be told."""
    outcomes = {one.outcome for one in findings}
    return Outcome.UNKNOWN in outcomes and Outcome.NOT_MET not in outcomes


def counted_service(criteria: Sequence[Criterion], person: Person, known: Known, frame: Frame) -> Service:
    """Return the service that counts: with restarts, what the criteria forbid in service begins it anew."""
    start = first_day(person.number, person.joined_on)
    if not frame.restarts or start is None:
        return service_on(frame.as_of, start)
    levels, leaves = _forbidden_in_service(criteria)
    # What ended before the service began interrupts nothing.
    breaks: list[date | None] = [
        one.until
        for one in known.sanctions
        if one.level in levels and one.effective_on <= frame.as_of and (one.until is None or one.until >= start)
    ]
    breaks += [
        one.last for one in known.leaves if one.kind in leaves and one.first <= frame.as_of and one.last >= start
    ]
    return service_on(frame.as_of, start, breaks)


def window_of(criterion: Criterion, frame: Frame, since: date | None) -> tuple[date, date] | None:
    """Return the days that a criterion looks at; None where its service is not known or counts nothing."""
    span = CriterionSpan(criterion["span"])
    if span is CriterionSpan.EVER:
        return _LONG_AGO, frame.as_of
    if span is CriterionSpan.PERIOD:
        return frame.starts_on, max(frame.ends_on, frame.as_of)
    if span is CriterionSpan.YEARS:
        return years_later(frame.as_of, -criterion["years"]) + timedelta(days=1), frame.as_of
    return None if since is None else (since, frame.as_of)


def _forbidden_in_service(criteria: Sequence[Criterion]) -> tuple[set[str], set[str]]:
    def in_service(kind: CriterionKind, name: str) -> set[str]:
        chosen = [one for one in spans_of(criteria, kind) if one["span"] == CriterionSpan.SERVICE]
        return {str(value) for one in chosen for value in one[name]}

    return in_service(CriterionKind.NO_SANCTION, "levels"), in_service(CriterionKind.NO_LEAVE, "leaves")


def _span_values(window: tuple[date, date]) -> dict[str, str]:
    return {"first": window[0].isoformat(), "last": window[1].isoformat()}


def _unknown_service(kind: CriterionKind, service: Service, person: Person) -> Finding:
    if first_day(person.number, person.joined_on) is None:
        return Finding(kind, Outcome.UNKNOWN, "START_UNKNOWN", {})
    return Finding(kind, Outcome.NOT_MET, "SERVICE_INTERRUPTED", {"years": service.years})


def _employment(
    _place: int, criterion: Criterion, person: Person, _known: Known, _frame: Frame, _service: Service
) -> Finding:
    outcome = Outcome.MET if person.status in criterion["statuses"] else Outcome.NOT_MET
    code = "EMPLOYMENT_MET" if outcome is Outcome.MET else "EMPLOYMENT_OTHER"
    values = {"status": person.status, "statuses": list(criterion["statuses"])}
    return Finding(CriterionKind.EMPLOYMENT, outcome, code, values)


def _service_years(
    _place: int, criterion: Criterion, person: Person, _known: Known, frame: Frame, service: Service
) -> Finding:
    kind = CriterionKind.SERVICE_YEARS
    if service.since is None:
        return _unknown_service(kind, service, person)
    wanted = criterion["years"]
    is_met = service.years >= wanted
    values: dict[str, Any] = {
        "years": service.years, "days": service.days, "since": service.since.isoformat(), "wanted": wanted,
        "as_of": frame.as_of.isoformat(),
    }  # fmt: skip
    if not is_met:
        values["full_on"] = years_later(service.since, wanted).isoformat()
    evidence = [{"number_says": _iso(first_day(person.number, None)), "first_day": _iso(person.joined_on)}]
    return Finding(
        kind,
        Outcome.MET if is_met else Outcome.NOT_MET,
        "SERVICE_LONG" if is_met else "SERVICE_SHORT",
        values,
        evidence,
    )


def _no_sanction(
    _place: int, criterion: Criterion, person: Person, known: Known, frame: Frame, service: Service
) -> Finding:
    kind = CriterionKind.NO_SANCTION
    window = window_of(criterion, frame, service.since)
    if window is None:
        return _unknown_service(kind, service, person)
    standing = [
        one
        for one in known.sanctions
        if one.level in criterion["levels"]
        and one.effective_on <= window[1]
        and (one.until is None or one.until >= window[0])
    ]
    values = {"levels": list(criterion["levels"]), **_span_values(window)}
    if not standing:
        return Finding(kind, Outcome.MET, "SANCTION_NONE", values)
    private = [
        {
            "sanction": one.code,
            "level": one.level.value,
            "effective_on": one.effective_on.isoformat(),
            "until": _iso(one.until),
        }
        for one in standing
    ]
    return Finding(kind, Outcome.NOT_MET, "SANCTION_STANDS", values, private=private)


def _no_leave(
    _place: int, criterion: Criterion, person: Person, known: Known, frame: Frame, service: Service
) -> Finding:
    kind = CriterionKind.NO_LEAVE
    window = window_of(criterion, frame, service.since)
    if window is None:
        return _unknown_service(kind, service, person)
    taken = [
        one
        for one in known.leaves
        if one.kind in criterion["leaves"] and one.first <= window[1] and one.last >= window[0]
    ]
    values: dict[str, Any] = {"leaves": list(criterion["leaves"]), **_span_values(window)}
    if not taken:
        return Finding(kind, Outcome.MET, "LEAVE_NONE", values)
    evidence = [
        {"leave_id": one.id, "kind": one.kind, "first_day": one.first.isoformat(), "last_day": one.last.isoformat()}
        for one in taken
    ]
    return Finding(kind, Outcome.NOT_MET, "LEAVE_TAKEN", {**values, "count": len(taken)}, evidence)


def _streak(
    _place: int, criterion: Criterion, _person: Person, known: Known, frame: Frame, _service: Service
) -> Finding:
    """Count the latest annual predicates one after the other; a year without one ends the row."""
    good = _ORDER[: _ORDER.index(Predicate(criterion["at_least"])) + 1]
    rows = sorted((one for one in known.rated if one.ends_on <= frame.as_of), key=lambda one: one.ends_on, reverse=True)
    streak: list[Rated] = []
    for one in rows:
        is_next = not streak or one.ends_on.year in {streak[-1].ends_on.year, streak[-1].ends_on.year - 1}
        if one.predicate not in good or not is_next:
            break
        streak.append(one)
    count = len({one.ends_on.year for one in streak})
    is_met = count >= criterion["count"]
    values = {"count": count, "wanted": criterion["count"], "at_least": criterion["at_least"]}
    evidence = [
        {"evaluation_id": one.evaluation_id, "period": one.period, "predicate": one.predicate}
        for one in rows[: criterion["count"]]
    ]
    code = "STREAK_LONG" if is_met else "STREAK_SHORT" if rows else "STREAK_NONE"
    return Finding(CriterionKind.PREDICATE_STREAK, Outcome.MET if is_met else Outcome.NOT_MET, code, values, evidence)


def _innovation(
    _place: int, criterion: Criterion, person: Person, known: Known, frame: Frame, service: Service
) -> Finding:
    kind = CriterionKind.INNOVATION_ADOPTED
    window = window_of(criterion, frame, service.since)
    if window is None:
        return _unknown_service(kind, service, person)
    own = [one for one in known.adopted if window[0] <= one.day <= window[1]]
    is_met = len(own) >= criterion["count"]
    evidence = [{"innovation_id": one.id, "title": one.title, "adopted_on": one.day.isoformat()} for one in own]
    values = {"count": len(own), "wanted": criterion["count"], **_span_values(window)}
    outcome = Outcome.MET if is_met else Outcome.NOT_MET
    return Finding(kind, outcome, "INNOVATION_ENOUGH" if is_met else "INNOVATION_FEW", values, evidence)


def _fact(place: int, criterion: Criterion, person: Person, known: Known, frame: Frame, service: Service) -> Finding:
    kind = CriterionKind.FACT
    window = window_of(criterion, frame, service.since)
    if window is None:
        return _unknown_service(kind, service, person)
    measured = known.facts.get(place)
    bounds = {name: criterion[name] for name in ("at_most", "at_least") if criterion.get(name) is not None}
    values: dict[str, Any] = {"fact": criterion["fact"], "bound": _bound_text(bounds), **_span_values(window)}
    if measured is None:
        return Finding(kind, Outcome.UNKNOWN, "FACT_NOT_ASKED", values)
    if not measured.is_there:
        values["plugin"] = criterion["fact"].partition(".")[0]
        return Finding(kind, Outcome.UNKNOWN, "FACT_ABSENT", values)
    if measured.value is None:
        return Finding(kind, Outcome.UNKNOWN, "FACT_WITHOUT_CASES", values)
    values |= {"value": format(measured.value.normalize(), "f"), "cases": measured.cases}
    is_met = ("at_most" not in bounds or measured.value <= Decimal(bounds["at_most"])) and (
        "at_least" not in bounds or measured.value >= Decimal(bounds["at_least"])
    )
    outcome = Outcome.MET if is_met else Outcome.NOT_MET
    return Finding(kind, outcome, "FACT_WITHIN" if is_met else "FACT_BEYOND", values, [dict(measured.evidence)])


def _not_awarded(
    _place: int, criterion: Criterion, person: Person, known: Known, frame: Frame, service: Service
) -> Finding:
    kind = CriterionKind.NOT_AWARDED
    window = window_of(criterion, frame, service.since)
    if window is None:
        return _unknown_service(kind, service, person)
    held = [one for one in known.awards if window[0] <= one.day <= window[1]]
    values = _span_values(window)
    if not held:
        return Finding(kind, Outcome.MET, "AWARD_NONE", values)
    evidence = [{"award_id": one.id, "awarded_on": one.day.isoformat()} for one in held]
    return Finding(kind, Outcome.NOT_MET, "AWARD_HELD", values, evidence)


def _bound_text(bounds: Mapping[str, str]) -> str:
    signs = {"at_most": "≤", "at_least": "≥"}
    return ", ".join(f"{signs[name]} {value}" for name, value in bounds.items())


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


_JUDGES = {
    CriterionKind.EMPLOYMENT: _employment,
    CriterionKind.SERVICE_YEARS: _service_years,
    CriterionKind.NO_SANCTION: _no_sanction,
    CriterionKind.NO_LEAVE: _no_leave,
    CriterionKind.PREDICATE_STREAK: _streak,
    CriterionKind.INNOVATION_ADOPTED: _innovation,
    CriterionKind.FACT: _fact,
    CriterionKind.NOT_AWARDED: _not_awarded,
}
