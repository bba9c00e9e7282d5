"""The bin and plugins that are off: nothing of theirs is lost, and what they had in it waits for them."""

from datetime import date

import pytest

from core.bin.models import BinEntry
from core.bin.services import archive, restore_entry
from core.bin.terms import BinState
from core.bin.verbs import archive_verb
from core.errors import Refused
from core.migrating import migrate_everything
from core.organisation.models import Employee
from core.plugin_host import build_registry, start
from plugins.rewards.models import Award, AwardKind
from tests.support.archiving import offer_archiving
from tests.support.city import build_city

AWARDS = archive_verb(Award, "organisation.update_employee", subject=lambda row: row.employee)


@pytest.fixture
def city(db, monkeypatch):
    migrate_everything(build_registry(db, ["rewards"], web=False).migration_sources)
    start(db, ["rewards"])
    offer_archiving(monkeypatch, AWARDS)
    return build_city()


def award(employee):
    return Award.create(employee=employee, kind=AwardKind.APPRECIATION, title="Terbaik", awarded_on=date(2026, 1, 5))


def test_the_bin_says_which_plugin_to_switch_on(db, ctx, city):
    row = award(city.clerk)
    entry = archive(ctx, Award, row.id, None, "Dobel")
    assert entry.rows[0][:3] == ["rewards", "Award", row.id]
    start(db, [])

    with pytest.raises(Refused) as caught:
        restore_entry(ctx, entry.id, "Kembali")

    assert [(one.code, one.params) for one in caught.value.problems] == [("BIN_PLUGIN_OFF", {"plugin": "rewards"})]
    assert BinEntry.get().state is BinState.IN_BIN
    start(db, ["rewards"])
    assert restore_entry(ctx, entry.id, "Kembali") == row


def test_rows_of_a_plugin_go_along_and_come_back(ctx, city):
    row = award(city.clerk)

    entry = archive(ctx, Employee, city.clerk.id, None, "Salah")
    assert Award.select().count() == 0
    restore_entry(ctx, entry.id, "Kembali")

    assert Award.get_by_id(row.id).title == "Terbaik"


def test_rows_of_a_plugin_that_is_off_keep_a_row_out_of_the_bin(db, ctx, city):
    award(city.clerk)
    start(db, [])

    with pytest.raises(Refused) as caught:
        archive(ctx, Employee, city.clerk.id, None, "Salah")

    assert [one.code for one in caught.value.problems] == ["ARCHIVE_PLUGIN_OFF"]
    assert Award.select().count() == 1
    assert archive(ctx, Employee, city.officer.id, None, "Salah").label == "Budi Santoso"
