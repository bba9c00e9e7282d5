"""What a person sees and why: the policy asked for the whole person, then for each thing that gives it sight."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import peewee as pw

from core import policy
from core.actor import Actor, Grant
from core.policy import as_condition

_NOBODY = 0
"""An id that no account has: somebody who is known, and nothing more."""


class Because(StrEnum):
    """What gives a person sight: being logged in at all, a role, a unit that it heads, or being who it is."""

    LOGGED_IN = "LOGGED_IN"
    ROLE = "ROLE"
    HEADSHIP = "HEADSHIP"
    SELF = "SELF"


@dataclass(frozen=True)
class Part:
    """One of the things that give a person sight, and an actor that has nothing but that.

    `role` names the role of a grant; `place` is the path of the unit of a grant or of a headship.
    """

    because: Because
    actor: Actor
    role: str = ""
    place: str = ""


@dataclass(frozen=True)
class Seen:
    """How many of the rows of a model a person sees, and how many of them each part alone would show.

    Parts that show nothing, or no more than everybody sees, are left out. `readable` says of each masked field whether
    the person reads it in every row (True), in none (False) or in some (None).
    """

    model: type[pw.Model]
    total: int
    visible: int
    parts: Sequence[tuple[Part, int]]
    readable: dict[str, bool | None]


@dataclass(frozen=True)
class SeenRow:
    """Whether a person sees one row, through which parts, and which of its masked fields it reads."""

    row: Any
    is_visible: bool
    parts: Sequence[Part]
    readable: dict[str, bool]


def parts_of(actor: Actor) -> list[Part]:
    """Return what gives the actor sight, one by one."""
    bare = replace(
        actor, account_id=_NOBODY, employee_id=None, grants=(), headed_paths=(), home_unit_ids=(), session_id=None
    )
    own = replace(actor, grants=(), headed_paths=())
    parts = [Part(Because.LOGGED_IN, bare), Part(Because.SELF, own)]
    parts += [Part(Because.HEADSHIP, replace(bare, headed_paths=(path,)), "", path) for path in actor.headed_paths]
    return parts + [_of_grant(bare, grant) for grant in actor.grants]


def rows_seen(actor: Actor, model: type[pw.Model]) -> Seen:
    """Count what the actor sees of `model`, two statements and one for each part that sees some of it."""
    total = int(model.select().count())
    (everybody, *others) = parts_of(actor)
    common = _count(everybody.actor, model, total)
    found = [(everybody, common)] if common else []
    if common < total:
        counts = [(part, _count(part.actor, model, total)) for part in others]
        found += [(part, count) for part, count in counts if count > common]
    readable = {name: rule if isinstance(rule, bool) else None for name, rule in policy.fields(actor, model).items()}
    return Seen(model, total, _count(actor, model, total), found, readable)


def row_seen(actor: Actor, model: type[pw.Model], key: int) -> SeenRow | None:
    """Return whether and why the actor sees the row `key`, None when there is no such row."""
    row = model.get_or_none(model._meta.primary_key == key)
    if row is None:
        return None
    parts = [part for part in parts_of(actor) if _fits(model, key, policy.visible(part.actor, model))]
    is_visible = _fits(model, key, policy.visible(actor, model))
    readable = {
        name: is_visible and _fits(model, key, rule) for name, rule in sorted(policy.fields(actor, model).items())
    }
    return SeenRow(row, is_visible, parts, readable)


def _of_grant(bare: Actor, grant: Grant) -> Part:
    return Part(Because.ROLE, replace(bare, grants=(grant,)), grant.role, grant.unit_path)


def _count(actor: Actor, model: type[pw.Model], total: int) -> int:
    rule = policy.visible(actor, model)
    if isinstance(rule, bool):
        return total if rule else 0
    return int(model.select().where(rule).count())


def _fits(model: type[pw.Model], key: int, rule: Any) -> bool:
    return bool(model.select().where((model._meta.primary_key == key) & as_condition(rule)).exists())
