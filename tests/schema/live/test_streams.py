"""Live streams over real connections: from the web server itself and from the process made for them."""

import json
import re
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from http.client import HTTPConnection
from threading import Event
from urllib.parse import quote

import pytest

from core.database import database, is_sqlite, utc_now
from core.identity import services as identity
from core.identity.models import Account, ApiToken, RoleGrant
from core.live.models import LiveEvent
from core.organisation.models import Assignment, ReportingLine, WorkUnit
from core.planning.models import PerformancePlan
from core.planning.terms import PlanState
from core.plugin_host import start
from core.settings import Settings
from core.work import unit_of_work
from tests.support.calls import system_context
from tests.support.city import build_city
from tests.support.databases import empty, open_for_tests
from tests.support.live import LiveClient
from tests.support.plans import plan_of
from tests.support.server import Client, Server

SECRET = "a-secret-for-streams-under-test-long-enough"
PLANS = "subscription($unit: ID, $plan: ID) { planStateChanged(unitId: $unit, planId: $plan) { id supportNeeded } }"
DASHBOARD = """
subscription($unit: ID!, $period: ID!) { unitDashboardChanged(unitId: $unit, periodId: $period) { planCount } }
"""
KINDS = ("serve", "live")


class World:
    """The small city with a plan for each, accounts with tokens, and one server of each kind."""

    def __init__(self, settings, folder):
        start(settings)
        self.settings = settings
        self.folder = folder
        self.city = build_city()
        first = date(utc_now().year, 1, 1)
        for model in (Assignment, ReportingLine, WorkUnit):
            model.update(valid_from=first - timedelta(days=400)).execute()
        people = [self.city.officer, self.city.clerk, self.city.other]
        self.plans = [plan_of(one, self.city.period, state=PlanState.SUBMITTED) for one in people]
        self.ctx = system_context(settings, utc_now())
        self.accounts, self.tokens = {}, {}
        for name, employee in (("office", None), ("clerk", self.city.clerk), ("guest", None)):
            account = identity.create_account(self.ctx, username=name, employee_id=employee.id if employee else None)
            self.accounts[name] = account
            self.tokens[name] = self.token(name)
        self.grant("office")

    def token(self, name):
        made = identity.create_api_token(
            self.ctx, name="test", scopes=("read", "write"), account_id=self.accounts[name].id
        )
        return made.token

    def grant(self, name):
        return RoleGrant.create(account=self.accounts[name], role="hr_officer", unit=None, valid_from=date(2020, 1, 1))

    def tell(self, *plans, event="planning.plan_submitted"):
        """Announce plans, each in a transaction of its own; return the ids of the events."""
        ids = []
        ctx = system_context(self.settings, utc_now())
        for plan in plans:
            with unit_of_work(ctx) as work:
                work.emit(event, {"plan_id": plan.id, "period_id": plan.period_id})
            ids.append(newest_id())
        return ids


@pytest.fixture(scope="module")
def world(database_url, tmp_path_factory):
    folder = tmp_path_factory.mktemp("streams")
    open_for_tests(database_url)
    settings = Settings(secret_key=SECRET, database_url=database_url, var_dir=folder / "var")
    made = World(settings, folder)
    common = {
        "KINERJA_DATABASE_URL": database_url,
        "KINERJA_SECRET_KEY": SECRET,
        "KINERJA_LIVE_KEEPALIVE_SECONDS": "1",
        "KINERJA_LIVE_SEND_SECONDS": "1",
        "KINERJA_LIVE_MAX_STREAMS": "4",
        "KINERJA_LIVE_MAX_STREAMS_PER_ACCOUNT": "3",
        "KINERJA_THREADS": "8",
    }
    made.servers = {
        "serve": Server(folder, common, ("serve", "--no-worker")),
        "live": Server(folder, common, ("live",)),
    }
    for server in made.servers.values():
        server.begin()
    try:
        for server in made.servers.values():
            server.wait_until_ready()
        yield made
    finally:
        for server in made.servers.values():
            server.kill()
        open_for_tests(database_url)
        empty()
        database.close()


