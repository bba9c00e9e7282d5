"""Grades and kinds of position as the law lists them, read from the tables beside this file."""

import csv
from pathlib import Path

from core.organisation.models import Grade, PositionKind

_DATA = Path(__file__).parent / "data"


def load() -> None:
    """Bring grades and position kinds up to what the files say; rows in use are changed, never removed."""
    _load(Grade, "grades.csv", ("employment", "code"))
    _load(PositionKind, "position_kinds.csv", ("code",))


def _load(model: type[Grade] | type[PositionKind], file_name: str, key: tuple[str, ...]) -> None:
    with (_DATA / file_name).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            names = {name: row[name] for name in key}
            others = {name: value for name, value in row.items() if name not in key}
            made, is_new = model.get_or_create(**names, defaults=others)  # type: ignore[no-untyped-call]
            if not is_new:
                model.update(others).where(model.id == made.id).execute()
