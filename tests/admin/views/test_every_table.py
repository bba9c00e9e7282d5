"""Every table has one view, and each opens: list, and page of a row, in few statements whatever there is."""

import re
from datetime import timedelta

import pytest

from core.app import create_app
from core.database import database, utc_now
from core.identity.models import Account, LoginSession, RoleGrant
from core.migrating import migrate_everything
from core.plugin_host import build_registry, start
from core.registry import active_registry
from core.settings import Settings
from tests.support import databases
from tests.support.statements import counted_statements
from tests.support.verbs import FIRST_PARTY
from tests.support.walk.world import LAST_YEAR, build_world

MOST_OF_A_LIST = 20
MOST_OF_A_PAGE = 25
"""Statements of one page, whatever is in the tables: log-in, rows, what is offered, lists of related rows."""
OWN_PAGES = {"BinEntry", "BulkRun", "ChangeRequest"}
"""Tables whose rows have a page of another kind."""
SECRETS = ("refresh_hash", "password_hash", "token_hash", "secret_salt", "code_hash", "sealed_secret", "payload")


@pytest.fixture(scope="module")
def app(database_url, tmp_path_factory):
    """The application with every plugin of this repository on and rows of every type."""
    folder = tmp_path_factory.mktemp("views")
    settings = Settings(secret_key="x" * 40, database_url=database_url, var_dir=folder, files_dir=folder / "files")
    databases.open_for_tests(database_url)
    migrate_everything(build_registry(settings, FIRST_PARTY, web=True).migration_sources)
    start(settings, FIRST_PARTY)
    build_world(settings)
    account = Account.create(username="everybody", password_hash="-")
    for role in ("hr_admin", "system_admin", "auditor"):
        RoleGrant.create(account=account, role=role, valid_from=LAST_YEAR)
    yield create_app(settings, FIRST_PARTY)
    if database.is_closed():
        database.connect()
    databases.empty()
    database.close()


@pytest.fixture(scope="module")
def client(app):
    """Somebody who is HR administrator, system administrator and auditor."""
    now = utc_now()
    row = LoginSession.create(
        account=Account.get(Account.username == "everybody"), refresh_hash="everybody", user_agent="", is_browser=True,
        created_at=now, refreshed_at=now, expires_at=now + timedelta(days=1),
    )  # fmt: skip
    client = app.test_client()
    with client.session_transaction() as session:
        session["session"] = row.id
        session["token"] = "a-token"
    return client


def views(app):
    from admin.views import ScopedView

    (admin,) = app.extensions["admin"]
    return [view for view in admin._views if isinstance(view, ScopedView)]


def test_every_table_has_exactly_one_view(app):
    shown = sorted(view.model.__name__ for view in views(app))

    assert shown == sorted(model.__name__ for model in active_registry().models)


def test_no_view_reads_a_secret(app):
    found = [(view.endpoint, name) for view in views(app) for name in view.by_name if name in SECRETS]

    assert found == []


def test_the_same_column_of_related_rows_leads_to_a_view_that_is_there(app):
    endpoints = {view.endpoint: view for view in views(app)}

    wrong = [
        (view.endpoint, one.title)
        for view in endpoints.values()
        for one in view.related
        if endpoints[one.endpoint].model is not one.model
        or one.model._meta.fields[one.column].rel_model is not view.model
    ]

    assert wrong == []


def test_every_list_and_every_row_opens_in_few_statements(app, client):
    slow, seen = [], 0
    for view in views(app):
        with counted_statements() as statements:
            page = client.get(f"{view.url}/")
        assert page.status_code == 200, (view.endpoint, page.status_code)
        slow += [(view.endpoint, len(statements))] if len(statements) > MOST_OF_A_LIST else []
        if view.model.__name__ in OWN_PAGES:
            continue
        found = re.search(rf'href="({re.escape(view.url)}/details/\?id=\d+)', page.text)
        if found is None:
            continue
        seen += 1
        with counted_statements() as statements:
            details = client.get(found.group(1))
        assert details.status_code == 200, (view.endpoint, details.status_code)
        slow += [(view.endpoint, len(statements))] if len(statements) > MOST_OF_A_PAGE else []

    assert slow == []
    assert seen > 45


def test_titles_of_the_same_column_are_the_same_text(app):
    titles = {}
    for view in views(app):
        for column in view.columns:
            if column.label is not None:
                key = (column.label.model.__name__, column.name)
                titles.setdefault(key, set()).add(column.title)

    assert {key: found for key, found in titles.items() if len(found) > 1} == {}
