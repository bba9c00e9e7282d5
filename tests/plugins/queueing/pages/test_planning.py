"""The planning page: who sees it, each of its parts with figures, and what is said about a form that cannot be read."""

import random
import re
from datetime import UTC, date, datetime, timedelta

import pytest

from core.i18n import has_translation
from plugins.queueing.models import CounterService, Intervention, Ticket, WaitEstimate
from plugins.queueing.pages import planning_forms
from plugins.queueing.terms import Channel, InterventionKind, TicketState
from tests.support.office import Person

PAGE = "/-/queueing/dukcapil/planning"
CHANGED_ON = date(2026, 1, 28)
BUSY = date(2026, 2, 27)
"""The Friday before the morning of the tests."""


def at(day, hour, minute=0):
    return datetime(day.year, day.month, day.day, hour - 7, minute, tzinfo=UTC)


@pytest.fixture
def intervention(office):
    """A training after which waits of eight in the morning to noon fall by six minutes."""
    draw = random.Random(4)
    rows = []
    for number in range(-30, 31):
        day = CHANGED_ON + timedelta(days=number)
        for hour in range(8, 13) if day.weekday() < 5 else ():
            for place in range(2):
                wait = 900 + draw.randrange(-120, 120) - (360 if number > 0 else 0)
                rows.append({
                    "service": office.ktp, "day": day, "token": f"{day}{hour}-{place}", "state": TicketState.DONE,
                    "channel": Channel.KIOSK, "local_hour": hour, "wait_seconds": wait, "queued_at": at(day, hour),
                })  # fmt: skip
    Ticket.insert_many(rows).execute()
    return Intervention.create(point=office.point, kind=InterventionKind.TRAINING, name="Pelatihan", day=CHANGED_ON)


@pytest.fixture
def busy(office):
    """Sixty people between eight and nine on the Friday before, served for three minutes each by two counters."""
    rows, free = [], [at(BUSY, 8)] * 2
    for number in range(60):
        arrived, place = at(BUSY, 8, number), number % 2
        called = max(arrived, free[place])
        free[place] = called + timedelta(minutes=3)
        rows.append({
            "service": office.ktp, "day": BUSY, "number": number, "token": f"b{number}", "state": TicketState.DONE,
            "channel": Channel.KIOSK, "counter": (office.one, office.two)[place], "queued_at": arrived,
            "called_at": called, "serving_at": called, "ended_at": free[place], "local_hour": 8,
            "wait_seconds": int((called - arrived).total_seconds()), "serve_seconds": 180,
        })  # fmt: skip
    Ticket.insert_many(rows).execute()
    return office


def foretold(waits):
    """Note waits of tickets to which six to fourteen minutes, or in the wide range four to sixteen, were foretold."""
    for ticket, waited in zip(Ticket.select().order_by(Ticket.id), waits, strict=False):
        WaitEstimate.create(
            ticket=ticket, service=ticket.service_id, made_at=ticket.queued_at, ahead=1, counters=1, expected=600,
            half_low=360, half_high=840, wide_low=240, wide_high=960, waited=waited,
        )  # fmt: skip


def words(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text))


def test_who_may_not_see_it_gets_the_answer_of_the_dashboard(app, citizen, clerk, office):
    stranger = citizen.get(PAGE)

    assert (stranger.status_code, stranger.location) == (302, "/admin/login?next=%2F-%2Fqueueing%2Fdukcapil%2Fplanning")
    assert Person(app, "officer").get(PAGE).status_code == 403
    assert clerk.get("/-/queueing/nowhere/planning").status_code == 404
    assert clerk.get(PAGE).status_code == 200
    assert 'href="/-/queueing/dukcapil/planning"' in clerk.get("/-/queueing/dukcapil/").text
    assert 'href="/-/queueing/dukcapil/planning"' in clerk.get("/-/queueing/dukcapil/dashboard").text
    assert 'href="/-/queueing/dukcapil/planning"' not in citizen.get("/-/queueing/dukcapil/").text


def test_a_point_without_anything_says_so_in_each_part(app, clerk):
    CounterService.delete().execute()

    page = words(clerk.get(PAGE))

    assert "Nothing that was done against waiting is noted at this point yet." in page
    assert "nobody was told a time of waiting" in page
    assert "Nobody came on these days." in page
    assert "No counter of this point may serve a service yet." in page
    assert "Belum ada perbaikan waktu tunggu" in Person(app, "clerk", "id").get(PAGE).text


def test_an_intervention_is_shown_before_and_after_with_its_charts(app, clerk, intervention):
    offered = clerk.get(PAGE)
    page = clerk.get(PAGE, intervention=intervention.id, days=30)
    seen = words(page)

    assert "Pelatihan · training · 28 Jan 2026" in words(offered)
    assert "has fallen by" not in words(offered)
    assert page.status_code == 200
    assert "The median wait has fallen by 5.52 minutes; with 95 % certainty by 5.35 to 5.95 minutes." in seen
    assert "25 of 25 weekdays with an hour are compared" in seen
    # The period after is over on 27 February.
    assert "These figures may not carry a conclusion" not in seen
    # Five hours, 22 days, and the legends of both charts; five half hours of the counters needed.
    assert page.text.count('class="bar earlier"') == 5 + 22 + 2
    assert page.text.count('class="bar"') == 5 + 22 + 2 + 5
    assert page.text.count("<svg") == 3
    assert page.text.count("<table") == 4
    assert not re.search(r" style=", page.text)
    assert "Median waktu tunggu turun" in Person(app, "clerk", "id").get(PAGE, intervention=intervention.id).text


