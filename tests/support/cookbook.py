"""Writes docs/clients/cookbook/README.md from the .graphql files beside it and from what running them has measured."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graphql import strip_ignored_characters

from tests.support.client_code import COOKBOOK

PAGE = COOKBOOK / "README.md"

HEAD = """# Cookbook: one operation for each common screen

Written by `KINERJA_WRITE_COOKBOOK=1 .venv/bin/pytest -n 0 tests/clients/test_cookbook.py` from the `.graphql` files of
this folder. The same tests run every recipe as the person named, and fail when this page says anything else than what
happened.

Beside each recipe stand the SQL statements that the whole request took, the check of the token included: as many for
two hundred rows as for one. A change takes one or two more on PostgreSQL, for the lock of the history and the bell of
the streams. The cost is what a client has a budget for ([limits](../README.md#limits)).

Take the files into your project, change the selection to what your screen shows, and generate typed operations from
them ([how](../README.md#typed-clients)).

The calls of `curl` need two variables:

```sh
KINERJA=http://127.0.0.1:8000/graphql
TOKEN=…   # from a log-in, or an API token
```
"""


@dataclass(frozen=True)
class Recipe:
    """A .graphql file: its title, what it is for, who runs it with which variables, and the operation."""

    file: Path
    title: str
    text: str
    person: str
    variables: Mapping[str, Any]
    operation: str

    @property
    def is_stream(self) -> bool:
        """Whether it is a subscription."""
        return self.operation.startswith("subscription")

    @property
    def who(self) -> str:
        """Who of the small city runs it."""
        found = re.search(r"\((\w+)\)$", self.person)
        assert found, f"{self.file.name}: say who runs it, like “a head of unit (chief)”"
        return found[1]


@dataclass(frozen=True)
class Measured:
    """What one run of a recipe took; `cost` is None where the API does not tell it, and a stream has neither."""

    statements: int | None
    cost: int | None


def recipes() -> list[Recipe]:
    """Return every recipe, by file name."""
    return [_recipe(file) for file in sorted(COOKBOOK.glob("*.graphql"))]


def _recipe(file: Path) -> Recipe:
    lines = file.read_text(encoding="utf-8").splitlines()
    comments = [line.removeprefix("#").strip() for line in lines if line.startswith("#")]
    title, *text = comments
    (person,) = [line.removeprefix("As: ") for line in text if line.startswith("As: ")]
    (variables,) = [line.removeprefix("Variables: ") for line in text if line.startswith("Variables: ")]
    words = [line for line in text if not line.startswith(("As: ", "Variables: "))]
    operation = "\n".join(line for line in lines if not line.startswith("#"))
    return Recipe(file, title, " ".join(words), person, json.loads(variables), operation)


def body(recipe: Recipe, variables: Mapping[str, Any]) -> str:
    """Return what is sent for a recipe, as the page's curl sends it."""
    content = {"query": strip_ignored_characters(recipe.operation), "variables": variables}
    text = json.dumps(content, ensure_ascii=False)
    assert "'" not in text, f"{recipe.file.name}: the page puts it between single quotes for the shell"
    return text


def page(measured: Sequence[tuple[Recipe, Measured]]) -> str:
    """Return the whole page."""
    links = [f"- [{recipe.title}](#{_anchor(recipe.title)})" for recipe, _ in measured]
    return "\n".join([HEAD, *links, "", *(_section(recipe, taken) for recipe, taken in measured)])


def _section(recipe: Recipe, taken: Measured) -> str:
    cost = "" if taken.cost is None else f" Cost: {taken.cost}."
    took = f" SQL statements: {taken.statements}.{cost}"
    if recipe.is_stream:
        took = " A stream; see [live.md](../live.md)."
    flag, accept = ("N", " -H 'Accept: text/event-stream'") if recipe.is_stream else ("", "")
    person = recipe.person.partition(" (")[0]
    return f"""## {recipe.title}

{recipe.text}

[{recipe.file.name}]({recipe.file.name}), run as {person}.{took}

```graphql
{recipe.operation.strip()}
```

```sh
curl -sS{flag} "$KINERJA" -H "Authorization: Bearer $TOKEN"{accept} -H 'Content-Type: application/json' \\
  -d '{body(recipe, recipe.variables)}'
```
"""


def _anchor(title: str) -> str:
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")
