from datetime import date, timedelta

import pytest

from core.errors import Refused
from core.identity import services as identity
from core.identity.actors import actor_for_account
from core.identity.models import Account, RoleGrant
from tests.support.calls import NOON, call_as
from tests.support.city import build_city

TODAY = NOON.date()


@pytest.fixture
def city(db):
    return build_city()


def account(ctx, city, who):
    return identity.create_account(ctx, username=who.replace("_", "."), employee_id=getattr(city, who).id)


def holder(ctx, db, city, who, role, unit=None, **dates):
    identity.grant_role(
        ctx, account_id=account(ctx, city, who).id, role=role, unit_id=unit.id if unit else None, **dates
    )
    return call_as(db, getattr(city, who).id)


def refused(call, *args, **kwargs):
    before = list(RoleGrant.select().order_by(RoleGrant.id).dicts())
    with pytest.raises(Refused) as caught:
        call(*args, **kwargs)
    assert list(RoleGrant.select().order_by(RoleGrant.id).dicts()) == before
    return [(problem.code, problem.path) for problem in caught.value.problems]


def test_a_role_holds_over_its_unit_and_below_from_day_to_day(ctx, db, city):
    clerk = account(ctx, city, "clerk")
    identity.grant_role(
        ctx, account_id=clerk.id, role="hr_officer", unit_id=city.agency.id, valid_from=TODAY, valid_to=TODAY
    )

    actor = actor_for_account(clerk, TODAY)
    assert actor.holds("planning.manage", city.agency.path)
    assert actor.holds("planning.manage", city.registry.path)
    assert not actor.holds("planning.manage", city.root.path)
    assert not actor.holds("planning.manage", None)
    for day in (TODAY - timedelta(days=1), TODAY + timedelta(days=1)):
        assert not actor_for_account(clerk, day).holds("planning.manage", city.agency.path)


@pytest.mark.parametrize("role", ["hr_officer", "hr_admin", "auditor"])
def test_an_hr_admin_gives_what_he_holds_in_his_units(ctx, db, city, role):
    hr = holder(ctx, db, city, "head", "hr_admin", city.agency)
    clerk = account(ctx, city, "clerk")

    grant = identity.grant_role(hr, account_id=clerk.id, role=role, unit_id=city.registry.id)

    assert (grant.role, grant.unit, grant.valid_from, grant.valid_to) == (role, city.registry, TODAY, None)


def test_nobody_gives_more_than_he_holds(ctx, db, city):
    hr = holder(ctx, db, city, "head", "hr_admin", city.agency)
    clerk = account(ctx, city, "clerk")
    forbidden = [("FORBIDDEN", ("input", "role"))]

    assert refused(identity.grant_role, hr, account_id=clerk.id, role="hr_officer") == forbidden
    assert refused(identity.grant_role, hr, account_id=clerk.id, role="hr_officer", unit_id=city.root.id) == forbidden
    assert (
        refused(identity.grant_role, hr, account_id=clerk.id, role="system_admin", unit_id=city.agency.id) == forbidden
    )


def test_a_system_admin_gives_no_role_over_people_s_work(ctx, db, city):
    root = holder(ctx, db, city, "head", "system_admin")
    clerk = account(ctx, city, "clerk")

    assert refused(identity.grant_role, root, account_id=clerk.id, role="auditor") == [("FORBIDDEN", ("input", "role"))]
    assert identity.grant_role(root, account_id=clerk.id, role="system_admin").role == "system_admin"


def test_an_hr_officer_gives_nothing(ctx, db, city):
    hr = holder(ctx, db, city, "head", "hr_officer")
    clerk = account(ctx, city, "clerk")

    assert refused(identity.grant_role, hr, account_id=clerk.id, role="hr_officer")[0][0] in {"NOT_FOUND", "FORBIDDEN"}


def test_a_role_on_loan_cannot_become_one_for_good(ctx, db, city):
    last = TODAY + timedelta(days=30)
    hr = holder(ctx, db, city, "head", "hr_admin", valid_to=last)
    clerk = account(ctx, city, "clerk")

    assert refused(identity.grant_role, hr, account_id=clerk.id, role="auditor") == [
        ("FORBIDDEN", ("input", "validTo"))
    ]
    assert identity.grant_role(hr, account_id=clerk.id, role="auditor", valid_to=last).valid_to == last


def test_nobody_gives_a_role_to_himself(ctx, db, city):
    hr = holder(ctx, db, city, "head", "hr_admin")

    problems = refused(identity.grant_role, hr, account_id=hr.actor.account_id, role="auditor")

    assert problems == [("SELF_GRANT", ("input", "accountId"))]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"role": "emperor"}, "UNKNOWN_ROLE"),
        ({"account_id": 9999}, "NOT_FOUND"),
        ({"unit_id": 9999}, "NOT_FOUND"),
        ({"valid_from": date(2026, 5, 1), "valid_to": date(2026, 4, 30)}, "BAD_GRANT_END"),
        ({"valid_from": date(2025, 1, 1), "valid_to": date(2026, 1, 14)}, "BAD_GRANT_END"),
    ],
)
def test_wrong_grants_are_refused(ctx, city, change, code):
    wanted = {"account_id": account(ctx, city, "clerk").id, "role": "auditor", **change}

    assert [found for found, _ in refused(identity.grant_role, ctx, **wanted)] == [code]


def test_the_same_role_twice_is_refused_and_after_its_end_is_not(ctx, city):
    clerk = account(ctx, city, "clerk")
    identity.grant_role(ctx, account_id=clerk.id, role="auditor", valid_to=date(2026, 1, 31))

    assert refused(identity.grant_role, ctx, account_id=clerk.id, role="auditor")[0][0] == "GRANT_EXISTS"
    identity.grant_role(ctx, account_id=clerk.id, role="auditor", valid_from=date(2026, 2, 1))
    identity.grant_role(ctx, account_id=clerk.id, role="auditor", unit_id=city.agency.id)
    assert RoleGrant.select().count() == 3


def test_a_closed_account_gets_no_role(ctx, city):
    clerk = account(ctx, city, "clerk")
    identity.deactivate_account(ctx, clerk.id)

    problems = refused(identity.grant_role, ctx, account_id=clerk.id, role="auditor")
    assert problems == [("ACCOUNT_CLOSED", ("input", "accountId"))]


def test_taking_a_role_away_works_at_once(ctx, city):
    clerk = account(ctx, city, "clerk")
    old = identity.grant_role(ctx, account_id=clerk.id, role="auditor", valid_from=date(2026, 1, 1))
    new = identity.grant_role(ctx, account_id=clerk.id, role="hr_officer")

    identity.revoke_grant(ctx, old.id)
    identity.revoke_grant(ctx, new.id)

    assert actor_for_account(Account.get_by_id(clerk.id), TODAY).grants == ()
    assert [(g.id, g.valid_to) for g in RoleGrant.select()] == [(old.id, TODAY - timedelta(days=1))]


def test_an_hr_admin_of_a_unit_takes_no_role_of_the_whole_institution_away(ctx, db, city):
    hr = holder(ctx, db, city, "head", "hr_admin", city.agency)
    clerk = account(ctx, city, "clerk")
    grant = identity.grant_role(ctx, account_id=clerk.id, role="auditor")

    assert refused(identity.revoke_grant, hr, grant.id)[0][0] == "NOT_FOUND"
