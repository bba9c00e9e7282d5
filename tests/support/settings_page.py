"""Writes docs/settings.md from the settings themselves: `.venv/bin/python -m tests.support.settings_page`."""

from pathlib import Path
from typing import Any, get_args, get_origin

from core.settings import PREFIX, Settings

PAGE = Path(__file__).parents[2] / "docs" / "settings.md"

HEAD = """# Settings

Written from the program by `.venv/bin/python -m tests.support.settings_page`; a test fails when it is out of date.

A setting comes from the environment (`KINERJA_PORT=8080`) or from `kinerja.toml` in the working folder
(`port = 8080`; another file: `KINERJA_CONFIG=/etc/kinerja.toml`). The environment wins. An unknown name is refused,
with the closest known one. Lists are separated by commas in the environment. A plugin has a section of its own:
`[queueing]` in the file, `KINERJA_QUEUEING__…` in the environment; its README lists them.

| In the file | In the environment | Default | Meaning |
|---|---|---|---|
"""


def shown(value: Any) -> str:
    """Return a default as the file has it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list):
        return "[]" if not value else str(value)
    return f'"{value}"'


def choices(annotation: Any) -> str:
    """Return the words that a setting of fixed words takes."""
    if str(get_origin(annotation)) == "typing.Literal":
        return " One of " + ", ".join(f"`{word}`" for word in get_args(annotation)) + "."
    return ""


def page() -> str:
    """Return the whole page."""
    rows = [
        f"| `{name}` | `{PREFIX}{name.upper()}` | `{shown(field.default)}` "
        f"| {field.description}{choices(field.annotation)} |"
        for name, field in Settings.model_fields.items()
        if name != "sections"
    ]
    return HEAD + "\n".join(rows) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
