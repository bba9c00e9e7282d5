"""What citizens do without an account, and what they see of the queue."""

from datetime import UTC, datetime

import pytest

from core.database import is_sqlite
from plugins.queueing.models import PriorityGroup, ServiceQuota, Ticket, WaitEstimate
from tests.support.statements import counted_statements

NIK = "3174010101900001"
BOOKED = "{ bookTicket(input: $input) { code problems { code path } ticket { token label state day slot position } } }"
TAKEN = """{ takeNumber(input: $input) { code problems { code path }
  ticket { token label state position requirements counter priority { code } service { code } } } }"""
HELD = "query($token: String!) { queueTicket(token: $token) { label position state point { name } } }"
LOCKS, TOLD = 'FROM "queueing_day"', 'FROM "webhook"'
READS, NOTES = 'FROM "queueing_estimate"', 'INTO "queueing_estimate"'
BOARD = """query($point: String!) { queueBoard(point: $point) { name openCounters lastEvent
  calls { label counter calls } services { service { code } waiting nextLabels } } }"""


def service(row):
    return f"QueueService:{row.id}"


def take(ask, row, who=None, **more):
    answer = ask(f"mutation($input: TakeNumberInput!) {TAKEN}", who, input={"serviceId": service(row), **more})
    return answer["data"]["takeNumber"]


def book(ask, row, **more):
    given = {"serviceId": service(row), "day": "2026-03-02", "slot": "10:00", "nik": NIK, **more}
    return ask(f"mutation($input: BookTicketInput!) {BOOKED}", input=given)["data"]["bookTicket"]


def with_code(ask, name, issued, code=None, **more):
    kind = f"{name[0].upper()}{name[1:]}Input"
    query = f"""mutation($input: {kind}!) {{
      {name}(input: $input) {{ ticket {{ label state position }} problems {{ code path }} }} }}"""
    given = {"token": issued["ticket"]["token"], "code": code or issued["code"]}
    return ask(query, input=given, **more)["data"][name]


def test_a_stranger_takes_a_number_and_follows_it_by_its_token(office, ask):
    group = PriorityGroup.select().first()
    first = take(ask, office.ktp)
    second = take(ask, office.ktp, priorityId=f"PriorityGroup:{group.id}")

    assert (second["problems"], len(second["code"])) == ([], 6)
    # Of a priority group: before the first, who came earlier.
    assert {**second["ticket"], "token": ""} == {
        "token": "",
        "label": "A-002",
        "state": "WAITING",
        "position": 1,
        "requirements": "",
        "counter": None,
        "priority": {"code": group.code},
        "service": {"code": "ktp"},
    }
    seen = ask(HELD, token=first["ticket"]["token"])["data"]["queueTicket"]
    assert seen == {"label": "A-001", "position": 2, "state": "WAITING", "point": {"name": "Dukcapil"}}
    assert ask(HELD, token="nothing")["data"]["queueTicket"] is None


def test_whoever_thinks_of_coming_sees_the_wait_of_a_newcomer(office, ask):
    query = "query($id: ID!) { queueWaitNow(serviceId: $id) { ahead counters halfLow halfHigh wideLow wideHigh } }"
    for _ in range(4):
        take(ask, office.ktp)

    wait = ask(query, id=service(office.ktp))["data"]["queueWaitNow"]
    closed = ask(query, id=service(office.ktp), at=datetime(2026, 3, 2, 8, 0, tzinfo=UTC))["data"]["queueWaitNow"]
    unknown = ask(query, id="QueueService:0")

    # Two counters may serve it; two turns of ten minutes come before.
    assert (wait["ahead"], wait["counters"], closed) == (4, 2, None)
    assert 0 <= wait["wideLow"] <= wait["halfLow"] < 1200 < wait["halfHigh"] < wait["wideHigh"]
    assert unknown["errors"][0]["extensions"]["code"] == "NOT_FOUND"


def test_a_booking_is_made_once_checked_in_and_left_with_its_code(office, ask):
    booked = book(ask, office.ktp)

    assert booked["problems"] == []
    assert {**booked["ticket"], "token": ""} == {
        "token": "",
        "label": "A",
        "state": "BOOKED",
        "day": "2026-03-02",
        "slot": "10:00",
        "position": None,
    }
    assert book(ask, office.ktp)["problems"] == [{"code": "NIK_HAS_TICKET", "path": ["input", "nik"]}]
    wrong = "000000" if booked["code"] != "000000" else "111111"
    assert with_code(ask, "checkIn", booked, wrong)["problems"][0]["code"] == "CODE_WRONG"
    assert Ticket.get().number is None
    checked = with_code(ask, "checkIn", booked)
    assert checked == {"ticket": {"label": "A-001", "state": "WAITING", "position": 1}, "problems": []}
    left = with_code(ask, "leaveQueue", booked)
    assert left["ticket"] == {"label": "A-001", "state": "LEFT", "position": None}


def test_a_booking_is_cancelled_with_its_code_and_its_place_is_free_again(office, ask):
    ServiceQuota.create(service=office.ktp, slot="10:00", quota=3, walk_in_reserve=1)
    query = """query($id: ID!) { queueSlots(serviceId: $id, from: "2026-03-02", to: "2026-03-03") {
      day startsAt endsAt quota taken free } }"""

    def slot():
        slots = ask(query, id=service(office.ktp))["data"]["queueSlots"]
        return next(one for one in slots if (one["day"], one["startsAt"]) == ("2026-03-02", "10:00"))

    booked = book(ask, office.ktp)
    assert slot() == {
        "day": "2026-03-02",
        "startsAt": "10:00",
        "endsAt": "10:30",
        "quota": 3,
        "taken": 1,
        "free": 1,
    }
    assert with_code(ask, "cancelTicket", booked)["ticket"]["state"] == "CANCELLED"
    assert slot()["free"] == 2


