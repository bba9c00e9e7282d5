"""What is done at the pages of the system: jobs, webhooks, tokens, examinations."""

import re
from datetime import timedelta

import pytest

from core import jobs
from core.database import utc_now
from core.identity.models import Account, ApiToken
from core.platform.models import JobRun
from core.platform.terms import RunOutcome
from core.webhooks.models import Webhook, WebhookDelivery
from core.webhooks.terms import DeliveryState, PauseReason, WebhookState


@pytest.fixture
def hook(city):
    """A webhook of the integrator with one delivery given up and one delivered."""
    now = utc_now()
    hook = Webhook.create(
        account=city.accounts["linker"], name="gaji", url="https://example.org/in",
        events=["planning.plan_submitted"], document="query { me { id } }",
    )  # fmt: skip
    for number, state in ((1, DeliveryState.DEAD), (2, DeliveryState.DELIVERED)):
        WebhookDelivery.create(
            webhook=hook, event_id=number, event_name="planning.plan_submitted", payload="{}", occurred_at=now,
            due_at=now, state=state, attempts=3, last_error="503" if number == 1 else "", finished_at=now,
        )  # fmt: skip
    return hook


def states():
    return [row.state for row in WebhookDelivery.select().order_by(WebhookDelivery.event_id)]


def test_a_job_is_run_by_hand_and_what_failed_comes_first(enter):
    admin = enter("sysadmin")
    JobRun.create(
        name="webhooks.deliver", started_at=utc_now(), finished_at=utc_now(), outcome=RunOutcome.FAILED, error="Broken"
    )
    before = jobs.waiting()

    page = admin.get("/admin/system/jobs/").text
    answer = admin.post("/admin/system/jobs/run", name="webhooks.deliver")

    names = re.findall(r"<code>([\w.]+)</code></small>", page)
    assert names[0] == "webhooks.deliver"
    assert "Broken" in page
    assert answer.location == "/admin/system/jobs/"
    assert jobs.waiting() == before + 1
    assert "waits for a worker" in admin.get("/admin/system/jobs/").text


def test_a_job_that_does_not_exist_is_refused(enter):
    admin = enter("sysadmin")

    admin.post("/admin/system/jobs/run", name="no.such")

    assert "Nothing is found under no.such." in admin.get("/admin/system/jobs/").text
    assert jobs.waiting() == 0


def test_the_owner_pauses_and_resumes_a_webhook(enter, hook):
    owner = enter("linker")

    owner.post("/admin/system/webhooks/pause", id=hook.id)
    paused = Webhook.get_by_id(hook.id)
    owner.post("/admin/system/webhooks/resume", id=hook.id)
    resumed = Webhook.get_by_id(hook.id)

    assert (paused.state, paused.paused_reason) == (WebhookState.PAUSED, PauseReason.REQUESTED)
    assert (resumed.state, resumed.paused_reason) == (WebhookState.ACTIVE, PauseReason.NONE)


def test_the_owner_sends_one_or_all_again(enter, hook):
    owner = enter("linker")
    delivered = WebhookDelivery.get(WebhookDelivery.event_id == 2)

    owner.post("/admin/system/webhooks/replay", id=hook.id)
    first = states()
    owner.post("/admin/system/webhooks/replay", id=hook.id, delivery=delivered.id)

    assert first == [DeliveryState.WAITING, DeliveryState.DELIVERED]
    assert states() == [DeliveryState.WAITING, DeliveryState.WAITING]


def test_who_runs_the_system_stops_a_webhook_but_sends_nothing_in_its_name(enter, hook):
    admin = enter("sysadmin")

    page = admin.get("/admin/system/webhooks/details", id=hook.id).text
    admin.post("/admin/system/webhooks/replay", id=hook.id)
    refused = admin.get("/admin/system/webhooks/details", id=hook.id).text
    kept = states()
    admin.post("/admin/system/webhooks/pause", id=hook.id)

    assert "Send once more" not in page
    assert "You are not allowed to do this." in refused
    assert kept == [DeliveryState.DEAD, DeliveryState.DELIVERED]
    assert Webhook.get_by_id(hook.id).state is WebhookState.PAUSED


