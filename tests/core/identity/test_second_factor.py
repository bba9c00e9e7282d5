"""The second factor: setting it up, logging in with it, recovery codes, and what others may do about it."""

import logging
from dataclasses import replace
from datetime import timedelta

import pyotp
import pytest

from core.actor import Actor
from core.database import utc_now
from core.errors import CannotStart, Refused
from core.history.models import HistoryRecord
from core.identity import codes
from core.identity import services as identity
from core.identity.authentication import authenticate
from core.identity.models import Account, LoginSession, RecoveryCode, SecondFactor
from core.identity.services import Need, Pending, Tokens
from core.plugin_host import start
from core.rates import LocalRates, Tries
from tests.support.calls import NOON

PASSWORD = "empat kata acak sekali"


@pytest.fixture
def account(ctx):
    return identity.create_account(ctx, username="budi", password=PASSWORD)


@pytest.fixture
def stranger(ctx):
    return replace(ctx, actor=Actor(today=ctx.today))


def refused(call, *args, **kwargs):
    with pytest.raises(Refused) as caught:
        call(*args, **kwargs)
    return [problem.code for problem in caught.value.problems]


def logged_in(stranger, db, *, code=None):
    tokens = identity.login(stranger, "budi", PASSWORD, code=code)
    return replace(stranger, actor=authenticate(f"Bearer {tokens.access_token}", db, stranger.now))


def code_at(secret, moment):
    return pyotp.TOTP(secret).at(moment)


@pytest.fixture
def budi(account, stranger, db):
    """Budi, logged in, before there is a second factor."""
    return logged_in(stranger, db)


@pytest.fixture
def device(budi):
    """The secret of Budi's device and his recovery codes; the code of NOON is used up."""
    enrolment = identity.begin_enrolment(budi, PASSWORD)
    return enrolment.secret, identity.confirm_enrolment(budi, enrolment.sealed, code_at(enrolment.secret, NOON))


def later(ctx, **passed):
    return replace(ctx, now=ctx.now + timedelta(**passed))


def test_nothing_is_stored_until_a_code_was_right(budi):
    enrolment = identity.begin_enrolment(budi, PASSWORD)

    assert refused(identity.confirm_enrolment, budi, enrolment.sealed, "000000") == ["SECOND_FACTOR_WRONG"]
    assert SecondFactor.select().count() == RecoveryCode.select().count() == 0
    assert enrolment.address.startswith("otpauth://totp/Kinerja%20Pemerintah%20Daerah:budi?secret=")
    assert enrolment.secret in enrolment.address
    assert enrolment.secret not in enrolment.sealed


def test_setting_up_asks_the_password_and_does_not_wait_for_ever(budi):
    assert refused(identity.begin_enrolment, budi, "wrong") == ["WRONG_PASSWORD"]
    enrolment = identity.begin_enrolment(budi, PASSWORD)
    late = later(budi, minutes=16)

    assert refused(identity.confirm_enrolment, late, enrolment.sealed, code_at(enrolment.secret, late.now)) == [
        "ENROLMENT_OVER"
    ]
    assert SecondFactor.select().count() == 0


def test_the_device_of_somebody_else_cannot_be_confirmed_as_ones_own(budi, ctx, stranger, db):
    enrolment = identity.begin_enrolment(budi, PASSWORD)
    identity.create_account(ctx, username="siti", password=PASSWORD)
    tokens = identity.login(stranger, "siti", PASSWORD)
    siti = replace(stranger, actor=authenticate(f"Bearer {tokens.access_token}", db, NOON))

    assert refused(identity.confirm_enrolment, siti, enrolment.sealed, code_at(enrolment.secret, NOON)) == [
        "ENROLMENT_OVER"
    ]


def test_the_secret_is_kept_under_seal_and_in_no_history(device):
    secret, recovery = device

    stored = SecondFactor.get()
    history = "".join(f"{row.before}{row.after}" for row in HistoryRecord.select())
    assert secret not in stored.sealed_secret
    assert len(recovery) == len(set(recovery)) == 10
    assert not [code for code in recovery if code in history or code in {row.code_hash for row in RecoveryCode}]
    assert stored.sealed_secret not in history
    assert secret not in history


def test_turning_it_on_ends_sessions_that_were_opened_without_it(budi, stranger, db, account):
    logged_in(stranger, db)
    enrolment = identity.begin_enrolment(budi, PASSWORD)

    identity.confirm_enrolment(budi, enrolment.sealed, code_at(enrolment.secret, NOON))

    assert [one.id for one in LoginSession.select().where(LoginSession.revoked_at.is_null())] == [budi.actor.session_id]


