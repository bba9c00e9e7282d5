"""Every list of the back office with every kind of filter and order; who sees which rows, tests/contract walks over."""

import re
from contextlib import contextmanager, suppress
from datetime import timedelta
from enum import Enum

import peewee as pw
import pytest

from admin.listing.columns import Kind, kind_of
from admin.listing.conditions import OPERATORS
from core import policy
from core.app import create_app
from core.database import database, utc_now
from core.identity.actors import actor_for_account
from core.identity.models import Account, LoginSession
from core.migrating import migrate_everything
from core.plugin_host import build_registry
from core.policy import as_condition
from core.settings import Settings
from tests.support import databases
from tests.support.statements import counted_statements
from tests.support.walk.world import build_world

FIRST_PARTY = ("queueing", "rewards", "training")
MOST_STATEMENTS = 3
LARGEST_PAGE = 300_000


class Back:
    """The back office over the world of the walk, with a browser for each caller."""

    def __init__(self, settings):
        self.app = create_app(settings, FIRST_PARTY)
        self._browsers = {}

    @property
    def views(self):
        admin = self.app.extensions["admin"][0]
        return {view.endpoint: view for view in admin._views if hasattr(view, "choosable")}

    def get(self, caller, path, parameters=()):
        if caller not in self._browsers:
            now = utc_now()
            row = LoginSession.create(
                account=Account.get(Account.username == caller), refresh_hash=f"lists {caller}", is_browser=True,
                created_at=now, refreshed_at=now, expires_at=now + timedelta(days=1),
            )  # fmt: skip
            self._browsers[caller] = self.app.test_client()
            with self._browsers[caller].session_transaction() as session:
                session["session"] = row.id
        return self._browsers[caller].get(path, query_string=list(parameters))

    def ids(self, caller, view, parameters=()):
        page = self.get(caller, f"{view.url}/", [("size", "200"), ("language", "en"), *parameters])
        assert page.status_code == 200, (view.endpoint, parameters)
        assert "message--bad" not in page.text, (view.endpoint, parameters)
        return ids_of(page)


def ids_of(page):
    return [int(key) for key in re.findall(r'role="rowheader"><a href="[^"?]+details/\?id=(\d+)"', page.text)]


def actor_of(caller):
    return actor_for_account(Account.get(Account.username == caller), utc_now().date())


def visible_ids(caller, model):
    rows = as_condition(policy.visible(actor_of(caller), model))
    return {row.id for row in model.select(model.id).where(rows)}


@pytest.fixture(scope="module")
def back(database_url, tmp_path_factory):
    folder = tmp_path_factory.mktemp("lists")
    settings = Settings(secret_key="x" * 40, database_url=database_url, var_dir=folder, files_dir=folder / "files")
    databases.open_for_tests(database_url)
    migrate_everything(build_registry(settings, FIRST_PARTY).migration_sources)
    back = Back(settings)
    build_world(settings)
    yield back
    if database.is_closed():
        database.connect()
    databases.empty()
    database.close()


def test_a_stranger_is_sent_away_from_every_list(back):
    client = back.app.test_client()
    for view in back.views.values():
        assert client.get(f"{view.url}/").status_code == 302
        assert client.get(f"{view.url}/export?format=csv").status_code == 302
        assert client.post(f"{view.url}/columns").status_code == 302
        assert client.post(f"{view.url}/saved").status_code == 302
        lookup = client.get(f"{view.url}/lookup?q=a")
        assert (lookup.status_code, lookup.json["error"]["code"]) == (403, "FORBIDDEN")


def sample(model, field):
    """A value of a column as an address has it."""
    row = model.select(field).where(field.is_null(False)).tuples().first()
    value = row[0] if row else None
    if isinstance(value, Enum):
        return value.value
    if value is None:
        choice = field.choices[0][0] if field.choices else ""
        plain = {Kind.CHOICE: choice, Kind.NUMBER: "1", Kind.RELATION: "1", Kind.BOOLEAN: "1"}
        return plain.get(kind_of(field), "2026-01-01")
    if kind_of(field) in {Kind.DATE, Kind.MOMENT}:
        return str(value)[:10]
    if kind_of(field) is Kind.BOOLEAN:
        return "1" if value else "0"
    return str(value)[:50].strip() or "x"


def test_every_column_can_be_ordered_by_and_filtered_by(back):
    # An employee: columns that are masked for it are ordered by what it is shown.
    caller = "officer"
    for view in back.views.values():
        seen = visible_ids(caller, view.model)
        for number, name in enumerate(view.choosable):
            order = [("sort", name), ("desc", str(number % 2))]
            assert set(back.ids(caller, view, order)) == seen, (view.endpoint, order)
        for operator in ("is", "not", "has", "from", "to", "empty"):
            # All columns at once: each is a part of the same statement.
            given = [
                (
                    f"f.{name}.{operator}",
                    "0" if operator == "empty" else sample(view.model, view.model._meta.fields[name]),
                )
                for name in view.choosable
                if view.filtered_column(name) is not None
                and operator in OPERATORS[kind_of(view.model._meta.fields[name])]
            ]
            assert set(back.ids(caller, view, given)) <= seen, (view.endpoint, operator)


