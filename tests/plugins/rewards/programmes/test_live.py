"""What is told as it happens: each subscriber is told of what they may see, and of nothing else."""

import json

import pytest

from core.context import Context
from core.identity import services as identity
from core.identity.authentication import authenticate
from core.identity.models import Account
from core.live.reading import after, newest
from core.plugin_host import start
from core.rates import Budget
from plugins.rewards.programmes.services import awards, deciding, nominating
from plugins.rewards.programmes.terms import NominationBasis
from schema import live_stream
from schema.application import application_schema
from schema.live_opening import Live
from schema.live_stream import Caller
from schema.requests import GraphQLRequest
from tests.support.calls import NOON, system_context

NOMINATIONS = "subscription($round: ID) { nominationChanged(roundId: $round) { employee { name } state } }"
AWARDS = "subscription { awardChanged { title state } }"
RUNS = "subscription { eligibilityRunFinished { state eligible } }"


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


@pytest.fixture
def listen(office, city, db, monkeypatch):
    """Open a subscription for an employee; the function that it gives returns what came since the last time."""
    schema = application_schema(start(db, ["rewards"], web=True))
    monkeypatch.setattr(live_stream, "utc_now", lambda: NOON)
    live = Live(schema, db, 8)
    live.hub = Hub()

    def open_for(who, query, **variables):
        employee = getattr(city, who)
        account, _ = Account.get_or_create(username=f"account{employee.id}", defaults={"employee": employee})
        token = identity.create_api_token(system_context(db), account_id=account.id, name="x", scopes=["read"]).token
        ctx = Context(actor=authenticate(f"Bearer {token}", db), settings=db, language="en")
        ctx.budget = Budget(None, f"account.{account.id}")
        opened = live.open(ctx, Caller(f"Bearer {token}", "en", "r1"), GraphQLRequest(query, variables), None,
                           queries_only=False)  # fmt: skip
        position = [opened.position]

        def told():
            step = opened.stream.step(live.hub, position[0], is_quiet=False)
            position[0] = step.position
            return [next(iter(json.loads(part.split(b"data: ")[1])["data"].values())) for part in step.parts]

        return told

    return open_for


def test_steps_are_told_to_those_who_may_see_them(office, city, listen):
    round_, other = office.round(office.plain()), office.round(office.plain("more"))
    hr, clerk = listen("other_chief", NOMINATIONS, round=f"RewardRound:{round_.id}"), listen("clerk", NOMINATIONS)
    awarded, run = listen("clerk", AWARDS), listen("other_chief", RUNS)
    nominate = {"employee_id": city.officer.id, "basis": NominationBasis.PEER, "statement": "Baik"}

    nominating.nominate(office.system(), round_id=other.id, **nominate)
    made = nominating.nominate(office.system(), round_id=round_.id, **nominate)
    assert hr() == [{"employee": {"name": "Budi Santoso"}, "state": "NOMINATED"}]
    assert clerk() == []

    nominating.verify_nomination(office.system(), made.id, None, accepted=True)
    deciding.award_nomination(office.system(), made.id, None, decree_number="1")
    award = deciding.grant_award(office.system(), made.id, None)
    awards.revoke_award(office.system(), award.id, None, "Keliru")
    assert clerk()[-1]["state"] == "GRANTED"
    assert [one["title"] for one in awarded()] == ["Apresiasi"] * 2
    office.run(round_)
    assert run() == [{"state": "DONE", "eligible": 7}]
