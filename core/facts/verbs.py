"""What people do by hand to bound facts and measured values."""

from collections.abc import Sequence

from core.actor import Actor
from core.context import Context
from core.facts.models import FactBinding, FactMeasurement
from core.facts.reading import fact_named, offered_facts
from core.facts.services import accept_fact, bind_fact, measure_fact, reject_fact, unbind_fact
from core.facts.terms import FactState
from core.i18n import N_
from core.planning.models import Indicator
from core.planning.rules.states import is_editable, is_in_force
from core.verbs.calling import given, seen_version
from core.verbs.declare import NO_COLUMN, Does, FieldKind, Target, Values, Verb, VerbField


def _may_change(actor: Actor) -> bool:
    return actor.employee_id is not None or bool(actor.paths("planning.manage"))


def _offered(_ctx: Context) -> Sequence[tuple[str, str]]:
    return [(fact.name, fact.title) for fact in offered_facts()]


def _bind(ctx: Context, _target: Target, values: Values) -> FactBinding:
    return bind_fact(ctx, values["indicator_id"], values["fact"])


def _unbind(ctx: Context, target: Target, _values: Values) -> int:
    return unbind_fact(ctx, target.id, seen_version(FactBinding, target))


def _measure(ctx: Context, target: Target, values: Values) -> FactMeasurement:
    indicator = FactBinding.select(FactBinding.indicator).where(FactBinding.id == target.id).scalar()
    return measure_fact(ctx, indicator or 0, **given(values))


def _accept(ctx: Context, target: Target, values: Values) -> FactMeasurement:
    return accept_fact(ctx, target.id, seen_version(FactMeasurement, target), values.get("comment") or "")


def _reject(ctx: Context, target: Target, values: Values) -> FactMeasurement:
    return reject_fact(ctx, target.id, seen_version(FactMeasurement, target), values.get("comment") or "")


def _can_be_measured(row: FactBinding) -> bool:
    return is_in_force(row.plan.state, row.plan.revision) and fact_named(row.fact) is not None


def _is_proposed(row: FactMeasurement) -> bool:
    return row.state is FactState.PROPOSED


VERBS = (
    Verb(
        "facts.bind_fact",
        N_("Bind to a fact"),
        FactBinding,
        Does.CREATE,
        _bind,
        (
            VerbField("indicator_id", N_("Indicator"), FieldKind.REFERENCE, is_required=True, refers_to=Indicator),
            VerbField("fact", N_("Fact"), FieldKind.CHOICE, is_required=True, choices=_offered),
        ),
        permission="planning.update_plan",
        allows=_may_change,
    ),
    Verb(
        "facts.unbind_fact",
        N_("Unbind"),
        FactBinding,
        Does.ACT,
        _unbind,
        permission="planning.update_plan",
        subject=lambda row: row.plan,
        suits=lambda row: is_editable(row.plan.state),
        is_grave=True,
        help=N_("What was measured stays."),
    ),
    Verb(
        "facts.measure_fact",
        N_("Measure"),
        FactBinding,
        Does.ACT,
        _measure,
        (
            VerbField("starts_on", N_("From"), FieldKind.DATE, help=N_("Both empty: the latest window until today.")),
            VerbField("ends_on", N_("Until"), FieldKind.DATE),
        ),
        permission="facts.measure",
        subject=lambda row: row.plan,
        suits=_can_be_measured,
        may_be_bulk=True,
    ),
    Verb(
        "facts.accept_fact",
        N_("Accept"),
        FactMeasurement,
        Does.ACT,
        _accept,
        (VerbField("comment", N_("Comment"), FieldKind.LONG_TEXT, column=NO_COLUMN),),
        permission="facts.decide",
        subject=lambda row: row.plan,
        suits=_is_proposed,
        may_be_bulk=True,
        help=N_("The value becomes progress of the indicator. Nothing is rated by it."),
    ),
    Verb(
        "facts.reject_fact",
        N_("Reject"),
        FactMeasurement,
        Does.ACT,
        _reject,
        (VerbField("comment", N_("Comment"), FieldKind.LONG_TEXT, is_required=True, column=NO_COLUMN),),
        permission="facts.decide",
        subject=lambda row: row.plan,
        suits=_is_proposed,
        may_be_bulk=True,
    ),
)
