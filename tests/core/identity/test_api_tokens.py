from datetime import timedelta

import pytest

from core.database import database
from core.errors import Refused
from core.identity import services as identity
from core.identity.actors import actor_for_account
from core.identity.authentication import NotAuthenticated, authenticate
from core.identity.models import Account, ApiToken
from core.organisation.models import WorkUnit
from core.policy import may, visible
from tests.support.calls import NOON, call_as
from tests.support.city import build_city


@pytest.fixture
def city(db):
    return build_city()


@pytest.fixture
def budi(ctx, db, city):
    identity.create_account(ctx, username="budi", employee_id=city.officer.id)
    return call_as(db, city.officer.id)


def refused(call, *args, **kwargs):
    with pytest.raises(Refused) as caught:
        call(*args, **kwargs)
    return [problem.code for problem in caught.value.problems]


def test_a_token_speaks_for_its_account(budi, db, city):
    made = identity.create_api_token(budi, name=" kiosk ", days=30)

    actor = authenticate(f"Bearer {made.token}", db, NOON)

    assert (actor.account_id, actor.employee_id) == (budi.actor.account_id, city.officer.id)
    assert actor.token_scopes == {"read"}
    assert actor.session_id is None
    assert made.token.startswith("kin_")
    row = ApiToken.get()
    assert (row.name, row.prefix, row.expires_at) == ("kiosk", made.token[:12], NOON + timedelta(days=30))
    assert made.token not in row.token_hash


def test_scopes_limit_the_account(budi, db):
    def actor(*scopes):
        return authenticate(f"Bearer {identity.create_api_token(budi, name='x', scopes=scopes).token}", db, NOON)

    account = budi.actor.account_id
    own = ApiToken(account=account)
    reader, writer, revoker = actor(), actor("write"), actor("identity.revoke_api_token")
    assert [may(a, "identity.revoke_api_token", own) for a in (reader, writer, revoker)] == [False, True, True]
    assert [visible(a, WorkUnit) for a in (reader, writer, revoker)] == [True, True, True]


def test_a_token_makes_no_token(budi, db):
    made = identity.create_api_token(budi, name="x", scopes=["write"])
    budi.actor = authenticate(f"Bearer {made.token}", db, NOON)

    assert refused(identity.create_api_token, budi, name="y") == ["FORBIDDEN"]
    assert ApiToken.select().count() == 1


def test_every_fault_of_a_token_is_told(budi):
    codes = refused(identity.create_api_token, budi, name=" ", scopes=["all"], days=366)

    assert codes == ["BAD_TOKEN_NAME", "UNKNOWN_SCOPE", "BAD_TOKEN_LIFE"]
    assert ApiToken.select().count() == 0


def test_a_token_ends_with_its_life_and_when_revoked(budi, db):
    made = identity.create_api_token(budi, name="x", days=1)
    header = f"Bearer {made.token}"

    with pytest.raises(NotAuthenticated):
        authenticate(header, db, NOON + timedelta(days=1))
    assert authenticate(header, db, NOON + timedelta(hours=23)).is_known
    identity.revoke_api_token(budi, made.row.id)
    with pytest.raises(NotAuthenticated):
        authenticate(header, db, NOON)


def test_use_is_noted_every_five_minutes_only(budi, db):
    header = f"Bearer {identity.create_api_token(budi, name='x').token}"
    noted = []
    for minutes in (0, 4, 5, 11):
        authenticate(header, db, NOON + timedelta(minutes=minutes))
        noted.append((ApiToken.get().last_used_at - NOON).total_seconds() / 60)

    assert noted == [0, 0, 5, 11]


def test_nobody_makes_or_ends_tokens_of_others(ctx, budi, db, city):
    clerk = identity.create_account(ctx, username="rina", employee_id=city.clerk.id)
    token = identity.create_api_token(ctx, name="x", account_id=clerk.id)

    assert refused(identity.create_api_token, budi, name="y", account_id=clerk.id) == ["NOT_FOUND"]
    assert refused(identity.revoke_api_token, budi, token.row.id) == ["NOT_FOUND"]
    assert identity.list_api_tokens(budi) == []


def test_a_manager_makes_tokens_for_programs_but_not_for_people(ctx, budi, db, city):
    identity.grant_role(ctx, account_id=budi.actor.account_id, role="system_admin")
    manager = call_as(db, city.officer.id)
    program = identity.create_account(ctx, username="e-kinerja")
    clerk = identity.create_account(ctx, username="rina", employee_id=city.clerk.id)

    assert identity.create_api_token(manager, name="x", account_id=program.id).row.account == program
    assert refused(identity.create_api_token, manager, name="x", account_id=clerk.id) == ["FORBIDDEN"]


def test_a_call_is_authenticated_by_one_statement(ctx, budi, db):
    made = identity.create_api_token(budi, name="x")
    statements = []
    original = database.obj.execute_sql
    database.obj.execute_sql = lambda *args, **kwargs: statements.append(args[0]) or original(*args, **kwargs)
    try:
        authenticate(f"Bearer {made.token}", db, NOON)
    finally:
        database.obj.execute_sql = original

    reads = [sql for sql in statements if not sql.startswith(("UPDATE", "BEGIN", "COMMIT"))]
    assert len(reads) == 1


def test_a_token_speaks_for_the_same_actor_that_its_account_is(ctx, budi, db, city):
    account = Account.get_by_id(budi.actor.account_id)
    for unit in (city.registry.id, None, city.archive.id):
        identity.grant_role(ctx, account_id=account.id, role="auditor", unit_id=unit)
    made = identity.create_api_token(budi, name="x")

    actor = authenticate(f"Bearer {made.token}", db, NOON)

    assert actor == actor_for_account(account, actor.today, token_scopes=frozenset({"read"}))


def test_the_token_is_not_in_the_history(budi):
    from core.history.models import HistoryRecord

    made = identity.create_api_token(budi, name="x")
    rows = HistoryRecord.select().where(HistoryRecord.subject_type == "ApiToken")
    assert [made.row.token_hash in (row.after or "") for row in rows] == [False]
