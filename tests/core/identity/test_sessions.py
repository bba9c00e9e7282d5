from dataclasses import replace
from datetime import timedelta

import pytest

from core.actor import Actor
from core.errors import Refused
from core.identity import services as identity
from core.identity.authentication import NotAuthenticated, authenticate
from core.identity.models import Account, LoginSession
from tests.support.calls import NOON

PASSWORD = "empat kata acak sekali"


@pytest.fixture
def account(ctx):
    return identity.create_account(ctx, username="Budi.Santoso", password=PASSWORD)


@pytest.fixture
def stranger(ctx):
    ctx.actor = Actor(today=ctx.today)
    return ctx


def refused(call, *args, **kwargs):
    with pytest.raises(Refused) as caught:
        call(*args, **kwargs)
    return [problem.code for problem in caught.value.problems]


def bearer(tokens):
    return f"Bearer {tokens.access_token}"


def test_login_gives_an_actor_of_that_account(account, stranger, db):
    tokens = identity.login(stranger, " BUDI.santoso ", PASSWORD, "pytest")

    actor = authenticate(bearer(tokens), db, NOON)

    assert (actor.account_id, actor.session_id, actor.name) == (account.id, tokens.session.id, "budi.santoso")
    assert tokens.expires_in == 600
    stored = LoginSession.get()
    assert tokens.refresh_token not in (stored.refresh_hash, stored.user_agent)
    assert Account.get().last_login_at == NOON


def test_without_a_header_a_stranger_calls(db):
    assert authenticate(None, db, NOON).is_known is False
    assert authenticate("  ", db, NOON).is_known is False


@pytest.mark.parametrize(
    "header", ["Bearer", "Basic YTpi", "Bearer x.y.z", "Bearer kin_", "Bearer kin_unknown", "a b c"]
)
def test_a_wrong_credential_is_refused(db, header):
    with pytest.raises(NotAuthenticated):
        authenticate(header, db, NOON)


def test_an_access_token_ends_with_its_life(account, stranger, db):
    tokens = identity.login(stranger, "budi.santoso", PASSWORD)

    assert authenticate(bearer(tokens), db, NOON + timedelta(seconds=599)).is_known
    with pytest.raises(NotAuthenticated):
        authenticate(bearer(tokens), db, NOON + timedelta(seconds=600))


def test_every_failed_login_looks_alike(account, stranger, ctx):
    wrong = refused_text(stranger, "budi.santoso", "wrong")
    unknown = refused_text(stranger, "nobody", PASSWORD)
    for _ in range(5):
        refused(identity.login, stranger, "budi.santoso", "wrong")
    locked = refused_text(stranger, "budi.santoso", PASSWORD)
    Account.update(is_active=False, locked_until=None).execute()
    closed = refused_text(stranger, "budi.santoso", PASSWORD)

    assert wrong == unknown == locked == closed
    assert LoginSession.select().count() == 0


def refused_text(ctx, username, password):
    with pytest.raises(Refused) as caught:
        identity.login(ctx, username, password)
    return [(p.code, p.path, p.message("en"), p.message("id")) for p in caught.value.problems]


def test_wrong_passwords_lock_the_account_for_longer_and_longer(account, stranger):
    at, waits = NOON, []
    for _ in range(12):
        stranger.now = at
        refused(identity.login, stranger, "budi.santoso", "wrong")
        row = Account.get()
        waits.append(int((row.locked_until - at).total_seconds()) if row.locked_until else 0)
        at = row.locked_until or at

    assert waits == [0, 0, 0, 0, 30, 60, 120, 240, 480, 960, 960, 960]


def test_a_locked_account_opens_when_its_time_is_over(account, stranger):
    for _ in range(5):
        refused(identity.login, stranger, "budi.santoso", "wrong")

    stranger.now = NOON + timedelta(seconds=29)
    assert refused(identity.login, stranger, "budi.santoso", PASSWORD) == ["LOGIN_FAILED"]
    assert Account.get().failed_logins == 5  # tries while it is locked do not count
    stranger.now = NOON + timedelta(seconds=30)
    identity.login(stranger, "budi.santoso", PASSWORD)

    assert (Account.get().failed_logins, Account.get().locked_until) == (0, None)


def test_a_refresh_token_works_once(account, stranger, db):
    first = identity.login(stranger, "budi.santoso", PASSWORD)
    second = identity.refresh(stranger, first.refresh_token)
    third = identity.refresh(stranger, second.refresh_token)

    assert authenticate(bearer(third), db, NOON).session_id == first.session.id
    assert len({first.refresh_token, second.refresh_token, third.refresh_token}) == 3


