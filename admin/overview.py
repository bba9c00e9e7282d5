"""What the start page tells whoever is logged in about itself; a constant number of statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import peewee as pw

from admin.show import NOTHING, shown, term
from core import policy
from core.actor import EVERYWHERE
from core.appraisal.models import Evaluation
from core.context import Context
from core.i18n import N_, translate
from core.organisation.models import Assignment, Employee, Position, WorkUnit
from core.organisation.scope import holds_on, superior_on
from core.planning.models import EvaluationPeriod, EvaluationWindow, PerformancePlan
from core.policy import as_condition
from core.registry import active_registry

_WHOLE = N_("the whole institution")


@dataclass(frozen=True)
class Fact:
    """One line about the caller; `link` is a view and a row of it, where there is a page to go to."""

    title: str
    text: str
    link: tuple[str, int] | None = None


def own_facts(ctx: Context) -> list[Fact]:
    """Return who the caller is, what it may do, and how its own plan and evaluation stand."""
    facts = [_roles(ctx)]
    me = ctx.actor.employee_id
    if me is not None:
        facts += [_post(ctx, me), _superior(ctx, me), _plan(ctx, me), _evaluation(ctx, me)]
    return facts


def _roles(ctx: Context) -> Fact:
    titles = {role.name: translate(role.title) for role in active_registry().roles}
    paths = {grant.unit_path for grant in ctx.actor.grants if grant.unit_path} | set(ctx.actor.headed_paths)
    rows: Any = WorkUnit.select(WorkUnit.path, WorkUnit.name).where(WorkUnit.path.in_(sorted(paths))).tuples()
    units: dict[str, str] = dict(rows)
    held = [
        f"{titles.get(grant.role, grant.role)} ({_place(units, grant.unit_path)})"
        for grant in sorted(ctx.actor.grants, key=lambda grant: (grant.role, grant.unit_path))
    ]
    leads = N_("Leader")
    held += [f"{translate(leads)} ({_place(units, path)})" for path in ctx.actor.headed_paths]
    return Fact(translate(N_("Roles")), ", ".join(held) or translate(N_("Employee")))


def _place(units: dict[str, str], path: str) -> str:
    return translate(_WHOLE) if path == EVERYWHERE else units.get(path, path)


def _post(ctx: Context, me: int) -> Fact:
    rows: Any = (
        Assignment.select(Position.title, WorkUnit.name)
        .join(Position, on=Assignment.position == Position.id)
        .join(WorkUnit, on=Assignment.unit == WorkUnit.id)
        .where((Assignment.employee == me) & holds_on(Assignment, ctx.today))
        .order_by(Assignment.is_primary.desc(), Assignment.id)
        .tuples()
    )
    posts = [title if unit in title else f"{title}, {unit}" for title, unit in rows]
    nowhere = N_("None today. Ask your HR office to enter your assignment.")
    return Fact(translate(N_("Position")), "; ".join(posts) or translate(nowhere))


def _superior(ctx: Context, me: int) -> Fact:
    name = None
    employee_id = superior_on(me, ctx.today)
    if employee_id is not None:
        name = _visible(ctx, Employee.select(Employee.name).where(Employee.id == employee_id), Employee).scalar()
    return Fact(translate(N_("Superior")), name or NOTHING)


def _plan(ctx: Context, me: int) -> Fact:
    found: Any = _first(
        ctx,
        PerformancePlan.select(PerformancePlan.id, EvaluationPeriod.name, PerformancePlan.state)
        .join(EvaluationPeriod, on=PerformancePlan.period == EvaluationPeriod.id)
        .where(
            (PerformancePlan.employee == me)
            & (EvaluationPeriod.starts_on <= ctx.today)
            & (EvaluationPeriod.ends_on >= ctx.today)
        )
        .order_by(PerformancePlan.starts_on.desc(), PerformancePlan.id.desc()),
        PerformancePlan,
    )
    title = translate(N_("Your plan"))
    if found is None:
        return Fact(title, translate(N_("There is none for the current period yet. Draft it and submit it.")))
    key, period, state = found
    return Fact(title, f"{period}: {term(state)}", ("plan", key))


def _evaluation(ctx: Context, me: int) -> Fact:
    found: Any = _first(
        ctx,
        Evaluation.select(
            Evaluation.id,
            pw.fn.COALESCE(EvaluationWindow.name, EvaluationPeriod.name),
            Evaluation.state,
            Evaluation.predicate,
            Evaluation.received_on,
        )
        .join(EvaluationPeriod, on=Evaluation.period == EvaluationPeriod.id)
        .join(EvaluationWindow, pw.JOIN.LEFT_OUTER, on=Evaluation.window == EvaluationWindow.id)
        .where((Evaluation.employee == me) & Evaluation.predicate.is_null(False))
        .order_by(Evaluation.received_on.desc(), Evaluation.id.desc()),
        Evaluation,
    )
    title = translate(N_("Your latest evaluation"))
    if found is None:
        return Fact(title, translate(N_("There is none yet.")))
    key, span, state, predicate, received = found
    day = shown(received, ctx.settings)
    return Fact(title, f"{span}: {term(predicate)} ({term(state)}, {day})", ("evaluation", key))


def _visible(ctx: Context, query: Any, model: type[pw.Model]) -> Any:
    return query.where(as_condition(policy.visible(ctx.actor, model))).limit(1).tuples()


def _first(ctx: Context, query: Any, model: type[pw.Model]) -> Sequence[Any] | None:
    rows: list[Sequence[Any]] = list(_visible(ctx, query, model))
    return rows[0] if rows else None
