"""What a person sees and why, told to those who give roles."""

import html
import re

from core.identity.actors import actor_for_account
from core.identity.models import RoleGrant
from core.identity.sight import Because, parts_of, row_seen, rows_seen
from core.organisation.models import Employee, WorkUnit
from tests.support.city import START


def parts(seen):
    return {(part.because, part.role, part.place): count for part, count in seen.parts}


def actor(ctx, city, name):
    return actor_for_account(city.accounts[name], ctx.today)


def test_each_role_headship_and_oneself_is_a_part_of_its_own(ctx, city):
    RoleGrant.create(account=city.accounts["chief"], role="auditor", valid_from=START)

    found = [(part.because, part.role) for part in parts_of(actor(ctx, city, "chief"))]

    assert found == [
        (Because.LOGGED_IN, ""), (Because.SELF, ""), (Because.HEADSHIP, ""), (Because.ROLE, "auditor"),
    ]  # fmt: skip


def test_rows_are_counted_for_the_person_and_for_each_part_alone(ctx, city):
    auditor, officer = (rows_seen(actor(ctx, city, name), Employee) for name in ("auditor", "officer"))

    assert auditor.visible == auditor.total == Employee.select().count()
    assert parts(auditor) == {(Because.ROLE, "auditor", ""): auditor.total}
    assert 0 < officer.visible < officer.total
    assert {because for because, _, _ in parts(officer)} == {Because.SELF}


def test_what_everybody_sees_is_said_once(ctx, city):
    seen = rows_seen(actor(ctx, city, "auditor"), WorkUnit)

    assert parts(seen) == {(Because.LOGGED_IN, "", ""): seen.total}


def test_one_row_is_explained_with_its_hidden_fields(ctx, city):
    own = row_seen(actor(ctx, city, "officer"), Employee, city.officer.id)
    other = row_seen(actor(ctx, city, "officer"), Employee, city.other.id)

    assert own.is_visible
    assert [part.because for part in own.parts] == [Because.SELF]
    assert own.readable["nip"] is True
    assert not other.is_visible
    assert other.parts == []
    assert set(other.readable.values()) == {False}
    assert row_seen(actor(ctx, city, "officer"), Employee, 10**6) is None


def test_a_person_is_found_and_its_roles_are_told(enter, city):
    admin = enter("hradmin")

    found = admin.get("/admin/system/sight/", search="audit").text
    page = admin.get("/admin/system/sight/", account=city.accounts["auditor"].id, area="organisation").text

    assert f'href="/admin/system/sight/?account={city.accounts["auditor"].id}"' in found
    text = html.unescape(re.sub(r"<[^>]+>", " ", page))
    assert "the role Auditor over the whole institution" in text
    total = Employee.select().count()
    assert f"{total} of {total}" in text
    assert "See evaluations" in text


def test_a_record_is_asked_about_by_its_number(enter, city):
    admin = enter("hradmin")
    account = city.accounts["officer"].id

    own = admin.get("/admin/system/sight/", account=account, model="Employee", id=city.officer.id).text
    other = admin.get("/admin/system/sight/", account=account, model="Employee", id=city.other.id).text
    none = admin.get("/admin/system/sight/", account=account, model="Employee", id=10**6).text

    assert "Yes: the person sees Employees number" in own
    assert "No: Employees number" in other
    assert "There is no such record." in none


def test_an_account_that_the_caller_does_not_see_is_absent(enter, city):
    admin = enter("hradmin")

    assert admin.get("/admin/system/sight/", account=10**6).status_code == 404
    assert admin.get("/admin/system/sight/", account="x").status_code == 404


def test_a_role_over_a_part_of_the_institution_does_not_open_the_page(enter, city):
    RoleGrant.update(unit=city.root).where(RoleGrant.account == city.accounts["hradmin"]).execute()

    assert enter("hradmin").get("/admin/system/sight/").status_code == 404
