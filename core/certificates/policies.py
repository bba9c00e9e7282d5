"""Who sees certificates: the holder, the holder's superior, and whoever reads the holder's unit."""

from typing import Any

from core.actor import Actor
from core.certificates.models import Certificate
from core.organisation.policies import sees_details
from core.policy import ActEntry, PolicyEntry


def _certificates(actor: Actor, table: Any) -> Any:
    return sees_details(actor, table.employee)


ENTRIES: list[PolicyEntry] = [PolicyEntry(Certificate, _certificates)]
ACTS: list[ActEntry] = []
