"""What staff do at a counter, as the counter's page asks for it."""

import pytest

from plugins.queueing.models import PriorityGroup, Ticket, TicketEvent

TAKE = "mutation($id: ID!) { takeNumber(input: {serviceId: $id}) { ticket { token } } }"
NEXT = """mutation($id: ID!, $key: String) { callNext(input: {counterId: $id, key: $key}) {
  ticket { id label state counter { number } employee { name } calls } problems { code } } }"""
STATE = """query($id: ID!) { counterState(counterId: $id) {
  counter { number } day current { label } held { label } waiting line { label } } }"""


@pytest.fixture
def clerk(staff, ask):
    """Ask as the clerk at a counter."""

    class Clerk:
        city = staff.city

        def take(self, row):
            return ask(TAKE, id=f"QueueService:{row.id}")["data"]["takeNumber"]["ticket"]["token"]

        def next(self, counter, who=staff.city.clerk, key=None):
            return ask(NEXT, who, id=f"Counter:{counter.id}", key=key)["data"]["callNext"]

        def act(self, name, ticket, counter, who=staff.city.clerk, **more):
            kind = f"{name[0].upper()}{name[1:]}Input"
            query = f"""mutation($input: {kind}!) {{ {name}(input: $input) {{
              ticket {{ id label state waitSeconds service {{ code }} }} problems {{ code }} }} }}"""
            given = {"ticketId": ticket["id"], "counterId": f"Counter:{counter.id}", **more}
            return ask(query, who, input=given)["data"][name]

        def state(self, counter, who=staff.city.clerk):
            return ask(STATE, who, id=f"Counter:{counter.id}")

    return Clerk()


def test_a_counter_calls_serves_puts_aside_and_finishes(office, clerk):
    for _ in range(2):
        clerk.take(office.ktp)

    called = clerk.next(office.two)
    assert called["problems"] == []
    ticket = called["ticket"]
    assert ticket | {"id": ""} == {
        "id": "",
        "label": "A-001",
        "state": "CALLED",
        "counter": {"number": 2},
        "employee": {"name": "Rina Wulandari"},
        "calls": 1,
    }
    names = ("recallTicket", "startServing", "holdTicket")
    states = [clerk.act(name, ticket, office.two)["ticket"]["state"] for name in names]
    assert clerk.state(office.two)["data"]["counterState"] == {
        "counter": {"number": 2},
        "day": "2026-03-02",
        "current": [],
        "held": [{"label": "A-001"}],
        "waiting": 1,
        "line": [{"label": "A-002"}],
    }
    names = ("resumeTicket", "finishTicket")
    states += [clerk.act(name, ticket, office.two)["ticket"]["state"] for name in names]
    assert states == ["CALLED", "SERVING", "HELD", "SERVING", "DONE"]
    # What is over is over.
    assert clerk.act("startServing", ticket, office.two)["problems"] != []
    assert Ticket.get_by_id(int(ticket["id"].partition(":")[2])).state == "DONE"


def test_the_next_call_under_the_same_key_calls_nobody_else(office, clerk):
    for _ in range(2):
        clerk.take(office.ktp)

    first, second = (clerk.next(office.two, key="k1") for _ in range(2))

    assert first["ticket"]["id"] == second["ticket"]["id"]
    assert Ticket.select().where(Ticket.state == "WAITING").count() == 1
    assert clerk.act("markNoShow", first["ticket"], office.two)["ticket"]["state"] == "NO_SHOW"
    assert clerk.next(office.two)["ticket"]["label"] == "A-002"
    assert clerk.next(office.one)["ticket"] is None


def test_a_transfer_gives_a_new_ticket_and_the_token_stays_with_the_holder(office, clerk, ask):
    token = clerk.take(office.ktp)
    ticket = clerk.next(office.one)["ticket"]
    clerk.act("startServing", ticket, office.one)

    more = {"serviceId": f"QueueService:{office.birth.id}", "keepsPlace": True}
    moved = clerk.act("transferTicket", ticket, office.one, **more)

    assert (moved["ticket"]["label"], moved["ticket"]["state"]) == ("B-001", "WAITING")
    held = ask("query($t: String!) { queueTicket(token: $t) { label state } }", t=token)["data"]["queueTicket"]
    assert held == {"label": "B-001", "state": "WAITING"}
    query = """query($id: ID!) { node(id: $id) { ... on Ticket { state transferredTo { nodes { label } }
      events { nodes { kind } } } } }"""
    old = ask(query, clerk.city.clerk, id=ticket["id"])["data"]["node"]
    assert old["transferredTo"]["nodes"] == [{"label": "B-001"}]
    assert [event["kind"] for event in old["events"]["nodes"]] == ["ISSUED", "CALLED", "SERVING", "TRANSFERRED"]


