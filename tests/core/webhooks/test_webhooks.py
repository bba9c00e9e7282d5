"""Webhooks from end to end: a change of data, a real receiver, signatures, failures, replay and what is refused."""

import hashlib
import hmac
import json
import re
import shutil
import socket
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from types import ModuleType

import pytest

from core.actor import system_actor
from core.context import Context
from core.contributions import Plugin
from core.database import utc_now
from core.errors import Refused
from core.events import EventType
from core.history.models import HistoryRecord
from core.hookspecs import hookimpl
from core.identity.actors import actor_for_account
from core.identity.models import Account, RoleGrant
from core.jobs import JobQueue
from core.operations.models import RegisteredOperation
from core.plugin_host import build_registry, start
from core.registry import active_registry
from core.webhooks import services
from core.webhooks.delivery import CLAIM, _claimed, deliver_due, forget_old, pause_after
from core.webhooks.models import Webhook, WebhookDelivery
from core.webhooks.signing import signature
from core.webhooks.terms import DeliveryState, PauseReason, WebhookState
from core.work import unit_of_work
from schema.application import application_schema
from schema.execution import execute
from tests.support.calls import system_context
from tests.support.city import build_city
from tests.support.cli import answer
from tests.support.grants import give_role
from tests.support.receiver import receiving

EVENT = "organisation.superior_changed"
QUERY = """query($employeeId: ID!, $to: ID!, $eventName: String) {
  who: node(id: $employeeId) { ... on Employee { nip name } } new: node(id: $to) { id }
  me { account { username } } units: workUnits(filter: {name: {contains: $eventName}}) { totalCount } }"""
PERSON = "query($employeeId: ID!) { who: node(id: $employeeId) { ... on Employee { name } } }"
NOW = utc_now() + timedelta(hours=6)
"""When the worker runs: later than the clock of any test here, however long the whole run took to come to it."""


@pytest.fixture
def receiver():
    with receiving() as found:
        yield found


@pytest.fixture
def house(db, receiver):
    """The city, with `chief` an integrator of his own; the receiver is listed."""

    class House:
        settings = db.model_copy(update={"webhooks_allowed_hosts": ["127.0.0.1"], "webhooks_attempts": 3})
        city = build_city()
        account = give_role(city.chief, "integrator")
        now = NOW

        def ctx(self, **changed):
            return Context(
                actor=system_actor(self.now.date()),
                settings=self.settings.model_copy(update=changed),
                now=self.now,
                language="en",
            )

        def as_owner(self):
            return Context(
                actor=actor_for_account(self.account, NOW.date()), settings=self.settings, now=NOW, language="en"
            )

        def hook(self, document=PERSON, **more):
            given = {"name": "payroll", "url": receiver.url + "/hook?x=1", "events": [EVENT], **more}
            return services.create_webhook(self.as_owner(), document=document, **given)

        def happen(self, employee=None, count=1):
            for _ in range(count):
                with unit_of_work(self.ctx()) as work:
                    values = {"employee_id": (employee or self.city.officer).id, "from": None, "to": self.city.chief.id}
                    work.emit(EVENT, {**values, "on": NOW.date()})

        def run(self, **changed):
            return deliver_due(self.ctx(**changed))

        def states(self):
            return [row.state.value for row in WebhookDelivery.select().order_by(WebhookDelivery.id)]

    house = House()
    start(house.settings)
    return house


def verified(secret, headers, body):
    """Check a signature as the documentation tells receivers to do."""
    parts = dict(part.split("=", 1) for part in headers["Kinerja-Signature"].split(","))
    expected = hmac.new(secret.encode(), parts["t"].encode() + b"." + body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected, parts["v1"]) and abs(time.time() - int(parts["t"])) < 300


