"""Many at once: each thread with its own connection, on both databases."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from core.actor import Actor
from core.context import Context
from core.database import database
from core.errors import Refused
from core.identity import services as identity
from core.identity.models import Account, LoginSession, RoleGrant
from tests.support.calls import NOON, system_context

PASSWORD = "empat kata acak sekali"
MANY = 20


def at_once(work, inputs):
    """Run `work` for all inputs in threads of their own; return the answers, codes of refusals as text."""

    def run(value):
        with database.connection_context():
            try:
                return work(value)
            except Refused as refused:
                return refused.problems[0].code

    with ThreadPoolExecutor(MANY) as pool:
        return list(pool.map(run, inputs))


def stranger(db):
    return Context(actor=Actor(today=NOON.date()), settings=db, now=NOON, language="en")


@pytest.fixture
def account(ctx):
    return identity.create_account(ctx, username="budi", password=PASSWORD)


def test_of_twenty_refreshes_with_one_token_one_succeeds_and_the_session_ends(account, db):
    tokens = identity.login(stranger(db), "budi", PASSWORD)

    answers = at_once(lambda _: identity.refresh(stranger(db), tokens.refresh_token), range(MANY))

    assert answers.count("SESSION_ENDED") == MANY - 1
    assert LoginSession.get().revoked_at == NOON


def test_twenty_sessions_refresh_beside_each_other(account, db):
    tokens = [identity.login(stranger(db), "budi", PASSWORD) for _ in range(MANY)]

    answers = at_once(lambda one: identity.refresh(stranger(db), one.refresh_token).session.id, tokens)

    assert answers == [one.session.id for one in tokens]
    assert LoginSession.select().where(LoginSession.revoked_at.is_null()).count() == MANY


def test_wrong_tries_at_once_are_all_counted_until_the_lock(account, db):
    answers = at_once(lambda _: identity.login(stranger(db), "budi", "wrong"), range(MANY))

    assert set(answers) == {"LOGIN_FAILED"}
    assert (Account.get().failed_logins, Account.get().locked_until is not None) == (5, True)


def test_the_right_password_lets_all_in_at_once(account, db):
    answers = at_once(lambda _: identity.login(stranger(db), "budi", PASSWORD).account.id, range(MANY))

    assert answers == [account.id] * MANY


def test_two_administrators_cannot_remove_each_other(ctx, db):
    both = [identity.create_account(ctx, username=name) for name in ("one", "two")]
    grants = [identity.grant_role(ctx, account_id=account.id, role="system_admin").id for account in both]

    answers = at_once(lambda grant: identity.revoke_grant(system_context(db), grant).id, grants)

    assert answers.count("LAST_ADMIN") == 1
    assert RoleGrant.select().count() == 1


def test_of_twenty_accounts_with_one_name_one_is_opened(db):
    answers = at_once(lambda _: identity.create_account(system_context(db), username="same").username, range(MANY))

    assert sorted(answers) == sorted(["USERNAME_TAKEN"] * (MANY - 1) + ["same"])
    assert Account.select().count() == 1