def streams_open(port):
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", "/metrics")
    figures = connection.getresponse().read().decode()
    connection.close()
    return float(re.search(r"^kinerja_live_streams (\S+)$", figures, re.MULTILINE)[1])


def wait_until_left(port):
    """Wait until the server has noticed that every client has gone."""
    deadline = time.monotonic() + 10
    while streams_open(port):
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.fixture(params=KINDS)
def port(request, world):
    number = world.servers[request.param].port
    wait_until_left(number)
    return number


def id_of(plan):
    return f"PerformancePlan:{plan.id}"


def codes(told):
    return [error["extensions"]["code"] for error in told.data.get("errors", ())]


def test_a_change_is_told_when_it_is_committed_and_what_another_unit_does_is_not(world, port):
    mine, other = world.plans[0], world.plans[2]
    variables = {"unit": f"WorkUnit:{mine.unit_id}"}
    with LiveClient(port, world.tokens["office"], PLANS, variables=variables) as client:
        assert (client.status, client.response.headers["Content-Type"].split(";")[0]) == (200, "text/event-stream")
        (_, second) = world.tell(other, mine)
        told = client.next()

        assert (told.id, told.event) == (second, "next")
        assert told.data["data"] == {"planStateChanged": {"id": id_of(mine), "supportNeeded": ""}}
        live = told.data["extensions"]["live"]
        assert (live["eventId"], live["event"]) == (second, "planning.plan_submitted")
        # A silent stream shows that it lives, and how far it has come.
        (third,) = world.tell(other)
        while (beat := client.message()).id != third:
            assert beat.event is None


def test_only_what_the_subscriber_may_see_is_told(world, port):
    with LiveClient(port, world.tokens["clerk"], PLANS) as client:
        ids = world.tell(world.plans[2], world.plans[0], world.plans[1])

        assert client.next().id == ids[-1]


def test_a_grant_that_is_withdrawn_hides_from_the_next_event_on(world, port):
    grant = world.grant("guest")
    with LiveClient(port, world.tokens["guest"], PLANS) as client:
        (first,) = world.tell(world.plans[0])
        assert client.next().id == first
        RoleGrant.delete().where(RoleGrant.id == grant.id).execute()
        (hidden,) = world.tell(world.plans[0])
        while client.message().id != hidden:
            pass
        world.grant("guest")
        (last,) = world.tell(world.plans[0])
        assert client.next().id == last
    RoleGrant.delete().where(RoleGrant.account == world.accounts["guest"].id).execute()


def test_a_credential_that_ends_ends_the_stream_also_when_nothing_happens(world, port):
    made = world.token("guest")
    token = ApiToken.select().order_by(ApiToken.id.desc()).first()
    with LiveClient(port, made, PLANS) as one, LiveClient(port, world.tokens["clerk"], PLANS) as other:
        ApiToken.update(revoked_at=utc_now()).where(ApiToken.id == token.id).execute()
        Account.update(is_active=False).where(Account.id == world.accounts["clerk"].id).execute()
        for client in (one, other):
            assert codes(client.next()) == ["UNAUTHENTICATED"]
            assert client.next().event == "complete"
            assert client.next() is None
    Account.update(is_active=True).execute()


def test_of_several_changes_a_dashboard_shows_the_last_state_once(world, port):
    unit, period = world.city.root.id, world.city.period.id
    variables = {"unit": f"WorkUnit:{unit}", "period": f"EvaluationPeriod:{period}"}
    with LiveClient(port, world.tokens["office"], DASHBOARD, variables=variables) as client:
        with unit_of_work(world.ctx) as work:
            for plan in world.plans:
                work.emit("planning.plan_updated", {"plan_id": plan.id, "employee_id": plan.employee_id})
        told = client.next()
        assert told.data["data"]["unitDashboardChanged"]["planCount"] == len(world.plans)
        ids = world.tell(world.plans[0])
        # Nothing is different, so nothing is told.
        while (beat := client.message()).id != ids[-1]:
            assert beat.event is None


