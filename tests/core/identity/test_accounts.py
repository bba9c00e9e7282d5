import runpy

import pytest

from core.errors import Refused
from core.identity import passwords
from core.identity import services as identity
from core.identity.models import Account, RoleGrant
from core.identity.passwords import is_password
from tests.support.calls import NOON, call_as
from tests.support.city import build_city

PASSWORD = "empat kata acak sekali"


@pytest.fixture
def city(db):
    return build_city()


def refused(call, *args, **kwargs):
    before = dump()
    with pytest.raises(Refused) as caught:
        call(*args, **kwargs)
    assert dump() == before
    return [problem.code for problem in caught.value.problems]


def dump():
    """Everything but the count of wrong passwords, which grows on a refusal."""
    rows = [dict(row, failed_logins=0) for row in Account.select().order_by(Account.id).dicts()]
    return [rows, list(RoleGrant.select().order_by(RoleGrant.id).dicts())]


def admin(db, ctx, city, who="head", role="system_admin", unit=None):
    account = identity.create_account(ctx, username=who, employee_id=getattr(city, who).id)
    identity.grant_role(ctx, account_id=account.id, role=role, unit_id=unit.id if unit else None)
    return call_as(db, getattr(city, who).id)


def test_an_account_is_opened_for_an_employee(ctx, city):
    account = identity.create_account(ctx, username=" Budi.S ", password=PASSWORD, employee_id=city.officer.id)

    found = Account.get_by_id(account.id)
    assert (found.username, found.display_name, found.language) == ("budi.s", "Budi Santoso", "id")
    assert found.password_hash.startswith("$argon2id$")
    assert is_password(PASSWORD, found.password_hash)
    assert identity.find_account("BUDI.S") == found


def test_a_password_is_hashed_with_the_costs_that_owasp_names():
    # Loaded anew: tests of this process hash more cheaply.
    hashed = runpy.run_path(passwords.__file__)["hash_password"](PASSWORD)

    assert hashed.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_every_fault_of_a_new_account_is_told(ctx, city):
    identity.create_account(ctx, username="taken.name", employee_id=city.officer.id)

    codes = refused(
        identity.create_account,
        ctx,
        username="taken.name",
        password="short",
        employee_id=city.officer.id,
        language="fr",
    )

    assert codes == ["BAD_LANGUAGE", "PASSWORD_TOO_SHORT", "USERNAME_TAKEN", "EMPLOYEE_HAS_ACCOUNT"]


def test_a_password_may_not_tell_the_nip(ctx, city):
    codes = refused(
        identity.create_account,
        ctx,
        username="budi",
        password=f"x{city.officer.nip}",
        employee_id=city.officer.id,
    )

    assert codes == ["PASSWORD_REVEALING"]


def test_an_unknown_employee_is_refused(ctx, city):
    assert refused(identity.create_account, ctx, username="budi", employee_id=9999) == ["NOT_FOUND"]


def test_only_managers_open_accounts(ctx, db, city):
    hr = admin(db, ctx, city, "head", "hr_admin")

    assert refused(identity.create_account, hr, username="budi", employee_id=city.officer.id) == ["FORBIDDEN"]


def test_an_account_without_a_password_lets_nobody_in(ctx, city):
    identity.create_account(ctx, username="budi")

    for password in ("", "nobody has this password"):
        with pytest.raises(Refused):
            identity.login(ctx, "budi", password)


def test_a_manager_sets_a_password_but_not_his_own(ctx, db, city):
    manager = admin(db, ctx, city)
    budi = identity.create_account(ctx, username="budi", password=PASSWORD)

    identity.set_password(manager, budi.id, "kata lain yang acak")

    assert is_password("kata lain yang acak", Account.get_by_id(budi.id).password_hash)
    assert refused(identity.set_password, manager, manager.actor.account_id, "kata lain yang acak") == ["OWN_PASSWORD"]
    assert refused(identity.set_password, manager, budi.id, "password123") == ["PASSWORD_COMMON"]


def test_a_manager_of_a_unit_cannot_take_over_whoever_holds_more(ctx, db, city):
    manager = admin(db, ctx, city, "head", "system_admin", city.agency)
    officer = identity.create_account(ctx, username="budi", password=PASSWORD, employee_id=city.officer.id)
    identity.set_password(manager, officer.id, "kata lain yang acak")
    identity.grant_role(ctx, account_id=officer.id, role="auditor")

    assert refused(identity.set_password, manager, officer.id, PASSWORD) == ["FORBIDDEN"]


def test_accounts_outside_the_managed_units_are_not_found(ctx, db, city):
    manager = admin(db, ctx, city, "chief", "system_admin", city.registry)
    other = identity.create_account(ctx, username="dewi", employee_id=city.other.id)

    assert refused(identity.set_password, manager, other.id, PASSWORD) == ["NOT_FOUND"]
    assert [account.username for account in identity.list_accounts(manager)] == ["chief"]


def test_changing_a_password_needs_the_present_one(ctx, db, city):
    identity.create_account(ctx, username="budi", password=PASSWORD, employee_id=city.officer.id)
    budi = call_as(db, city.officer.id)

    assert refused(identity.change_password, budi, "wrong", "kata lain yang acak") == ["WRONG_PASSWORD"]
    assert refused(identity.change_password, budi, PASSWORD, "budi") == ["PASSWORD_TOO_SHORT", "PASSWORD_REVEALING"]


def test_the_last_system_administrator_stays(ctx, db, city):
    one = admin(db, ctx, city, "head")
    account = one.actor.account_id
    grant = RoleGrant.get(RoleGrant.account == account)

    assert refused(identity.revoke_grant, one, grant.id) == ["LAST_ADMIN"]
    assert refused(identity.deactivate_account, ctx, account) == ["LAST_ADMIN"]

    admin(db, ctx, city, "secretary")
    identity.deactivate_account(ctx, account)
    assert Account.get_by_id(account).is_active is False


def test_a_closed_account_opens_again(ctx, db, city):
    budi = identity.create_account(ctx, username="budi", password=PASSWORD)
    identity.deactivate_account(ctx, budi.id)
    identity.reactivate_account(ctx, budi.id)

    assert identity.login(ctx, "budi", PASSWORD).account.id == budi.id
    assert Account.get_by_id(budi.id).last_login_at == NOON
