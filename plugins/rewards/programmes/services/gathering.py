"""What criteria need to know, gathered for many people at once: one statement for each source."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import peewee as pw

from core.appraisal.models import Evaluation
from core.appraisal.policies import SHOWN_TO_THE_RATED
from core.appraisal.terms import EvaluationKind
from core.attendance.reading import leaves
from core.attendance.terms import LeaveKind
from core.facts.reading import fact_named
from core.organisation.models import Assignment, Employee
from core.organisation.scope import holds_on, unit_within
from core.organisation.services.changing import rows_of
from core.organisation.terms import EmployeeState
from core.planning.models import EvaluationPeriod
from core.plugin_api import Context, as_condition, isolated
from plugins.rewards.discipline.effects import sanction_spells
from plugins.rewards.innovations.reading import adopted_innovations
from plugins.rewards.programmes.models import Award, RewardProgramme
from plugins.rewards.programmes.rules.criteria import Criterion, spans_of
from plugins.rewards.programmes.rules.judging import (
    Adopted,
    Finding,
    Frame,
    Given,
    Known,
    LeaveSpell,
    Measured,
    Person,
    Rated,
    counted_service,
    judge,
    window_of,
)
from plugins.rewards.programmes.terms import AwardState, CriterionKind, Outcome

_LONG_AGO = date(1900, 1, 1)
_YEARS_BESIDE = 2
"""Years before those of a row of predicates that are read, too, so that a gap is seen."""


@dataclass(frozen=True)
class Asked:
    """What is asked: the criteria with everything settled, the frame of days, and the programme."""

    criteria: Sequence[Criterion]
    frame: Frame
    programme: RewardProgramme


def people_on(asked: Asked, employee_ids: Sequence[int] | None) -> list[Person]:
    """Return those who serve on the day where the programme holds, in the order of their ids; one statement."""
    day, unit = asked.frame.as_of, asked.programme.unit
    serves = (Employee.left_on.is_null() | (Employee.left_on >= day)) & (
        (Employee.state != EmployeeState.LEFT) | (Employee.left_on >= day)
    )
    post = (Assignment.employee == Employee.id) & Assignment.is_primary & holds_on(Assignment, day)
    query: Any = (
        Employee.select(Employee.id, Assignment.unit, Employee.status, Employee.nip, Employee.joined_on)
        .join(Assignment, pw.JOIN.LEFT_OUTER, on=post)
        .where(serves)
        .order_by(Employee.id, Assignment.valid_from)
    )
    if unit is not None:
        query = query.where(as_condition(unit_within(Assignment.unit, [unit.path])))
    if employee_ids is not None:
        query = query.where(Employee.id.in_(list(employee_ids)))
    found: dict[int, Person] = {}
    for key, unit_id, status, number, joined_on in rows_of(query):
        found.setdefault(key, Person(key, unit_id, getattr(status, "value", status), number, joined_on))
    return list(found.values())


def findings_of(
    ctx: Context, asked: Asked, employee_ids: Sequence[int] | None = None
) -> Iterator[tuple[Person, list[Finding]]]:
    """Yield everybody with the findings of all criteria; None asks for everybody where the programme holds."""
    people = people_on(asked, employee_ids)
    known = _Sources(asked, employee_ids)
    facts = _Facts(ctx, asked)
    for person in people:
        about = known.of(person.id)
        findings = judge(asked.criteria, person, about, asked.frame)
        if facts.places and _only_facts_are_open(findings):
            findings = judge(asked.criteria, person, facts.added(person, about), asked.frame)
        yield person, findings


def _only_facts_are_open(findings: Sequence[Finding]) -> bool:
    return all(one.outcome is Outcome.MET or one.code == "FACT_NOT_ASKED" for one in findings)


class _Sources:
    """What is known about everybody, by source; sources that no criterion asks for are left out."""

    def __init__(self, asked: Asked, employee_ids: Sequence[int] | None) -> None:
        criteria, frame = asked.criteria, asked.frame
        last = max(frame.as_of, frame.ends_on)
        self.sanctions: dict[int, list[Any]] = defaultdict(list)
        for spell in sanction_spells(employee_ids, _LONG_AGO, last):
            self.sanctions[spell.employee_id].append(spell)
        self.leaves: dict[int, list[LeaveSpell]] = defaultdict(list)
        kinds = {LeaveKind(name) for one in spans_of(criteria, CriterionKind.NO_LEAVE) for name in one["leaves"]}
        for row in leaves(employee_ids, _LONG_AGO, last, *sorted(kinds)) if kinds else ():
            self.leaves[row.employee_id].append(LeaveSpell(row.id, row.kind.value, row.first_day, row.last_day))
        self.rated = _rated(asked, employee_ids)
        self.adopted: dict[int, list[Adopted]] = defaultdict(list)
        if spans_of(criteria, CriterionKind.INNOVATION_ADOPTED):
            for one in adopted_innovations(employee_ids, _LONG_AGO, last):
                self.adopted[one.employee_id].append(Adopted(one.innovation_id, one.title, one.adopted_on))
        self.awards = _awards(asked, employee_ids)

    def of(self, employee_id: int) -> Known:
        """Return what is known about one person."""
        return Known(
            self.sanctions.get(employee_id, ()),
            self.leaves.get(employee_id, ()),
            self.rated.get(employee_id, ()),
            self.adopted.get(employee_id, ()),
            self.awards.get(employee_id, ()),
        )


class _Facts:
    """Facts of plugins, measured once for each unit or person that still needs them."""

    def __init__(self, ctx: Context, asked: Asked) -> None:
        self._ctx, self._asked = ctx, asked
        self.places = [place for place, one in enumerate(asked.criteria) if one["kind"] == CriterionKind.FACT]
        self._measured: dict[tuple[Any, ...], Measured] = {}

    def added(self, person: Person, known: Known) -> Known:
        """Return what is known about a person with the facts."""
        service = counted_service(self._asked.criteria, person, known, self._asked.frame)
        found: dict[int, Measured] = {}
        for place in self.places:
            criterion = self._asked.criteria[place]
            window = window_of(criterion, self._asked.frame, service.since)
            if window is not None:
                found[place] = self._measure(criterion["fact"], person, window)
        return Known(known.sanctions, known.leaves, known.rated, known.adopted, known.awards, found)

    def _measure(self, name: str, person: Person, window: tuple[date, date]) -> Measured:
        fact = fact_named(name)
        if fact is None:
            return Measured(None, is_there=False)
        subject = person.unit_id if fact.about == "unit" else person.id
        key = (name, subject, *window)
        if key not in self._measured:
            value = None
            if subject is not None:
                with isolated(name, "fact"):
                    value = fact.measure(self._ctx, subject, *window)
            self._measured[key] = (
                Measured(None) if value is None else Measured(value.value, value.cases, evidence=value.evidence)
            )
        return self._measured[key]


def _rated(asked: Asked, employee_ids: Sequence[int] | None) -> Mapping[int, list[Rated]]:
    streaks = spans_of(asked.criteria, CriterionKind.PREDICATE_STREAK)
    found: dict[int, list[Rated]] = defaultdict(list)
    if not streaks:
        return found
    day = asked.frame.as_of
    first = date(day.year - max(one["count"] for one in streaks) - _YEARS_BESIDE, 1, 1)
    query: Any = (
        Evaluation.select(
            Evaluation.employee,
            Evaluation.id,
            EvaluationPeriod.code,
            EvaluationPeriod.ends_on,
            Evaluation.predicate,
        )
        .join(EvaluationPeriod, on=Evaluation.period == EvaluationPeriod.id)
        .where(
            (Evaluation.kind == EvaluationKind.ANNUAL)
            & Evaluation.predicate.is_null(False)
            & Evaluation.state.in_(list(SHOWN_TO_THE_RATED))
            & EvaluationPeriod.ends_on.between(first, day)
        )
    )
    if employee_ids is not None:
        query = query.where(Evaluation.employee.in_(list(employee_ids)))
    for employee_id, key, period, ends_on, predicate in rows_of(query):
        found[employee_id].append(Rated(key, period, ends_on, getattr(predicate, "value", predicate)))
    return found


def _awards(asked: Asked, employee_ids: Sequence[int] | None) -> Mapping[int, list[Given]]:
    found: dict[int, list[Given]] = defaultdict(list)
    if not spans_of(asked.criteria, CriterionKind.NOT_AWARDED):
        return found
    programme = asked.programme
    # Awards of former years were entered without a programme: they are known by what the decree calls them.
    same = (Award.programme == programme.id) | (
        Award.programme.is_null() & (Award.kind == programme.kind) & (Award.title == programme.name)
    )
    query: Any = Award.select(Award.employee, Award.id, Award.awarded_on).where(
        same & (Award.state == AwardState.GRANTED)
    )
    if employee_ids is not None:
        query = query.where(Award.employee.in_(list(employee_ids)))
    for employee_id, key, day in rows_of(query):
        found[employee_id].append(Given(key, day))
    return found