def test_an_event_is_sent_signed_and_shaped_by_the_owner_s_query(house, receiver):
    made = house.hook(QUERY)
    house.happen()

    assert house.run() == 1

    [(path, headers, body)] = receiver.got
    assert path == "/hook?x=1"
    assert verified(made.secret, headers, body)
    assert not verified("other", headers, body)
    row = WebhookDelivery.get()
    assert headers["Kinerja-Event"] == EVENT
    assert (headers["Kinerja-Event-Id"], headers["Kinerja-Delivery-Id"]) == (str(row.event_id), str(row.id))
    content = json.loads(body)
    assert content == {
        "id": row.event_id,
        "event": EVENT,
        "occurredAt": NOW.replace(tzinfo=None).isoformat() + "Z",
        "data": {
            "who": {"nip": "199005172015031002", "name": "Budi Santoso"},
            "new": {"id": f"Employee:{house.city.chief.id}"},
            "me": {"account": {"username": house.account.username}},
            "units": {"totalCount": 0},
        },
    }
    assert (row.state, row.attempts, row.last_status) == (DeliveryState.DELIVERED, 1, 204)
    assert row.body_hash == hashlib.sha256(body).hexdigest()
    assert house.run() == 0


def test_the_owner_s_rights_of_that_moment_decide(house, receiver):
    house.hook("query($employeeId: ID!) { node(id: $employeeId) { ... on Employee { nip name } } }")
    house.happen(house.city.other)
    house.run()
    assert (house.states(), receiver.got) == (["SKIPPED"], [])

    give_role(house.city.chief, "auditor")
    house.happen(house.city.other)
    house.run()
    assert json.loads(receiver.got[0][2])["data"]["node"]["name"] == "Dewi Lestari"

    RoleGrant.delete().where(RoleGrant.role == "auditor").execute()
    house.happen(house.city.other)
    house.run()
    assert house.states() == ["SKIPPED", "DELIVERED", "SKIPPED"]

    RoleGrant.delete().where(RoleGrant.role == "integrator").execute()
    house.happen()
    house.run()
    assert (house.states()[-1], len(receiver.got)) == ("WAITING", 1)
    assert "role" in WebhookDelivery.select().order_by(WebhookDelivery.id.desc()).get().last_error


def test_a_closed_account_gets_nothing_and_nobody_s_events_leave_no_row(house, receiver):
    house.hook()
    Account.update(is_active=False).execute()
    house.happen()
    assert (house.run(), WebhookDelivery.select().count()) == (0, 0)
    Account.update(is_active=True).execute()
    house.happen()
    Account.update(is_active=False).execute()
    assert (house.run(), receiver.got) == (0, [])


def test_failures_are_tried_again_later_and_given_up_at_last(house, receiver):
    receiver.answers = [500, 302, 404]
    house.hook()
    house.happen()
    errors = []
    for attempt in (1, 2, 3):
        assert house.run() == 1
        row = WebhookDelivery.get()
        errors.append(row.last_error)
        if attempt < 3:
            assert (row.state, row.due_at) == (DeliveryState.WAITING, house.now + pause_after(attempt))
            assert house.run() == 0
            house.now += pause_after(attempt)

    assert errors == [
        "The receiver answered with the status 500.",
        "The receiver redirects, which is not followed. Give its final address.",
        "The receiver answered with the status 404.",
    ]
    assert [path for path, _, _ in receiver.got] == ["/hook?x=1"] * 3
    assert {headers["Kinerja-Event-Id"] for _, headers, _ in receiver.got} == {str(row.event_id)}
    assert (row.state, row.attempts, row.last_status) == (DeliveryState.DEAD, 3, 404)
    assert [dead.id for dead in services.dead_letters(house.as_owner())] == [row.id]

    assert services.replay(house.as_owner(), webhook_id=row.webhook_id) == 1
    assert house.run() == 1
    assert (house.states(), services.dead_letters(house.as_owner())) == (["DELIVERED"], [])
    assert services.replay(house.as_owner(), delivery_id=row.id) == 1
    house.run()
    assert len(receiver.got) == 5