def test_why_a_comparison_carries_no_conclusion_is_said_with_its_remedy(clerk, intervention):
    page = words(clerk.get(PAGE, intervention=intervention.id, days=7))
    Ticket.delete().execute()
    empty = words(clerk.get(PAGE, intervention=intervention.id))

    assert "These figures may not carry a conclusion:" in page
    assert "Compare longer periods." in page
    assert "No weekday and hour had enough waits in both periods" in empty


def test_how_well_waits_were_foretold_is_said_in_words(clerk, busy):
    for waits, verdict in (
        ([600] * 8, "These are too few"),
        ([600] * 20 + [900] * 12 + [3000] * 8, "People could rely on it."),
        ([3000] * 40, "People often waited longer or shorter than they were told."),
        ([600] * 40, "the times could even be told more exactly"),
    ):
        WaitEstimate.delete().execute()
        foretold(waits)
        page = words(clerk.get(PAGE))

        assert f"In the last 28 days {len(waits)} people were told" in page
        assert verdict in page


def test_counters_are_counted_by_half_hour(clerk, busy):
    page = clerk.get(PAGE)
    strict = words(clerk.get(PAGE, share="99,5", minutes="0", **{"from": BUSY, "to": BUSY}))

    # Sixty an hour for three minutes each are work for three counters, and there are two.
    assert "From 08:00 on work for 3.0 counters arrives, 2 may serve it, and the line grows." in words(page)
    assert "08:00 60 3 4 2 the line grows" in words(page)
    assert page.text.count("<svg") == 1
    assert re.search(r"08:00 60 3 (?:[89]|1\d) 2 ", strict)


def test_a_day_is_played_through_with_other_counters(clerk, busy):
    asked = {"day": BUSY, "counter": ["1", "2"], "starts-1": "08:00", "ends-1": "12:00"}
    page = clerk.get(PAGE, **asked)
    seen = words(page)

    assert page.status_code == 200
    assert "As it was, played through" in seen
    assert re.search(r"Median wait, in minutes 14\.5 14\.5 ", seen)
    assert "20 times over" in seen
    assert f'value="{BUSY}"' in clerk.get(PAGE).text
    assert 'value="12:00"' in page.text
    alone = words(clerk.get(PAGE, day=BUSY, counter="1", opens="08:00", closes="09:00"))
    assert "The day brings 3.0 hours of work for KTP-el, its counters are open for 1.0: the line grows." in alone


def test_a_day_without_data_is_told_and_a_large_one_is_played_less_often(clerk, busy, monkeypatch):
    monkeypatch.setattr(planning_forms, "_TURNS_AT_MOST", 240)

    empty = clerk.get(PAGE, day="2026-02-22", counter="1")

    assert (empty.status_code, "nobody drew a number at Dukcapil" in empty.text) == (200, True)
    assert "4 times over" in words(clerk.get(PAGE, day=BUSY, counter="1"))
    monkeypatch.setattr(planning_forms, "_MOST_CAME", 59)
    assert "60 numbers were drawn on this day, too many" in words(clerk.get(PAGE, day=BUSY, counter="1"))


BAD = (
    ({"days": "3"}, "days", "3", "no number from 7 to 92"),
    ({"days": "7.5"}, "days", "7.5", "no whole number"),
    ({"from": "yesterday"}, "from", "yesterday", "This is no day"),
    ({"from": "0001-01-01"}, "from", "0001-01-01", "This is no day"),
    ({"to": "2030-01-01"}, "to", "2030-01-01", "This is no day"),
    ({"from": "2026-02-20", "to": "2026-02-19"}, "to", "2026-02-19", "before the first day"),
    ({"share": "nan"}, "share", "nan", "no number from 1 to 99.9"),
    ({"minutes": "-1"}, "minutes", "-1", "no number from 0 to 240"),
    ({"day": "", "counter": "1"}, "day", "", "This is no day"),
    ({"day": BUSY, "counter": "1", "opens": "8"}, "opens", "8", "no time of day"),
    ({"day": BUSY, "counter": "1", "opens": "08:00"}, "closes", "", "One time alone"),
    ({"day": BUSY, "counter": "1", "opens": "15:00", "closes": "08:00"}, "closes", "08:00", "not after"),
    ({"day": BUSY, "counter": "1", "starts-1": "15:30"}, "starts-1", "15:30", "closes at 15:00"),
    ({"day": BUSY, "counter": "1", "ends-1": "07:30"}, "ends-1", "07:30", "opens at 08:00"),
)


def test_bad_input_is_told_at_its_field_and_kept(clerk, busy):
    known = Intervention.create(point=busy.point, kind=InterventionKind.OTHER, name="Papan", day=CHANGED_ON)

    for asked, field, kept, text in BAD:
        page = clerk.get(PAGE, **{"intervention": known.id, **asked} if "days" in asked else asked)

        assert page.status_code == 422
        [fault] = re.findall(rf'<p class="fault" id="{field}-fault">([^<]*)</p>', page.text)
        assert text in fault
        written = re.search(rf'<input id="{field}"[^>]*>', page.text).group()
        assert f'value="{kept}"' in written
        assert 'aria-invalid="true"' in written
        assert f"{field}-fault" in written


def test_what_is_not_offered_cannot_be_chosen(clerk, busy, office):
    elsewhere = Intervention.create(point=office.point, kind=InterventionKind.OTHER, name="Papan", day=CHANGED_ON)

    unknown = clerk.get(PAGE, intervention=elsewhere.id + 1)
    none = clerk.get(PAGE, day=BUSY)

    assert (unknown.status_code, none.status_code) == (422, 422)
    assert "This is not noted at this point." in unknown.text
    assert "No counter is chosen. Tick at least one." in none.text
    assert "checked" not in none.text


def test_the_kinds_of_interventions_have_words():
    assert all(has_translation(kind.value, language) for kind in InterventionKind for language in ("id", "en"))