def test_a_program_needs_the_code_as_well(device, stranger):
    secret, _ = device
    now = later(stranger, seconds=30)
    before = LoginSession.select().count()

    assert refused(identity.login, now, "budi", PASSWORD) == ["SECOND_FACTOR_NEEDED"]
    assert refused(identity.login, now, "budi", PASSWORD, code="") == ["SECOND_FACTOR_NEEDED"]
    assert refused(identity.login, now, "budi", PASSWORD, code="000000") == ["SECOND_FACTOR_WRONG"]
    assert refused(identity.login, now, "budi", "wrong", code=code_at(secret, now.now)) == ["LOGIN_FAILED"]
    assert LoginSession.select().count() == before

    assert identity.login(now, "budi", PASSWORD, code=code_at(secret, now.now)).access_token


def test_a_code_is_good_once(device, stranger):
    secret, _ = device
    now = later(stranger, minutes=5)
    identity.login(now, "budi", PASSWORD, code=code_at(secret, now.now))

    assert refused(identity.login, now, "budi", PASSWORD, code=code_at(secret, now.now)) == ["SECOND_FACTOR_WRONG"]
    earlier = code_at(secret, now.now - timedelta(seconds=30))
    assert refused(identity.login, now, "budi", PASSWORD, code=earlier) == ["SECOND_FACTOR_WRONG"]


def test_the_code_that_turned_it_on_is_used_up(device, stranger):
    secret, _ = device

    assert refused(identity.login, stranger, "budi", PASSWORD, code=code_at(secret, NOON)) == ["SECOND_FACTOR_WRONG"]


