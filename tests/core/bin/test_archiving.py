"""What goes into the bin goes with all that belongs to it, and comes back as it was."""

from datetime import date

import pytest

from core.bin.models import BinEntry
from core.bin.services import archive, preview, restore_entry
from core.bin.terms import BinState
from core.database import database
from core.errors import Refused
from core.history.chain import broken_links
from core.history.models import HistoryRecord
from core.identity.models import Account, RoleGrant
from core.organisation.models import Assignment, Employee, EmployeeIdentifier, ReportingLine, WorkUnit, WorkUnitRevision
from core.organisation.services.reporting import differing_lines, rebuild_lines
from core.parts import core_models
from core.planning.models import Indicator, PerformancePlan, WorkResult
from core.planning.terms import PlanApproach, WorkResultKind
from core.work import unit_of_work
from core.workdays.models import Holiday
from core.workdays.terms import HolidayKind
from tests.support.archiving import offer_archiving
from tests.support.calls import call_as
from tests.support.city import START, build_city
from tests.support.grants import give_role


@pytest.fixture
def city(ctx, monkeypatch):
    offer_archiving(monkeypatch)
    city = build_city()
    rebuild_lines(ctx)
    return city


def everything(*but):
    """Return every row of every table of core, without what notes the change itself."""
    tables = [
        model for model in core_models() if model.__name__ not in {"HistoryRecord", "BinEntry", "OutboxEvent", *but}
    ]
    return {model.__name__: sorted(map(str, database.execute(model.select().tuples()).fetchall())) for model in tables}


def without_stamps():
    """Return every row of core by table and id, without version and the moment of the last change."""
    skipped = {"version", "updated_at"}
    return {
        (model.__name__, row.id): {name: value for name, value in row.__data__.items() if name not in skipped}
        for model in core_models()
        if model.__name__ not in {"HistoryRecord", "BinEntry", "OutboxEvent", "LiveEvent", "ReportingLine"}
        for row in model.select()
    }


def codes(caught):
    return [problem.code for problem in caught.value.problems]


def result(plan, statement, parent=None):
    return WorkResult.create(plan=plan, parent=parent, kind=WorkResultKind.MAIN, statement=statement)


@pytest.fixture
def plan(city):
    return PerformancePlan.create(
        period=city.period,
        employee=city.officer,
        position=city.positions["officer"],
        unit=city.registry,
        approach=PlanApproach.QUANTITATIVE,
        starts_on=START,
        ends_on=date(2026, 12, 31),
    )


def test_a_row_leaves_with_what_belongs_to_it_and_comes_back_with_the_same_ids(ctx, city):
    EmployeeIdentifier.create(employee=city.clerk, kind="NIP", number=city.clerk.nip)
    account = Account.create(username="rina", employee=city.clerk)
    before = without_stamps()

    entry = archive(ctx, Employee, city.clerk.id, city.clerk.version, "Salah masuk")

    assert Employee.get_or_none(Employee.id == city.clerk.id) is None
    assert not Assignment.select().where(Assignment.employee == city.clerk.id).exists()
    assert Account.get_by_id(account.id).employee_id is None
    assert (entry.model, entry.label, entry.row_count, entry.state) == (
        "Employee",
        "Rina Wulandari",
        3,
        BinState.IN_BIN,
    )
    assert (entry.unit_path, entry.reason, entry.account_name) == (city.registry.path, "Salah masuk", "system")

    back = restore_entry(ctx, entry.id, "Ternyata benar")

    assert back.id == city.clerk.id
    assert without_stamps() == before
    assert BinEntry.get().state is BinState.RESTORED
    assert list(broken_links()) == []


def test_one_batch_of_the_history_holds_all_of_it(ctx, city):
    entry = archive(ctx, Employee, city.clerk.id, None, "Salah masuk")

    rows = HistoryRecord.select().where(HistoryRecord.batch == entry.batch).order_by(HistoryRecord.id)
    assert [(row.action, row.subject_type, row.reason) for row in rows] == [
        ("delete", "Assignment", "Salah masuk"),
        ("delete", "Employee", "Salah masuk"),
        ("create", "BinEntry", "Salah masuk"),
    ]


