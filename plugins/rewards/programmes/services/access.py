"""What every change of this area begins with: rows that the actor may lay hands on, held still where they must be."""

from collections.abc import Mapping
from typing import Any, TypeVar

from core.database import is_sqlite
from core.organisation.services.changing import camel
from core.plugin_api import N_, Context, Problem, Record, fetch, refuse, require
from plugins.rewards.programmes.models import RewardRound
from plugins.rewards.programmes.terms import RoundState

R = TypeVar("R", bound=Record)


def held(model: type[R], key: int) -> R:
    """Return a row as it is now and hold it until the transaction ends: others who count wait."""
    query: Any = model.select().where(model.id == key)
    # As NO KEY UPDATE it hinders nobody who writes rows that point to it.
    row: R = (query if is_sqlite() else query.for_update("FOR NO KEY UPDATE")).get()
    return row


def to_do(ctx: Context, permission: str, model: type[R], key: int, path: str = "id") -> R:
    """Return a row that the actor sees and to which it may do the act `permission`; refuse it otherwise."""
    row = fetch(model, key, ctx, "input", path)
    require(ctx, permission, row, "input", path)
    return row


def open_round(ctx: Context, key: int, path: str = "roundId") -> RewardRound:
    """Return an open round that the actor sees, held still; refuse a closed one."""
    round_ = held(RewardRound, fetch(RewardRound, key, ctx, "input", path).id)
    if round_.state is not RoundState.OPEN or not round_.programme.is_active:
        text = N_("The round {name} is closed. Open a new one, or have this one opened again.")
        raise refuse("ROUND_CLOSED", text, "input", path, name=round_.name)
    return round_


def range_problems(values: Mapping[str, Any], ranges: Mapping[str, tuple[int, int]]) -> list[Problem]:
    """Return a problem for each number that lies outside of its range; one that is not there is right."""
    text = N_("{number} is not possible here. Give a number from {lowest} to {highest}.")
    return [
        Problem("REWARD_NUMBER", text, ("input", camel(name)), {"number": values[name], "lowest": low, "highest": high})
        for name, (low, high) in ranges.items()
        if values.get(name) is not None and not low <= values[name] <= high
    ]


def needed(values: Mapping[str, str]) -> list[Problem]:
    """Return a problem for each text that is empty although it must be there."""
    text = N_("This must not be empty. Fill it in.")
    return [
        Problem("TEXT_MISSING", text, ("input", camel(name))) for name, value in values.items() if not value.strip()
    ]
