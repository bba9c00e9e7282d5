"""Both clients against a server with a thousand employees: log in, page, refresh, be refused, send a batch twice."""

import asyncio
import time
from dataclasses import replace

import pytest

from tests.clients.conftest import PASSWORD, PEOPLE, told


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