def test_superiors_are_worked_out_anew_both_ways(ctx, city):
    lines = {row.employee_id: row.superior_id for row in ReportingLine.select()}

    entry = archive(ctx, Employee, city.chief.id, None, None)

    now = {row.employee_id: row.superior_id for row in ReportingLine.select()}
    assert city.chief.id not in now
    assert now[city.officer.id] == city.head.id
    assert differing_lines() == []

    restore_entry(ctx, entry.id, "Kembali")

    assert {row.employee_id: row.superior_id for row in ReportingLine.select()} == lines
    assert differing_lines() == []


def test_a_preview_counts_what_goes_what_is_emptied_and_what_stands_in_the_way(ctx, city, plan):
    EmployeeIdentifier.create(employee=city.officer, kind="NIP", number=city.officer.nip)
    Account.create(username="budi", employee=city.officer)
    before = everything()

    found = preview(ctx, Employee, city.officer.id)

    assert sorted((model.__name__, count) for model, count in found.going) == [
        ("Assignment", 1),
        ("EmployeeIdentifier", 1),
    ]
    assert [(model.__name__, column, count) for model, column, count in found.emptied] == [("Account", "employee", 1)]
    assert [(one.code, one.params["dependent"]) for one in found.standing] == [
        ("ARCHIVE_DEPENDENT", f"PerformancePlan:{plan.id} (Budi Santoso ({plan.id}))")
    ]
    assert everything() == before


def test_what_refers_without_belonging_stands_in_the_way_and_nothing_is_written(ctx, city, plan):
    before = everything()

    with pytest.raises(Refused) as caught:
        archive(ctx, Employee, city.officer.id, None, "Salah")

    assert codes(caught) == ["ARCHIVE_DEPENDENT"]
    assert everything() == before
    assert BinEntry.select().count() == 0


def test_a_reference_that_may_be_empty_is_emptied_and_filled_again(ctx, city, plan):
    parent = result(plan, "Induk")
    child = result(plan, "Anak", parent)
    Indicator.create(work_result=parent, statement="Jumlah")
    other = result(plan, "Lain")
    grandchild = result(plan, "Lain lagi", parent)

    entry = archive(ctx, WorkResult, parent.id, parent.version, None)

    assert [row.parent_id for row in WorkResult.select().order_by(WorkResult.id)] == [None, None, None]
    assert Indicator.select().count() == 0
    with unit_of_work(ctx) as work:
        work.update(WorkResult.get_by_id(grandchild.id), parent=other.id)

    restore_entry(ctx, entry.id, "Kembali")

    assert WorkResult.get_by_id(child.id).parent_id == parent.id
    assert WorkResult.get_by_id(grandchild.id).parent_id == other.id
    assert Indicator.get().work_result_id == parent.id


def test_roles_in_a_unit_keep_it_out_of_the_bin(ctx, city):
    empty = WorkUnit.create(code="99", name="Kosong", parent=city.root, valid_from=START, depth=1)
    WorkUnitRevision.create(unit=empty, name="Kosong", parent=city.root, valid_from=START)
    account = Account.create(username="budi")
    RoleGrant.create(account=account, role="hr_officer", unit=empty, valid_from=START)

    with pytest.raises(Refused) as caught:
        archive(ctx, WorkUnit, empty.id, None, None)

    assert [(one.code, one.params["dependent"].split(":")[0]) for one in caught.value.problems] == [
        ("ARCHIVE_DEPENDENT", "RoleGrant")
    ]
    assert WorkUnit.get_or_none(WorkUnit.id == empty.id) is not None


