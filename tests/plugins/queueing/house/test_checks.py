"""What the doctor asks about the queue: each fault is found with its remedy, and mended it is found no more."""

from datetime import UTC, date, datetime, timedelta

import pytest

from core.health import examine_application
from core.i18n import has_translation
from core.platform.models import JobRun
from core.platform.terms import RunOutcome
from plugins.queueing.cards import CARDS
from plugins.queueing.checks import CHECKS
from plugins.queueing.error_codes import CHECKS as TEXTS
from plugins.queueing.models import Counter, CounterService, CounterShift, OpeningHours, QueueService, Ticket
from plugins.queueing.terms import Channel, TicketState
from tests.support.calls import system_context

MORNING = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
"""Monday, 9 o'clock in Jakarta."""


@pytest.fixture
def asked(db, office):
    """Ask all questions; give the problems by the question's name."""

    def ask(at=MORNING):
        findings = {check.name: list(check.run(system_context(db, at))) for check in CHECKS}
        return {name: problems for name, problems in findings.items() if problems}

    for job in ("queueing.sweep_no_shows", "queueing.close_days"):
        JobRun.create(name=job, outcome=RunOutcome.DONE, started_at=MORNING, finished_at=MORNING)
    return ask


def test_an_office_that_is_set_up_has_no_problem(asked):
    assert asked() == {}


def test_what_nobody_can_come_to_is_named(asked, office):
    OpeningHours.delete().execute()
    CounterService.delete().where(CounterService.service == office.birth.id).execute()
    QueueService.create(point=office.point, unit=office.city.registry, code="x", name="X", prefix="X", is_active=False)

    found = asked()

    assert [problem.message("en") for problem in found.pop("queueing.hours")] == [
        "Dukcapil has no opening hours: nothing can be booked there. Set its week, or take it out of use."
    ]
    assert [problem.params for problem in found.pop("queueing.counters")] == [
        {"point": "Dukcapil", "service": "Akta kelahiran"}
    ]
    assert found == {}
    # A counter out of use serves nobody.
    Counter.update(is_active=False).execute()
    assert len(asked()["queueing.counters"]) == 2


def test_shifts_are_asked_for_where_shifts_are_planned(asked, office):
    def shift(counter, day):
        CounterShift.create(counter=counter, employee=office.city.clerk, day=day, starts_at="08:00", ends_at="12:00")

    shift(office.one, MORNING.date() + timedelta(days=1))
    shift(office.two, MORNING.date())

    ((problem,),) = asked().values()

    assert (problem.code, problem.params["counters"]) == ("QUEUE_COUNTER_WITHOUT_SHIFT", "1")
    assert "queueing.shifts" not in asked(MORNING - timedelta(days=1))  # Sunday


def test_jobs_that_stand_still_and_what_they_leave_behind(asked, office):
    for number, (day, state) in enumerate(
        [
            (date(2026, 3, 1), TicketState.WAITING),
            (date(2026, 2, 27), TicketState.BOOKED),
            (date(2026, 3, 1), TicketState.DONE),
            (date(2026, 3, 2), TicketState.WAITING),
        ]
    ):
        Ticket.create(service=office.ktp, day=day, token=str(number), state=state, channel=Channel.KIOSK)

    found = asked(MORNING + timedelta(minutes=61))

    assert [problem.params["job"] for problem in found["queueing.jobs"]] == [
        "queueing.sweep_no_shows",
        "queueing.close_days",
    ]
    ((_, (left,)),) = [pair for pair in found.items() if pair[0] == "queueing.open_tickets"]
    assert left.params == {"count": 2, "point": "Dukcapil", "day": date(2026, 2, 27)}


def test_the_doctor_asks_them_and_says_them_in_indonesian(registry, db):
    findings = [one for one in examine_application(registry, system_context(db)) if one.name.startswith("queueing.")]

    assert [one.name for one in findings] == [check.name for check in CHECKS]
    # Without a service point there is nothing to say.
    assert [one.problems for one in findings] == [[]] * len(CHECKS)
    for text in (*TEXTS.values(), *(check.title for check in CHECKS), *(card.title for card in CARDS)):
        assert has_translation(text, "id"), text
