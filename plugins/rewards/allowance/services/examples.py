"""Tables of regions that come with the program as examples, and putting one in force as the institution's own."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from core.law.models import RuleVersion
from core.law.services import NewRuleVersion, add_rule_version
from core.plugin_api import N_, Context, refuse
from plugins.rewards.allowance.rule_sets import TABLE
from plugins.rewards.allowance.terms import BasisBy

_FOLDER = Path(__file__).parent.parent / "data"


@dataclass(frozen=True)
class Example:
    """A region's table as far as its source tells it, without the amounts of the basis."""

    code: str
    name: str
    source: str
    confidence: str
    content: Mapping[str, Any]


@cache
def examples() -> tuple[Example, ...]:
    """Return the examples by name."""
    found = [Example(**json.loads(path.read_text(encoding="utf-8"))) for path in sorted(_FOLDER.glob("*.json"))]
    return tuple(sorted(found, key=lambda one: one.name))


def adopt_example(
    ctx: Context,
    *,
    code: str,
    regulation: str,
    valid_from: date,
    basis_by: BasisBy,
    amounts: Mapping[str, str],
    valid_to: date | None = None,
) -> RuleVersion:
    """Put an example in force as a version of the institution's own table, with its regulation and its amounts.

    The source of the example and its confidence stay with the version; the content is corrected by a later version.
    """
    example = next((one for one in examples() if one.code == code), None)
    if example is None:
        text = N_("There is no example {code}. Choose one of the list.")
        raise refuse("ALLOWANCE_EXAMPLE", text, "input", "code", code=code[:64])
    content = {**example.content, "basis": {"by": basis_by.value, "amounts": amounts}}
    new = NewRuleVersion(
        kind=TABLE,
        regulation=regulation,
        source=example.source,
        confidence=example.confidence,
        valid_from=valid_from,
        valid_to=valid_to,
        content=content,
    )
    return add_rule_version(ctx, new)
