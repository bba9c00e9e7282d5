"""Many writers at once, and a server killed in the middle: nothing acknowledged is lost, nobody sees a lock."""

import http.client
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Event

import pytest

from core.database import utc_now
from core.history.chain import broken_links
from core.history.models import HistoryRecord
from core.identity import services as identity
from core.organisation.models import Assignment, ReportingLine, WorkUnit
from core.planning.models import EvaluationPeriod, PerformancePlan
from core.planning.terms import Frequency, PlanState
from core.plugin_host import start
from core.progress.models import ProgressRecord
from core.settings import load_settings
from tests.support.calls import system_context
from tests.support.city import build_city
from tests.support.databases import open_for_tests
from tests.support.plans import approved_plan, indicators_of, plan_of
from tests.support.server import Client, serving

WRITERS = 20
WRITES = 6
TODAY = utc_now().date()

RECORD = """
mutation($input: RecordProgressInput!) {
  recordProgress(input: $input) { record { id note } problems { code message } }
}
"""
UPDATE = """
mutation($input: UpdatePlanInput!) { updatePlan(input: $input) { plan { version } problems { code message } } }
"""
VERSION = "query($id: ID!) { node(id: $id) { ... on PerformancePlan { version } } }"


@pytest.fixture
def office(deployed, database_url):
    """The small city with a period for this year, and a token that writes for two of its people."""
    open_for_tests(database_url)
    settings = load_settings()
    start(settings)
    city = build_city()
    first = date(TODAY.year, 1, 1)
    for model in (Assignment, ReportingLine, WorkUnit):
        model.update(valid_from=first - timedelta(days=400)).execute()
    period = EvaluationPeriod.create(
        code="now",
        name="This year",
        starts_on=first,
        ends_on=date(TODAY.year, 12, 31),
        frequency=Frequency.QUARTERLY,
        plan_deadline=first,
        evaluation_deadline=date(TODAY.year, 12, 31),
    )
    city.period = period
    ctx = system_context(settings, utc_now())
    tokens = {}
    for who in ("officer", "clerk"):
        account = identity.create_account(ctx, username=who, employee_id=getattr(city, who).id)
        tokens[who] = identity.create_api_token(ctx, name="test", scopes=("read", "write"), account_id=account.id).token
    return city, tokens, deployed


@pytest.mark.slow
def test_twenty_writers_lose_nothing_and_see_no_lock(office, database_url):
    city, tokens, folder = office
    indicator = indicators_of(approved_plan(city, city.officer))[0]
    draft = plan_of(city.clerk, city.period, state=PlanState.DRAFT)

    def record(writer):
        with Client(server.port, tokens["officer"]) as client:
            for number in range(WRITES):
                given = {
                    "indicatorId": f"Indicator:{indicator.id}",
                    "happenedOn": TODAY.isoformat(),
                    "quantity": "1",
                    "note": f"{writer}/{number}",
                }
                yield client.ask(RECORD, {"input": given})

    def change(writer):
        """Change the same plan as everybody else, again after each refusal of an old version."""
        key = f"PerformancePlan:{draft.id}"
        number = 0
        with Client(server.port, tokens["clerk"]) as client:
            while number < WRITES:
                seen = client.ask(VERSION, {"id": key})["data"]["node"]["version"]
                given = {"planId": key, "version": seen, "supportNeeded": f"{writer}/{number}"}
                answer = client.ask(UPDATE, {"input": given})
                yield answer
                number += not answer["data"]["updatePlan"]["problems"]

    with serving(folder, KINERJA_WORKERS="2") as server, ThreadPoolExecutor(WRITERS) as pool:
        half = WRITERS // 2
        recording = [pool.submit(lambda w: list(record(w)), writer) for writer in range(half)]
        changing = [pool.submit(lambda w: list(change(w)), writer) for writer in range(half)]
        recorded = [answer for future in recording for answer in future.result(120)]
        changed = [answer for future in changing for answer in future.result(120)]

    assert [answer for answer in recorded + changed if "errors" in answer] == []
    assert {p["code"] for a in changed for p in a["data"]["updatePlan"]["problems"]} <= {"STALE_VERSION"}
    notes = sorted(row.note for row in ProgressRecord.select())
    assert notes == sorted(f"{writer}/{number}" for writer in range(half) for number in range(WRITES))
    texts = [
        row.after
        for row in HistoryRecord.select().where(
            (HistoryRecord.subject_type == "PerformancePlan") & (HistoryRecord.action == "update")
        )
    ]
    for writer in range(half):
        for number in range(WRITES):
            assert sum(f'"support_needed":"{writer}/{number}"' in text for text in texts) == 1
    assert list(broken_links()) == []


@pytest.mark.slow
def test_what_was_acknowledged_is_there_after_a_kill(office, database_url):
    city, tokens, folder = office
    indicator = indicators_of(approved_plan(city, city.officer))[0]
    acknowledged = set()
    enough = Event()

    def write(writer):
        number = 0
        with Client(server.port, tokens["officer"]) as client:
            while True:
                note = f"{writer}/{number}"
                given = {"indicatorId": f"Indicator:{indicator.id}", "happenedOn": TODAY.isoformat(), "note": note}
                try:
                    answer = client.ask(RECORD, {"input": {**given, "quantity": "1"}})
                except (OSError, http.client.HTTPException):
                    return
                assert answer["data"]["recordProgress"]["problems"] == []
                acknowledged.add(note)
                if len(acknowledged) >= 40:
                    enough.set()
                number += 1

    with serving(folder, KINERJA_WORKERS="2") as server, ThreadPoolExecutor(8) as pool:
        writing = [pool.submit(write, writer) for writer in range(8)]
        assert enough.wait(90)
        server.kill()
        for future in writing:
            future.result(60)
        server.start()

        open_for_tests(database_url)
        kept = {row.note for row in ProgressRecord.select()}
        assert acknowledged <= kept
        assert len(kept) == ProgressRecord.select().count()
        assert list(broken_links()) == []
        assert HistoryRecord.select().where(HistoryRecord.subject_type == "ProgressRecord").count() == len(kept)
        assert PerformancePlan.select().count() == 1