def test_who_is_handed_on_keeps_the_place_but_waits_from_the_transfer_on(office, clerk, ask):
    minute = ask.morning.replace
    first = clerk.take(office.ktp)
    taken = ask(TAKE, id=f"QueueService:{office.birth.id}", at=minute(minute=5))
    later = taken["data"]["takeNumber"]["ticket"]["token"]

    def act(name, at, **given):
        kind = f"{name[0].upper()}{name[1:]}Input"
        query = f"""mutation($input: {kind}!) {{ {name}(input: $input) {{ problems {{ code }}
          ticket {{ id label queuedAt placedAt waitSeconds serveSeconds }} }} }}"""
        given = {"counterId": f"Counter:{office.one.id}", **given}
        return ask(query, clerk.city.clerk, input=given, at=minute(minute=at))["data"][name]["ticket"]

    one = act("callNext", 10)
    act("startServing", 11, ticketId=one["id"])
    moved = act("transferTicket", 25, ticketId=one["id"], serviceId=f"QueueService:{office.birth.id}", keepsPlace=True)

    assert moved == {
        "id": moved["id"],
        "label": "B-002",
        "queuedAt": "2026-03-02T02:25:00Z",
        "placedAt": "2026-03-02T02:00:00Z",
        "waitSeconds": None,
        "serveSeconds": None,
    }
    held = "query($t: String!) { queueTicket(token: $t) { label position queuedAt } }"
    places = [ask(held, t=token, at=minute(minute=26))["data"]["queueTicket"] for token in (first, later)]
    assert places == [
        {"label": "B-002", "position": 1, "queuedAt": "2026-03-02T02:25:00Z"},
        {"label": "B-001", "position": 2, "queuedAt": "2026-03-02T02:05:00Z"},
    ]
    assert act("callNext", 27)["waitSeconds"] == 120
    figures = """query($day: Date!) {
      queueMetrics(from: $day, to: $day, bucket: SERVICE) { label waitMean serveMean } }"""
    found = ask(figures, clerk.city.chief, day="2026-03-02")["data"]["queueMetrics"]
    assert found == [
        {"label": "Akta kelahiran", "waitMean": "2", "serveMean": None},
        {"label": "KTP-el", "waitMean": "10", "serveMean": "14"},
    ]


def test_offline_events_are_taken_once_and_each_is_answered(office, clerk, ask):
    clerk.take(office.ktp)
    row = Ticket.get()
    query = """mutation($input: TakeInOfflineEventsInput!) { takeInOfflineEvents(input: $input) {
      outcomes { key problem { code } } problems { code } } }"""
    events = [
        {"ticketId": f"Ticket:{row.id}", "kind": kind, "at": f"2026-03-02T02:0{minute}:00Z", "key": kind}
        for minute, kind in enumerate(("CALLED", "SERVING", "DONE"))
    ]
    events.append({"ticketId": "Ticket:999", "kind": "DONE", "at": "2026-03-02T02:00:00Z", "key": "x"})
    given = {"counterId": f"Counter:{office.two.id}", "events": events}
    later = {"at": ask.morning.replace(minute=30)}

    for _ in range(2):
        answer = ask(query, clerk.city.clerk, input=given, **later)["data"]["takeInOfflineEvents"]
        assert answer["problems"] == []
        problems = {one["key"]: one["problem"] and one["problem"]["code"] for one in answer["outcomes"]}
        assert problems == {"CALLED": None, "SERVING": None, "DONE": None, "x": "NOT_FOUND"}

    assert Ticket.get_by_id(row.id).state == "DONE"
    assert TicketEvent.select().count() == 4
    given["events"] = [{**events[0], "ticketId": "nonsense"}]
    refused = ask(query, clerk.city.clerk, input=given)["data"]["takeInOfflineEvents"]
    assert (refused["outcomes"], refused["problems"]) == (None, [{"code": "BAD_ID"}])


def test_a_priority_is_confirmed_by_staff(office, clerk, ask):
    group = PriorityGroup.select().first()
    take = "mutation($input: TakeNumberInput!) { takeNumber(input: $input) { ticket { token } } }"
    given = {"serviceId": f"QueueService:{office.ktp.id}", "priorityId": f"PriorityGroup:{group.id}"}
    ask(take, input=given)
    query = """mutation($id: ID!, $is: Boolean!) { confirmPriority(input: {ticketId: $id, isConfirmed: $is}) {
      ticket { isPriorityConfirmed priority { code } } problems { code } } }"""
    ticket = f"Ticket:{Ticket.get().id}"

    stranger = ask(query, id=ticket, **{"is": True})["data"]["confirmPriority"]
    done = ask(query, clerk.city.clerk, id=ticket, **{"is": True})["data"]["confirmPriority"]

    assert stranger == {"ticket": None, "problems": [{"code": "NOT_FOUND"}]}
    assert done == {"ticket": {"isPriorityConfirmed": True, "priority": {"code": group.code}}, "problems": []}


def test_nobody_else_serves_at_a_counter_or_watches_it(office, clerk):
    clerk.take(office.ktp)
    ticket = clerk.next(office.two)["ticket"]

    for who in (None, clerk.city.other, clerk.city.officer):
        assert clerk.next(office.two, who)["problems"] == [{"code": "FORBIDDEN"}]
        assert clerk.act("startServing", ticket, office.two, who)["problems"][0]["code"] in {"FORBIDDEN", "NOT_FOUND"}
        assert clerk.state(office.two, who)["errors"][0]["extensions"]["code"] == "FORBIDDEN"
    assert Ticket.get().state == "CALLED"
