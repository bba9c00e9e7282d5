"""Figures of queues through GraphQL: at the root, of units, of what was foretold, and before and after something."""

from datetime import date, timedelta

import pytest

from plugins.queueing.models import Intervention, Ticket, WaitEstimate
from plugins.queueing.terms import Channel, InterventionKind, TicketState
from tests.support.city import unit
from tests.support.statements import counted_statements

SPAN = 'from: "2026-03-02", to: "2026-03-06"'
ROOT = """query($u: ID, $p: ID, $s: ID, $b: QueueBucket) {{
  queueMetrics({span}, unitId: $u, pointId: $p, serviceId: $s, bucket: $b) {{ {fields} }} }}"""
OF_UNITS = """query($s: ID, $b: QueueBucket) {{ workUnits(orderBy: [{{code: ASC}}]) {{ nodes {{ code
  queueMetrics({span}, service: $s, bucket: $b) {{ {fields} }} }} }} }}"""
FIELDS = """key label arrivals served noShows left cancelled waiting waitCases waitMean waitMedian waitP90 waitP95
  serveMean serveMedian serveP90 serveP95 withinTargetPercent abandonmentPercent noShowPercent"""


def make(office, service, number, wait, state=TicketState.DONE, day=0, hour=8):
    return Ticket.create(
        service=service,
        day=office.day + timedelta(days=day),
        number=number,
        token=f"{service.id}-{day}-{number}",
        state=state,
        channel=Channel.KIOSK,
        queued_at=f"{office.day + timedelta(days=day)} 0{hour - 7}:00:00",
        wait_seconds=wait,
        serve_seconds=300 if state is TicketState.DONE else None,
        local_hour=hour,
        employee=office.city.clerk,
    )


@pytest.fixture
def filled(staff):
    """Waits of 5, 10 and 30 minutes at one service (one of them left), of 20 at the other."""
    for number, wait in enumerate((300, 600, 1800), start=1):
        make(staff, staff.ktp, number, wait)
    make(staff, staff.ktp, 4, None, TicketState.LEFT, hour=9)
    make(staff, staff.birth, 1, 1200, day=1)
    return staff


def test_figures_are_those_of_the_tickets(filled, ask):
    def figures(**given):
        query = ROOT.format(span=SPAN, fields=FIELDS)
        return ask(query, filled.city.chief, **given)["data"]["queueMetrics"]

    (total,) = figures(b="TOTAL")
    assert total == {
        "key": "",
        "label": "",
        "arrivals": 5,
        "served": 4,
        "noShows": 0,
        "left": 1,
        "cancelled": 0,
        "waiting": 0,
        "waitCases": 4,
        "waitMean": "16.25",
        "waitMedian": "15",
        "waitP90": "27",
        "waitP95": "28.5",
        "serveMean": "5",
        "serveMedian": "5",
        "serveP90": "5",
        "serveP95": "5",
        "withinTargetPercent": "50",
        "abandonmentPercent": "20",
        "noShowPercent": None,
    }
    assert [(one["label"], one["arrivals"]) for one in figures(b="SERVICE")] == [("Akta kelahiran", 1), ("KTP-el", 4)]
    hours = figures(b="HOUR", s=f"QueueService:{filled.ktp.id}")
    assert [(one["key"], one["arrivals"]) for one in hours] == [("08", 3), ("09", 1)]
    point = f"ServicePoint:{filled.point.id}"
    assert [one["label"] for one in figures(b="WEEKDAY", p=point)] == ["Monday", "Tuesday"]
    assert figures(b="TOTAL", u=f"WorkUnit:{filled.city.archive.id}")[0]["arrivals"] == 0


@pytest.mark.parametrize("bucket", ["TOTAL", "SERVICE", "WEEKDAY_HOUR", "EMPLOYEE"])
def test_units_have_the_same_figures_with_all_below_them(filled, ask, bucket):
    units = ask(OF_UNITS.format(span=SPAN, fields=FIELDS), filled.city.chief, b=bucket)["data"]["workUnits"]["nodes"]

    assert [one["code"] for one in units] == ["00", "10", "11", "12"]
    for one in units:
        key = {"00": "root", "10": "agency", "11": "registry", "12": "archive"}[one["code"]]
        given = {"u": f"WorkUnit:{getattr(filled.city, key).id}", "b": bucket}
        alone = ask(ROOT.format(span=SPAN, fields=FIELDS), filled.city.chief, **given)["data"]["queueMetrics"]
        assert one["queueMetrics"] == alone
    assert units[0]["queueMetrics"] == units[2]["queueMetrics"]
    assert len(units[3]["queueMetrics"]) == (bucket == "TOTAL")