def test_a_webhook_of_somebody_else_is_absent(enter, hook, city):
    Webhook.update(account=city.accounts["sysadmin"]).where(Webhook.id == hook.id).execute()
    other = enter("linker")

    assert other.get("/admin/system/webhooks/details", id=hook.id).status_code == 404
    assert "gaji" not in other.get("/admin/system/webhooks/").text


def test_a_token_is_shown_once_and_ended_at_a_click(enter, city):
    owner = enter("linker")

    made = owner.post(
        "/admin/system/tokens/new", name="presensi", days="30", scopes="read", account_id=city.accounts["linker"].id
    )
    token = re.search(r'id="made-token">([^<]+)<', made.text).group(1)
    row = ApiToken.get()
    later = owner.get("/admin/system/tokens/").text
    owner.post("/admin/system/tokens/revoke", id=row.id)

    assert made.headers["Cache-Control"] == "no-store"
    assert token.startswith(row.prefix)
    assert (row.name, row.scopes) == ("presensi", ["read"])
    assert row.expires_at - utc_now() > timedelta(days=29)
    assert token not in later
    assert row.prefix in later
    assert ApiToken.get().revoked_at is not None


def test_a_wrong_form_names_its_faults_at_the_fields_and_keeps_what_was_typed(enter):
    owner = enter("linker")

    answer = owner.post("/admin/system/tokens/new", name=" ", days="many", scopes="fly", acts="planning.fly")

    assert answer.status_code == 422
    problems = re.findall(r'<p class="field__problem">([^<]+)', answer.text)
    assert [problem.split(".")[0] for problem in problems] == [
        "A token needs a name of at most 96 characters that tells what uses it",
        "A token lives 1 to 365 days here",
        "There is no scope fly",
        "There is no scope planning",
    ]
    assert 'value="many"' in answer.text
    assert "planning.fly</textarea>" in answer.text
    assert ApiToken.select().count() == 0


def test_a_token_for_a_person_is_made_by_that_person_alone(enter, city):
    program = Account.create(username="presensi", display_name="Presensi")
    admin = enter("sysadmin")

    page = admin.get("/admin/system/tokens/").text
    chief = city.accounts["chief"]
    answer = admin.post("/admin/system/tokens/new", name="x", days="5", scopes="read", account_id=chief.id)

    assert f'<option value="{program.id}">Presensi</option>' in page
    assert f'value="{chief.id}"' not in page
    assert answer.status_code == 422
    assert ApiToken.select().count() == 0


def test_health_names_a_fault_with_its_remedy(enter, db, monkeypatch):
    monkeypatch.setattr("core.health.LEAST_FREE_MB", 10**12)
    admin = enter("sysadmin")

    page = admin.get("/admin/system/health/").text

    assert "1 questions found something wrong." in page
    assert "Make room:" in page


def test_health_tells_when_the_history_was_verified(enter):
    admin = enter("sysadmin")
    before = admin.get("/admin/system/health/").text
    JobRun.create(
        name="history.verify", started_at=utc_now(), finished_at=utc_now(), outcome=RunOutcome.FAILED, error="x"
    )

    after = admin.get("/admin/system/health/").text
    thorough = admin.post("/admin/system/health/").text

    assert "Not yet: it is done every night." in before
    assert "not intact" in after
    assert "The latest history is intact" not in after
    assert "The latest history is intact" in thorough


def test_a_plugin_shows_its_hooks_and_the_rows_of_its_tables(enter):
    admin = enter("sysadmin")

    page = admin.get("/admin/system/plugins/details", name="core").text

    assert "<code>register_models</code>" in page
    assert re.search(r"<code>account</code></dt><dd>6</dd>", page)
    assert admin.get("/admin/system/plugins/details", name="no-such").status_code == 404
