"""Putting a row into the bin after seeing what goes along, and bringing it back."""

import re

import pytest

from admin.writing.archiving import MOST_PREVIEWED
from core.bin.models import BinEntry
from core.bin.terms import BinState
from core.bin.verbs import archive_verb
from core.history.models import HistoryRecord
from core.organisation.models import Assignment, Position
from tests.admin.writing.conftest import said
from tests.support.city import START
from tests.support.statements import counted_statements

ARCHIVE = "/admin/position/do/organisation.archive_position?id={}"


@pytest.fixture(autouse=True)
def verbs(app, add_verbs):
    """Any position can be put into the bin, unless assignments stand in the way; these cannot."""
    add_verbs(
        archive_verb(Position, "organisation.update_position"),
        archive_verb(Assignment, "organisation.end_assignment", suits=lambda row: False),
    )


@pytest.fixture
def free(city):
    """A position that nobody holds."""
    one = city.positions["officer"]
    return Position.create(code="FREE", title="Analis Arsip", kind=one.kind, unit=one.unit, valid_from=START)


def restore_of(entry):
    return f"/admin/bin/do/bin.restore?id={entry.id}"


def test_the_page_says_what_stands_in_the_way_with_a_link(enter, city, add_verbs):
    hr = enter("hradmin")
    address = ARCHIVE.format(city.positions["officer"].id)

    page = hr.get(address)
    answer = hr.post(address, _version="1", _reason="x")

    held = Assignment.get(Assignment.position == city.positions["officer"])
    assert page.status_code == 200
    assert "This stands in the way:" in page.text
    assert re.search(rf'<a href="/admin/assignment/details/\?id={held.id}">Assignment:{held.id} ', page.text)
    assert "Put into the bin</button>" not in page.text
    assert answer.status_code == 422
    assert Position.get_or_none(Position.id == city.positions["officer"].id) is not None
    assert BinEntry.select().count() == 0


def test_many_rows_are_told_beforehand_what_stands_in_their_way_in_total(enter, city, free):
    hr = enter("hradmin")
    bulk = "/admin/position/bulk/organisation.archive_position"

    held = hr.post(bulk, id=[str(free.id), str(city.positions["officer"].id)])
    alone = hr.post(bulk, id=str(free.id))

    assignment = Assignment.get(Assignment.position == city.positions["officer"])
    assert held.status_code == 200
    assert "This stands in the way of some rows, which are then refused:" in held.text
    assert held.text.count("/admin/assignment/details/?id=") == 1
    assert f"/admin/assignment/details/?id={assignment.id}" in held.text
    assert "Nothing else depends on these rows." in alone.text
    assert BinEntry.select().count() == 0


def test_what_goes_along_with_many_rows_is_counted_for_the_first_twenty(enter, city, free, add_verbs):
    add_verbs(archive_verb(Assignment, "organisation.end_assignment"))
    hr = enter("hradmin")
    bulk = "/admin/position/bulk/organisation.archive_position"
    for number in range(MOST_PREVIEWED):
        Position.create(code=f"F{number}", title=f"Analis {number}", kind=free.kind, unit=free.unit, valid_from=START)
    given = [str(row.id) for row in Position.select().order_by(Position.id)]

    with counted_statements() as one:
        hr.post(bulk, id=given[0])
    with counted_statements() as many:
        page = hr.post(bulk, id=given)

    shown, held = given[:MOST_PREVIEWED], Assignment.select()
    going = held.where(Assignment.position.in_(shown)).count()
    assert going > 1
    assert f"<li>Assignments: {going}</li>" in page.text
    assert f"For the first {MOST_PREVIEWED} of {len(given)} rows" in page.text
    assert len(many) < len(one) + 4 * MOST_PREVIEWED


def test_a_row_is_put_into_the_bin_and_brought_back(enter, city, free):
    hr = enter("hradmin")
    page = hr.get(ARCHIVE.format(free.id))

    answer = hr.post(ARCHIVE.format(free.id), _version="1", _reason="made twice")
    listed = hr.get(answer.location)
    entry = BinEntry.get()
    in_bin = hr.get("/admin/bin/")
    without = hr.post(restore_of(entry), _version=str(entry.version))
    back = hr.post(restore_of(entry), _version=str(entry.version), _reason="needed after all")

    assert "Nothing else depends on it." in page.text
    assert (answer.status_code, answer.location) == (303, "/admin/position/")
    assert said(listed)[0] == "Analis Arsip was put into the bin. It can be restored from there."
    assert (entry.label, entry.reason, entry.row_count) == ("Analis Arsip", "made twice", 1)
    assert all(text in in_bin.text for text in ("Analis Arsip", "made twice", "hradmin", "Positions"))
    assert without.status_code == 422
    assert "Bringing back an earlier state needs a reason. Write why." in without.text
    assert back.status_code == 303
    assert Position.get_by_id(free.id).title == "Analis Arsip"
    assert BinEntry.get_by_id(entry.id).state is BinState.RESTORED
    assert HistoryRecord.select().order_by(HistoryRecord.id.desc()).first().reason == "needed after all"
    assert "restored" in hr.get(f"/admin/bin/details/?id={entry.id}").text
    assert hr.get(restore_of(entry)).status_code == 404


def test_a_stale_row_is_not_put_away(enter, city, free):
    hr = enter("hradmin")
    Position.update(version=2).execute()

    answer = hr.post(ARCHIVE.format(free.id), _version="1")

    assert answer.status_code == 409
    assert Position.get_or_none(Position.id == free.id) is not None


@pytest.mark.parametrize("username", ["officer", "auditor", "registrar"])
def test_who_may_not_change_a_row_cannot_put_it_away(enter, city, username):
    archive = city.positions["other"]
    someone = enter(username)

    assert someone.get(ARCHIVE.format(archive.id)).status_code == 404
    assert someone.post(ARCHIVE.format(archive.id), _version="1").status_code == 404
    assert Position.get_or_none(Position.id == archive.id) is not None


def test_the_bin_shows_only_what_one_may_see(enter, city, free):
    hr = enter("hradmin")
    hr.post(ARCHIVE.format(free.id), _version="1")
    entry = BinEntry.get()
    officer = enter("officer")

    assert "Analis Arsip" not in officer.get("/admin/bin/").text
    assert officer.get(f"/admin/bin/details/?id={entry.id}").status_code == 404
    assert officer.post(restore_of(entry), _version="1", _reason="x").status_code == 404
    assert BinEntry.get().state is BinState.IN_BIN
