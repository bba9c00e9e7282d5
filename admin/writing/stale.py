"""A row that somebody else changed meanwhile: what one saw, what it is now, and what one typed, side by side."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from admin.show import shown
from admin.writing.form import Texts, initial_texts, said
from admin.writing.readable import column_of
from core import policy
from core.context import Context
from core.history.models import HistoryRecord
from core.policy import as_condition
from core.verbs.declare import FieldKind, Verb, VerbField

NEWER, MINE = "now", "mine"
_LOOKED_BACK = 20


@dataclass(frozen=True)
class Difference:
    """One field whose values are not all the same; `taken` is what is chosen until the person says otherwise."""

    name: str
    title: str
    seen: str
    now: str
    mine: str
    taken: str
    by: str
    is_clash: bool


def differences(ctx: Context, verb: Verb, row: Any, seen: Texts, mine: Texts) -> list[Difference]:
    """Return the fields that somebody else changed, or oneself."""
    now = initial_texts(verb, row, ctx.language)
    changed = _who_changed(ctx, row)
    found = []
    for one in verb.fields:
        # Fields without a column have no state that another could have changed.
        column = column_of(verb, one)
        typed = mine.get(one.name, now[one.name])
        saw = seen.get(one.name, now[one.name])
        if column is None or (_same(one, now[one.name], typed) and _same(one, saw, typed)):
            continue
        is_newer, is_mine = not _same(one, saw, now[one.name]), not _same(one, saw, typed)
        was, present, wanted = (said(ctx, one, texts) for texts in (saw, now[one.name], typed))
        by = changed.get(column, "") if is_newer else ""
        taken = MINE if is_mine else NEWER
        clash = is_newer and is_mine
        found.append(Difference(one.name, one.title, was, present, wanted, taken, by, clash))
    return found


def chosen(verb: Verb, form: Mapping[str, list[str]], seen: Texts, mine: Texts) -> Texts:
    """Return what is to be saved: the newer value where the person took it, what was typed elsewhere."""
    result = dict(mine)
    for one in verb.fields:
        if form.get(f"_take.{one.name}") == [NEWER] and one.name in seen:
            result[one.name] = seen[one.name]
    return result


def _same(one: VerbField, texts: list[str], others: list[str]) -> bool:
    if one.kind is FieldKind.REFERENCES:
        return sorted(filter(None, texts)) == sorted(filter(None, others))
    return (texts[-1:] or [""])[0].strip() == (others[-1:] or [""])[0].strip()


def _who_changed(ctx: Context, row: Any) -> dict[str, str]:
    """Return for each column who changed it last and when, as far as the actor may read the history."""
    rows = as_condition(policy.visible(ctx.actor, HistoryRecord))
    subject = (HistoryRecord.subject_type == type(row).__name__) & (HistoryRecord.subject_id == row._pk)
    query = HistoryRecord.select().where(rows & subject).order_by(HistoryRecord.id.desc()).limit(_LOOKED_BACK)
    found: dict[str, str] = {}
    for record in query:
        before, after = (_state(text) for text in (record.before, record.after))
        for name in after:
            if before.get(name) != after[name]:
                found.setdefault(name, f"{record.actor_name}, {shown(record.at, ctx.settings)}")
    return found


def _state(text: str | None) -> dict[str, Any]:
    return json.loads(text) if text else {}
