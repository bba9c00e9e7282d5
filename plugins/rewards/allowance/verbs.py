"""What people do by hand with simulations of the allowance."""

from collections.abc import Sequence

from core.law.models import RuleVersion
from core.organisation.models import WorkUnit
from core.plugin_api import N_, Actor, Context, Does, FieldKind, Target, Values, Verb, VerbField
from core.verbs.calling import given
from core.verbs.declare import NO_COLUMN
from plugins.rewards.allowance.models import AllowanceRun
from plugins.rewards.allowance.roles import READ
from plugins.rewards.allowance.services.examples import adopt_example, examples
from plugins.rewards.allowance.services.simulating import delete_simulation, simulate_unit
from plugins.rewards.allowance.terms import BasisBy


def _simulate(ctx: Context, _target: Target, values: Values) -> AllowanceRun:
    return simulate_unit(ctx, values["unit_id"], values["month"])


def _delete(ctx: Context, target: Target, _values: Values) -> int:
    return delete_simulation(ctx, target.id)


def _examples(_ctx: Context) -> Sequence[tuple[str, str]]:
    return [(one.code, one.name) for one in examples()]


def _adopt(ctx: Context, _target: Target, values: Values) -> RuleVersion:
    found = given(values)
    # A verb has its values from a form, where a choice is a text.
    return adopt_example(ctx, **{"amounts": {}, **found, "basis_by": BasisBy(found["basis_by"])})


def _keeps_the_law(actor: Actor) -> bool:
    return actor.holds("law.manage", None)


VERBS: list[Verb] = [
    Verb(
        "rewards.simulate",
        N_("New simulation"),
        AllowanceRun,
        Does.CREATE,
        _simulate,
        (
            VerbField("unit_id", N_("Unit"), FieldKind.REFERENCE, is_required=True, refers_to=WorkUnit),
            VerbField("month", N_("Month of pay"), FieldKind.DATE, is_required=True, help=N_("Any day of the month.")),
        ),
        permission=READ,
        help=N_("A simulation, never a payroll: nothing is paid by it."),
    ),
    Verb(
        "rewards.delete_simulation",
        N_("Delete the simulation"),
        AllowanceRun,
        Does.ACT,
        _delete,
        permission=READ,
        is_grave=True,
    ),
    Verb(
        "rewards.adopt_allowance_example",
        N_("New table of the allowance from an example"),
        RuleVersion,
        Does.CREATE,
        _adopt,
        (
            VerbField("code", N_("Example"), FieldKind.CHOICE, is_required=True, choices=_examples, column=NO_COLUMN),
            VerbField("regulation", N_("Regulation"), is_required=True),
            VerbField("valid_from", N_("From"), FieldKind.DATE, is_required=True),
            VerbField("valid_to", N_("Until"), FieldKind.DATE),
            VerbField("basis_by", N_("Basis by"), FieldKind.CHOICE, is_required=True, choices=BasisBy),
            VerbField(
                "amounts",
                N_("Amounts of the basis"),
                FieldKind.JSON,
                is_required=True,
                help=N_("As texts in JSON, by class or by kind of position."),
            ),
        ),
        permission="law.manage",
        allows=_keeps_the_law,
        help=N_("Read the source of the example first: what it is silent about, the simulation names as missing."),
    ),
]
"""Simulating, deleting, and tables to begin with."""