def newest_id():
    return str(LiveEvent.select(LiveEvent.id).order_by(LiveEvent.id.desc()).limit(1).scalar() or 0)


def read_on(world, port, last_id, done):
    """Read until nobody writes any more and nothing is left, cut after every few messages; return the ids."""
    seen = []
    with database.connection_context():
        while True:
            with LiveClient(port, world.tokens["office"], PLANS, last_id=last_id) as client:
                if client.status != 200:
                    # The server has not noticed yet that the stream before is cut.
                    assert client.status in {429, 503}
                    time.sleep(0.1)
                    continue
                for _ in range(7):
                    was_done = done.is_set()
                    told = client.message()
                    last_id = client.last_id
                    if told.event is not None:
                        seen.append(told.id)
                    elif was_done and last_id == newest_id():
                        return seen


def test_cut_off_and_resumed_it_misses_nothing_under_concurrent_writers(world, port):
    done = Event()

    def write(plan):
        with database.connection_context():
            for _ in range(20):
                world.tell(plan)
                time.sleep(0.005)

    position = newest_id()
    with ThreadPoolExecutor(4) as pool:
        reader = pool.submit(read_on, world, port, position, done)
        for writer in [pool.submit(write, plan) for plan in world.plans]:
            writer.result(60)
        done.set()
        seen = reader.result(60)

    kept = [str(row.id) for row in LiveEvent.select().where(LiveEvent.id > int(position)).order_by(LiveEvent.id)]
    assert len(kept) == 60
    assert list(dict.fromkeys(seen)) == kept


def test_a_position_that_is_gone_is_refused_with_what_to_do(world, port):
    with LiveClient(port, world.tokens["office"], PLANS, last_id="999999999") as client:
        told = client.next()
        assert codes(told) == ["REPLAY_GONE"]
        assert "afresh" in told.data["errors"][0]["message"]
        assert client.next().event == "complete"


def test_beyond_the_budget_one_is_refused_politely_and_requests_are_still_answered(world, port):
    office, clerk = world.tokens["office"], world.tokens["clerk"]
    opened = [LiveClient(port, office, PLANS) for _ in range(3)]
    with LiveClient(port, office, PLANS) as refused:
        assert (refused.status, refused.response.headers["Retry-After"]) == (429, "30")
        error = refused.body()["errors"][0]
        assert error["extensions"]["code"] == "LIVE_STREAMS_OF_ACCOUNT"
        assert "3" in error["message"]
    opened.append(LiveClient(port, clerk, PLANS))
    with LiveClient(port, clerk, PLANS) as refused:
        assert (refused.status, refused.response.headers["Retry-After"]) == (503, "30")
        assert refused.body()["errors"][0]["extensions"]["code"] == "LIVE_STREAMS_FULL"
    with LiveClient(port, clerk, "{ __typename }") as client:
        assert client.next().data["data"] == {"__typename": "Query"}
        assert client.next().event == "complete"
    assert streams_open(port) == 4
    for client in opened:
        client.close()
    wait_until_left(port)


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("subscription { nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("subscription {", "GRAPHQL_PARSE_FAILED"),
        ("subscription { planStateChanged { id } evaluationStateChanged { id } }", "GRAPHQL_VALIDATION_FAILED"),
        ("subscription($plan: ID!) { planStateChanged(planId: $plan) { id } }", "BAD_USER_INPUT"),
        ('subscription { planStateChanged(planId: "Employee:1") { id } }', "BAD_ID"),
        ('subscription { planStateChanged(planId: "PerformancePlan:99999") { id } }', "NOT_FOUND"),
    ],
)
def test_a_subscription_that_cannot_be_is_told_so_in_the_stream(world, port, query, code):
    with LiveClient(port, world.tokens["office"], query) as client:
        assert client.status == 200
        assert codes(client.next()) == [code]
        assert client.next().event == "complete"
        assert client.next() is None


