"""Both clients against a server with a thousand employees, and streams of theirs that are cut off."""

import asyncio
import json
import os
import subprocess
import sys
import time
from dataclasses import replace
from types import SimpleNamespace

import pytest

from tests.clients.conftest import PASSWORD, PEOPLE, told
from tests.clients.wire import Wire
from tests.support import client_code
from tests.support.databases import wanted

EXPECTED = ["submitted", "returned", "submitted", "returned", "submitted", "returned"]
RETURN = """mutation Return($plan: ID!, $version: Int!) {
  returnPlan(input: {planId: $plan, version: $version, note: "Tambahkan target mutu"}) {
    plan { version } problems { path code message } } }"""


@pytest.fixture
def once(database_url):
    """For what does not depend on the kind of database."""
    if not database_url.startswith(wanted()[0]):
        pytest.skip("told once, on the first kind of database")


@pytest.fixture
def last(database_url):
    """For what takes long: the other kind of database than that of Node's stories."""
    if not database_url.startswith(wanted()[-1]):
        pytest.skip("told once, on the last kind of database")


node_once = pytest.mark.usefixtures("once")


@pytest.mark.usefixtures("python_client")
def test_the_python_client_lives_with_a_server(house):
    import kinerja_client as kit
    from kinerja_client import operations

    kept = []
    with kit.Client(house.url, language="en", on_tokens=kept.append) as client:
        with pytest.raises(kit.Refused) as refusal:
            client.login("officer", "not this one")
        assert [problem["code"] for problem in refusal.value.problems] == ["LOGIN_FAILED"]

        client.login("officer", PASSWORD)
        me = client.run(operations.who_am_i())["me"]
        assert me["account"]["displayName"] == "Budi Santoso"

        rows = client.pages(operations.employees(first=200), lambda data: data["employees"])
        assert len({row["id"] for row in rows}) == PEOPLE

        client.tokens = replace(client.tokens, expires_at=time.time())
        client.run(operations.who_am_i())
        assert len(kept) == 2

        call = operations.submit_plan(plan=house.plan, version=999)
        answer = client.run(call)["submitPlan"]
        assert answer["plan"] is None
        assert answer["problems"][0]["code"] in {"FORBIDDEN", "STALE_VERSION"}
        with pytest.raises(kit.Refused):
            kit.done(answer)
        with pytest.raises(kit.KinerjaError) as fault:
            client.run(kit.Call("Wrong", "query", "query Wrong { nothingOfThisKind }", {}))
        assert fault.value.status in {200, 400}
        assert fault.value.errors

        row = {"indicatorId": house.indicator, "happenedOn": "2026-02-10", "quantity": "2.5"}
        batch = operations.record_progress(key=kit.new_idempotency_key(), rows=[row])
        records = [
            kit.done(client.run(batch, is_idempotent=True)["recordProgressBatch"])["rows"][0]["record"]["id"]
            for _ in range(2)
        ]
        assert len(set(records)) == 1

        client.logout()
        assert kept[-1] is None
        assert client.run(operations.who_am_i())["me"] is None


def shows_the_team(answer):
    assert answer.returncode == 0, answer.stderr
    assert "Budi Santoso" in answer.stdout
    assert "APPROVED" in answer.stdout


def test_the_python_example_shows_the_team(house):
    given = {"KINERJA_URL": house.url, "KINERJA_USER": "chief", "KINERJA_PASSWORD": PASSWORD}
    command = [sys.executable, client_code.PYTHON / "example.py", "2026"]

    shows_the_team(subprocess.run(command, env={**os.environ, **given}, check=False, capture_output=True, text=True))


@node_once
def test_the_typescript_example_shows_the_team(compiled, house):
    command = ["node", compiled / "example.js", house.url, "chief", PASSWORD, "2026"]

    shows_the_team(subprocess.run(command, check=False, capture_output=True, text=True))
    wrong = subprocess.run([*command[:-2], "wrong", "2026"], check=False, capture_output=True, text=True)
    assert wrong.returncode == 1
    assert wrong.stderr.startswith("LOGIN_FAILED: ")


@pytest.mark.usefixtures("python_client")
def test_the_python_client_works_in_asyncio(house):
    import kinerja_client as kit
    from kinerja_client import operations

    async def story():
        async with kit.AsyncClient(kit.Client(house.url)) as client:
            await client.login("officer", PASSWORD)
            call = operations.employees(first=200)
            return [row["id"] async for row in client.pages(call, lambda data: data["employees"])]

    assert len(set(asyncio.run(story()))) == PEOPLE