def test_what_one_worker_has_claimed_no_other_sends_until_the_claim_ends(house, receiver):
    house.hook()
    house.happen()
    [row] = _claimed(house.ctx(), set())
    assert _claimed(house.ctx(), set()) == []
    assert house.run() == 0

    house.now += CLAIM

    assert (house.run(), len(receiver.got), WebhookDelivery.get().id) == (1, 1, row.id)


def test_a_receiver_that_dawdles_is_cut_off(house, receiver):
    receiver.answers = ["dawdle"]
    house.hook()
    house.happen()

    begun = time.monotonic()
    house.run(webhooks_timeout_seconds=1)

    assert time.monotonic() - begun < 2
    assert WebhookDelivery.get().last_error == "No answer within 1 seconds."


def test_a_dead_receiver_is_paused_holds_nobody_up_and_catches_up_when_resumed(house, receiver):
    failing = house.hook(name="a").row
    fine = house.hook(name="b").row
    house.happen(count=2)
    changed = {"webhooks_attempts": 1, "webhooks_pause_after": 2}
    # A host that is not listed: every try fails.
    Webhook.update(url=receiver.url.replace("127.0.0.1", "localhost") + "/gone").where(
        Webhook.id == failing.id
    ).execute()

    for _ in range(3):
        house.run(**changed)

    assert len(receiver.got) == 2
    failing, fine = Webhook.get_by_id(failing.id), Webhook.get_by_id(fine.id)
    assert (failing.state, failing.paused_reason) == (WebhookState.PAUSED, PauseReason.FAILING)
    assert (fine.state, fine.deaths) == (WebhookState.ACTIVE, 0)
    house.happen()
    house.run(**changed)
    assert len(receiver.got) == 3
    Webhook.update(url=receiver.url).where(Webhook.id == failing.id).execute()
    services.resume_webhook(house.as_owner(), failing.id)
    assert services.replay(house.as_owner(), webhook_id=failing.id) == 2
    house.run()
    assert len(receiver.got) == 6
    assert set(house.states()) == {"DELIVERED"}


INSIDE = [
    "http://127.0.0.1/", "http://10.1.2.3/", "http://169.254.169.254/latest", "http://[::1]/", "http://0.0.0.0/",
    "http://[::ffff:10.0.0.1]/", "http://[64:ff9b::a00:1]/", "http://[fe80::1]/", "http://localhost/",
    "http://[::7f00:1]/", "http://[fec0::1]/", "http://[64:ff9b:1::1]/", "http://240.0.0.1/", "http://[ff02::1]/",
    "http://192.168.1.1:8080/", "http://[2002:a00:1::]/", "http://100.64.0.1/",
]  # fmt: skip


def test_addresses_inside_the_institution_are_refused(house):
    start(house.settings.model_copy(update={"webhooks_allowed_hosts": []}))
    house.settings = house.settings.model_copy(update={"webhooks_allowed_hosts": []})
    for url in INSIDE:
        assert refusal(house, url=url) == ["WEBHOOK_HOST_INSIDE"], url
    bad = "ftp://example.id/", "https://u:p@example.id/", "https:///x", "https://exa mple.id/", "x", "https://a\\b/"
    for url in bad:
        assert refusal(house, url=url) == ["BAD_WEBHOOK_URL"], url
    house.settings = house.settings.model_copy(update={"production": True})
    assert refusal(house, url="http://example.id/") == ["WEBHOOK_NOT_ENCRYPTED"]


def refusal(house, **given):
    with pytest.raises(Refused) as refused:
        house.hook(**given)
    return [problem.code for problem in refused.value.problems]