@pytest.mark.parametrize(
    ("span", "code"),
    [
        ('from: "2026-03-02", to: "2026-04-02"', "QUEUE_SPAN"),
        ('from: "2026-03-02", to: "2026-03-01"', "QUEUE_SPAN"),
        ('from: "2026-03-02", to: "9999-12-31"', "QUEUE_SPAN"),
    ],
)
def test_places_are_told_for_a_month_at_most(office, ask, span, code):
    answer = ask(f"query($id: ID!) {{ queueSlots(serviceId: $id, {span}) {{ day }} }}", id=service(office.ktp))

    assert answer["errors"][0]["extensions"]["code"] == code


def test_places_of_what_is_not_offered_are_not_found(office, ask):
    type(office.ktp).update(is_active=False).where(type(office.ktp).id == office.ktp.id).execute()
    query = 'query($id: ID!) { queueSlots(serviceId: $id, from: "2026-03-02", to: "2026-03-02") { day } }'

    answer = ask(query, id=service(office.ktp))

    assert answer["errors"][0]["extensions"]["code"] == "NOT_FOUND"


def test_the_board_shows_numbers_to_everybody(office, staff, ask):
    for row in (office.ktp, office.ktp, office.birth):
        take(ask, row)
    call = "mutation($id: ID!) { callNext(input: {counterId: $id}) { ticket { label } problems { code } } }"
    ask(call, staff.city.clerk, id=f"Counter:{office.two.id}")

    board = ask(BOARD, point="dukcapil")["data"]["queueBoard"]

    assert board.pop("lastEvent") > 0
    assert board == {
        "name": "Dukcapil",
        "openCounters": 1,
        "calls": [{"label": "A-001", "counter": 2, "calls": 1}],
        "services": [
            {"service": {"code": "ktp"}, "waiting": 1, "nextLabels": ["A-002"]},
            {"service": {"code": "akta"}, "waiting": 1, "nextLabels": ["B-001"]},
        ],
    }
    assert ask(BOARD, point="elsewhere")["errors"][0]["extensions"]["code"] == "NOT_FOUND"


def test_staff_alone_give_numbers_at_a_counter_and_nobody_after_hours(office, staff, ask):
    assert take(ask, office.ktp, isGivenByStaff=True)["problems"][0]["code"] == "FORBIDDEN"
    assert take(ask, office.ktp, staff.city.clerk, isGivenByStaff=True)["ticket"]["label"] == "A-001"
    late = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    query = f"mutation($input: TakeNumberInput!) {TAKEN}"
    refused = ask(query, at=late, input={"serviceId": service(office.ktp)})["data"]["takeNumber"]
    assert refused["problems"] == [{"code": "POINT_CLOSED_FOR_TODAY", "path": ["input", "serviceId"]}]
    assert Ticket.select().count() == 1


def test_asked_again_under_the_same_key_the_same_number_and_code_are_given(office, ask):
    key = "a secret of this kiosk, 1"
    first = take(ask, office.ktp, key=key)
    assert take(ask, office.ktp, key=key) == first
    other = take(ask, office.ktp, key=f"{key}2")
    assert (other["ticket"]["label"], other["ticket"]["token"] == first["ticket"]["token"]) == ("A-002", False)

    booked = book(ask, office.birth, key=f"{key}3")
    assert book(ask, office.birth, key=f"{key}3") == booked
    assert with_code(ask, "checkIn", booked)["ticket"]["state"] == "WAITING"
    assert Ticket.select().count() == 3


def test_a_key_gives_one_ticket_of_one_request(office, ask):
    key = "a secret of this kiosk, 1"
    take(ask, office.ktp, key=key)
    reused = [{"code": "TICKET_KEY_REUSED", "path": ["input", "key"]}]

    assert take(ask, office.birth, key=key)["problems"] == reused
    assert take(ask, office.ktp, nik=NIK, key=key)["problems"] == reused
    assert book(ask, office.ktp, key=key)["problems"] == reused
    for wrong in ("", "too short", "x" * 129):
        assert take(ask, office.ktp, key=wrong)["problems"][0]["code"] == "TICKET_KEY_LENGTH"
    assert Ticket.select().count() == 1


def test_a_number_takes_few_statements_and_its_wait_is_foretold_once_with_nobody_waiting(office, ask):
    first = take(ask, office.ktp)

    with counted_statements() as said:
        second = take(ask, office.ktp)

    assert (first["ticket"]["position"], second["ticket"]["position"], len(said)) == (1, 2, 25 if is_sqlite() else 26)
    places = {name: [place for place, one in enumerate(said) if name in one] for name in (LOCKS, TOLD, READS, NOTES)}
    [locks], [told], [reads], [notes] = places.values()
    # Webhooks are the last that the transaction asks for, with the day held; the wait is foretold after it.
    assert locks < told < reads < notes


def test_the_wait_that_is_told_with_a_number_is_the_one_that_is_kept(office, ask):
    for _ in range(3):
        take(ask, office.ktp)
    query = """mutation($input: TakeNumberInput!) { takeNumber(input: $input) {
      ticket { wait { ahead counters halfLow halfHigh wideLow wideHigh } } } }"""

    told = ask(query, input={"serviceId": service(office.ktp)})["data"]["takeNumber"]["ticket"]["wait"]

    kept = WaitEstimate.select().order_by(WaitEstimate.id.desc()).get()
    names = {"ahead": "ahead", "counters": "counters", "halfLow": "half_low", "halfHigh": "half_high",
             "wideLow": "wide_low", "wideHigh": "wide_high"}  # fmt: skip
    assert told == {name: getattr(kept, column) for name, column in names.items()}
    assert told["ahead"] == 3
