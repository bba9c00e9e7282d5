"""The verbs of the bin: putting a row into it, made for each table that allows it, and bringing one back."""

import re
from collections.abc import Callable
from typing import Any

import peewee as pw

from core.bin.models import BinEntry
from core.bin.policies import RESTORE
from core.bin.services import archive, restore_entry
from core.bin.terms import BinState
from core.context import Context
from core.i18n import N_
from core.verbs.declare import Does, Target, Values, Verb, always


def archive_verb(
    model: type[pw.Model],
    permission: str,
    suits: Callable[[Any], bool] = always,
    subject: Callable[[Any], Any] = lambda row: row,
) -> Verb:
    """Return the verb that puts rows of `model` into the bin (`<area>.archive_<model>`); the reason is the call's."""

    def run(ctx: Context, target: Target, _values: Values) -> BinEntry:
        return archive(ctx, model, target.id, target.version, ctx.reason)

    # The models of an area stand in one module, or in several of a package of that name.
    area = model.__module__.partition(".models")[0].rpartition(".")[2]
    name = re.sub(r"(?<!^)(?=[A-Z])", "_", model.__name__).lower()
    return Verb(
        f"{area}.archive_{name}",
        N_("Move to the bin"),
        model,
        Does.ARCHIVE,
        run,
        permission=permission,
        subject=subject,
        suits=suits,
        may_be_bulk=True,
        is_grave=True,
        help=N_("It leaves the lists together with what belongs to it, and can be brought back from the bin."),
    )


def _restore(ctx: Context, target: Target, _values: Values) -> pw.Model:
    return restore_entry(ctx, target.id, ctx.reason)


VERBS = (
    Verb(
        "bin.restore",
        N_("Bring back"),
        BinEntry,
        Does.ACT,
        _restore,
        permission=RESTORE,
        suits=lambda entry: entry.state is BinState.IN_BIN,
        may_be_bulk=True,
    ),
)
