"""Feedback rounds: the people of a unit get feedback from chosen givers within some days."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypedDict

from core.context import Context
from core.errors import Problem, Refused
from core.i18n import N_
from core.organisation.models import WorkUnit
from core.organisation.scope import unit_within
from core.planning.models import EvaluationPeriod, PerformancePlan
from core.planning.rules.states import is_in_force
from core.policy import fetch, require
from core.progress.models import FeedbackRequest, FeedbackRound
from core.progress.rules.feedback import Place, choose_givers, round_problems
from core.progress.rules.records import period_problems
from core.progress.services.places import places_on
from core.progress.terms import GiverRelation
from core.work import unit_of_work

_LONGEST_NAME = 255


@dataclass(frozen=True)
class NewRound:
    """A round to be held: for whom, when, and whom to ask; `peers` is the number of colleagues drawn per person."""

    name: str
    period_id: int
    unit_id: int
    opens_on: date
    closes_on: date
    relations: tuple[GiverRelation, ...] = tuple(GiverRelation)
    peers: int = 5


class RoundChanges(TypedDict, total=False):
    """What may be changed about a round that was started."""

    name: str
    opens_on: date
    closes_on: date


@dataclass(frozen=True)
class StartedRound:
    """A round with the number of its requests, and those who have too few colleagues to ever be shown an answer."""

    row: FeedbackRound
    requests: int
    too_few: tuple[int, ...]


def start_feedback_round(ctx: Context, wanted: NewRound) -> StartedRound:
    """Ask superiors, drawn peers and subordinates of everybody with an approved plan in the unit and below."""
    with unit_of_work(ctx) as work:
        unit = fetch(WorkUnit, wanted.unit_id, ctx, "input", "unitId")
        require(ctx, "progress.run_round", unit, "input", "unitId")
        period = fetch(EvaluationPeriod, wanted.period_id, ctx, "input", "periodId")
        day = max(wanted.opens_on, ctx.today)
        subjects = _subjects(unit, period, day)
        problems = _problems(ctx, wanted, period, subjects)
        if problems:
            raise Refused([problem.under("input") for problem in problems])
        row = work.create(
            FeedbackRound, name=wanted.name.strip(), period=period.id, unit=unit.id,
            opens_on=wanted.opens_on, closes_on=wanted.closes_on,
        )  # fmt: skip
        requests = list(_requests(row, wanted, subjects, places_on(day)))
        work.create_many(FeedbackRequest, requests)
        work.emit("progress.feedback_round_started", {"round_id": row.id, "requests": len(requests)})
        return StartedRound(row, len(requests), _too_few(ctx, subjects, requests))


def change_round(ctx: Context, round_id: int, version: int | None, changes: RoundChanges) -> FeedbackRound:
    """Put the name of a round right, or let it take answers on other days; whom it asks stays."""
    with unit_of_work(ctx) as work:
        row = fetch(FeedbackRound, round_id, ctx, "input", "id")
        require(ctx, "progress.run_round", row.unit, "input", "id")
        wanted: dict[str, Any] = {
            name: changes.get(name, getattr(row, name)) for name in ("name", "opens_on", "closes_on")
        }
        wanted["name"] = wanted["name"].strip()
        problems = [*period_problems(row.period.state), *_name_problems(wanted["name"])]
        if wanted["closes_on"] < wanted["opens_on"] or wanted["closes_on"] != row.closes_on:
            relations = tuple(GiverRelation)
            problems += round_problems(wanted["opens_on"], wanted["closes_on"], ctx.today, peers=0, relations=relations)
        if problems:
            raise Refused([problem.under("input") for problem in problems])
        return work.update(row, version, **wanted)


def _problems(
    ctx: Context, wanted: NewRound, period: EvaluationPeriod, subjects: Mapping[int, int | None]
) -> list[Problem]:
    problems = [
        *period_problems(period.state),
        *round_problems(wanted.opens_on, wanted.closes_on, ctx.today, peers=wanted.peers, relations=wanted.relations),
    ]
    problems += _name_problems(wanted.name.strip())
    if not subjects:
        text = N_("Nobody in this unit has an approved plan on {day}. Choose another unit, or approve plans first.")
        problems.append(Problem("NOBODY_RATED", text, ("unitId",), {"day": wanted.opens_on}))
    return problems


def _name_problems(name: str) -> list[Problem]:
    if 1 <= len(name) <= _LONGEST_NAME:
        return []
    text = N_("The name of the round has {length} characters. Give 1 to 255.")
    return [Problem("NAME_INVALID", text, ("name",), {"length": len(name)})]


def _subjects(unit: WorkUnit, period: EvaluationPeriod, day: date) -> dict[int, int | None]:
    """Return those who have a plan in force on the day in the unit and below, with their evaluators."""
    plan = PerformancePlan
    rows: Any = (
        plan.select(plan.employee, plan.evaluator, plan.state, plan.revision)
        .where(
            (plan.period == period.id)
            & (plan.starts_on <= day)
            & (plan.ends_on >= day)
            & unit_within(plan.unit, (unit.path,))
        )
        .order_by(plan.employee)
        .tuples()
    )
    return {employee: evaluator for employee, evaluator, state, revision in rows if is_in_force(state, revision)}


def _requests(
    row: FeedbackRound, wanted: NewRound, subjects: Mapping[int, int | None], places: Mapping[int, Place]
) -> Iterable[dict[str, Any]]:
    by_superior: dict[int, list[Place]] = {}
    by_unit: dict[int, list[Place]] = {}
    for place in places.values():
        if place.superior_id is not None:
            by_superior.setdefault(place.superior_id, []).append(place)
        for unit in place.unit_ids:
            by_unit.setdefault(unit, []).append(place)
    for employee, evaluator in subjects.items():
        subject = places.get(employee, Place(employee))
        near = [*by_superior.get(employee, ())]
        if subject.superior_id is not None:
            near += [places.get(subject.superior_id, Place(subject.superior_id)), *by_superior[subject.superior_id]]
        if evaluator is not None:
            near.append(places.get(evaluator, Place(evaluator)))
        for unit in subject.unit_ids:
            near += by_unit[unit]
        others = {place.employee_id: place for place in near}.values()
        for giver, relation in choose_givers(
            subject, others, wanted.relations, peers=wanted.peers, salt=str(row.id), evaluator_id=evaluator
        ):
            yield {"round": row.id, "employee": employee, "giver": giver, "relation": relation}


def _too_few(ctx: Context, subjects: Iterable[int], requests: Iterable[Mapping[str, Any]]) -> tuple[int, ...]:
    """Return whose peers asked are fewer than what the rated person must have before anything is shown."""
    counts = dict.fromkeys(subjects, 0)
    for request in requests:
        counts[request["employee"]] += request["relation"] is GiverRelation.PEER
    return tuple(employee for employee, count in counts.items() if count < ctx.settings.feedback_min_givers)
