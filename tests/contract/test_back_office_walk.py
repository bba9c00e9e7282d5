"""Everybody walks over the back office by HTTP: each caller × view × way to reach a row.

What is expected stands in tests/support/walk/rows.py, in plain Python. Whatever is not expected is denied: a hidden row
is neither listed nor counted, opened, changed, archived, chosen for a bulk run, looked up, exported nor told of by its
history, and answers as if it did not exist.
"""

import json
import re
from html import unescape

import pytest
from peewee import fn

from admin.listing.pages import ListPages
from core.bin.models import BinEntry
from core.history.models import HistoryRecord
from core.policy import may
from core.registry import active_registry
from core.runs.models import BulkRun, BulkRunItem
from core.verbs.declare import Does
from core.verbs.performing import verbs_of
from tests.support.walk.office import Browser, open_office, views
from tests.support.walk.rows import Facts, visible_ids

CALLERS = (
    "clerk", "chief", "officer", "hr_officer", "hr_admin_archive", "auditor", "system_admin", "lapsed",
)  # fmt: skip
"""Every role, an employee, a head of units, an employee with a role, and somebody whose roles have ended."""
NOBODY = 2_000_000_000
OPENED = re.compile(r'href="([^"]*/details/\?id=(\d+)[^"]*)"')
MOST_OPENED = 2


@pytest.fixture(scope="module")
def world(database_url, tmp_path_factory):
    """The world behind the back office; no test leaves a change behind."""
    with open_office(database_url, tmp_path_factory.mktemp("office")) as world:
        yield world


@pytest.fixture(scope="module")
def facts(world):
    return Facts(world)


@pytest.fixture
def browser(world, request):
    return Browser(world, request.getfixturevalue("name"))


def rows_of(model):
    return [row._pk for row in model.select(model._meta.primary_key).order_by(model._meta.primary_key)]


def state():
    """How many rows of each table there are, and all that is recorded of changes."""
    counts = {model.__name__: model.select().count() for model in active_registry().models}
    return counts, HistoryRecord.select().count()


def hidden_and_seen(facts, who, model):
    seen = visible_ids(facts, who, model)
    everything = rows_of(model)
    return [key for key in everything if key not in seen] + [NOBODY], [key for key in everything if key in seen]


def test_every_model_has_its_view(world):
    assert set(active_registry().models) - set(views(world.app)) == set()


@pytest.mark.parametrize("name", CALLERS)
def test_lists_counts_exports_and_look_ups_hold_the_expected_rows_only(world, facts, browser, name):
    who = world.callers[name]
    actor = world.context(name).actor
    wrong = []
    for model, view in views(world.app).items():
        _, seen = hidden_and_seen(facts, who, model)
        page = browser.get(f"{view.url}/?size=200")
        listed = {int(key) for address, key in OPENED.findall(page.text) if address.startswith(f"{view.url}/")}
        # A list of its own kind, such as the queue of approvals, may show a part of it at a time.
        is_whole = type(view).index_view is not ListPages.index_view or len(listed) == len(seen)
        if page.status_code != 200 or not listed <= set(seen) or not is_whole:
            wrong.append(("list", model.__name__, page.status_code, sorted(listed ^ set(seen))[:5]))
        found = browser.get(f"{view.url}/lookup?q=").get_json()
        if not {row["id"] for row in found} <= set(seen):
            wrong.append(("lookup", model.__name__))
        answer = browser.get(f"{view.url}/export?format=json")
        may_export = may(actor, "exchange.export", model)
        if answer.status_code != (200 if may_export else 403):
            wrong.append(("export", model.__name__, answer.status_code))
        elif may_export and len(json.loads(answer.data)["rows"]) != len(seen):
            wrong.append(("export", model.__name__, len(json.loads(answer.data)["rows"]), len(seen)))

    assert wrong == []


@pytest.mark.parametrize("name", CALLERS)
def test_a_row_opens_for_whoever_sees_it_and_is_absent_for_everybody_else(world, facts, browser, name):
    wrong = []
    for model, view in views(world.app).items():
        hidden, seen = hidden_and_seen(facts, world.callers[name], model)
        for keys, status in ((hidden, 404), (seen, 200)):
            for key in keys[:MOST_OPENED]:
                page = browser.get(f"{view.url}/details/?id={key}", follow_redirects=True)
                if page.status_code != status:
                    wrong.append((model.__name__, key, page.status_code))
                wrong += [
                    (model.__name__, key, "shows a link to a hidden row", address)
                    for address, other in OPENED.findall(page.text)
                    if not _is_seen(world, facts, name, unescape(address), int(other))
                ]

    assert wrong == []


