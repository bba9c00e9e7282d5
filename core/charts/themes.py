"""The colours of a picture on a dark page, each with at least 3 times the contrast to it."""

from typing import Any, Literal

Theme = Literal["light", "dark"]

_DARK = {
    "#ffffff": "#1c2224",
    "#1a1a1a": "#edf1f0",
    "#dddddd": "#3a4446",
    "#0b5fa5": "#7cb7ee",
    "#b35900": "#ffab5e",
    "#2e7d32": "#8fd694",
    "#8e24aa": "#d9a0ea",
    "#5d4037": "#c9a99e",
    "#c2185b": "#ff8db5",
    "#00695c": "#6fd3c4",
    "#424242": "#bdbdbd",
    "#f2c94c": "#8a6d1a",
    "#7a5c00": "#f0c674",
}


def themed(spec: Any, theme: Theme) -> Any:
    """Return a specification of `make_spec` in the colours of a theme."""
    if theme == "light":
        return spec
    if isinstance(spec, dict):
        # What people wrote is no colour, whatever it looks like.
        return {name: part if name in {"values", "text"} else themed(part, theme) for name, part in spec.items()}
    if isinstance(spec, list | tuple):
        return [themed(part, theme) for part in spec]
    return _DARK.get(spec, spec) if isinstance(spec, str) else spec
