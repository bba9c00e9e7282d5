"""What happens to others when a row is put into the bin, in words and with links."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from admin.history_reading import title_of
from admin.writing.telling import link_to, model_title
from core.bin.services import Preview, preview, preview_many
from core.context import Context
from core.errors import Problem, Refused
from core.registry import active_registry
from core.verbs.declare import Does, Verb

MOST_PREVIEWED = 20
"""Rows of a bulk run of which is told beforehand what goes along."""


@dataclass(frozen=True)
class Consequences:
    """What goes along and what is emptied, each with how many rows, and what stands in the way, each with a link."""

    going: list[tuple[str, int]]
    emptied: list[tuple[str, str, int]]
    standing: list[tuple[str, str]]


def preview_of(ctx: Context, verb: Verb, row: Any) -> Consequences | None:
    """Return what archiving the row would do, None for a verb that archives nothing."""
    if verb.does is not Does.ARCHIVE:
        return None
    try:
        found = preview(ctx, verb.model, row._pk)
    except Refused as refusal:
        return Consequences([], [], [_stands(problem) for problem in refusal.problems])
    return _consequences(found)


def preview_of_many(ctx: Context, verb: Verb, ids: Sequence[int]) -> Consequences | None:
    """Return what archiving the first of these rows would do in total, None for a verb that archives nothing."""
    if verb.does is not Does.ARCHIVE or not ids:
        return None
    return _consequences(preview_many(ctx, verb.model, ids[:MOST_PREVIEWED]))


def _consequences(found: Preview) -> Consequences:
    return Consequences(
        [(model_title(model), count) for model, count in found.going],
        [(model_title(model), title_of(model, column), count) for model, column, count in found.emptied],
        [_stands(problem) for problem in found.standing],
    )


def _stands(problem: Problem) -> tuple[str, str]:
    """Return the text of what stands in the way, and the address of its page where it is a row that has one."""
    name, _, rest = str(problem.params.get("dependent", "")).partition(":")
    key = rest.partition(" ")[0]
    model: Any = next((model for model in active_registry().models if model.__name__ == name), None)
    return problem.message(), link_to(model, int(key)) if model is not None and key.isdigit() else ""
