from datetime import date

import pytest

from core.actor import Actor
from core.context import Context
from core.errors import Refused
from core.workdays.models import Holiday
from core.workdays.services import delete_holiday, load_holidays, save_holiday
from core.workdays.terms import HolidayKind

DAY = date(2026, 6, 22)


def codes(error):
    return [(problem.code, problem.path) for problem in error.value.problems]


def test_a_holiday_is_entered_changed_and_deleted(ctx):
    made = save_holiday(ctx, day=DAY, name=" Hari Jadi Kota ", kind=HolidayKind.REGIONAL, source="Perwali 1/2026")
    assert (made.name, load_holidays(DAY, DAY)) == ("Hari Jadi Kota", {DAY})

    changed = save_holiday(
        ctx, holiday_id=made.id, version=1, day=date(2026, 6, 23), name="Hari Jadi", kind=HolidayKind.REGIONAL
    )
    assert (changed.version, load_holidays(DAY, date(2026, 6, 30))) == (2, {date(2026, 6, 23)})

    delete_holiday(ctx, made.id, 2)
    assert load_holidays(DAY, date(2026, 6, 30)) == frozenset()


def test_the_same_holiday_twice_is_refused(ctx):
    save_holiday(ctx, day=DAY, name="Hari Jadi", kind=HolidayKind.REGIONAL)

    with pytest.raises(Refused) as error:
        save_holiday(ctx, day=DAY, name="Hari Jadi", kind=HolidayKind.REGIONAL)

    assert codes(error) == [("HOLIDAY_TWICE", ("input", "name"))]
    assert Holiday.select().count() == 1


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"name": "  "}, [("TEXT_MISSING", ("input", "name"))]),
        ({"name": "x" * 256}, [("TEXT_TOO_LONG", ("input", "name"))]),
        ({"source": "a\x00b"}, [("TEXT_INVALID", ("input", "source"))]),
        ({"day": date(1, 1, 1)}, [("DATE_OUT_OF_RANGE", ("input", "day"))]),
    ],
)
def test_wrong_values_are_refused(ctx, values, expected):
    given = {"day": DAY, "name": "Hari Jadi", "kind": HolidayKind.REGIONAL, **values}

    with pytest.raises(Refused) as error:
        save_holiday(ctx, **given)

    assert codes(error) == expected
    assert Holiday.select().count() == 0


def test_a_stale_version_and_an_unknown_id_are_refused(ctx):
    made = save_holiday(ctx, day=DAY, name="Hari Jadi", kind=HolidayKind.REGIONAL)

    with pytest.raises(Refused) as error:
        delete_holiday(ctx, made.id, 7)
    assert codes(error) == [("STALE_VERSION", ("input", "version"))]
    with pytest.raises(Refused) as error:
        delete_holiday(ctx, made.id + 1, None)
    assert codes(error) == [("NOT_FOUND", ("input", "id"))]
    assert Holiday.select().count() == 1


def test_only_the_keeper_of_the_calendar_changes_it(db, ctx):
    made = save_holiday(ctx, day=DAY, name="Hari Jadi", kind=HolidayKind.REGIONAL)
    somebody = Context(actor=Actor(today=DAY, account_id=1), settings=db, language="en")

    with pytest.raises(Refused) as error:
        save_holiday(somebody, day=DAY, name="Libur", kind=HolidayKind.REGIONAL)
    assert codes(error) == [("FORBIDDEN", ("input",))]
    with pytest.raises(Refused) as error:
        delete_holiday(somebody, made.id, 1)
    assert codes(error) == [("FORBIDDEN", ("input", "id"))]
    assert [row.name for row in Holiday.select()] == ["Hari Jadi"]
