"""Verbs of accounts, roles, calendar, law, imports, operations and webhooks."""

from datetime import date

import pytest

from core.errors import Refused
from core.exchange.models import ImportRun
from core.identity.models import Account, LoginSession, SecondFactor
from core.identity.services.profiles import update_account
from core.law.models import RuleVersion
from core.law.services import correct_source
from core.verbs.performing import verb_named
from core.webhooks.terms import DeliveryState, WebhookState
from core.workdays.terms import HolidayKind
from tests.support.calls import system_context
from tests.support.verbs import GONE, Case, check, do
from tests.support.walk.world import NOON


def key(world, label):
    return world.rows[label].id


CASES = [
    Case(
        "workdays.create_holiday", "hr_admin",
        texts=lambda _w: {"day": "2026-08-17", "name": "Kemerdekaan", "kind": "NATIONAL", "source": ""},
        expected={"day": date(2026, 8, 17), "name": "Kemerdekaan", "kind": HolidayKind.NATIONAL},
    ),
    Case(
        "workdays.correct_holiday", "hr_admin", "holiday", lambda _w: {"name": "Hari Suci Nyepi"},
        {"name": "Hari Suci Nyepi", "day": date(2026, 3, 19), "kind": HolidayKind.NATIONAL},
    ),
    Case(
        "law.add_rule_version", "hr_admin",
        texts=lambda _w: {
            "kind": "objection", "regulation": "Peraturan baru", "source": "uji", "confidence": "H",
            "valid_from": "2026-03-01", "valid_to": "", "content": '{"days": 10, "day_kind": "working"}',
        },
        expected={"regulation": "Peraturan baru", "content": {"days": 10, "day_kind": "working"}},
    ),
    Case(
        "law.correct_source", "hr_admin", "rule", lambda _w: {"source": "Berita Negara 1"},
        {"source": "Berita Negara 1"},
    ),
    Case(
        "identity.create_account", "system_admin",
        texts=lambda w: {
            "username": "program.gaji", "password": "", "employee_id": "", "display_name": "Program",
            "language": "id",
        },
        expected={"username": "program.gaji", "password_hash": "", "language": "id"},
    ),
    Case(
        "identity.update_account", "system_admin", "account.officer",
        lambda _w: {"display_name": "Budi", "language": "en"}, {"display_name": "Budi", "language": "en"},
    ),
    Case(
        "identity.set_password", "system_admin", "account.officer", lambda _w: {"password": "empat kata acak"},
        {"failed_logins": 0},
    ),
    Case("identity.deactivate_account", "system_admin", "account.officer", expected={"is_active": False}),
    Case("identity.reactivate_account", "system_admin", "account.clerk", expected={"is_active": True}),
    Case(
        "identity.grant_role", "other",
        texts=lambda w: {
            "account_id": key(w, "account.officer"), "role": "auditor", "unit_id": key(w, "unit.registry"),
            "valid_from": "", "valid_to": "2026-06-30",
        },
        expected={"role": "auditor", "valid_from": date(2026, 1, 15), "valid_to": date(2026, 6, 30)},
    ),
    Case(
        "identity.revoke_grant", "other", "grant.hr_officer.hr_officer", expected={"valid_to": date(2026, 1, 14)}
    ),
    Case("identity.revoke_api_token", "system_admin", "token.officer", expected={"revoked_at": NOON}),
    Case(
        "operations.register", "system_admin",
        texts=lambda _w: {"document": "query Walk { me { scopes } }", "name": "", "description": "Uji"},
        expected={"name": "Walk", "kind": "query", "description": "Uji"},
    ),
    Case("operations.retire", "system_admin", "operation", expected={"retired_at": NOON}),
    Case(
        "webhooks.update", "officer", "webhook.officer",
        lambda _w: {"name": "Lain", "events": "planning.plan_approved\nplanning.plan_submitted"},
        {"name": "Lain", "events": ["planning.plan_approved", "planning.plan_submitted"]},
    ),
    Case("webhooks.pause", "system_admin", "webhook.chief", expected={"state": WebhookState.PAUSED}),
    Case("webhooks.delete", "chief", "webhook.chief", expected=GONE),
    Case("webhooks.replay", "officer", "delivery.officer", expected={"state": DeliveryState.WAITING}),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_verb_does_what_it_says_and_others_are_refused(world, case):
    world.rows["rule"] = RuleVersion.select().where(RuleVersion.kind == "objection").get()
    Account.update(is_active=False).where(Account.username == "clerk").execute()

    check(world, case)


def test_a_lost_second_factor_is_reset_for_a_reason(world):
    account = world.rows["account.officer"]
    case = Case(
        "identity.reset_second_factor", "system_admin", "account.officer", lambda _w: {"reason": "Ponsel hilang"}
    )
    assert verb_named(case.name).suits(account)
    with pytest.raises(Refused):
        do(world, case, "trainee")
    assert SecondFactor.select().where(SecondFactor.account == account).exists()

    do(world, case)

    assert not SecondFactor.select().where(SecondFactor.account == account).exists()
    assert not verb_named(case.name).suits(account)


def test_all_log_ins_of_an_account_end(world):
    case = Case("identity.revoke_sessions", "system_admin", "account.officer")
    with pytest.raises(Refused):
        do(world, case, "trainee")
    assert LoginSession.select().where(LoginSession.revoked_at.is_null(False)).count() == 0

    assert do(world, case) == 1

    assert LoginSession.get_by_id(key(world, "session.officer")).revoked_at == NOON
    assert LoginSession.get_by_id(key(world, "session.chief")).revoked_at is None


def test_a_paused_webhook_is_resumed_and_what_died_is_sent_again(world):
    do(world, Case("webhooks.pause", "officer", "webhook.officer"))
    world.rows["webhook.officer"] = type(world.rows["webhook.officer"]).get_by_id(key(world, "webhook.officer"))

    check(world, Case("webhooks.resume", "officer", "webhook.officer", expected={"state": WebhookState.ACTIVE}))
    assert do(world, Case("webhooks.replay_dead", "officer", "webhook.officer")) == 1

    delivery = type(world.rows["delivery.officer"]).get_by_id(key(world, "delivery.officer"))
    assert delivery.state is DeliveryState.WAITING


def test_an_import_is_undone(world):
    run = world.rows["import.hr_officer"]
    ImportRun.update(batch="0" * 32).where(ImportRun.id == run.id).execute()

    with pytest.raises(Refused) as stranger:
        do(world, Case("exchange.undo_import", "lapsed", "import.hr_officer"))
    do(world, Case("exchange.undo_import", "hr_officer", "import.hr_officer"))

    assert stranger.value.problems[0].code == "NOT_FOUND"
    assert ImportRun.get_by_id(run.id).state.value == "UNDONE"


def test_an_account_is_not_given_to_somebody_who_has_one(world):
    row = world.rows["account.officer"]

    with pytest.raises(Refused) as refusal:
        update_account(system_context(world.settings), row.id, None, {"employee_id": key(world, "employee.clerk")})

    assert [problem.code for problem in refusal.value.problems] == ["EMPLOYEE_HAS_ACCOUNT"]
    assert Account.get_by_id(row.id).employee_id == row.employee_id


def test_a_source_is_not_emptied(world):
    row = RuleVersion.select().where(RuleVersion.kind == "objection").get()

    with pytest.raises(Refused) as refusal:
        correct_source(world.context("hr_admin"), row.id, None, {"source": " ", "confidence": "X"})

    assert [problem.code for problem in refusal.value.problems] == ["TEXT_MISSING", "BAD_CONFIDENCE"]
    assert RuleVersion.get_by_id(row.id).source == row.source