def test_strangers_have_no_streams(world, port):
    with LiveClient(port, None, PLANS) as client:
        assert (client.status, client.response.headers["WWW-Authenticate"]) == (401, "Bearer")
        assert client.body()["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
    with LiveClient(port, "nonsense", PLANS) as client:
        assert client.status == 401


def test_a_subscription_can_be_asked_for_with_get_and_an_alias_in_a_fragment(world, port):
    query = "subscription { ...F } fragment F on Subscription { mine: planStateChanged { id } }"
    (first,) = world.tell(world.plans[0])
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    headers = {"Authorization": f"Bearer {world.tokens['office']}", "Accept": "text/event-stream"}
    position = int(first) - 1
    connection.request("GET", f"/graphql?query={quote(query)}&lastEventId={position}", headers=headers)
    response = connection.getresponse()
    # How many blank lines and comments come before it depends on the moment.
    data = next(line for line in map(bytes.decode, iter(response.readline, b"")) if line.startswith("data:"))
    connection.close()

    assert data.startswith('data: {"data":{"mine":{"id":"' + id_of(world.plans[0]))


def test_without_a_stream_a_subscription_says_what_it_wants(world):
    with Client(world.servers["serve"].port, world.tokens["office"]) as client:
        answer = client.ask(PLANS)

    assert answer["errors"][0]["extensions"]["code"] == "STREAM_REQUIRED"


def test_the_live_process_serves_streams_only(world):
    connection = HTTPConnection("127.0.0.1", world.servers["live"].port, timeout=20)
    for method, path, status in (
        ("POST", "/graphql", 406),
        ("GET", "/admin/", 404),
        ("PUT", "/graphql/stream", 405),
        ("GET", "/healthz", 200),
        ("GET", "/readyz", 200),
        ("GET", "/metrics", 200),
    ):
        connection.request(method, path, headers={"Accept": "application/json"})
        response = connection.getresponse()
        response.read()
        assert (path, response.status) == (path, status)
    body = json.dumps({"query": "{ __typename }"})
    for content, kind, status in (
        (body, "text/plain", 415),
        (body, "application/json; charset=utf-16", 415),
        ("[]" * 600_000, "application/json", 413),
        ("{", "application/json", 400),
    ):
        connection.request("POST", "/graphql/stream", content, {"Content-Type": kind})
        response = connection.getresponse()
        response.read()
        assert response.status == status
    connection.close()


def test_who_does_not_read_is_cut_off_instead_of_written_for(world):
    if not is_sqlite():
        pytest.skip("the database plays no part in it")
    plan = world.plans[0]
    PerformancePlan.update(support_needed="x" * 20_000).where(PerformancePlan.id == plan.id).execute()
    many = " ".join(f"a{n}: supportNeeded" for n in range(50))
    query = f"subscription {{ planStateChanged {{ {many} }} }}"
    port = world.servers["live"].port
    with LiveClient(port, world.tokens["office"], query, receive_buffer=4096) as client:
        ids = world.tell(*[plan] * 20)
        time.sleep(2.5)
        seen = []
        while (told := client.message()) is not None:
            seen.append(told.id)
        assert ids[-1] not in seen
    PerformancePlan.update(support_needed="").execute()


def test_what_happens_while_a_server_is_dead_is_told_when_it_lives_again(world):
    server = world.servers["live"]
    with LiveClient(server.port, world.tokens["office"], PLANS) as client:
        (first,) = world.tell(world.plans[0])
        assert client.next().id == first
        server.kill()
        assert client.next() is None
        last_id = client.last_id
    missed = world.tell(world.plans[1], world.plans[2])
    server.start()
    with LiveClient(server.port, world.tokens["office"], PLANS, last_id=last_id) as client:
        assert [client.next().id, client.next().id] == missed


@pytest.mark.parametrize("kind", KINDS)
def test_a_process_that_is_told_to_stop_ends_its_streams_first(world, kind):
    """The last one: nobody starts the servers again."""
    server = world.servers[kind]
    with LiveClient(server.port, world.tokens["office"], PLANS) as client:
        assert server.stop() < 15
        # Not complete: the client is to come again.
        assert client.next() is None