@node_once
def test_the_typescript_client_lives_with_a_server(node, house):
    story = told(
        node(
            story="life",
            url=house.url,
            username="officer",
            password=PASSWORD,
            plan=house.plan,
            indicator=house.indicator,
        )
    )

    assert story["wrongPassword"] == {"name": "Refused", "code": None, "problems": ["LOGIN_FAILED"]}
    assert story["me"] == "Budi Santoso"
    assert story["employees"] == PEOPLE
    assert story["refreshed"] == 2, "Three calls at once renewed the tokens once."
    assert story["problems"][0] in {"FORBIDDEN", "STALE_VERSION"}
    assert story["refused"]["name"] == "Refused"
    assert story["fault"]["name"] == "KinerjaError"
    assert len(set(story["records"])) == 1
    assert story["afterLogout"]["name"] in {"KinerjaError", "Refused"}


@pytest.fixture
def office(python_client, house):
    """Change the clerk's plan: the clerk submits it, the chief gives it back."""
    import kinerja_client as kit
    from kinerja_client import operations

    clerk, chief = (kit.Client(house.url, language="en") for _ in range(2))
    clerk.login("clerk", PASSWORD)
    chief.login("chief", PASSWORD)
    version = "query Version($id: ID!) { node(id: $id) { ... on PerformancePlan { version } } }"

    def submit_and_return():
        read = clerk.run(kit.Call("Version", "query", version, {"id": house.plan}))
        submitted = kit.done(
            clerk.run(operations.submit_plan(plan=house.plan, version=read["node"]["version"]))["submitPlan"]
        )
        given = {"plan": house.plan, "version": submitted["plan"]["version"]}
        kit.done(chief.run(kit.Call("Return", "mutation", RETURN, given))["returnPlan"])

    yield SimpleNamespace(change=submit_and_return)
    clerk.close()
    chief.close()


def saw_everything(deliveries, house):
    ids = [int(delivery["id"]) for delivery in deliveries]
    names = [delivery["extensions"]["live"]["event"] for delivery in deliveries]
    assert names == [f"planning.plan_{name}" for name in EXPECTED]
    assert ids == sorted(set(ids))
    assert {delivery["data"]["planStateChanged"]["id"] for delivery in deliveries} == {house.plan}
    assert deliveries[-1]["data"]["planStateChanged"]["state"] == "RETURNED"


def lines(process, count):
    """Return the next lines that a story tells."""
    read = [process.stdout.readline() for _ in range(count)]
    assert all(read), process.communicate(timeout=20)[1]
    return [json.loads(line) for line in read]


@node_once
def test_the_typescript_client_pages_subscribes_is_cut_off_and_misses_nothing(node, house, office):
    wire = Wire(house.server.port)
    process = node(
        story="stream",
        url=f"http://127.0.0.1:{wire.port}/graphql",
        username="officer",
        password=PASSWORD,
        name="PlanChanges",
        pages=True,
        count=len(EXPECTED),
    )
    assert lines(process, 1) == [{"employees": PEOPLE}]
    wire.wait_for(b"retry:")
    office.change()
    told = lines(process, 2)

    wire.cut()
    office.change()
    wire.mend()
    office.change()

    told += lines(process, 4)
    # Not communicate(): it does not see what readline has read ahead.
    assert lines(process, 1) == [{"end": 0}]
    assert process.wait(20) == 0
    saw_everything([line["delivery"] for line in told], house)
    wire.close()


@pytest.mark.usefixtures("last")
def test_the_python_client_outlives_a_killed_server_and_misses_nothing(python_client, house, office):
    import kinerja_client as kit
    from kinerja_client import operations

    wire = Wire(house.server.port)
    with kit.Client(f"http://127.0.0.1:{wire.port}/graphql", language="en", longest_wait=0.2) as client:
        client.login("chief", PASSWORD)
        stream = client.subscribe(operations.plan_changes())
        changing = wire.when_seen(b"retry:", office.change)
        seen = [next(stream) for _ in range(2)]
        # The events are told before the answer to the change that made them has arrived.
        changing.join(20)

        wire.cut()
        house.server.kill()
        house.server.start()
        office.change()
        wire.mend()
        office.change()

        seen += [next(stream) for _ in range(4)]
        stream.close()
        saw_everything([vars(delivery) for delivery in seen], house)
    wire.close()