def test_who_sees_no_ticket_has_figures_of_none(filled, ask):
    for who in (None, filled.city.other):
        query = ROOT.format(span=SPAN, fields="arrivals waitMedian")
        assert ask(query, who)["data"]["queueMetrics"] == [{"arrivals": 0, "waitMedian": None}]
        assert ask(query, who, b="SERVICE")["data"]["queueMetrics"] == []


@pytest.mark.parametrize("size", [5, 50])
def test_figures_of_units_cost_the_same_for_any_number_of_them(filled, ask, size):
    for number in range(size):
        unit(f"9{number:02}", f"Unit {number}", filled.city.root)

    with counted_statements() as statements:
        answer = ask(f"{{ workUnits(first: 50) {{ nodes {{ queueMetrics({SPAN}) {{ arrivals }} }} }} }}", system=True)

    assert len(answer["data"]["workUnits"]["nodes"]) == min(size + 4, 50)
    assert len(statements) == 2


def test_how_often_foretold_waits_held(filled, ask):
    for row in Ticket.select().where(Ticket.wait_seconds.is_null(False)):
        spans = {"half_low": 500, "half_high": 700, "wide_low": 200, "wide_high": 1300, "waited": row.wait_seconds}
        more = {"made_at": "2026-03-02 01:00:00", "ahead": 1, "counters": 1, "expected": 600}
        WaitEstimate.create(ticket=row, service=row.service, **more, **spans)
    query = f"{{ queueEstimateAccuracy({SPAN}) {{ cases halfHeldPercent wideHeldPercent }} }}"

    seen = ask(query, filled.city.chief)["data"]["queueEstimateAccuracy"]

    assert seen == {"cases": 4, "halfHeldPercent": "25", "wideHeldPercent": "75"}
    assert ask(query)["data"]["queueEstimateAccuracy"]["cases"] == 0


def test_an_intervention_is_corrected_and_withdrawn(filled, ask):
    chief, point = filled.city.chief, filled.point
    row = Intervention.create(
        point=point, service=filled.ktp, kind=InterventionKind.COUNTERS, name="Loket 3", day=date(2026, 3, 4)
    )
    correct = """mutation($input: CorrectInterventionInput!) { correctIntervention(input: $input) {
      intervention { version name kind note service { code } } problems { code path } } }"""
    withdraw = """mutation($input: WithdrawInterventionInput!) { withdrawIntervention(input: $input) {
      withdrawn problems { code path } } }"""
    given = {"id": f"Intervention:{row.id}", "version": 1}

    def corrected(who=chief, **changes):
        return ask(correct, who, input=given | changes)["data"]["correctIntervention"]

    for who in (None, filled.city.clerk, filled.city.other):
        assert corrected(who, name="Lain")["problems"][0]["code"] in {"FORBIDDEN", "NOT_FOUND"}
    assert corrected(name=None)["problems"] == [{"code": "TEXT_MISSING", "path": ["input", "name"]}]
    assert corrected(serviceId="Counter:1")["problems"] == [{"code": "BAD_ID", "path": ["input", "serviceId"]}]
    assert (Intervention.get().name, Intervention.get().version) == ("Loket 3", 1)
    assert corrected(name="Loket ketiga", note="Sementara")["intervention"] == {
        "version": 2, "name": "Loket ketiga", "kind": "COUNTERS", "note": "Sementara", "service": {"code": "ktp"},
    }  # fmt: skip
    assert corrected(kind="OTHER", serviceId=None)["problems"] == [
        {"code": "STALE_VERSION", "path": ["input", "version"]}
    ]
    assert corrected(version=2, kind="OTHER", serviceId=None)["intervention"]["service"] is None

    def withdrawn(version, who=chief):
        given = {"id": f"Intervention:{row.id}", "version": version, "reason": "Salah catat"}
        return ask(withdraw, who, input=given)["data"]["withdrawIntervention"]

    assert withdrawn(2)["problems"] == [{"code": "STALE_VERSION", "path": ["input", "version"]}]
    assert withdrawn(3, filled.city.clerk)["problems"][0]["code"] in {"FORBIDDEN", "NOT_FOUND"}
    assert Intervention.select().count() == 1
    assert withdrawn(3) == {"withdrawn": f"Intervention:{row.id}", "problems": []}
    assert Intervention.select().count() == 0


