"""Whatever is done through units of work the chain is whole, and whatever is done beside them it is not."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.database import database, is_sqlite
from core.errors import Refused, refuse
from core.history.chain import broken_links
from core.history.models import HistoryRecord
from core.work import unit_of_work
from core.workdays.models import Holiday
from core.workdays.terms import HolidayKind
from tests.support import databases

START = date(2026, 1, 1)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["create", "update", "delete", "fail", "attempt"]),
        st.integers(0, 5),
        st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=30),
    ),
    max_size=6,
)
FAST = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def do(work, step, number, text):
    row = Holiday.select().order_by(Holiday.id).offset(number).first()
    if step in {"create", "fail", "attempt"}:
        count = Holiday.select().count()
        work.create(Holiday, day=START + timedelta(days=number), name=f"{count} {text}", kind=HolidayKind.NATIONAL)
    elif row is not None and step == "update":
        work.update(row, source=text)
    elif row is not None:
        work.delete(row)
    if step in {"fail", "attempt"}:
        raise refuse("NO", "No.")


def run(ctx, steps):
    """Run one unit of work; a step that fails undoes it all, an attempt only itself."""
    with unit_of_work(ctx) as work:
        for step, number, text in steps:
            if step == "attempt":
                with pytest.raises(Refused), work.attempt():
                    do(work, step, number, text)
            else:
                do(work, step, number, text)


@FAST
@given(st.lists(STEPS, max_size=5), st.text(max_size=20))
def test_any_sequence_of_units_of_work_keeps_a_whole_chain(ctx, units, reason):
    databases.empty()
    ctx.reason = reason.replace("\x00", "").encode("utf-8", "ignore").decode() or None
    for steps in units:
        before = HistoryRecord.select().count()
        try:
            run(ctx, steps)
        except Refused:
            assert HistoryRecord.select().count() == before

    assert list(broken_links()) == []
    live = {row.id for row in Holiday.select()}
    told = {
        record.subject_id for record in HistoryRecord.select().order_by(HistoryRecord.id) if record.action == "create"
    } - {record.subject_id for record in HistoryRecord.select() if record.action == "delete"}
    assert told == live


COLUMNS = [field.name for field in HistoryRecord._meta.sorted_fields if field.name != "id"]


@FAST
@given(st.data())
def test_a_change_of_any_one_column_of_any_row_is_found(ctx, data):
    databases.empty()
    for number in range(4):
        with unit_of_work(ctx) as work:
            work.create(Holiday, day=START, name=f"{number}", kind=HolidayKind.NATIONAL)
    ids = [record.id for record in HistoryRecord.select().order_by(HistoryRecord.id)]
    key = data.draw(st.sampled_from(ids))
    column = HistoryRecord._meta.fields[data.draw(st.sampled_from(COLUMNS))]
    record = HistoryRecord.get_by_id(key)
    old = getattr(record, column.name)
    new = data.draw(changed(column.name, old))

    HistoryRecord.update({column: new}).where(HistoryRecord.id == key).execute()

    found = [row for row, _ in broken_links()]
    assert found
    assert found[0] in {key, *(other for other in ids if other == key + 1)}


def changed(name, old):
    if name == "at":
        return st.timedeltas(timedelta(seconds=1), timedelta(days=9)).map(lambda by: old + by)
    if isinstance(old, int):
        return st.integers(0, 2**31 - 1).filter(lambda value: value != old)
    letters = st.characters(exclude_characters="\x00", exclude_categories=["Cs"])
    text = st.text(letters, max_size=10 if name == "action" else 30)
    if name == "account_id":
        return st.integers(0, 2**31 - 1)
    return text.filter(lambda value: value != old)


def test_a_value_of_another_kind_is_found(ctx):
    if not is_sqlite():
        pytest.skip("PostgreSQL keeps values of another kind out")
    with unit_of_work(ctx) as work:
        work.create(Holiday, day=START, name="a", kind=HolidayKind.NATIONAL)

    database.execute_sql("UPDATE history_record SET at = 'never', subject_id = x'00'")

    assert [kind for _, kind in broken_links()] == ["content"]