@pytest.mark.parametrize("caller", ["officer", "hr_officer"])
def test_no_filter_order_or_search_tells_a_masked_value(back, caller):
    who, checked = actor_of(caller), 0
    for view in back.views.values():
        for name in set(policy.masked_fields(view.model)) & set(view.choosable):
            field = view.model._meta.fields[name]
            may_read = as_condition(policy.mask(who, view.model, name))
            readable = {row.id for row in view.model.select(view.model.id).where(may_read)}
            for row in view.model.select():
                value = row.__data__[name]
                if value in {None, ""} or row.id in readable:
                    continue
                text = sample(view.model, field) if isinstance(value, Enum) else str(value)
                for operator in ("is", "has", "from", "to", "not", "empty"):
                    if operator not in OPERATORS[kind_of(field)]:
                        continue
                    given = (
                        "0"
                        if operator == "empty"
                        else text[:10]
                        if kind_of(field) in {Kind.DATE, Kind.MOMENT}
                        else text
                    )
                    assert row.id not in back.ids(caller, view, [(f"f.{name}.{operator}", given)]), (view, name)
                    checked += 1
                assert row.id not in back.ids(caller, view, [(f"f.{name}.empty", "1")])
                if name in {column.name for column in view.searched}:
                    assert row.id not in back.ids(caller, view, [("search", text)])
    assert checked or caller == "hr_officer"


def test_an_export_holds_what_the_list_shows(back):
    for view in back.views.values():
        names = ",".join(view.choosable)
        answer = back.get("auditor", f"{view.url}/export", [("format", "json"), ("cols", names)])

        assert answer.status_code == 200, view.endpoint
        assert list(answer.json["columns"]) == list(view.choosable)
        assert [row["id"] for row in answer.json["rows"]] == all_ids(back, view, names), view.endpoint
        for form in ("csv", "xlsx"):
            assert back.get("auditor", f"{view.url}/export", [("format", form), ("cols", names)]).status_code == 200


def all_ids(back, view, names):
    return back.ids("auditor", view, [("cols", names)])


def test_a_list_costs_as_many_statements_for_fifty_rows_as_for_five(back):
    back.get("hr_admin", "/admin/")
    for view in back.views.values():
        counts = set()
        with multiplied(view.model):
            for size in ("200", "50", "25"):
                parameters = [("size", size), ("cols", ",".join(view.choosable))]
                with counted_statements() as statements:
                    back.get("hr_admin", f"{view.url}/", parameters)
                counts.add(len(reads(statements)))
            parameters = [("size", "200")]
            assert len(back.get("hr_admin", f"{view.url}/", parameters).data) < LARGEST_PAGE, view.endpoint
        assert len(counts) == 1, (view.endpoint, counts)
        assert counts.pop() <= MOST_STATEMENTS, view.endpoint


def reads(statements):
    """The statements of a page; that a session is used is noted once a minute."""
    return [text for text in statements if text.lstrip("( ").startswith("SELECT")]


@contextmanager
def multiplied(*models):
    """Add many rows of each model for a while."""
    first = {model: model.select(pw.fn.MAX(model.id)).scalar() or 0 for model in models}
    for model in first:
        multiply(model)
    yield
    for model, last in first.items():
        model.delete().where(model.id > last).execute()


def multiply(model, count=200):
    """Add copies of a row, as far as its unique indexes let them in."""
    row = model.select().order_by(model.id).first()
    if row is None:
        return
    values = {name: value for name, value in row.__data__.items() if name != "id"}
    single = {field.name for field in model._meta.sorted_fields if field.unique}
    several = {names[0][-1] for names in model._meta.indexes if names[1]}
    others = []
    for number in range(count):
        other = dict(values)
        for name in single | several:
            value = other.get(name)
            if isinstance(value, str) and not isinstance(value, Enum):
                other[name] = f"{value[:8]}{number:06d}"
            elif hasattr(value, "replace") and not isinstance(value, str):
                other[name] = value + timedelta(days=number + 1)
            elif isinstance(value, int) and not isinstance(model._meta.fields[name], pw.ForeignKeyField):
                other[name] = value + number + 1
        others.append(other)
    with suppress(pw.IntegrityError, pw.DataError), database.atomic():
        for part in pw.chunked(others, 50):
            model.insert_many(part).execute()
        return
    # Where one does not go in, the others do.
    for other in others:
        with suppress(pw.IntegrityError, pw.DataError), database.atomic():
            model.insert(**other).execute()


def test_a_page_of_a_row_costs_as_many_statements_for_many_related_rows_as_for_few(back):
    for view in back.views.values():
        row = view.model.select(view.model.id).order_by(view.model.id).first()
        if row is None:
            continue
        path = f"{view.url}/details/"
        back.get("hr_admin", path, [("id", row.id)])
        with counted_statements() as few:
            status = back.get("hr_admin", path, [("id", row.id)]).status_code
        if status == 404:
            continue
        with multiplied(*(related.model for related in view.related)), counted_statements() as many:
            page = back.get("hr_admin", path, [("id", row.id)])
        assert (status, page.status_code) == (200, 200), view.endpoint
        assert len(reads(many)) == len(reads(few)), view.endpoint


def test_what_stands_for_a_row_is_the_same_everywhere(back):
    from admin.listing.lookups import label_of, lookup_url_for

    with back.app.test_request_context():
        for view in back.views.values():
            who = actor_of("hr_admin")
            for entry in back.get("hr_admin", f"{view.url}/lookup").json[:2]:
                assert label_of(who, view.model, entry["id"]), view.endpoint
            assert lookup_url_for(view.model), view.endpoint
            assert label_of(who, view.model, 2**31 - 1) is None
