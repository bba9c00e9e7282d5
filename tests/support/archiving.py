"""Verbs of the bin for tests of the bin itself, whichever verbs the areas offer."""

from core.bin.verbs import archive_verb
from core.organisation.models import Assignment, Employee, WorkUnit
from core.planning.models import WorkResult
from core.registry import Registry
from core.verbs.declare import Does
from core.workdays.models import Holiday

VERBS = (
    archive_verb(Employee, "organisation.update_employee"),
    archive_verb(Assignment, "organisation.end_assignment", suits=lambda row: row.valid_to is None),
    archive_verb(WorkUnit, "organisation.update_unit"),
    archive_verb(Holiday, "workdays.delete_holiday"),
    archive_verb(WorkResult, "planning.update_plan", subject=lambda row: row.plan),
)


def offer_archiving(monkeypatch, *more):
    """Offer these verbs of the bin and no others, beside all verbs that do something else."""
    offered = Registry.verbs.fget
    monkeypatch.setattr(
        Registry,
        "verbs",
        property(lambda self: (*(verb for verb in offered(self) if verb.does is not Does.ARCHIVE), *VERBS, *more)),
    )
