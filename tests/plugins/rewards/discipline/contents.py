"""The shipped rule sets as tests of the pure rules take them."""

import json
from functools import cache
from pathlib import Path

from plugins.rewards.discipline.rules.contents import AbsenceBands, Catalogue, PlanBands, Procedure, Sanctions

FOLDER = Path(__file__).parents[4] / "plugins" / "rewards" / "data"
MODELS = {
    "breaches": Catalogue,
    "sanctions": Sanctions,
    "absence": AbsenceBands,
    "plan": PlanBands,
    "procedure": Procedure,
}


@cache
def raw(kind, revision):
    """Return a file of rule data."""
    return json.loads((FOLDER / f"{kind}-{revision}.json").read_text(encoding="utf-8"))


@cache
def content(kind, revision):
    """Return the content of a file of rule data as its record."""
    return MODELS[kind.partition("_")[0]].model_validate(raw(kind, revision)["content"])


NEW, OLD = content("absence_pns", 2), content("absence_pns", 1)
