"""Who finds the pages of the system, in both languages, and that none of them tells a secret."""

import re

import pytest

from core.app import create_app
from core.database import utc_now
from core.identity.models import ApiToken
from core.platform.models import JobRun, OutboxEvent
from core.platform.terms import RunOutcome
from core.webhooks.models import Webhook, WebhookDelivery
from tests.support.office import Person

PAGES = {
    "health": {"sysadmin"},
    "plugins": {"sysadmin"},
    "jobs": {"sysadmin"},
    "settings": {"sysadmin"},
    "webhooks": {"sysadmin", "linker"},
    "tokens": {"sysadmin", "linker"},
    "sight": {"sysadmin", "hradmin"},
}
POSTS = (
    "health/", "jobs/run", "webhooks/pause", "webhooks/resume", "webhooks/replay", "tokens/new", "tokens/revoke",
)  # fmt: skip
SECRET = "rahasia-benar-8fd1"


@pytest.mark.parametrize("username", ["officer", "chief", "auditor", "hradmin", "sysadmin", "linker"])
def test_each_page_is_there_for_whom_it_is_meant_and_nobody_else(enter, username):
    person = enter(username)

    found = {name for name in PAGES if person.get(f"/admin/system/{name}/").status_code == 200}
    others = {person.get(f"/admin/system/{name}/").status_code for name in PAGES if name not in found}

    assert found == {name for name, people in PAGES.items() if username in people}
    assert others <= {404}
    menu = set(re.findall(r'href="/admin/system/(\w+)/"', person.get("/admin/").text))
    assert menu == found


@pytest.mark.parametrize("path", POSTS)
def test_an_employee_can_do_nothing_there_either(enter, path):
    person = enter("officer")

    assert person.post(f"/admin/system/{path}", id="1", name="x").status_code == 404


def test_a_stranger_is_sent_to_the_log_in(app):
    answer = app.test_client().get("/admin/system/health/")

    assert (answer.status_code, answer.location) == (302, "/admin/login?next=/admin/system/health/?")


@pytest.mark.parametrize("path", POSTS)
def test_a_form_without_its_token_is_refused(enter, path):
    person = enter("sysadmin")

    answer = person.post(f"/admin/system/{path}", token="guess", id="1", name="events.deliver_pending")

    assert answer.status_code == 403
    assert "The form was too old." in answer.text


@pytest.mark.parametrize("name", PAGES)
def test_each_page_speaks_both_languages(enter, name):
    english, indonesian = enter("sysadmin"), enter("sysadmin", "id")

    first, second = (person.get(f"/admin/system/{name}/").text for person in (english, indonesian))

    titles = [re.search(r"<h1>(.*?)</h1>", page).group(1) for page in (first, second)]
    assert titles[0] != titles[1]


def test_no_page_tells_a_secret(db, city, monkeypatch):
    monkeypatch.setenv("KINERJA_METRICS_TOKEN", f"{SECRET}-metrics")
    settings = db.model_copy(
        update={
            "secret_key": f"{SECRET}-key-that-is-long-enough-for-everybody",
            "metrics_token": f"{SECRET}-metrics",
            "redis_url": f"redis://user:{SECRET}-redis@127.0.0.1:6379/0",
            "sections": {"training": {"api_password": f"{SECRET}-plugin", "greeting": "halo"}},
        }
    )
    now = utc_now()
    app = create_app(settings, [])
    account = city.accounts["sysadmin"]
    hook = Webhook.create(
        account=account, name="gaji", url=f"https://u:{SECRET}-login@example.org/in?token={SECRET}-query",
        events=["planning.plan_submitted"], document="query { me { id } }", secret_salt=f"{SECRET}-salt",
    )  # fmt: skip
    WebhookDelivery.create(
        webhook=hook, event_id=1, event_name="planning.plan_submitted", payload=f'{{"x": "{SECRET}-payload"}}',
        occurred_at=now, due_at=now, state="DEAD", last_error=f"401 for https://u:{SECRET}-error@example.org",
    )  # fmt: skip
    run = JobRun.create(
        name="events.deliver_pending", started_at=now, finished_at=now, outcome=RunOutcome.FAILED,
        error=f"ValueError: password={SECRET}-run redis://user:{SECRET}-redis@x",
    )  # fmt: skip
    event = OutboxEvent.create(name="x.y", payload=SECRET, at=now, last_error=f"token: {SECRET}-event")
    ApiToken.create(
        account=account, name="presensi", token_hash=f"{SECRET}-hash", prefix="kin_abc", scopes=["read"],
        expires_at=now,
    )  # fmt: skip
    person = Person(app, "sysadmin")

    pages = {name: person.get(f"/admin/system/{name}/") for name in PAGES}
    pages["webhook"] = person.get("/admin/system/webhooks/details", id=hook.id)
    pages["plugin"] = person.get("/admin/system/plugins/details", name="core")
    pages["person"] = person.get(
        "/admin/system/sight/", account=account.id, area="identity", model="Webhook", id=hook.id
    )
    pages["events"] = person.get("/admin/outbox-event/", cols="name,last_error")
    pages["event"] = person.get("/admin/outbox-event/details/", id=event.id)
    pages["run"] = person.get("/admin/job-run/details/", id=run.id)
    pages["thorough"] = person.post("/admin/system/health/")

    assert {name: page.status_code for name, page in pages.items()} == dict.fromkeys(pages, 200)
    assert [name for name, page in pages.items() if SECRET in page.text] == []
    assert "token: …" in pages["events"].text
    assert "token: …" in pages["event"].text
    assert "training.greeting" in pages["settings"].text
    assert "halo" in pages["settings"].text
    assert "redis://…@127.0.0.1:6379/0" in pages["settings"].text