def test_an_intervention_is_recorded_and_compared(filled, ask):
    query = """mutation($input: RecordInterventionInput!) { recordIntervention(input: $input) {
      intervention { id day kind service { code } } problems { code } } }"""
    given = {"pointId": f"ServicePoint:{filled.point.id}", "kind": "COUNTERS", "name": "Loket 3", "day": "2026-03-04"}

    made = ask(query, filled.city.chief, input=given)["data"]["recordIntervention"]["intervention"]
    assert made == {"id": made["id"], "day": "2026-03-04", "kind": "COUNTERS", "service": None}
    for who in (None, filled.city.clerk, filled.city.other):
        assert ask(query, who, input=given)["data"]["recordIntervention"]["problems"] == [{"code": "FORBIDDEN"}]
    assert [(row.kind, row.day) for row in Intervention.select()] == [(InterventionKind.COUNTERS, date(2026, 3, 4))]
    compared = """query($id: ID!) { queueComparison(interventionId: $id, days: 7) { isConclusive cells matchedCells
      intervention { name } before { first last servedDays figures { arrivals } } after { figures { arrivals } }
      wait { difference low high isClear } warnings { code message } byHour { hour } byDay { day median } } }"""
    seen = ask(compared, filled.city.chief, id=made["id"])["data"]["queueComparison"]
    assert seen["warnings"] != []
    assert seen["before"] == {
        "first": "2026-02-25",
        "last": "2026-03-03",
        "servedDays": 2,
        "figures": {"arrivals": 5},
    }
    assert (seen["isConclusive"], seen["wait"], seen["after"]) == (False, None, {"figures": {"arrivals": 0}})
    refused = ask(compared, filled.city.other, id=made["id"])
    assert refused["errors"][0]["extensions"]["code"] == "NOT_FOUND"


def test_counters_needed_and_a_day_played_again(filled, ask):
    service, point = f"QueueService:{filled.ktp.id}", f"ServicePoint:{filled.point.id}"
    needs = """query($s: [ID!]!) { queueStaffing(serviceIds: $s, from: "2026-03-02", to: "2026-03-06", share: 0.9) {
      startsAt arrivalsPerHour serveMinutes counters present problem { code } } }"""
    what_if = """query($p: ID!, $c: [QueueCounterPlanInput!]!) {
      queueWhatIf(pointId: $p, day: "2026-03-02", counters: $c, runs: 2) { runs actual { arrivals }
        simulated { served { low high } waitMedian { middle } } } }"""

    seen = ask(needs, filled.city.chief, s=[service])["data"]["queueStaffing"]
    # Two half hours with 3 and 1 arrivals on one day, 5 minutes each.
    assert [(one["startsAt"], one["arrivalsPerHour"], one["serveMinutes"]) for one in seen] == [
        ("08:00", "6", "5"),
        ("09:00", "2", "5"),
    ]
    assert [(one["counters"], one["present"], one["problem"]) for one in seen] == [(2, 2, None), (1, 2, None)]
    assert ask(needs, filled.city.other, s=[service])["data"]["queueStaffing"] == []
    played = ask(what_if, filled.city.chief, p=point, c=[{"serviceIds": [service]}])["data"]["queueWhatIf"]
    assert (played["runs"], played["actual"]["arrivals"]) == (2, 4)
    refused = ask(what_if, filled.city.other, p=point, c=[{"serviceIds": [service]}])
    assert refused["errors"][0]["extensions"]["code"] == "QUEUE_DAY_EMPTY"
