"""What displays, holders of tickets, counters and dashboards are told as it happens, and who may listen."""

import json

import pytest

from core.context import Context
from core.errors import Refused
from core.identity import services as identity
from core.identity.authentication import NotAuthenticated, authenticate
from core.identity.models import Account
from core.live.reading import after, newest
from core.rates import Budget
from plugins.queueing.models import Ticket
from schema import live_stream
from schema.live_opening import Live
from schema.live_stream import Caller
from schema.requests import GraphQLRequest
from tests.support.calls import system_context

BOARD = 'subscription { queueBoardChanged(point: "dukcapil") { calls { label counter } services { waiting } } }'
TICKET = "subscription($t: String!) { queueTicketChanged(token: $t) { label state position } }"
COUNTER = "subscription($id: ID!) { counterChanged(counterId: $id) { waiting line { label } current { label } } }"
DASHBOARD = "subscription($id: ID!) { queueDashboardChanged(pointId: $id) { total { arrivals waiting } } }"
PLANS = "subscription { planStateChanged { id } }"
TAKE = "mutation($id: ID!) { takeNumber(input: {serviceId: $id}) { ticket { token } } }"
NEXT = "mutation($id: ID!) { callNext(input: {counterId: $id}) { ticket { label } problems { code } } }"


class Hub:
    """Reads the table of events at once, without a thread."""

    stopped = False

    def join(self):
        return newest()

    def leave(self):
        pass

    def after(self, position, names):
        found = after(position, 50, names=names)
        return found, found[-1].id if found else newest()


class Listener:
    """One stream of somebody, or of nobody at an address."""

    def __init__(self, live, query, token=None, address="1", **variables):
        authorization = f"Bearer {token}" if token else None
        self.live = live
        ctx = Context(actor=authenticate(authorization, live.settings), settings=live.settings, language="en")
        ctx.budget = Budget(None, f"address.{address}")
        caller, asked = Caller(authorization, "en", "r1"), GraphQLRequest(query, variables)
        self.opened = live.open(ctx, caller, asked, None, queries_only=False)

    @property
    def refused(self):
        """The code with which the subscription was refused at once."""
        return json.loads(self.opened.split(b"data: ")[1].split(b"\n")[0])["errors"][0]["extensions"]["code"]

    def told(self):
        """What came since the last time, the value of the field alone."""
        stream = self.opened.stream
        position = getattr(self, "position", self.opened.position)
        step = stream.step(self.live.hub, position, is_quiet=False)
        self.position = step.position
        answers = [json.loads(part.split(b"data: ")[1]) for part in step.parts]
        assert all("errors" not in answer for answer in answers), answers
        return [next(iter(answer["data"].values())) for answer in answers]


@pytest.fixture
def live(schema, db, ask, monkeypatch):
    monkeypatch.setattr(live_stream, "utc_now", lambda: ask.morning)
    made = Live(schema, db, 8)
    made.hub = Hub()
    return made


@pytest.fixture
def token(staff, db):
    def of(employee):
        ctx = system_context(db)
        account = Account.get_or_none(Account.employee == employee)
        if account is None:
            account = identity.create_account(ctx, username=f"staff{employee.id}", employee_id=employee.id)
        return identity.create_api_token(ctx, name="t", scopes=("read",), account_id=account.id).token

    return of


def test_displays_and_holders_are_told_without_an_account(staff, ask, live):
    service, counter = f"QueueService:{staff.ktp.id}", f"Counter:{staff.two.id}"
    mine, yours = (ask(TAKE, id=service)["data"]["takeNumber"]["ticket"]["token"] for _ in range(2))
    board, holder = Listener(live, BOARD), Listener(live, TICKET, t=yours)

    ask(NEXT, staff.city.clerk, id=counter)

    assert board.told() == [{"calls": [{"label": "A-001", "counter": 2}], "services": [{"waiting": 1}, {"waiting": 0}]}]
    # The person before was called: one place nearer.
    assert holder.told() == [{"label": "A-002", "state": "WAITING", "position": 1}]
    assert (board.told(), holder.told()) == ([], [])
    assert mine != yours