def _is_seen(world, facts, name, address, key):
    for model, view in views(world.app).items():
        if address.startswith(f"{view.url}/"):
            return key in visible_ids(facts, world.callers[name], model)
    return True


@pytest.mark.parametrize("name", CALLERS)
def test_no_verb_reaches_a_hidden_row_or_whoever_may_not_do_it(world, facts, browser, name):
    actor = world.context(name).actor
    before = state()
    wrong = []
    for model, view in views(world.app).items():
        hidden, seen = hidden_and_seen(facts, world.callers[name], model)
        for verb in verbs_of(model):
            if verb.does is Does.CREATE:
                continue
            barred = hidden[:1] + [key for key in seen[:1] if not _may(actor, verb, model.get_by_id(key))]
            wrong += [(verb.name, key) for key in barred if _answers(browser, view, verb, key) != {404}]

    assert wrong == []
    assert state() == before


def _may(actor, verb, row):
    if verb.allows is not None:
        return verb.allows(actor)
    return not verb.permission or may(actor, verb.permission, verb.subject(row))


def _answers(browser, view, verb, key):
    path = f"{view.url}/do/{verb.name}"
    shown, sent = browser.get(f"{path}?id={key}"), browser.post(path, id=key, version=1, reason="a walk")
    return {shown.status_code, sent.status_code}


@pytest.mark.parametrize("name", CALLERS)
def test_a_bulk_run_never_takes_up_a_hidden_row(world, facts, browser, name):
    known = _last_item()
    wrong = []
    for model, view in views(world.app).items():
        hidden, seen = hidden_and_seen(facts, world.callers[name], model)
        for verb in verbs_of(model):
            if not verb.may_be_bulk:
                continue
            latest = _last_item()
            data = {"id": [str(key) for key in (*hidden[:3], *seen[:1])], "reason": "a walk", "_start": "1"}
            answer = browser.post(f"{view.url}/bulk/{verb.name}", **data)
            taken = {item.subject_id for item in BulkRunItem.select().where(BulkRunItem.id > latest)}
            if answer.status_code not in {200, 302, 303, 404, 422} or taken & set(hidden):
                wrong.append((verb.name, answer.status_code, taken & set(hidden)))
    runs = BulkRunItem.select(BulkRunItem.run).where(BulkRunItem.id > known).distinct()
    started = [run for (run,) in runs.tuples()]
    BulkRunItem.delete().where(BulkRunItem.id > known).execute()
    BulkRun.delete().where(BulkRun.id.in_(started)).execute()

    assert wrong == []


def _last_item():
    return BulkRunItem.select(fn.MAX(BulkRunItem.id)).scalar() or 0


@pytest.mark.parametrize("name", CALLERS)
def test_pages_about_changes_tell_of_seen_rows_only(world, facts, browser, name):
    before = state()
    for path in ("/admin/bin/", "/admin/runs/", "/admin/approvals/", "/admin/history/", "/admin/imports/"):
        assert browser.get(path).status_code in {200, 403, 404}, path
    hidden = hidden_and_seen(facts, world.callers[name], BinEntry)[0]
    answers = {browser.post(f"/admin/bin/{key}/restore", reason="a walk").status_code for key in hidden}

    assert answers <= {404, 405}
    assert state() == before


def test_a_stranger_reaches_nothing(world):
    client = world.app.test_client()
    wrong = []
    for model, view in views(world.app).items():
        key = next(iter(rows_of(model)), 1)
        ways = [f"{view.url}/", f"{view.url}/details/?id={key}", f"{view.url}/export?format=csv"]
        ways += [f"{view.url}/do/{verb.name}?id={key}" for verb in verbs_of(model)]
        for way in ways:
            answer = client.get(way)
            if (answer.status_code, answer.location.partition("?")[0]) != (302, "/admin/login"):
                wrong.append((way, answer.status_code))
        if client.get(f"{view.url}/lookup?q=a").status_code != 403:
            wrong.append((view.url, "lookup"))

    assert wrong == []
