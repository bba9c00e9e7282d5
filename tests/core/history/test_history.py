from dataclasses import replace
from datetime import date

import orjson
import pytest

from core.actor import Grant
from core.database import database
from core.errors import Refused
from core.history import services as history
from core.history.models import HistoryRecord
from core.identity.models import Account, RoleGrant
from core.organisation.models import Employee
from core.planning.models import PerformancePlan
from core.planning.terms import PlanApproach, PlanState
from core.policy import visible
from core.work import unit_of_work
from core.workdays.models import Holiday
from core.workdays.terms import HolidayKind
from tests.support.calls import NOON, call_as
from tests.support.city import build_city


def make_holiday(ctx, name="Nyepi", day=date(2026, 3, 19)):
    with unit_of_work(ctx) as work:
        return work.create(Holiday, day=day, name=name, kind=HolidayKind.NATIONAL)


def rename(ctx, row, name):
    with unit_of_work(ctx) as work:
        return work.update(row, name=name)


def remove(ctx, row):
    with unit_of_work(ctx) as work:
        work.delete(row)


def records():
    return list(HistoryRecord.select().order_by(HistoryRecord.id))


def refused(call, *args, **kwargs):
    before = records()
    with pytest.raises(Refused) as caught:
        call(*args, **kwargs)
    assert records() == before
    return [(problem.code, problem.params) for problem in caught.value.problems]


def test_an_empty_history_is_whole(db):
    result = history.verify(db)

    assert (result.rows, result.is_whole, result.first, result.last_hash) == (0, True, None, "0" * 64)


def test_verify_counts_rows_and_keeps_the_last_hash(ctx, db):
    rename(ctx, make_holiday(ctx), "Hari Raya Nyepi")

    result = history.verify(db)

    assert (result.rows, result.is_whole, result.last_hash) == (2, True, records()[-1].hash)
    assert orjson.loads((db.var_dir / "history.seal").read_bytes()) == {"id": result.last_id, "hash": result.last_hash}


def test_rows_cut_off_at_the_end_are_missed(ctx, db):
    rename(ctx, make_holiday(ctx), "Hari Raya Nyepi")
    history.verify(db)
    last = records()[-1]

    HistoryRecord.delete().where(HistoryRecord.id == last.id).execute()

    assert [(fault.record_id, fault.kind) for fault in history.verify(db).faults] == [(last.id, "sealed")]


def test_a_history_written_anew_with_right_hashes_is_found(ctx, db):
    make_holiday(ctx)
    history.verify(db)
    HistoryRecord.delete().execute()
    make_holiday(ctx, "Another past")

    assert [fault.kind for fault in history.verify(db).faults] == ["sealed"]


def test_a_row_taken_out_of_the_middle_is_found_at_its_successor(ctx, db):
    row = make_holiday(ctx)
    for name in "abc":
        row = rename(ctx, row, name)
    ids = [record.id for record in records()]

    HistoryRecord.delete().where(HistoryRecord.id == ids[1]).execute()

    assert history.verify(db).first == history.Fault(ids[2], "predecessor")


def test_history_of_a_row_tells_every_change(ctx):
    row = make_holiday(ctx)
    rename(ctx, row, "Hari Raya Nyepi")
    make_holiday(ctx, "Another")

    changes = history.history_of(ctx, "Holiday", row.id)

    assert [change.action for change in changes] == ["create", "update"]
    assert orjson.loads(changes[1].before)["name"] == "Nyepi"
    assert orjson.loads(changes[1].after)["name"] == "Hari Raya Nyepi"


@pytest.mark.parametrize(("state", "name"), [("before", "Nyepi"), ("after", "Hari Raya Nyepi")])
def test_a_row_goes_back_to_an_earlier_state(ctx, state, name):
    row = rename(ctx, rename(ctx, make_holiday(ctx), "Hari Raya Nyepi"), "Third")

    back = history.restore(ctx, records()[1].id, state=state, reason="typed wrongly")

    assert (back.name, Holiday.get().name, Holiday.get().version) == (name, name, 4)
    last = records()[-1]
    assert (last.reason, last.subject_id, last.action) == ("typed wrongly", row.id, "update")


