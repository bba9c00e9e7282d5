"""Who sees saved filters and preferences: their owner; a shared filter everybody, each with what it finds for them."""

from typing import Any

from admin.listing.models import ListPreference, SavedFilter
from core.actor import Actor
from core.policy import PolicyEntry, either


def _own(actor: Actor, table: Any) -> Any:
    return table.account == actor.account_id if actor.account_id else False


def _own_or_shared(actor: Actor, table: Any) -> Any:
    return either(_own(actor, table), table.is_shared) if actor.is_known else False


ENTRIES = [PolicyEntry(SavedFilter, _own_or_shared), PolicyEntry(ListPreference, _own)]
