"""What nobody changes alone, or without a reason: asked at the end of every unit of work of a person."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import orjson

from core.context import Context
from core.errors import Problem, Refused
from core.i18n import N_

_EMPTY: tuple[Any, ...] = (None, "", [], {})
_MOST_NAMED = 10

Guarded = Mapping[str, frozenset[str] | None]
"""The guarded fields by table; None for all of them."""


class ApprovalNeeded(Refused):
    """A second person has to approve; `entries` are the changes that were attempted, as the history has them."""

    def __init__(self, problems: Sequence[Problem], entries: Sequence[Mapping[str, Any]]) -> None:
        super().__init__(problems)
        self.entries = tuple(entries)


def guard(ctx: Context, entries: Sequence[Mapping[str, Any]]) -> None:
    """Refuse changes (history entries) that the settings guard: without a reason, or without approval.

    The system itself is exempt, and so are strangers, who change nothing but the state of their own log-in.
    """
    settings = ctx.settings
    if not entries or ctx.actor.is_system or not ctx.actor.is_known:
        return
    found = _matching(tuple(settings.reason_needed), [entry for entry in entries if not entry["reason"]])
    if found:
        text = N_("A change of {field} needs a reason. Write why you make it.")
        raise Refused([Problem("REASON_NEEDED", text, ("input", "reason"), {"field": name}) for name in found])
    found = [] if ctx.is_approved else _matching(tuple(settings.approval_needed), entries)
    if found:
        text = N_(
            "A change of {field} needs a second person. Request it in the back office; another approves it there."
        )
        raise ApprovalNeeded([Problem("APPROVAL_NEEDED", text, ("input",), {"field": name}) for name in found], entries)


def touched_fields(entry: Mapping[str, Any]) -> list[str]:
    """Return the fields that an entry changes; of a row made or taken away, those with a value."""
    before = orjson.loads(entry["before"]) if entry["before"] else {}
    after = orjson.loads(entry["after"]) if entry["after"] else {}
    if before and after:
        return [name for name in after if before.get(name) != after[name]]
    return [name for name, value in (before or after).items() if value not in _EMPTY]


@lru_cache(maxsize=8)
def guarded(names: tuple[str, ...]) -> Guarded:
    """Return the entries of a setting by table."""
    found: dict[str, frozenset[str] | None] = {}
    for name in names:
        table, _, field = name.partition(".")
        known = found.get(table, frozenset())
        found[table] = None if not field or known is None else known | {field}
    return found


def _matching(names: tuple[str, ...], entries: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the names of what is guarded and touched, the first ones."""
    tables = guarded(names)
    hits: dict[str, None] = {}
    for entry in entries if tables else ():
        table = entry["subject_type"]
        if table not in tables:
            continue
        fields = tables[table]
        if fields is None:
            hits[table] = None
        else:
            hits.update({f"{table}.{field}": None for field in touched_fields(entry) if field in fields})
    return list(hits)[:_MOST_NAMED]