def test_a_used_refresh_token_ends_the_session_however_old_it_is(account, stranger, db):
    first = identity.login(stranger, "budi.santoso", PASSWORD)
    second = identity.refresh(stranger, first.refresh_token)
    third = identity.refresh(stranger, second.refresh_token)

    assert refused(identity.refresh, stranger, first.refresh_token) == ["SESSION_ENDED"]
    assert refused(identity.refresh, stranger, third.refresh_token) == ["SESSION_ENDED"]
    with pytest.raises(NotAuthenticated):
        authenticate(bearer(third), db, NOON)


@pytest.mark.parametrize("forge", [lambda t: "", lambda t: "x", lambda t: t[:-1], lambda t: "9" + t, lambda t: t + "é"])
def test_a_forged_refresh_token_changes_nothing(account, stranger, db, forge):
    tokens = identity.login(stranger, "budi.santoso", PASSWORD)

    assert refused(identity.refresh, stranger, forge(tokens.refresh_token)) == ["SESSION_ENDED"]
    assert authenticate(bearer(tokens), db, NOON).is_known


def test_a_session_ends_when_it_is_not_refreshed_for_its_life(account, stranger):
    tokens = identity.login(stranger, "budi.santoso", PASSWORD)
    stranger.now = NOON + timedelta(days=13)
    tokens = identity.refresh(stranger, tokens.refresh_token)
    stranger.now = NOON + timedelta(days=27)

    assert refused(identity.refresh, stranger, tokens.refresh_token) == ["SESSION_ENDED"]


def test_logout_ends_this_session_only_and_at_once(account, stranger, db):
    kept, left = (identity.login(stranger, "budi.santoso", PASSWORD) for _ in range(2))
    stranger.actor = authenticate(bearer(left), db, NOON)

    identity.logout(stranger)

    with pytest.raises(NotAuthenticated):
        authenticate(bearer(left), db, NOON)
    assert refused(identity.refresh, stranger, left.refresh_token) == ["SESSION_ENDED"]
    assert authenticate(bearer(kept), db, NOON).is_known


def test_revoking_sessions_ends_all_of_them(account, stranger, db):
    both = [identity.login(stranger, "budi.santoso", PASSWORD) for _ in range(2)]
    stranger.actor = authenticate(bearer(both[0]), db, NOON)

    assert identity.revoke_sessions(stranger, account.id) == 2
    for tokens in both:
        with pytest.raises(NotAuthenticated):
            authenticate(bearer(tokens), db, NOON)


def test_a_token_signed_with_another_key_is_refused(account, stranger, db):
    stranger.settings = db.model_copy(update={"secret_key": "another-secret-of-somebody-else-entirely"})
    tokens = identity.login(stranger, "budi.santoso", PASSWORD)

    with pytest.raises(NotAuthenticated):
        authenticate(bearer(tokens), db, NOON)


def test_a_closed_account_is_out_at_once(account, ctx, db):
    tokens = identity.login(ctx, "budi.santoso", PASSWORD)
    api = identity.create_api_token(ctx, name="client", account_id=account.id)

    identity.deactivate_account(ctx, account.id)

    for header in (bearer(tokens), f"Bearer {api.token}"):
        with pytest.raises(NotAuthenticated):
            authenticate(header, db, NOON)
    assert refused(identity.login, ctx, "budi.santoso", PASSWORD) == ["LOGIN_FAILED"]


def test_changing_the_password_keeps_this_session_and_ends_the_others(account, stranger, db):
    here, there = (identity.login(stranger, "budi.santoso", PASSWORD) for _ in range(2))
    stranger.actor = authenticate(bearer(here), db, NOON)

    identity.change_password(stranger, PASSWORD, "kata lain yang acak")

    assert authenticate(bearer(here), db, NOON).is_known
    with pytest.raises(NotAuthenticated):
        authenticate(bearer(there), db, NOON)
    assert refused(identity.login, stranger, "budi.santoso", PASSWORD) == ["LOGIN_FAILED"]
    identity.login(stranger, "budi.santoso", "kata lain yang acak")


def test_an_api_token_cannot_change_the_password(account, stranger):
    stranger.actor = replace(stranger.actor, account_id=account.id, token_scopes=frozenset({"read", "write"}))

    assert refused(identity.change_password, stranger, PASSWORD, "kata lain yang acak") == ["FORBIDDEN"]
