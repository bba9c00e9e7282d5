"""Verbs of bound facts and measured values."""

from decimal import Decimal

import pytest

from core.facts.models import FactMeasurement
from core.facts.terms import FactState, FactSubject
from core.progress.models import ProgressRecord
from core.verbs.performing import verb_named
from tests.support.facts import SPEED, Source, facts_on, value
from tests.support.verbs import GONE, Case, check

CASES = [
    Case(
        "facts.bind_fact", "chief",
        texts=lambda w: {"indicator_id": w.rows["indicator.clerk"].id, "fact": SPEED},
        expected={"fact": SPEED, "subject": FactSubject.EMPLOYEE, "title": "Speed"},
    ),
    Case("facts.unbind_fact", "clerk", "binding.clerk", expected=GONE),
    Case(
        "facts.measure_fact", "officer", "binding.officer", lambda _w: {"starts_on": "2026-01-05", "ends_on": ""},
        {"value": Decimal("12.3457"), "cases": 40, "state": FactState.PROPOSED}, of=FactMeasurement,
    ),
    Case(
        "facts.accept_fact", "chief", "measured.officer", lambda _w: {"comment": ""}, {"state": FactState.ACCEPTED}
    ),
    Case(
        "facts.reject_fact", "chief", "measured.officer", lambda _w: {"comment": "Bulan salah"},
        {"state": FactState.REJECTED, "comment": "Bulan salah"},
    ),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_verb_does_what_it_says_and_others_are_refused(world, case):
    if case.name == "facts.bind_fact":
        world.rows["binding.clerk"].delete_instance()
    bound = world.rows["binding.officer"]
    type(bound).update(fact=SPEED).execute()
    with facts_on(Source(lambda *_: value())):
        check(world, case)


def test_verbs_are_offered_where_they_make_sense(world):
    measure, accept = verb_named("facts.measure_fact"), verb_named("facts.accept_fact")
    bound, measured = world.rows["binding.officer"], world.rows["measured.officer"]
    assert not measure.suits(bound)
    bound.fact = SPEED
    with facts_on(Source(lambda *_: value())):
        assert measure.suits(bound)
        assert not measure.suits(world.rows["binding.clerk"])
    assert accept.suits(measured)
    measured.state = FactState.ACCEPTED
    assert not accept.suits(measured)
    assert ProgressRecord.select().where(ProgressRecord.quantity == 12).count() == 0
