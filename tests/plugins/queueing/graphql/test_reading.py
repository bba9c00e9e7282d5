"""Every table of the queue through GraphQL: rows, relations, aggregates, who sees what, and at what cost."""

from datetime import UTC, datetime, timedelta

import pytest

from plugins.queueing.models import (
    CounterShift,
    Intervention,
    QueueDay,
    ServiceQuota,
    Ticket,
    TicketEvent,
    WaitEstimate,
)
from plugins.queueing.terms import Channel, InterventionKind, TicketEventKind, TicketState
from tests.support.grants import give_role
from tests.support.statements import counted_statements

OPEN = (
    "servicePoints",
    "queueOpeningHours",
    "priorityGroups",
    "queueServices",
    "serviceQuotas",
    "counters",
    "counterServices",
)
"""Lists that everybody may read."""

GUARDED = ("counterShifts", "queueDays", "queueTickets", "queueTicketEvents", "waitEstimates", "interventions")
SECRETS = ("nik-hash-of", "code-hash-of", "token-of", "Warga Rahasia", "+62811")
START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def ticket(office, number, **more):
    """A ticket that was served by the clerk, with all that is personal."""
    at = START + timedelta(minutes=number)
    row = Ticket.create(
        **{
            "service": office.ktp,
            "day": office.day,
            "number": number,
            "token": f"token-of-{number}",
            "code_hash": f"code-hash-of-{number}",
            "nik_hash": f"nik-hash-of-{number}",
            "holder_name": "Warga Rahasia",
            "phone": "+62811",
            "state": TicketState.DONE,
            "channel": Channel.KIOSK,
            "counter": office.two,
            "employee": office.city.clerk,
            "queued_at": at,
            "called_at": at + timedelta(minutes=10),
            "wait_seconds": 600,
            "serve_seconds": 120,
            "local_hour": 8,
            **more,
        }
    )
    TicketEvent.create(ticket=row, kind=TicketEventKind.ISSUED, at=at, recorded_at=at, key=f"{number}")
    spans = {"expected": 90, "half_low": 60, "half_high": 120, "wide_low": 30, "wide_high": 300}
    WaitEstimate.create(ticket=row, service=row.service, made_at=at, ahead=1, counters=1, **spans)
    return row


@pytest.fixture
def rows(staff):
    """A row of every table."""
    ticket(staff, 1)
    QueueDay.create(service=staff.ktp, day=staff.day, last_number=1)
    ServiceQuota.create(service=staff.ktp, quota=40)
    CounterShift.create(counter=staff.two, employee=staff.city.clerk, day=staff.day, starts_at="08:00", ends_at="12:00")
    Intervention.create(
        point=staff.point, service=staff.ktp, kind=InterventionKind.COUNTERS, name="Loket ketiga", day=staff.day
    )
    return staff


def counts(ask, who, names):
    fields = " ".join(f"{name} {{ totalCount nodes {{ id }} }}" for name in names)
    answer = ask(f"{{ {fields} }}", who)
    assert "errors" not in answer, answer
    assert all(len(page["nodes"]) == page["totalCount"] for page in answer["data"].values())
    return {name: page["totalCount"] for name, page in answer["data"].items()}


def test_everybody_reads_the_set_up_and_only_those_of_the_unit_read_tickets(rows, ask):
    city = rows.city

    for who in (None, city.other, city.officer):
        assert set(counts(ask, who, OPEN).values()) & {0} == set()
        assert counts(ask, who, GUARDED) == dict.fromkeys(GUARDED, 0)
        groups = ask("{ queueTicketsAggregate { groups { count values { waitSeconds { sum } } } } }", who)
        assert groups["data"]["queueTicketsAggregate"]["groups"] == [
            {"count": 0, "values": {"waitSeconds": {"sum": None}}}
        ]
        node = ask("query($id: ID!) { node(id: $id) { id } }", who, id=f"Ticket:{Ticket.get().id}")
        assert node["data"]["node"] is None
    assert counts(ask, city.chief, GUARDED) == dict.fromkeys(GUARDED, 1)
    assert counts(ask, city.clerk, GUARDED) == dict.fromkeys(GUARDED, 1)


