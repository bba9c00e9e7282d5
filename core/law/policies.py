"""Rule sets are the law: everybody known may read them; who may add a version is a permission."""

from typing import Any

from core.actor import Actor
from core.law.models import RuleVersion
from core.policy import ActEntry, PolicyEntry


def _everybody_known(actor: Actor, _table: Any) -> bool:
    return actor.is_known


def _keeps_the_law(actor: Actor, _subject: Any) -> bool:
    return actor.holds("law.manage", None)


ENTRIES: list[PolicyEntry] = [PolicyEntry(RuleVersion, _everybody_known)]
ACTS: list[ActEntry] = [ActEntry("law.manage", _keeps_the_law)]