def test_a_deleted_row_comes_back_with_its_id_and_a_higher_version(ctx):
    row = rename(ctx, make_holiday(ctx), "Hari Raya Nyepi")
    remove(ctx, row)

    back = history.restore(ctx, records()[-1].id, reason="was right")

    found = Holiday.get()
    assert (back.id, found.id, found.day, found.kind) == (row.id, row.id, date(2026, 3, 19), HolidayKind.NATIONAL)
    assert found.version > row.version


def test_before_its_creation_a_row_is_not_there(ctx):
    make_holiday(ctx)

    assert history.restore(ctx, records()[0].id, reason="twice entered") is None
    assert Holiday.select().count() == 0
    assert [record.action for record in records()] == ["create", "delete"]


def test_a_reason_is_needed(ctx):
    make_holiday(ctx)

    assert refused(history.restore, ctx, records()[0].id, reason="  ")[0][0] == "REASON_MISSING"


def test_rows_that_refer_to_it_stand_in_the_way_of_taking_a_row_away(ctx):
    with unit_of_work(ctx) as work:
        city = build_city()
        work.create(Account, username="someone", employee=city.officer)
        made = work.create(
            PerformancePlan,
            period=city.period,
            employee=city.officer,
            position=city.positions["officer"],
            unit=city.registry,
            approach=PlanApproach.QUANTITATIVE,
            starts_on=date(2026, 1, 1),
            ends_on=date(2026, 12, 31),
        )
        follow = work.create(
            PerformancePlan,
            period=city.period,
            employee=city.officer,
            position=city.positions["clerk"],
            unit=city.registry,
            approach=PlanApproach.QUANTITATIVE,
            starts_on=date(2026, 1, 1),
            ends_on=date(2026, 12, 31),
            continues=made,
        )
    record = next(r for r in records() if (r.subject_type, r.subject_id) == ("PerformancePlan", made.id))

    problems = refused(history.restore, ctx, record.id, reason="never was")

    assert problems == [
        (
            "RESTORE_DEPENDENT",
            {"dependent": f"PerformancePlan:{follow.id}", "subject": f"PerformancePlan:{made.id}"},
        )
    ]


def test_a_missing_row_and_a_clash_are_named(ctx):
    row = make_holiday(ctx)
    remove(ctx, row)
    other = make_holiday(ctx)

    problems = refused(history.restore, ctx, records()[1].id, reason="was right")

    assert problems == [("RESTORE_CLASH", {"other": f"Holiday:{other.id}", "columns": "day, name"})]


def test_accounts_are_not_brought_back(ctx):
    with unit_of_work(ctx) as work:
        work.create(Account, username="someone")

    assert refused(history.restore, ctx, records()[0].id, reason="x") == [("NOT_RESTORABLE", {"type": "Account"})]


def test_a_batch_is_undone_as_one(ctx):
    first, second = make_holiday(ctx, "a"), make_holiday(ctx, "b")
    with unit_of_work(ctx) as work:
        work.update(first, name="A")
        work.update(first, day=date(2026, 5, 1))
        work.delete(second)
        third = work.create(Holiday, day=date(2026, 6, 1), name="c", kind=HolidayKind.NATIONAL)
        batch = work.batch

    assert history.undo_batch(ctx, batch) == 4

    rows = {row.id: (row.name, row.day) for row in Holiday.select()}
    assert rows == {first.id: ("a", date(2026, 3, 19)), second.id: ("b", date(2026, 3, 19))}
    assert third.id not in rows


def test_a_batch_with_a_row_changed_later_is_not_undone(ctx):
    with unit_of_work(ctx) as work:
        row = work.create(Holiday, day=date(2026, 6, 1), name="c", kind=HolidayKind.NATIONAL)
        work.create(Holiday, day=date(2026, 6, 2), name="d", kind=HolidayKind.NATIONAL)
        batch = work.batch
    rename(ctx, row, "C")

    problems = refused(history.undo_batch, ctx, batch)

    assert [(code, params["subject"]) for code, params in problems] == [("CHANGED_LATER", f"Holiday:{row.id}")]
    assert Holiday.select().count() == 2


