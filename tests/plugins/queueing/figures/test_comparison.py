"""Before and after an intervention: figures, effects, chart, and every reason for which they carry no conclusion."""

import random
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from core.actor import Actor
from core.context import Context
from core.errors import Refused
from plugins.queueing.models import Closure, Intervention, OpeningHours, Ticket
from plugins.queueing.reading.comparison import chart_of, compare
from plugins.queueing.terms import Channel, InterventionKind, TicketState
from tests.support.calls import system_context
from tests.support.statements import counted_statements

DAY = date(2026, 4, 1)
LATER = datetime(2026, 6, 1, tzinfo=UTC)


@pytest.fixture
def call(db):
    return system_context(db, LATER)


def intervene(office, day=DAY, **values):
    values = {"kind": InterventionKind.ONLINE_BOOKING, "name": "Antrean daring", **values}
    return Intervention.create(point=office.point, day=day, **values)


def fill(office, service=None, shift=-360, per_hour=2, days=30, hours=range(8, 13)):
    """Write tickets of working days round DAY, whose waits fall by `shift` seconds after it."""
    draw = random.Random(4)
    rows = []
    for number in range(-days, days + 1):
        day = DAY + timedelta(days=number)
        for hour in hours if day.weekday() < 5 else ():
            for place in range(per_hour):
                wait = 900 + 60 * (hour - 8) + draw.randrange(-120, 120) + (shift if number > 0 else 0)
                rows.append({
                    "service": service or office.ktp, "day": day, "token": f"{day}{hour}-{place}-{service and 1}",
                    "state": TicketState.DONE, "channel": Channel.KIOSK, "local_hour": hour, "wait_seconds": wait,
                    "queued_at": datetime(day.year, day.month, day.day, hour - 7, tzinfo=UTC),
                })  # fmt: skip
    Ticket.insert_many(rows).execute()


def codes(comparison):
    return [problem.code for problem in comparison.warnings]


def test_a_clear_fall_is_shown_with_its_interval_and_chart(office, call):
    fill(office)
    intervention = intervene(office, service=office.ktp)

    with counted_statements() as statements:
        found = compare(call, intervention_id=intervention.id)

    assert found.warnings == ()
    assert found.is_conclusive
    assert (found.before.first, found.before.last) == (DAY - timedelta(days=30), DAY - timedelta(days=1))
    assert (found.after.first, found.after.last) == (DAY + timedelta(days=1), DAY + timedelta(days=30))
    assert found.before.figures.arrivals == found.before.served_days * 10
    assert (found.matched_cells, found.cells, found.matched_percent) == (25, 25, 100)
    assert found.wait.low < Decimal(-6) + 1
    assert found.wait.low <= found.wait.difference <= found.wait.high < Decimal(-5)
    assert abs(found.wait.difference + 6) < Decimal("0.5")
    assert found.within_target.before < 50 < found.within_target.after
    assert [(bar.category, bar.series) for bar in chart_of(found, "en")][:3] == [
        ("08:00", "Before"), ("08:00", "After"), ("09:00", "Before"),
    ]  # fmt: skip
    assert [bar.series for bar in chart_of(found, "id")][:2] == ["Sebelum", "Sesudah"]
    assert {one.is_after for one in found.by_day} == {False, True}
    assert DAY not in {one.day for one in found.by_day}
    assert len(statements) <= 16
    assert compare(call, intervention_id=intervention.id) == found


def test_an_intervention_of_one_service_is_not_about_another(office, call):
    fill(office, office.birth)

    of_other = compare(call, intervention_id=intervene(office, service=office.ktp).id)
    of_point = compare(call, intervention_id=intervene(office, day=DAY, name="Loket baru").id)

    assert of_other.wait is None
    assert of_other.before.figures.arrivals == 0
    assert of_point.before.figures.arrivals > 0


def test_too_little_is_said_to_be_too_little(office, call):
    fill(office, days=7, per_hour=1, hours=range(8, 10))
    found = compare(call, intervention_id=intervene(office).id)

    assert codes(found) == ["COMPARISON_FEW_WAITS", "COMPARISON_FEW_DAYS", "COMPARISON_FEW_CELLS"]
    assert not found.is_conclusive
    assert all(problem.message("en").count(". ") >= 1 for problem in found.warnings)
    assert all(problem.message("id") != problem.message("en") for problem in found.warnings)


def test_other_hours_cannot_be_compared(office, call):
    fill(office)
    Ticket.update(local_hour=Ticket.local_hour + 6).where(Ticket.day > DAY).execute()

    assert codes(compare(call, intervention_id=intervene(office).id)) == ["COMPARISON_FEW_CELLS"]


def test_other_interventions_in_the_periods_are_named(office, call):
    fill(office)
    own = intervene(office, service=office.ktp)
    intervene(office, day=DAY + timedelta(days=10), name="Pelatihan", kind=InterventionKind.TRAINING)
    intervene(office, day=DAY + timedelta(days=11), name="Akta", service=office.birth)
    intervene(office, day=DAY + timedelta(days=31), name="Kemudian")

    found = compare(call, intervention_id=own.id)

    assert codes(found) == ["COMPARISON_OVERLAP"]
    assert found.warnings[0].params["names"] == "Pelatihan (2026-04-11)"


def test_a_period_that_is_not_over_and_closed_days_and_other_demand_are_said(office, db):
    fill(office, per_hour=4)
    own = intervene(office)
    for number in range(5, 15):
        Closure.get_or_create(point=office.point, day=DAY - timedelta(days=number), name="Renovasi")
        Ticket.delete().where(Ticket.day == DAY - timedelta(days=number)).execute()
    Ticket.delete().where(Ticket.day > DAY, Ticket.token.contains("-0-") | Ticket.token.contains("-1-")).execute()

    found = compare(system_context(db, datetime(2026, 4, 20, tzinfo=UTC)), intervention_id=own.id)

    assert codes(found) == ["COMPARISON_NOT_OVER", "COMPARISON_CLOSED_DAYS", "COMPARISON_OTHER_DEMAND"]
    assert found.before.closed_days == 8
    assert found.after.closed_days == 0
    assert OpeningHours.select().count() == 5


def test_strangers_and_odd_spans_are_refused(office, call, db):
    own = intervene(office)
    with pytest.raises(Refused, match="NOT_FOUND"):
        compare(Context(actor=Actor(today=DAY), settings=db), intervention_id=own.id)
    for days in (6, 367):
        with pytest.raises(Refused, match="COMPARISON_DAYS"):
            compare(call, intervention_id=own.id, days=days)