def test_a_restoring_that_clashes_names_each_obstacle_and_brings_nothing_back(ctx, city):
    EmployeeIdentifier.create(employee=city.clerk, kind="NIP", number=city.clerk.nip)
    entry = archive(ctx, Employee, city.clerk.id, None, None)
    twin = Employee.create(nip=city.clerk.nip, name="Kembar", status="PNS", sex="FEMALE", birth_date=date(1992, 7, 20))
    number = EmployeeIdentifier.create(employee=twin, kind="NIP", number=city.clerk.nip)
    with unit_of_work(ctx) as work:
        work.delete(city.positions["clerk"])
    before = everything()

    with pytest.raises(Refused) as caught:
        restore_entry(ctx, entry.id, "Kembali")

    named = [(one.code, one.params.get("missing") or one.params["other"]) for one in caught.value.problems]
    assert sorted(named) == [
        ("RESTORE_CLASH", f"Employee:{twin.id}"),
        ("RESTORE_CLASH", f"EmployeeIdentifier:{number.id}"),
        ("RESTORE_MISSING", f"Position:{city.positions['clerk'].id}"),
    ]
    assert everything() == before
    assert BinEntry.get().state is BinState.IN_BIN


def test_a_stale_version_is_refused(ctx, city):
    with pytest.raises(Refused) as caught:
        archive(ctx, Employee, city.clerk.id, city.clerk.version + 1, None)

    assert codes(caught) == ["STALE_VERSION"]
    assert Employee.get_or_none(Employee.id == city.clerk.id) is not None


def test_what_the_law_keeps_is_not_archivable(ctx, city, plan):
    with pytest.raises(Refused) as caught:
        archive(ctx, PerformancePlan, plan.id, None, None)

    assert codes(caught) == ["NOT_ARCHIVABLE"]


def test_the_same_entry_is_restored_once(ctx, city):
    entry = archive(ctx, Employee, city.clerk.id, None, None)
    restore_entry(ctx, entry.id, "Kembali")

    with pytest.raises(Refused) as caught:
        restore_entry(ctx, entry.id, "Lagi")

    assert codes(caught) == ["NOT_IN_BIN"]


def test_a_restoring_needs_a_reason(ctx, city):
    entry = archive(ctx, Employee, city.clerk.id, None, None)

    with pytest.raises(Refused) as caught:
        restore_entry(ctx, entry.id, " ")

    assert codes(caught) == ["REASON_MISSING"]


def test_the_bin_is_open_to_who_filled_it_and_to_readers_of_the_history_there(db, ctx, city):
    give_role(city.other_chief, "hr_officer", city.archive)
    give_role(city.chief, "hr_officer", city.registry)
    give_role(city.head, "auditor", city.registry)
    entry = archive(call_as(db, city.chief.id), Employee, city.clerk.id, None, "Salah")

    for who, code in ((city.other_chief, "NOT_FOUND"), (city.officer, "NOT_FOUND"), (city.head, "FORBIDDEN")):
        with pytest.raises(Refused) as caught:
            restore_entry(call_as(db, who.id), entry.id, "Kembali")
        assert codes(caught) == [code]
    assert Employee.get_or_none(Employee.id == city.clerk.id) is None

    restore_entry(call_as(db, city.chief.id), entry.id, "Kembali")

    assert Employee.get_by_id(city.clerk.id).name == "Rina Wulandari"


def test_who_may_not_change_a_row_may_not_archive_it(db, ctx, city):
    give_role(city.other_chief, "hr_officer", city.archive)
    before = everything()

    for who, code in ((city.chief, "FORBIDDEN"), (city.other_chief, "NOT_FOUND")):
        with pytest.raises(Refused) as caught:
            archive(call_as(db, who.id), Employee, city.officer.id, None, "Salah")
        assert codes(caught) == [code]

    assert everything() == before


def test_a_row_without_a_unit_belongs_to_readers_of_the_whole_institution(ctx, city):
    holiday = Holiday.create(day=date(2026, 8, 17), name="Kemerdekaan", kind=HolidayKind.NATIONAL)

    entry = archive(ctx, Holiday, holiday.id, None, None)

    assert (entry.label, entry.unit_path, entry.row_count) == ("Kemerdekaan", "", 1)
