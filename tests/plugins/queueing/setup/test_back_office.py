"""The set-up in the back office: every verb has its form, every table its lists, in words that people understand."""

import pytest

from core.verbs.declare import Does
from plugins.queueing.models import OpeningHours
from plugins.queueing.verbs import VERBS
from tests.support.walk.office import Browser, open_office, views


@pytest.fixture(scope="module")
def world(database_url, tmp_path_factory):
    with open_office(database_url, tmp_path_factory.mktemp("office")) as world:
        yield world


ROWS = {
    "ServicePoint": "point.counter",
    "OpeningHours": "hours.counter",
    "Closure": "closure.counter",
    "PriorityGroup": "group.LAMA",
    "QueueService": "service.counter",
    "ServiceQuota": "quota.counter",
    "Counter": "counter.counter",
    "CounterService": "counter_service.counter",
    "CounterShift": "shift.at.counter",
    "Intervention": "intervention.counter",
}


def test_every_verb_has_a_form(world):
    browser = Browser(world, "hr_admin", "id")
    wrong = []
    for verb in VERBS:
        row = world.rows[ROWS[verb.model.__name__]]
        if not verb.suits(row):
            continue
        target = "" if verb.does is Does.CREATE else f"?id={row.id}"
        page = browser.get(f"{views(world.app)[verb.model].url}/do/{verb.name}{target}")
        if page.status_code != 200 or any(f'name="{field.name}"' not in page.text for field in verb.fields):
            wrong.append((verb.name, page.status_code))
    assert wrong == []


def test_a_week_is_typed_and_seen(world):
    browser, point = Browser(world, "queue_manager", "id"), world.rows["point.counter"]
    url = views(world.app)[type(point)].url
    week = {f"day{number}": "08.00-15.00 / 12.00-13.00" if number == 0 else "" for number in range(7)}
    refused = browser.post(f"{url}/do/queueing.set_hours", id=point.id, _version=1, **{**week, "day1": "pagi"})
    assert (refused.status_code, "bukan jam layanan" in refused.text) == (422, True)
    done = browser.post(f"{url}/do/queueing.set_hours", id=point.id, _version=1, **week)
    assert done.status_code in {302, 303}
    assert OpeningHours.select().where(OpeningHours.point == point).count() == 2
    page = browser.get(f"{url}/details/?id={point.id}", follow_redirects=True).text
    for words in ("Senin", "12:00", "istirahat", "Loket", "Layanan counter", "Hari tutup"):
        assert words in page, words


def test_a_ticket_shows_what_happened_and_hides_whose_it_is(world):
    ticket = world.rows["ticket.counter.1"]
    url = views(world.app)[type(ticket)].url
    clerk = Browser(world, "queue_clerk", "id").get(f"{url}/details/?id={ticket.id}", follow_redirects=True)
    auditor = Browser(world, "auditor", "id").get(f"{url}/details/?id={ticket.id}", follow_redirects=True)
    assert "Sari" in clerk.text
    assert "nomor diberikan" in clerk.text
    assert "0811" not in auditor.text
    assert "Sari" not in auditor.text
    assert ticket.token not in {word.strip("<>") for word in clerk.text.split()}
