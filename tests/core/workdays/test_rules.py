import csv
from datetime import date
from pathlib import Path

import pytest

from core.workdays.models import Holiday
from core.workdays.reference import load
from core.workdays.rules import add_working_days, is_working_day, working_days_between
from core.workdays.services import load_holidays
from core.workdays.terms import HolidayKind

MONTHS = Path(__file__).parents[4] / "shared" / "data" / "calendar" / "hari_kerja_per_bulan_2024_2026.csv"
NONE = frozenset()


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 7, 17), True),  # Friday
        (date(2026, 7, 18), False),
        (date(2026, 7, 19), False),
        (date(2026, 7, 20), True),  # Monday
        (date(2026, 8, 17), False),  # Independence Day
    ],
)
def test_weekends_and_holidays_are_no_working_days(day, works):
    assert is_working_day(day, {date(2026, 8, 17)}) is works


@pytest.mark.parametrize(
    ("day", "count", "holidays", "expected"),
    [
        (date(2026, 7, 14), 15, NONE, date(2026, 8, 4)),  # R16
        (date(2026, 7, 14), 15, {date(2026, 7, 20)}, date(2026, 8, 5)),  # R16 with a holiday in between
        (date(2026, 7, 14), 15, {date(2026, 7, 18)}, date(2026, 8, 4)),  # a holiday on a Saturday changes nothing
        (date(2026, 3, 2), 14, NONE, date(2026, 3, 20)),  # R17
        (date(2026, 3, 20), 3, NONE, date(2026, 3, 25)),  # R17
        (date(2026, 7, 17), 1, NONE, date(2026, 7, 20)),
        (date(2026, 7, 18), 1, NONE, date(2026, 7, 20)),
        (date(2026, 7, 18), 0, NONE, date(2026, 7, 18)),
    ],
)
def test_working_days_are_counted_from_the_day_after(day, count, holidays, expected):
    assert add_working_days(day, count, holidays) == expected


def test_a_negative_count_is_no_count():
    with pytest.raises(ValueError, match="0 or more"):
        add_working_days(date(2026, 7, 14), -1, NONE)


@pytest.mark.parametrize(
    ("first", "last", "count"),
    [
        (date(2026, 7, 13), date(2026, 7, 19), 5),
        (date(2026, 7, 18), date(2026, 7, 19), 0),
        (date(2026, 7, 17), date(2026, 7, 17), 1),
        (date(2026, 7, 17), date(2026, 7, 16), 0),
        (date(2026, 7, 17), date(2026, 7, 1), 0),
    ],
)
def test_working_days_between_counts_both_ends(first, last, count):
    assert working_days_between(first, last, NONE) == count


def test_the_shipped_holidays_give_the_published_working_days(db):
    if not MONTHS.exists():
        pytest.skip("the shared data are not beside the repository")
    load()
    national = {row.day for row in Holiday.select().where(Holiday.kind == HolidayKind.NATIONAL)}
    every = load_holidays(date(2024, 1, 1), date(2026, 12, 31))
    with MONTHS.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))

    assert len(rows) == 36
    for row in rows:
        first = date(int(row["tahun"]), int(row["bulan"]), 1)
        last = first.replace(day=int(row["hari_kalender"]))
        assert working_days_between(first, last, NONE) == int(row["senin_jumat"])
        assert working_days_between(first, last, national) == int(row["hari_kerja_tanpa_libur"])
        assert working_days_between(first, last, every) == int(row["hari_kerja_tanpa_libur_dan_cuti_bersama"])


def test_loading_again_adds_nothing_and_keeps_what_people_changed(db):
    load()
    count = Holiday.select().count()
    Holiday.update(name="Hari Kemerdekaan").where(Holiday.day == date(2026, 8, 17)).execute()

    load()

    assert Holiday.select().count() == count == 82
    assert Holiday.get(Holiday.day == date(2026, 8, 17)).name == "Hari Kemerdekaan"
    assert Holiday.select().where(Holiday.source == "").count() == 0
