"""Both clients subscribe on a real server, are cut off while things happen, come again and have missed nothing."""

import json
from types import SimpleNamespace

import pytest

from tests.clients.conftest import PASSWORD
from tests.clients.wire import Wire
from tests.support.client_code import SDL

pytestmark = pytest.mark.skipif(
    "\ntype Subscription " not in SDL.read_text(encoding="utf-8"), reason="this schema has no subscriptions"
)

PLANS = "subscription Plans { planStateChanged { id version state } }"
EXPECTED = ["submitted", "returned", "submitted", "returned", "submitted", "returned"]
RETURN = """mutation Return($plan: ID!, $version: Int!) {
  returnPlan(input: {planId: $plan, version: $version, note: "Tambahkan target mutu"}) {
    plan { version } problems { path code message } } }"""


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


def test_the_typescript_client_is_cut_off_and_misses_nothing(node, house, office):
    wire = Wire(house.server.port)
    process = node(
        story="stream",
        url=f"http://127.0.0.1:{wire.port}/graphql",
        username="chief",
        password=PASSWORD,
        name="Plans",
        text=PLANS,
        count=len(EXPECTED),
    )
    wire.wait_for(b"retry:")
    office.change()
    told = [json.loads(process.stdout.readline()) for _ in range(2)]

    wire.cut()
    office.change()
    wire.mend()
    office.change()

    told += [json.loads(process.stdout.readline()) for _ in range(4)]
    out, fault = process.communicate(timeout=20)
    assert process.returncode == 0, fault
    assert json.loads(out) == {"end": 0}
    saw_everything([line["delivery"] for line in told], house)
    wire.close()


def test_the_python_client_outlives_a_killed_server_and_misses_nothing(python_client, house, office):
    import kinerja_client as kit

    wire = Wire(house.server.port)
    with kit.Client(f"http://127.0.0.1:{wire.port}/graphql", language="en", longest_wait=0.2) as client:
        client.login("chief", PASSWORD)
        stream = client.subscribe(kit.Call("Plans", "subscription", PLANS, {}))
        seen = []
        wire.when_seen(b"retry:", office.change)
        seen += [next(stream) for _ in range(2)]

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
