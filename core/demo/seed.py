"""The demo's one source of chance: the same seed and the same year give the same city."""

import csv
from collections import defaultdict
from pathlib import Path
from random import Random

SEED = 20260101
DATA = Path(__file__).parent / "data"


def chance(part: str) -> Random:
    """Return the generator of one part, so that a change in one part leaves the others as they are."""
    return Random(f"{SEED}/{part}")  # noqa: S311 - believable data, no secrets


def read_names() -> dict[str, list[str]]:
    """Return name parts by kind, from the Faker project's Indonesian provider (MIT)."""
    names: dict[str, list[str]] = defaultdict(list)
    with (DATA / "names.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            names[row["jenis"]].append(row["nama"])
    return names


def read_units() -> list[dict[str, str]]:
    """Return the rows of the demo city's unit tree, parents first."""
    with (DATA / "units.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
