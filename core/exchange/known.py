"""Every kind of file that this installation imports: core's and those of the plugins that are on."""

from typing import cast

from core.errors import refuse
from core.exchange.importers import IMPORTS
from core.exchange.kinds import ImportKind
from core.i18n import N_
from core.registry import active_registry


def import_kinds() -> dict[str, ImportKind]:
    """Return the kinds by name, core's first."""
    given = {one.name: one.build() for one in active_registry().importers}
    return {**IMPORTS, **{name: cast("ImportKind", kind) for name, kind in given.items()}}


def import_kind(name: str) -> ImportKind:
    """Return the kind called `name`; refused with KIND_UNKNOWN when there is none."""
    kinds = import_kinds()
    if name not in kinds:
        raise refuse(
            "KIND_UNKNOWN",
            N_("{kind} is no kind of file. Choose one of: {known}."),
            "kind",
            kind=name,
            known=", ".join(sorted(kinds)),
        )
    return kinds[name]
