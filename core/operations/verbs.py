"""What people do by hand to registered operations."""

from core.actor import EVERYWHERE
from core.context import Context
from core.i18n import N_
from core.operations.models import RegisteredOperation
from core.operations.policies import MANAGE
from core.operations.services import register_operation, retire_operation
from core.verbs.declare import Does, FieldKind, Target, Values, Verb, VerbField


def _register(ctx: Context, _target: Target, values: Values) -> RegisteredOperation:
    return register_operation(
        ctx,
        document=values["document"],
        name=values.get("name") or None,
        description=values.get("description") or "",
        replaces=bool(values.get("replaces")),
    )


def _retire(ctx: Context, target: Target, _values: Values) -> RegisteredOperation:
    return retire_operation(ctx, target.id)


VERBS = (
    Verb(
        "operations.register",
        N_("Register an operation"),
        RegisteredOperation,
        Does.CREATE,
        _register,
        (
            VerbField("document", N_("Document"), FieldKind.LONG_TEXT, is_required=True),
            VerbField("name", N_("Name"), help=N_("Empty: the name that the operation has itself.")),
            VerbField("description", N_("Description"), FieldKind.LONG_TEXT),
            VerbField("replaces", N_("Replaces the operation that has this name"), FieldKind.BOOLEAN),
        ),
        permission=MANAGE,
        allows=lambda actor: EVERYWHERE in actor.paths(MANAGE),
    ),
    Verb(
        "operations.retire",
        N_("Retire"),
        RegisteredOperation,
        Does.ACT,
        _retire,
        permission=MANAGE,
        suits=lambda row: row.retired_at is None,
        may_be_bulk=True,
        is_grave=True,
        help=N_("Clients that use it stop working at once."),
    ),
)