def test_rows_lead_to_each_other(rows, ask):
    query = """{ workUnits(filter: {code: {eq: "11"}}) { nodes {
        servicePoints(first: 5) { nodes { name
          counters(first: 5) { nodes { number shifts(first: 5) { nodes { employee { name } } } } } } }
        queueServices { nodes { name interventions { nodes { name } } quotas { nodes { quota } } } } } }
      employees(filter: {name: {eq: "Rina Wulandari"}}) { nodes {
        counterShifts(first: 5) { nodes { day counter { number } } }
        servedTickets(first: 5) { totalCount nodes { label number point { code } holderName phone
          events(first: 5) { nodes { kind source } } estimate { halfLow waited } } } } } }"""

    answer = ask(query, rows.city.chief)
    assert "errors" not in answer, answer
    data = answer["data"]

    unit = data["workUnits"]["nodes"][0]
    assert unit["servicePoints"]["nodes"][0]["counters"]["nodes"] == [
        {"number": 1, "shifts": {"nodes": []}},
        {"number": 2, "shifts": {"nodes": [{"employee": {"name": "Rina Wulandari"}}]}},
    ]
    assert unit["queueServices"]["nodes"][0] == {
        "name": "KTP-el",
        "interventions": {"nodes": [{"name": "Loket ketiga"}]},
        "quotas": {"nodes": [{"quota": 40}]},
    }
    (employee,) = data["employees"]["nodes"]
    assert employee["counterShifts"]["nodes"] == [{"day": "2026-03-02", "counter": {"number": 2}}]
    assert employee["servedTickets"] == {
        "totalCount": 1,
        "nodes": [
            {
                "label": "A-001",
                "number": 1,
                "point": {"code": "dukcapil"},
                "holderName": "Warga Rahasia",
                "phone": "+62811",
                "events": {"nodes": [{"kind": "ISSUED", "source": "LIVE"}]},
                "estimate": {"halfLow": 60, "waited": None},
            }
        ],
    }


def every_plain_field(ask, name):
    """Every field without arguments that gives no object, of a type."""
    query = "query($n: String!) { __type(name: $n) { fields { name args { name } type { kind ofType { kind } } } } }"
    fields = ask(query, n=name)["data"]["__type"]["fields"]
    kinds = {field["name"]: {field["type"]["kind"], (field["type"]["ofType"] or {}).get("kind")} for field in fields}
    return [field for field, kind in kinds.items() if not kind & {"OBJECT", "LIST", "INTERFACE"}]


def test_personal_columns_are_told_to_nobody_or_only_to_those_who_serve(rows, ask):
    """All fields of all lists at once: what is secret is in no answer, whoever asks."""
    reader = rows.city.head
    give_role(reader, "auditor")
    types = {"queueTickets": "Ticket", "queueTicketEvents": "TicketEvent", "waitEstimates": "WaitEstimate"}
    fields = {name: " ".join(every_plain_field(ask, kind)) for name, kind in types.items()}
    query = "{ " + " ".join(f"{name} {{ nodes {{ {chosen} }} }}" for name, chosen in fields.items()) + " }"

    seen = {}
    for who in (None, rows.city.other, reader, rows.city.clerk):
        answer = ask(query, who)
        assert "errors" not in answer, answer
        seen[who] = [secret for secret in SECRETS if secret in str(answer)]

    assert "holderName" in fields["queueTickets"]
    # Whoever serves there sees name and telephone; hashes and the token nobody sees.
    assert seen == {None: [], rows.city.other: [], reader: [], rows.city.clerk: ["Warga Rahasia", "+62811"]}
    narrow = '{ queueTickets(filter: {phone: {eq: "+62811"}}) { totalCount } }'
    assert ask(narrow, reader)["data"]["queueTickets"]["totalCount"] == 0
    assert ask(narrow, rows.city.clerk)["data"]["queueTickets"]["totalCount"] == 1
    groups = "{ queueTicketsAggregate(groupBy: [{field: PHONE}]) { groups { keys { phone } count } } }"
    for who, phone in ((reader, None), (rows.city.clerk, "+62811")):
        found = ask(groups, who)["data"]["queueTicketsAggregate"]["groups"]
        assert found == [{"keys": {"phone": phone}, "count": 1}]


def test_one_sees_the_tickets_that_one_served_without_their_holders(rows, ask):
    city = rows.city
    Ticket.update(employee=city.other).execute()

    answer = ask("{ queueTickets { nodes { label holderName phone employee { name } } } }", city.other)

    assert answer["data"]["queueTickets"]["nodes"] == [
        {"label": "A-001", "holderName": None, "phone": None, "employee": {"name": "Dewi Lestari"}}
    ]


LISTS = """{ workUnits { nodes { servicePoints { nodes { name services { nodes { name } } } }
    queueMetrics(from: "2026-03-01", to: "2026-03-31", bucket: SERVICE) { key arrivals } } }
  queueTickets(first: 50) { nodes { label point { name } service { name counters { nodes { counter { number } } } }
    events { nodes { kind counter { number } } } estimate { halfLow } priority { name } origin { number }
    transferredTo { nodes { number } } } }
  employees { nodes { servedTickets(first: 50) { nodes { label } } counterShifts { nodes { day } } } }
  queueTicketsAggregate(groupBy: [{field: SERVICE}]) { groups { keys { service { name } } count } } }"""


@pytest.mark.parametrize("size", [5, 50])
def test_lists_cost_the_same_for_any_number_of_rows(rows, ask, size):
    for number in range(2, size + 2):
        ticket(rows, number)

    with counted_statements() as statements:
        answer = ask(LISTS, rows.city.chief)

    assert "errors" not in answer, answer
    assert len(answer["data"]["queueTickets"]["nodes"]) == min(size + 1, 50)
    assert len(statements) == 23