@pytest.mark.parametrize(("seconds", "is_good"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_the_clock_of_the_device_may_differ_by_one_step(device, stranger, seconds, is_good):
    secret, _ = device
    now = later(stranger, minutes=10)
    code = code_at(secret, now.now + timedelta(seconds=seconds))

    if is_good:
        assert identity.login(now, "budi", PASSWORD, code=code[:3] + " " + code[3:]).access_token
    else:
        assert refused(identity.login, now, "budi", PASSWORD, code=code) == ["SECOND_FACTOR_WRONG"]


@pytest.mark.parametrize("code", ["12345", "1234567", "१२३४५६", "abc", " ", "x" * 5000, "²²²²²²"])
def test_odd_codes_are_wrong_codes(device, stranger, code):
    assert refused(identity.login, stranger, "budi", PASSWORD, code=code) == ["SECOND_FACTOR_WRONG"]


def test_a_recovery_code_is_good_once_and_its_use_is_recorded(device, stranger):
    _, recovery = device

    tokens = identity.login(stranger, "budi", PASSWORD, code=recovery[3].upper().replace("-", " "))

    assert tokens.access_token
    assert refused(identity.login, stranger, "budi", PASSWORD, code=recovery[3]) == ["SECOND_FACTOR_WRONG"]
    used = RecoveryCode.get(RecoveryCode.used_at.is_null(False))
    record = HistoryRecord.get((HistoryRecord.subject_type == "RecoveryCode") & (HistoryRecord.action == "update"))
    assert (record.subject_id, record.account_id) == (used.id, Account.get().id)


def test_wrong_codes_lock_like_wrong_passwords_and_a_right_password_does_not_reset_them(device, stranger):
    secret, _ = device
    now = later(stranger, minutes=5)
    for _ in range(5):
        refused(identity.login, now, "budi", PASSWORD, code="000000")

    assert Account.get().failed_logins == 5
    assert refused(identity.login, now, "budi", PASSWORD, code=code_at(secret, now.now)) == ["LOGIN_FAILED"]
    free = later(now, seconds=31)
    assert identity.login(free, "budi", PASSWORD, code=code_at(secret, free.now)).access_token
    assert Account.get().failed_logins == 0


def test_a_browser_goes_step_by_step_and_is_told_how_many_recovery_codes_are_left(device, stranger):
    secret, recovery = device
    now = later(stranger, minutes=5)

    pending = identity.begin_login(now, "budi", PASSWORD)
    assert isinstance(pending, Pending)
    assert pending.need is Need.CODE
    assert refused(identity.login_with_code, now, pending.ticket, "000000") == ["SECOND_FACTOR_WRONG"]
    tokens, left = identity.login_with_code(now, pending.ticket, code_at(secret, now.now))
    assert (isinstance(tokens, Tokens), left) == (True, None)
    tokens, left = identity.login_with_code(now, pending.ticket, recovery[0])
    assert (tokens.session.is_browser, left) == (True, 9)


def test_a_ticket_ends_with_its_time_with_a_new_password_and_with_the_account(device, stranger, ctx, account):
    secret, _ = device
    pending = identity.begin_login(stranger, "budi", PASSWORD)
    late = later(stranger, minutes=5)

    assert refused(identity.login_with_code, late, pending.ticket, code_at(secret, late.now)) == ["LOGIN_STEP_OVER"]
    assert refused(identity.login_with_code, stranger, pending.ticket[:-2], "1") == ["LOGIN_STEP_OVER"]
    assert refused(identity.login_with_code, stranger, "", "1") == ["LOGIN_STEP_OVER"]
    identity.set_password(ctx, account.id, "kata lain yang acak")
    assert refused(identity.login_with_code, stranger, pending.ticket, "1") == ["LOGIN_STEP_OVER"]
    pending = identity.begin_login(stranger, "budi", "kata lain yang acak")
    Account.update(is_active=False).execute()
    assert refused(identity.login_with_code, stranger, pending.ticket, "1") == ["LOGIN_STEP_OVER"]


@pytest.fixture
def demanding(stranger, ctx, account):
    """A call where the setting demands a second factor of Budi's role."""
    identity.grant_role(ctx, account_id=account.id, role="auditor")
    return replace(stranger, settings=ctx.settings.model_copy(update={"second_factor_roles": ["auditor"]}))


def test_whoever_must_have_a_second_factor_sets_it_up_before_a_session_is_opened(demanding):
    pending = identity.begin_login(demanding, "budi", PASSWORD)
    assert pending.need is Need.ENROLMENT
    assert refused(identity.login, demanding, "budi", PASSWORD) == ["SECOND_FACTOR_MISSING"]
    enrolment = identity.enrolment_at_login(demanding, pending.ticket)
    again = identity.enrolment_at_login(demanding, pending.ticket, enrolment.sealed)
    assert again.secret == enrolment.secret

    wrong = (demanding, pending.ticket, enrolment.sealed, "000000")
    assert refused(identity.login_with_enrolment, *wrong) == ["SECOND_FACTOR_WRONG"]
    assert LoginSession.select().count() == 0
    right = (demanding, pending.ticket, enrolment.sealed, code_at(enrolment.secret, NOON))
    tokens, recovery = identity.login_with_enrolment(*right)

    assert (tokens.session.is_browser, len(recovery)) == (True, 10)
    assert refused(identity.login_with_enrolment, *right) == ["SECOND_FACTOR_SET"]
    assert identity.begin_login(demanding, "budi", PASSWORD).need is Need.CODE


def test_what_the_role_demands_cannot_be_turned_off(demanding, device, budi):
    asked = replace(budi, settings=demanding.settings)

    assert refused(identity.turn_off_second_factor, asked, PASSWORD) == ["SECOND_FACTOR_DEMANDED"]
    assert identity.factor_state(asked).is_demanded
    assert SecondFactor.select().count() == 1


def test_a_role_that_nobody_has_stops_the_start(db):
    with pytest.raises(CannotStart, match="second_factor_roles"):
        start(db.model_copy(update={"second_factor_roles": ["hr_admn"]}))


def test_the_owner_turns_it_off_with_the_password(device, budi):
    assert refused(identity.turn_off_second_factor, budi, "wrong") == ["WRONG_PASSWORD"]
    assert SecondFactor.select().count() == 1

    identity.turn_off_second_factor(budi, PASSWORD)

    assert (SecondFactor.select().count(), RecoveryCode.select().count()) == (0, 0)
    assert identity.login(budi, "budi", PASSWORD).access_token


def test_new_recovery_codes_make_the_former_ones_worthless(device, budi, stranger):
    _, former = device

    fresh = identity.renew_recovery_codes(budi, PASSWORD)

    assert refused(identity.login, stranger, "budi", PASSWORD, code=former[0]) == ["SECOND_FACTOR_WRONG"]
    assert identity.login(stranger, "budi", PASSWORD, code=fresh[0]).access_token
    assert identity.factor_state(budi).codes_left == 9


def test_wrong_passwords_in_an_open_session_lock_as_well(budi):
    for _ in range(5):
        refused(identity.begin_enrolment, budi, "wrong")

    assert refused(identity.begin_enrolment, budi, PASSWORD) == ["PASSWORD_LOCKED"]
    assert identity.begin_enrolment(later(budi, seconds=31), PASSWORD).secret


def test_an_administrator_resets_it_for_somebody_else_and_for_a_reason(device, budi, ctx, account):
    assert refused(identity.reset_second_factor, ctx, account.id) == ["REASON_REQUIRED"]
    assert SecondFactor.select().count() == 1
    ctx.reason = "Ponsel hilang, dikenali di loket"

    identity.reset_second_factor(ctx, account.id)

    record = HistoryRecord.get((HistoryRecord.subject_type == "SecondFactor") & (HistoryRecord.action == "delete"))
    assert record.reason == "Ponsel hilang, dikenali di loket"
    assert LoginSession.select().where(LoginSession.revoked_at.is_null()).count() == 0
    assert refused(identity.reset_second_factor, ctx, account.id) == ["SECOND_FACTOR_NOT_SET"]


def test_nobody_without_the_right_resets_it(device, ctx, stranger, db, account):
    identity.create_account(ctx, username="siti", password=PASSWORD)
    tokens = identity.login(stranger, "siti", PASSWORD)
    siti = replace(stranger, actor=authenticate(f"Bearer {tokens.access_token}", db, NOON), reason="Ponsel hilang")

    assert refused(identity.reset_second_factor, siti, account.id) == ["NOT_FOUND"]
    assert SecondFactor.select().count() == 1


def test_an_administrator_does_not_reset_the_own_one(device, budi, ctx, account):
    identity.grant_role(ctx, account_id=account.id, role="system_admin")
    admin = replace(budi, actor=replace(budi.actor, grants=identity_actor(account).grants), reason="Ponsel hilang")

    assert refused(identity.reset_second_factor, admin, account.id) == ["OWN_SECOND_FACTOR"]


def identity_actor(account):
    from core.identity.actors import actor_for_account

    return actor_for_account(account, NOON.date())


def test_an_api_token_changes_nothing_about_it(device, budi):
    program = replace(budi, actor=replace(budi.actor, token_scopes=frozenset({"read", "write"})))

    assert refused(identity.turn_off_second_factor, program, PASSWORD) == ["FORBIDDEN"]
    assert refused(identity.renew_recovery_codes, program, PASSWORD) == ["FORBIDDEN"]
    assert SecondFactor.select().count() == 1


def test_after_a_change_of_the_secret_key_no_code_is_right_and_the_log_says_why(device, stranger, caplog):
    secret, _ = device
    other = stranger.settings.model_copy(update={"secret_key": "another-secret-of-somebody-else-entirely"})
    now = replace(later(stranger, minutes=5), settings=other)

    with caplog.at_level(logging.ERROR):
        assert refused(identity.login, now, "budi", PASSWORD, code=code_at(secret, now.now)) == ["SECOND_FACTOR_WRONG"]
    assert "another secret_key" in caplog.text


def test_failed_log_ins_of_one_address_are_limited_whatever_the_account(account, stranger):
    rates = LocalRates(3)
    there = replace(stranger, tries=Tries(rates, "address.1"))
    for name in ("one", "two", "three"):
        assert refused(identity.login, there, name, "wrong") == ["LOGIN_FAILED"]

    assert refused(identity.login, there, "budi", PASSWORD) == ["TOO_MANY_TRIES"]
    elsewhere = replace(stranger, tries=Tries(rates, "address.2"))
    for _ in range(10):
        identity.login(elsewhere, "budi", PASSWORD)


def test_the_provider_lets_in_whom_it_vouches_for_and_makes_no_accounts(account, stranger, ctx):
    assert identity.login_by_provider(stranger, " BUDI ").session.is_browser
    assert refused(identity.login_by_provider, stranger, "nobody") == ["OIDC_NO_ACCOUNT"]
    Account.update(is_active=False).execute()
    assert refused(identity.login_by_provider, stranger, "budi") == ["OIDC_NO_ACCOUNT"]
    assert Account.select().count() == 1


def test_the_provider_counts_as_second_factor_unless_the_settings_say_otherwise(device, stranger):
    assert isinstance(identity.login_by_provider(stranger, "budi"), Tokens)
    strict = replace(stranger, settings=stranger.settings.model_copy(update={"oidc_needs_second_factor": True}))
    assert identity.login_by_provider(strict, "budi").need is Need.CODE


def test_sessions_are_listed_and_ended_by_their_owner(account, stranger, db, ctx):
    here, there = (logged_in(stranger, db) for _ in range(2))
    identity.create_account(ctx, username="siti", password=PASSWORD)
    foreign = identity.login(stranger, "siti", PASSWORD).session

    assert {one.id for one in identity.running_sessions(here)} == {here.actor.session_id, there.actor.session_id}
    assert refused(identity.end_session, here, foreign.id) == ["NOT_FOUND"]
    assert identity.end_session(here, there.actor.session_id) == 1
    logged_in(stranger, db)
    assert identity.end_other_sessions(here) == 1
    assert [one.id for one in identity.running_sessions(here)] == [here.actor.session_id]


def test_the_language_of_the_account_is_changed_by_its_owner(budi):
    assert refused(identity.change_language, budi, "fr") == ["BAD_LANGUAGE"]
    assert identity.change_language(budi, "en").language == "en"
    assert Account.get().language == "en"


def test_what_is_sealed_is_opened_by_the_same_key_only(db):
    sealed = codes.seal("text", utc_now(), db)
    other = db.model_copy(update={"secret_key": "another-secret-of-somebody-else-entirely"})

    assert codes.opened(sealed, db) == "text"
    assert codes.opened(sealed, other) is None
    assert codes.opened(sealed[:-4] + "AAAA", db) is None
    assert codes.opened("é", db) is None