def test_the_name_is_asked_once_and_its_answer_checked_before_connecting(house, receiver, monkeypatch):
    """A name that leads inside, or first outside and then inside, brings nobody in."""
    port = int(receiver.url.rpartition(":")[2])
    asked, answers = [], {"hook.example.id": ["127.0.0.1"]}
    original = socket.getaddrinfo

    def resolve(host, *args, **kwargs):
        if host not in answers:
            return original(host, *args, **kwargs)
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in answers[host]]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    made = house.hook(url=f"http://hook.example.id:{port}/in")
    house.happen()
    house.run()
    assert receiver.got == []
    assert "leads to 127.0.0.1, inside the institution" in WebhookDelivery.get().last_error
    answers["hook.example.id"] = ["93.184.216.34", "10.0.0.1"]
    house.now += timedelta(hours=1)
    house.run()
    assert "leads to 10.0.0.1" in WebhookDelivery.get().last_error

    asked.clear()
    answers["hook.example.id"] = ["127.0.0.1"]
    house.now += timedelta(hours=1)
    house.run(webhooks_allowed_hosts=["Hook.example.id"])
    [(path, headers, body)] = receiver.got
    assert (path, headers["Host"], asked) == ("/in", f"hook.example.id:{port}", ["hook.example.id"])
    assert verified(made.secret, headers, body)


def test_what_does_not_fit_is_refused(house):
    for given, code in [
        ({"document": "query { nothing }"}, "OPERATION_INVALID"),
        ({"document": "mutation { logout { problems { code } } }"}, "NOT_A_QUERY"),
        ({"events": []}, "EVENTS_MISSING"),
        ({"events": ["planning.plan_submited"]}, "UNKNOWN_EVENT"),
        ({"name": " "}, "BAD_WEBHOOK_NAME"),
    ]:
        assert refusal(house, **given) == [code]


def test_a_query_that_fails_and_a_body_too_large_are_told(house):
    house.hook("query($nothing: ID!) { node(id: $nothing) { id } }")
    house.hook("{ workUnits { nodes { name code validFrom children { nodes { name code validFrom id } } id } } }")
    house.happen()

    house.run(webhooks_max_bytes=200)

    errors = sorted(row.last_error for row in WebhookDelivery.select())
    assert "bytes, 200 are allowed" in errors[0]
    assert errors[1].startswith("The query fails")


def test_a_new_secret_signs_and_the_old_one_does_not(house, receiver):
    first = house.hook()
    second = services.renew_secret(house.as_owner(), first.row.id)
    house.happen()
    house.run()

    assert second.secret.startswith("whsec_")
    assert [verified(one.secret, *receiver.got[0][1:]) for one in (first, second)] == [False, True]
    assert not [row for row in HistoryRecord.select() if "salt" in f"{row.before}{row.after}"]


def test_a_webhook_is_run_by_its_owner_and_stopped_by_administrators(house):
    made = house.hook()
    other = Account.create(username="other", employee=house.city.other)
    admin = give_role(house.city.secretary, "system_admin")

    def call(account, scopes=None):
        actor = actor_for_account(account, NOW.date(), token_scopes=scopes)
        return Context(actor=actor, settings=house.settings, now=NOW, language="en")

    for who, act, code in [
        (call(other), services.pause_webhook, "NOT_FOUND"),
        (call(admin), services.resume_webhook, "FORBIDDEN"),
        (call(admin), services.renew_secret, "FORBIDDEN"),
        (call(house.account, frozenset({"read", "write"})), services.renew_secret, "FORBIDDEN"),
    ]:
        with pytest.raises(Refused) as refused:
            act(who, made.row.id)
        assert [problem.code for problem in refused.value.problems] == [code]
    assert services.pause_webhook(call(admin), made.row.id).paused_reason is PauseReason.REQUESTED
    services.delete_webhook(call(admin), made.row.id)
    assert Webhook.select().count() == 0
    with pytest.raises(Refused) as refused:
        services.create_webhook(
            system_context(house.settings, NOW), name="x", url="https://example.id", events=[EVENT], document=PERSON,
            account_id=other.id,
        )  # fmt: skip
    assert refused.value.problems[0].code == "OWNER_WITHOUT_ROLE"