def test_a_holder_is_told_of_the_ticket_that_follows_from_a_transfer(staff, ask, live):
    token = ask(TAKE, id=f"QueueService:{staff.ktp.id}")["data"]["takeNumber"]["ticket"]["token"]
    counter = f"Counter:{staff.one.id}"
    ask(NEXT, staff.city.clerk, id=counter)
    holder = Listener(live, TICKET, t=token)
    ticket, birth = f"Ticket:{Ticket.get().id}", f"QueueService:{staff.birth.id}"
    query = "mutation($input: TransferTicketInput!) { transferTicket(input: $input) { problems { code } } }"

    ask(query, staff.city.clerk, input={"ticketId": ticket, "counterId": counter, "serviceId": birth})

    assert holder.told() == [{"label": "B-001", "state": "WAITING", "position": 1}]


def test_of_several_changes_a_display_is_told_the_last(staff, ask, live):
    board = Listener(live, BOARD)
    for _ in range(3):
        ask(TAKE, id=f"QueueService:{staff.ktp.id}")

    assert board.told() == [{"calls": [], "services": [{"waiting": 3}, {"waiting": 0}]}]


def test_counters_and_dashboards_are_told_to_those_who_may_watch_them(staff, ask, live, token):
    counter, point = f"Counter:{staff.two.id}", f"ServicePoint:{staff.point.id}"
    at_counter = Listener(live, COUNTER, token(staff.city.clerk), id=counter)
    dashboard = Listener(live, DASHBOARD, token(staff.city.chief), id=point)

    ask(TAKE, id=f"QueueService:{staff.ktp.id}")

    assert at_counter.told() == [{"waiting": 1, "line": [{"label": "A-001"}], "current": []}]
    assert dashboard.told() == [{"total": {"arrivals": 1, "waiting": 1}}]
    ask(TAKE, id=f"QueueService:{staff.birth.id}")
    # Counter 2 does not serve that.
    assert (at_counter.told(), dashboard.told()) == ([], [{"total": {"arrivals": 2, "waiting": 2}}])
    other = token(staff.city.other)
    assert Listener(live, COUNTER, other, id=counter).refused == "FORBIDDEN"
    assert Listener(live, DASHBOARD, other, id=point).refused == "FORBIDDEN"


def test_strangers_may_subscribe_to_nothing_else(staff, live):
    for query, variables in (
        (PLANS, {}),
        (COUNTER, {"id": f"Counter:{staff.two.id}"}),
        (COUNTER, {}),
        (DASHBOARD, {"id": f"ServicePoint:{staff.point.id}"}),
        ("subscription { ...F } fragment F on Subscription { planStateChanged { id } }", {}),
    ):
        with pytest.raises(NotAuthenticated):
            Listener(live, query, **variables)
    assert Listener(live, TICKET, t="nothing").refused == "NOT_FOUND"
    assert Listener(live, BOARD.replace("dukcapil", "elsewhere")).refused == "NOT_FOUND"
    assert live.budget.open == 0


def test_strangers_have_half_of_the_places_and_leave_the_rest_to_accounts(staff, live, token):
    boards = [Listener(live, BOARD, address=place) for place in range(4)]

    with pytest.raises(Refused) as full:
        Listener(live, BOARD, address=9)
    assert full.value.problems[0].code == "LIVE_STREAMS_FULL"
    assert Listener(live, PLANS, token(staff.city.clerk)).opened.position == newest()
    boards[0].opened.leave()
    boards[0].opened.leave()
    assert Listener(live, BOARD, address=9).opened is not None
    assert live.budget.open == 5


def test_one_address_has_half_of_these(staff, schema, db):
    live = Live(schema, db, 40)
    live.hub = Hub()
    for _ in range(10):
        Listener(live, BOARD, address="1")

    with pytest.raises(Refused) as full:
        Listener(live, BOARD, address="1")
    assert full.value.problems[0].code == "LIVE_STREAMS_OF_ADDRESS"
    assert Listener(live, BOARD, address="2").opened is not None
