"""Programmes that come with the plugin, as patterns: each with its regulation, source and how sure that is."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from core.plugin_api import N_

TITLES: Mapping[str, str] = {
    "employee_of_month": N_("Employee of the month"),
    "innovation_award": N_("Innovation award"),
    "kplb": N_("Special promotion (KPLB)"),
    "sks_x": N_("State medal for 10 years of service"),
    "sks_xx": N_("State medal for 20 years of service"),
    "sks_xxx": N_("State medal for 30 years of service"),
}
"""What the templates are called in a choice; a programme itself has the name that its decree uses."""

_FOLDER = Path(__file__).parents[1] / "data" / "programme_templates"


@cache
def templates() -> Mapping[str, Mapping[str, Any]]:
    """Return the shipped templates by code."""
    found = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(_FOLDER.glob("*.json"))]
    return {one["code"]: one for one in found}