def test_undoing_leaves_excepted_types_alone(ctx):
    with unit_of_work(ctx) as work:
        work.create(Holiday, day=date(2026, 6, 1), name="c", kind=HolidayKind.NATIONAL)
        work.create(Account, username="someone")
        batch = work.batch

    history.undo_batch(ctx, batch, except_types=("Account",))

    assert (Holiday.select().count(), Account.select().count()) == (0, 1)


READER = frozenset({"history.read", "history.restore", "organisation.read", "planning.read"})


def reader(db, city, employee, path):
    ctx = call_as(db, employee.id)
    ctx.actor = replace(ctx.actor, grants=(Grant("reader", path, READER),), headed_paths=(), home_unit_ids=())
    return ctx


def seen(ctx):
    rows = HistoryRecord.select().where(visible(ctx.actor, HistoryRecord))
    return sorted(f"{row.subject_type}:{row.subject_id}" for row in rows)


def test_the_history_is_seen_for_rows_that_are_seen_whole_in_the_reader_s_units(ctx, db):
    city = build_city()
    with unit_of_work(ctx) as work:
        work.update(city.officer, phone="081")
        work.update(city.other, phone="082")
        work.create(RoleGrant, account=Account.create(username="x"), role="auditor", valid_from=date(2026, 1, 1))
    officer, other = f"Employee:{city.officer.id}", f"Employee:{city.other.id}"
    grant = f"RoleGrant:{RoleGrant.get().id}"

    assert seen(call_as(db, city.officer.id)) == []
    assert seen(reader(db, city, city.head, city.registry.path)) == [officer]
    assert seen(reader(db, city, city.head, city.agency.path)) == [officer, other]
    assert seen(reader(db, city, city.head, "")) == [officer, other, grant]


def test_nobody_brings_back_a_state_of_his_own_rows(ctx, db):
    city = build_city()
    with unit_of_work(ctx) as work:
        work.update(city.officer, phone="081")
        work.update(city.head, phone="083")
    mine, theirs = records()[1], records()[0]
    hr = reader(db, city, city.head, "")

    assert refused(history.restore, hr, mine.id, reason="x")[0][0] == "FORBIDDEN"
    assert history.restore(hr, theirs.id, reason="x").phone == ""
    assert Employee.get_by_id(city.officer.id).phone == ""


def test_without_the_permission_a_seen_record_is_not_restored(ctx, db):
    city = build_city()
    with unit_of_work(ctx) as work:
        work.update(city.officer, phone="081")
    hr = reader(db, city, city.head, "")
    hr.actor = replace(hr.actor, grants=(Grant("auditor", "", READER - {"history.restore"}),))

    assert refused(history.restore, hr, records()[0].id, reason="x")[0][0] == "FORBIDDEN"


def test_a_plan_s_state_comes_back_as_its_own_kind(ctx):
    city = build_city()
    with unit_of_work(ctx) as work:
        plan = work.create(
            PerformancePlan,
            period=city.period,
            employee=city.officer,
            position=city.positions["officer"],
            unit=city.registry,
            approach=PlanApproach.QUANTITATIVE,
            starts_on=date(2026, 1, 1),
            ends_on=date(2026, 12, 31),
        )
    with unit_of_work(ctx) as work:
        work.update(plan, state=PlanState.SUBMITTED, submitted_at=NOON)
    with unit_of_work(ctx) as work:
        work.update(plan, state=PlanState.DRAFT, submitted_at=None)

    history.restore(ctx, records()[1].id, state="after", reason="it was submitted")

    found = PerformancePlan.get()
    assert (found.state, found.submitted_at, found.employee_id) == (PlanState.SUBMITTED, NOON, city.officer.id)
    assert history.verify(ctx.settings).is_whole
    assert not database.is_closed()