def test_events_of_plugins_reach_webhooks_and_old_deliveries_go(house, receiver, monkeypatch):
    plugin = ModuleType("waving")
    plugin.PLUGIN = Plugin(name="waving", title="Waving", description="Waves.", kinerja=">=0.1")
    plugin.register_events = hookimpl(lambda: [EventType("waving.waved", "Somebody waved: employeeId.")])
    plugin.register_events.__name__ = "register_events"
    monkeypatch.setitem(sys.modules, "waving", plugin)
    start(house.settings, [plugin])
    assert {"waving.waved", "planning.plan_submitted"} <= {name for name, _ in services.event_types()}
    house.hook(events=["waving.waved"])

    with unit_of_work(house.ctx()) as work:
        work.emit("waving.waved", {"employeeId": house.city.officer.id})
        work.emit(EVENT, {"employee_id": house.city.officer.id})
    house.run()

    [body] = [json.loads(body) for _, _, body in receiver.got]
    assert (body["event"], body["data"]) == ("waving.waved", {"who": {"name": "Budi Santoso"}})
    start(house.settings)
    house.now += timedelta(days=31)

    assert forget_old(house.ctx()) == 1


def test_the_job_delivers_and_mutations_run_it_all(house, receiver):
    schema = application_schema(build_registry(house.settings, [], web=True))

    def ask(query, **variables):
        response = execute(schema, house.as_owner(), query, variables)
        assert "errors" not in response, response
        return response["data"]

    made = ask(
        """mutation($i: CreateWebhookInput!) { createWebhook(input: $i) {
        secret webhook { id version state events query account { username } } problems { code message } } }""",
        i={"name": "payroll", "url": receiver.url, "events": [EVENT], "query": PERSON},
    )["createWebhook"]
    webhook = made["webhook"]
    assert (made["problems"], webhook["state"], webhook["events"]) == ([], "ACTIVE", [EVENT])
    changed = ask(
        """mutation($i: UpdateWebhookInput!) { updateWebhook(input: $i) { webhook { name url } problems { code } } }""",
        i={"webhookId": webhook["id"], "version": webhook["version"], "name": "salaries"},
    )["updateWebhook"]
    assert changed == {"webhook": {"name": "salaries", "url": receiver.url}, "problems": []}
    house.happen()
    queue = JobQueue(house.settings, active_registry().jobs, immediate=True)

    queue.run("webhooks.deliver")

    assert len(receiver.got) == 1
    assert ask(
        """query($id: ID!) { webhookDeliveries { nodes { id state attempts lastStatus eventName } }
        webhooks { nodes { name deliveries(filter: {state: {eq: DELIVERED}}) { totalCount } } } eventTypes { name }
        node(id: $id) { id } }""",
        id=webhook["id"],
    ) | {"eventTypes": None} == {
        "webhookDeliveries": {
            "nodes": [
                {
                    "id": f"WebhookDelivery:{WebhookDelivery.get().id}", "state": "DELIVERED", "attempts": 1,
                    "lastStatus": 204, "eventName": EVENT,
                }
            ]
        },
        "webhooks": {"nodes": [{"name": "salaries", "deliveries": {"totalCount": 1}}]},
        "eventTypes": None,
        "node": {"id": webhook["id"]},
    }  # fmt: skip
    for name, more in [
        ("pauseWebhook", ""), ("resumeWebhook", ""), ("renewWebhookSecret", "secret"), ("replayWebhook", "count"),
        ("deleteWebhook", "deletedId"),
    ]:  # fmt: skip
        done = ask(
            f"mutation($id: ID!) {{ {name}(input: {{webhookId: $id}}) {{ problems {{ code }} {more} }} }}",
            id=webhook["id"],
        )[name]
        assert done["problems"] == [], name


