"""Programmes that come with the plugin, as patterns: each with its regulation, source and how sure that is."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parents[1] / "data" / "programme_templates"


@cache
def templates() -> Mapping[str, Mapping[str, Any]]:
    """Return the shipped templates by code."""
    found = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(_FOLDER.glob("*.json"))]
    return {one["code"]: one for one in found}
