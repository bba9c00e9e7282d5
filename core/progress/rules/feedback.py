"""Who stands how to whom, whom a round asks, and from when feedback is shown to the rated person."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

from core.errors import Problem
from core.i18n import N_
from core.progress.terms import GiverRelation

LONGEST_TEXT = 5_000
MOST_PEERS = 20


@dataclass(frozen=True)
class Place:
    """Where somebody stands on a day: the superior, if any, and the units of work."""

    employee_id: int
    superior_id: int | None = None
    unit_ids: frozenset[int] = field(default_factory=frozenset)


def relation_of(giver: Place, subject: Place, evaluator_id: int | None = None) -> GiverRelation | None:
    """Return what the giver is to the subject, None where they have nothing to do with each other.

    The evaluator of the plan counts as superior; peers have the same superior or the same unit.
    """
    if giver.employee_id == subject.employee_id:
        return None
    if giver.employee_id in {subject.superior_id, evaluator_id}:
        return GiverRelation.SUPERIOR
    if giver.superior_id == subject.employee_id:
        return GiverRelation.SUBORDINATE
    same_superior = giver.superior_id is not None and giver.superior_id == subject.superior_id
    if same_superior or giver.unit_ids & subject.unit_ids:
        return GiverRelation.PEER
    return None


def is_shown_to_subject(relation: GiverRelation, givers: int, minimum: int) -> bool:
    """Whether the rated person sees feedback: the superior's at once, others' from `minimum` givers of that relation.

    The number is taken per relation, since a single subordinate among many peers would be known by the relation alone.
    """
    return relation is GiverRelation.SUPERIOR or givers >= minimum


def choose_givers(
    subject: Place,
    others: Iterable[Place],
    relations: Collection[GiverRelation],
    *,
    peers: int,
    salt: str,
    evaluator_id: int | None = None,
) -> list[tuple[int, GiverRelation]]:
    """Return whom a round asks about the subject: every superior and subordinate, and `peers` colleagues by lot.

    The lot is drawn from `salt` and the two persons, so that the same round always draws the same.
    """
    found: dict[GiverRelation, list[int]] = {relation: [] for relation in GiverRelation}
    for other in others:
        relation = relation_of(other, subject, evaluator_id)
        if relation is not None and relation in relations:
            found[relation].append(other.employee_id)
    drawn = sorted(
        found[GiverRelation.PEER], key=lambda who: sha256(f"{salt}:{subject.employee_id}:{who}".encode()).digest()
    )
    found[GiverRelation.PEER] = drawn[:peers]
    return [(giver, relation) for relation in GiverRelation for giver in sorted(found[relation])]


def text_problems(text: str, *, subjects: int) -> list[Problem]:
    """Say why feedback cannot be kept: empty, too long, or about a result and a value at once."""
    problems = []
    if not text.strip():
        problems.append(Problem("TEXT_MISSING", N_("The feedback is empty. Write what you observed."), ("text",)))
    elif len(text) > LONGEST_TEXT:
        message = N_("The feedback has {length} characters, {limit} are allowed. Shorten it.")
        problems.append(Problem("TEXT_TOO_LONG", message, ("text",), {"length": len(text), "limit": LONGEST_TEXT}))
    if subjects > 1:
        message = N_("Feedback is about a work result or about a value, not both. Give two.")
        problems.append(Problem("TWO_SUBJECTS", message, ("behaviorValue",)))
    return problems


def round_problems(
    opens_on: date, closes_on: date, today: date, *, peers: int, relations: Collection[GiverRelation]
) -> list[Problem]:
    """Say why a round cannot be held: it ends before it begins or is over, asks nobody, or asks too many."""
    problems = []
    if closes_on < opens_on:
        text = N_("The round closes on {last}, before it opens on {first}. Correct one of the dates.")
        problems.append(Problem("DATES_REVERSED", text, ("closesOn",), {"first": opens_on, "last": closes_on}))
    elif closes_on < today:
        text = N_("The round would be over already on {last}. Give a closing date from {today} on.")
        problems.append(Problem("DATE_IN_PAST", text, ("closesOn",), {"last": closes_on, "today": today}))
    if not relations:
        text = N_("The round asks nobody. Name at least one relation.")
        problems.append(Problem("NOBODY_ASKED", text, ("relations",)))
    if not 0 <= peers <= MOST_PEERS:
        text = N_("{number} peers per person cannot be asked. Give a number from 0 to {limit}.")
        problems.append(Problem("PEERS_OUT_OF_RANGE", text, ("peers",), {"number": peers, "limit": MOST_PEERS}))
    return problems


def answer_problems(opens_on: date, closes_on: date, today: date, *, is_answered: bool) -> list[Problem]:
    """Say why a request of a round cannot be answered (any more)."""
    if is_answered:
        text = N_("You have answered this request already. Give further feedback without naming the request.")
        return [Problem("ALREADY_ANSWERED", text, ("requestId",))]
    if not opens_on <= today <= closes_on:
        text = N_("The round takes answers from {first} to {last}. Give feedback without naming the request.")
        return [Problem("ROUND_NOT_OPEN", text, ("requestId",), {"first": opens_on, "last": closes_on})]
    return []