@pytest.mark.usefixtures("deployed")
def test_the_command_line_makes_lists_replays_and_ends_webhooks(capsys, tmp_path):
    (tmp_path / "q.graphql").write_text(PERSON)
    answer(capsys, "user", "create", "payroll", "--role", "integrator", "--generate")
    given = ("payroll", "Gaji", "https://example.id/hook", "--query", str(tmp_path / "q.graphql"), "--event", EVENT)

    code, out, _ = answer(capsys, "webhooks", "create", *given, "--json")

    assert (code, json.loads(out)["secret"][:6]) == (0, "whsec_")
    [row] = json.loads(answer(capsys, "webhooks", "list", "--json")[1])
    assert (row["owner"], row["state"]) == ("payroll", "ACTIVE")
    key = str(row["id"])
    assert answer(capsys, "webhooks", "pause", key)[0] == 0
    assert answer(capsys, "webhooks", "resume", key)[0] == 0
    assert answer(capsys, "webhooks", "replay", "--webhook", key)[0] == 0
    assert answer(capsys, "webhooks", "replay")[0] == 1
    assert json.loads(answer(capsys, "webhooks", "dead", "--json")[1]) == []
    assert answer(capsys, "webhooks", "delete", key)[0] == 0
    assert answer(capsys, "worker", "--once", "webhooks.deliver")[0] == 0


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed; apt install openssl")
def test_with_tls_the_name_of_the_certificate_counts(house, receiver, monkeypatch, tmp_path):
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-keyout", key, "-out", certificate, "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"],
        check=True, capture_output=True,
    )  # fmt: skip
    with receiving(certificate, key) as secured:
        port = secured.url.rpartition(":")[2]
        house.settings = house.settings.model_copy(update={"webhooks_allowed_hosts": ["localhost", "127.0.0.1"]})
        house.hook(url=f"https://localhost:{port}/", name="known")
        house.hook(url=f"https://127.0.0.1:{port}/", name="other name")
        house.happen()
        house.run(production=True)
        assert all("CERTIFICATE_VERIFY_FAILED" in row.last_error for row in WebhookDelivery.select())

        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        house.now += timedelta(minutes=1)
        house.run(production=True)

        assert house.states() == ["DELIVERED", "WAITING"]
        assert len(secured.got) == 1


def block(kind):
    page = (Path(__file__).parents[3] / "docs" / "clients" / "webhooks.md").read_text(encoding="utf-8")
    return re.search(rf"```{kind}\n(.*?)```", page, re.DOTALL).group(1)


CASES = [("secret", b'{"id":1}', 0, True), ("other", b'{"id":1}', 0, False), ("secret", b'{"id":2}', 0, False),
         ("secret", b'{"id":1}', 400, False)]  # fmt: skip


def test_the_documented_check_in_python_tells_true_from_false():
    names = {}
    exec(block("python"), names)

    now = int(time.time())
    for secret, body, age, expected in CASES:
        header = signature("secret", now - age, b'{"id":1}')
        assert names["verify"](secret, header, body) is expected
    assert names["verify"]("secret", "nonsense", b"") is False


@pytest.mark.skipif(shutil.which("node") is None, reason="Node is not installed; apt install nodejs")
def test_the_documented_check_in_typescript_tells_true_from_false(tmp_path):
    # Without its types TypeScript is JavaScript.
    code = re.sub(r": (string|Buffer|boolean)\b| as \[string, string\]", "", block("typescript"))
    now = int(time.time())
    for secret, body, age, expected in CASES:
        header = signature("secret", now - age, CASES[0][1])
        call = f"verify({secret!r}, {header!r}, Buffer.from({body.decode()!r}))"
        code += f"if ({call} !== {json.dumps(expected)}) throw new Error({call!r});\n"
    (tmp_path / "check.mjs").write_text(code)

    done = subprocess.run(["node", tmp_path / "check.mjs"], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.usefixtures("db")
def test_the_doctor_names_what_no_longer_works(house):
    house.hook()
    Webhook.update(paused_reason=PauseReason.FAILING).execute()
    RegisteredOperation.create(name="Old", kind="query", document="query Old { gone }", sha256="0" * 64)

    found = [problem.code for check in active_registry().checks for problem in check.run(house.ctx())]

    assert sorted(found) == ["OPERATION_OUTDATED", "WEBHOOK_PAUSED"]
