"""What people do by hand to imports that were run."""

from core.context import Context
from core.exchange.models import ImportRun
from core.exchange.services import undo_import
from core.exchange.terms import ImportState
from core.i18n import N_
from core.verbs.declare import Does, Target, Values, Verb


def _undo(ctx: Context, target: Target, _values: Values) -> ImportRun:
    return undo_import(ctx, target.id)


VERBS = (
    Verb(
        "exchange.undo_import",
        N_("Undo"),
        ImportRun,
        Does.ACT,
        _undo,
        permission="exchange.undo",
        suits=lambda row: row.state is ImportState.DONE,
        is_grave=True,
        help=N_("Everything that the import wrote is taken back, unless it was changed since."),
    ),
)
