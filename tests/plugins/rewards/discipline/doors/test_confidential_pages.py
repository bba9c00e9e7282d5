"""Every page of the back office is the same for who has no part in a case as if there were no cases.

All are fetched twice, before and after every trace of discipline is taken out of the database.
"""

import re

import pytest

from core.bin.models import BinEntry
from core.history.models import HistoryRecord
from core.organisation.models import Employee
from plugins.rewards.discipline import services
from plugins.rewards.discipline.models import TABLES, DisciplineCase, SalaryStop
from tests.plugins.rewards.discipline.doors.traces import keys, take_out
from tests.support.walk.office import Browser, open_office

CALLERS = ("clerk", "hr_admin", "system_admin")
_CHANGING = re.compile(
    r'nonce-[^"\']+|nonce="[^"]*"|\d{1,2}[:.]\d{2}([:.]\d{2})?|\d+ ms|[0-9a-f]{32}|\d+[.,]\d+ ?[kMG]?B'
)
"""What differs between any two answers: moments, one-time words of the security policy, sizes of the database."""
PERSON = "officer"
NEAR = {*TABLES, Employee, HistoryRecord, BinEntry}
"""Tables whose lists are searched, looked up and exported, too."""


def addresses(world):
    """Every page of the back office that takes no argument, and those about one person and about the plugin."""
    rules = world.app.url_map.iter_rules()
    found = {
        rule.rule
        for rule in rules
        if rule.rule.startswith("/admin") and "GET" in rule.methods and not rule.arguments and "export" not in rule.rule
    }
    account = world.rows[f"account.{PERSON}"].id
    employee = world.rows[f"employee.{PERSON}"].id
    models = [view.url for view in world.app.extensions["admin"][0]._views if getattr(view, "model", None) in NEAR]
    return sorted(
        found
        | {f"{url}/?q=HD-" for url in models}
        | {f"{url}/lookup?q=HD-" for url in models}
        | {f"{url}/export?format=json" for url in models}
        | {f"/admin/sight/?account={account}&area={area}" for area in ("rewards", "organisation")}
        | {
            f"/admin/sight/?account={account}&model={table.__name__}&id={key}"
            for table in TABLES
            for key in keys(table)
        }
        | {"/admin/plugins/details?name=rewards", f"/admin/employee/details/?id={employee}"}
        | {f"/admin/employee/do/organisation.archive_employee?id={employee}"}
        | {f"/admin/rewards-discipline-case/details/?id={key}" for key in keys(DisciplineCase)}
    )


def seen(browser, paths):
    """Return status and text of every page, without what changes by itself."""
    found = {}
    for path in paths:
        answer = browser.get(path)
        is_text = answer.mimetype.startswith("text/") or answer.mimetype == "application/json"
        found[path] = (answer.status_code, _CHANGING.sub("-", answer.get_data(as_text=True)) if is_text else "")
    return found


@pytest.fixture(scope="module")
def pages(database_url, tmp_path_factory):
    """What each caller sees on every page, with cases and without."""
    with open_office(database_url, tmp_path_factory.mktemp("confidential")) as world:
        SalaryStop.delete().execute()
        services.take_up(world.context("chief"), world.rows["case.clerk"].id, late_reason="Libur")
        paths = addresses(world)
        # Once before, so that what a first visit leaves behind is there both times.
        for name in CALLERS:
            seen(Browser(world, name), paths[:5])
        with_cases = {name: seen(Browser(world, name), paths) for name in CALLERS}
        assert DisciplineCase.select().exists()
        take_out()
        without = {name: seen(Browser(world, name), paths) for name in CALLERS}
        yield paths, with_cases, without


@pytest.mark.parametrize("name", CALLERS)
def test_every_page_is_the_same_as_if_there_were_no_cases(pages, name):
    paths, with_cases, without = pages

    assert len(paths) > 150
    assert sum(with_cases[name][path][0] == 200 for path in paths) > 100
    assert [path for path in paths if with_cases[name][path] != without[name][path]] == []
