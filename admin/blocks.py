"""What stands below the facts of a row on its page: tables, links, and the steps by which a figure came about."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """A table under a title; `empty` is said in place of a table without rows."""

    title: str
    headings: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    empty: str = ""

    kind = "table"


@dataclass(frozen=True)
class Step:
    """One step: what was done, in a sentence, and the rule that it follows."""

    title: str
    text: str
    source: str = ""


@dataclass(frozen=True)
class Steps:
    """Steps in their order under a title."""

    title: str
    steps: Sequence[Step]

    kind = "steps"


@dataclass(frozen=True)
class Links:
    """Pages that belong to a row, each with its name and address, under a title."""

    title: str
    links: Sequence[tuple[str, str]]

    kind = "links"


Block = Table | Steps | Links
