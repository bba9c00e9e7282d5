"""What the start page is about: a unit and a period of the person's scope, as the address names them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from core.actor import EVERYWHERE, Actor
from core.context import Context
from core.digits import whole_number
from core.errors import not_found
from core.organisation.models import WorkUnit
from core.overview.duties import Board
from core.planning.models import EvaluationPeriod, EvaluationWindow
from core.policy import as_condition, below, visible

_READS = ("planning.read", "appraisal.read", "organisation.read")
_MOST_UNITS = 300
_STEP = 8
"""Characters of a path for each unit in it."""


@dataclass(frozen=True)
class Choice:
    """The unit and period of a page, what else could be chosen, and the number of the window (0: annual)."""

    unit: WorkUnit
    period: EvaluationPeriod
    units: Sequence[WorkUnit]
    periods: Sequence[EvaluationPeriod]
    windows: Sequence[EvaluationWindow] = ()
    window_number: int | None = None

    @property
    def board(self) -> Board:
        """What is asked of the services."""
        return Board(self.period, unit=self.unit)

    def query(self, **more: Any) -> str:
        """Return the parameters of this choice, with `more` or other ones; None leaves one out."""
        values = {"unit": self.unit.id, "period": self.period.id, "window": self.window_number, **more}
        return urlencode({name: value for name, value in values.items() if value is not None})

    @property
    def is_of_annual(self) -> bool:
        """Whether the evaluations shown are the annual ones."""
        return not self.window_number


def scope_paths(actor: Actor) -> tuple[str, ...]:
    """Return the subtrees whose state the actor may look at: those it reads by a role, and those it heads."""
    found = {path for permission in _READS for path in actor.paths(permission)} | set(actor.headed_paths)
    return tuple(path for path in sorted(found) if not any(path != other and path.startswith(other) for other in found))


def read_choice(ctx: Context, args: Mapping[str, str]) -> Choice | None:
    """Return what the address names, or the whole of the person's scope now; None for one without a scope.

    A unit outside the scope, or one that does not exist, is refused with NOT_FOUND.
    """
    paths = scope_paths(ctx.actor)
    if not paths:
        return None
    periods = list(
        EvaluationPeriod.select()
        .where(as_condition(visible(ctx.actor, EvaluationPeriod)))
        .order_by(EvaluationPeriod.starts_on.desc(), EvaluationPeriod.id.desc())
    )
    roots = _roots(paths)
    if not periods or not roots:
        return None
    period = _named(periods, key_in(args, "period"), "period") or _now(periods, ctx.today)
    unit = _unit(key_in(args, "unit"), paths) or roots[0]
    windows = list(
        EvaluationWindow.select().where(EvaluationWindow.period == period.id).order_by(EvaluationWindow.number)
    )
    number = key_in(args, "window")
    if number is not None and number not in {0, *(window.number for window in windows)}:
        raise not_found("window", id=f"EvaluationWindow:{number}")
    return Choice(unit, period, _offered(unit, roots, paths, period), periods, windows, number)


def key_in(args: Mapping[str, str], name: str) -> int | None:
    """Return the number under `name`, None where nothing is named; refused with NOT_FOUND if it is no number."""
    text = args.get(name, "")
    if not text:
        return None
    key = whole_number(text)
    if key is None:
        raise not_found(name, id="-")
    return key


def _roots(paths: Sequence[str]) -> list[WorkUnit]:
    named = WorkUnit.parent.is_null() if EVERYWHERE in paths else WorkUnit.path.in_(list(paths))
    return list(WorkUnit.select().where(named).order_by(WorkUnit.valid_to.is_null().desc(), WorkUnit.path))


def _named(rows: Sequence[Any], key: int | None, name: str) -> Any:
    if key is None:
        return None
    found = next((row for row in rows if row.id == key), None)
    if found is None:
        raise not_found(name, id=str(key))
    return found


def _now(periods: Sequence[EvaluationPeriod], today: date) -> EvaluationPeriod:
    """Return the period of today, else the last one that began, else the first to come."""
    begun = [period for period in periods if period.starts_on <= today]
    running = [period for period in begun if period.ends_on >= today]
    return (running or begun or periods[::-1])[0]


def _unit(key: int | None, paths: Sequence[str]) -> WorkUnit | None:
    if key is None:
        return None
    unit: WorkUnit | None = (
        WorkUnit.select().where((WorkUnit.id == key) & as_condition(below(WorkUnit.path, paths))).first()
    )
    if unit is None:
        raise not_found("unit", id=f"WorkUnit:{key}")
    return unit


def _offered(
    unit: WorkUnit, roots: Sequence[WorkUnit], paths: Sequence[str], period: EvaluationPeriod
) -> list[WorkUnit]:
    """Return the way down to the unit, its brothers' parents left out, and the units below it, in the tree's order."""
    above = [unit.path[:end] for end in range(_STEP, len(unit.path) + 1, _STEP)]
    is_near = WorkUnit.path.in_(above) | (WorkUnit.parent == unit.id) | WorkUnit.id.in_([root.id for root in roots])
    is_alive = WorkUnit.valid_to.is_null() | (WorkUnit.valid_to >= period.starts_on) | (WorkUnit.id == unit.id)
    rows = WorkUnit.select().where(is_near & is_alive & as_condition(below(WorkUnit.path, paths)))
    return list(rows.order_by(WorkUnit.path).limit(_MOST_UNITS))
