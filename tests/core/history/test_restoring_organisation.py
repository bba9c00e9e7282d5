"""What follows from restored rows is worked out anew; what stands in several rows is not restored by one."""

from datetime import date

import pytest

from core.errors import Refused
from core.history import services as history
from core.history.models import HistoryRecord
from core.organisation.models import Assignment, ReportingLine, WorkUnit
from core.organisation.services.reporting import differing_lines, rebuild_lines
from core.organisation.services.units import UnitChanges, move_unit, update_unit
from core.work import unit_of_work
from tests.support.city import build_city


@pytest.fixture
def city(ctx):
    city = build_city()
    rebuild_lines(ctx)
    return city


def last_record(subject):
    rows = (HistoryRecord.subject_type == type(subject).__name__) & (HistoryRecord.subject_id == subject.id)
    return HistoryRecord.select().where(rows).order_by(HistoryRecord.id.desc()).get()


def superior_of(employee, day):
    line = (
        ReportingLine.select()
        .where((ReportingLine.employee == employee.id) & (ReportingLine.valid_from <= day))
        .order_by(ReportingLine.valid_from.desc())
        .first()
    )
    return line.superior_id if line else None


def test_reporting_lines_follow_a_restored_assignment(ctx, city):
    chiefs = Assignment.get(Assignment.employee == city.chief)
    with unit_of_work(ctx) as work:
        work.update(chiefs, valid_to=date(2026, 1, 31))
    rebuild_lines(ctx)
    assert superior_of(city.officer, date(2026, 3, 1)) != city.chief.id

    history.restore(ctx, last_record(chiefs).id, reason="ended by mistake")

    assert superior_of(city.officer, date(2026, 3, 1)) == city.chief.id
    assert differing_lines() == []


def test_reporting_lines_follow_an_undone_batch(ctx, city):
    with unit_of_work(ctx) as work:
        work.update(Assignment.get(Assignment.employee == city.chief), valid_to=date(2026, 1, 31))
        batch = work.batch
    rebuild_lines(ctx)

    assert history.undo_batch(ctx, batch) == 1

    assert superior_of(city.officer, date(2026, 3, 1)) == city.chief.id
    assert differing_lines() == []


def test_a_unit_goes_back_to_its_earlier_kind_but_not_to_an_earlier_place(ctx, city):
    unit = update_unit(ctx, city.archive.id, city.archive.version, UnitChanges(kind="bidang"))
    kind_change = last_record(unit)
    history.restore(ctx, kind_change.id, reason="wrong kind")
    assert WorkUnit.get_by_id(unit.id).kind == ""

    move_unit(ctx, unit.id, None, parent_id=city.registry.id, valid_from=date(2026, 1, 15))
    with pytest.raises(Refused) as caught:
        history.restore(ctx, last_record(unit).id, reason="back")

    assert [problem.code for problem in caught.value.problems] == ["RESTORE_TREE"]
    assert WorkUnit.get_by_id(unit.id).parent_id == city.registry.id


def test_a_state_that_refers_to_a_row_that_is_gone_is_refused_by_name(ctx, city):
    extra = Assignment.create(
        employee=city.clerk,
        position=city.positions["other"],
        unit=city.archive,
        valid_from=date(2026, 5, 1),
        is_primary=False,
        named_superior=city.secretary,
    )
    with unit_of_work(ctx) as work:
        work.update(extra, named_superior=None)
    record = last_record(extra)
    HistoryRecord.update(
        before=record.before.replace(f'"named_superior":{city.secretary.id}', '"named_superior":99999')
    ).where(HistoryRecord.id == record.id).execute()

    with pytest.raises(Refused) as caught:
        history.restore(ctx, record.id, reason="back")

    assert [(p.code, p.params) for p in caught.value.problems] == [
        ("RESTORE_MISSING", {"missing": "Employee:99999", "column": "named_superior"})
    ]
