"""National holidays and days of collective leave, 2024-2026, read from the table beside this file.

Source: the yearly joint decrees of three ministers (SKB Tiga Menteri) as the MIT-licensed package `holidays` has them.
"""

import csv
from datetime import date
from pathlib import Path

from core.workdays.models import Holiday
from core.workdays.terms import HolidayKind

_FILE = Path(__file__).parent / "data" / "national_holidays_2024_2026.csv"


def load() -> None:
    """Add the holidays of each year of which none is there yet, so that what people have changed stays as it is."""
    present = {holiday.day.year for holiday in Holiday.select(Holiday.day)}
    with _FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    fresh = [
        {**row, "day": date.fromisoformat(row["day"]), "kind": HolidayKind(row["kind"])}
        for row in rows
        if int(row["day"][:4]) not in present
    ]
    if fresh:
        Holiday.insert_many(fresh).execute()
