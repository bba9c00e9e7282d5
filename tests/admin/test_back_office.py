"""The back office: who comes in, what each person sees, and that nothing is shown past the policy."""

import re
from functools import cache

import pytest

from admin.views import ScopedView
from core import policy
from core.app import create_app
from core.database import database, utc_now
from core.i18n import has_translation
from core.identity import services as identity
from core.identity.actors import actor_for_account
from core.identity.models import Account, LoginSession, RoleGrant
from core.identity.passwords import hash_password
from core.organisation.models import Employee
from core.organisation.rules.numbers import format_number
from core.plugin_api import AdminView, DashboardCard, Figure
from core.policy import as_condition
from tests.contract.test_start_up_checks import plugin
from tests.dummy_plugin import plugin as dummy
from tests.support.apps import app_of
from tests.support.city import START, build_city

PASSWORD = "kucing-terbang-tujuh"
ENDPOINTS = ("employee", "work_unit", "position", "plan", "evaluation", "history")
PEOPLE = {"officer": None, "chief": None, "auditor": "auditor", "hradmin": "hr_admin", "sysadmin": "system_admin"}


@cache
def password_hash():
    """Hash once: it is meant to be slow."""
    return hash_password(PASSWORD)


@pytest.fixture
def city(db):
    """The small city, with an account for an officer, a chief, an auditor, the HR office and a system administrator."""
    city = build_city()
    for name, role in PEOPLE.items():
        account = Account.create(
            username=name, display_name=name, employee=getattr(city, name, None), password_hash=password_hash()
        )
        if role:
            RoleGrant.create(account=account, role=role, valid_from=START)
    return city


@pytest.fixture
def app(db, city):
    return app_of(db)


def token_of(page):
    return re.search(r'name="token" value="([^"]+)"', page.text).group(1)


def enter(app, username, password=PASSWORD, **form):
    client = app.test_client()
    token = token_of(client.get("/admin/login"))
    answer = client.post("/admin/login", data={"token": token, "username": username, "password": password, **form})
    return client, answer


def rows(page):
    return re.findall(r'<th scope="row" role="rowheader"><a href="[^"]+"[^>]*>([^<]*)</a>', page.text)


def path(endpoint):
    return f"/admin/{endpoint.replace('_', '-')}/"


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_a_stranger_is_sent_to_the_log_in_and_back(app, endpoint):
    client = app.test_client()

    answer = client.get(path(endpoint))
    details = client.get(path(endpoint) + "details/?id=1")

    assert (answer.status_code, details.status_code) == (302, 302)
    assert answer.location.startswith(f"/admin/login?next=/admin/{endpoint.replace('_', '-')}/")


def test_a_person_logs_in_and_arrives_where_it_wanted_to(app):
    client, answer = enter(app, "officer", next="/admin/employee/?page=1")

    assert (answer.status_code, answer.location) == (302, "/admin/employee/?page=1")
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize(
    "target", ["https://evil.example/admin/", "//evil.example/admin/", "/\\evil.example", "/elsewhere"]
)
def test_nobody_is_sent_elsewhere_after_the_log_in(app, target):
    _, answer = enter(app, "officer", next=target)

    assert answer.location == "/admin/"


def test_a_wrong_password_is_refused_in_the_persons_language(app):
    client, answer = enter(app, "officer", password="wrong")

    assert answer.status_code == 403
    assert 'role="alert"' in answer.text
    assert client.get("/admin/").status_code == 302
    assert LoginSession.select().count() == 0


def test_a_log_in_without_the_forms_token_is_refused(app):
    client = app.test_client()

    answer = client.post("/admin/login?language=en", data={"username": "officer", "password": PASSWORD})

    assert (answer.status_code, "The form was too old." in answer.text) == (403, True)
    assert LoginSession.select().count() == 0


def test_a_log_out_ends_the_session_on_the_server(app):
    client, _ = enter(app, "officer")
    cookies = client.get_cookie("session").value
    page = client.get("/admin/")

    assert client.post("/admin/logout", data={"token": "guess"}).location == "/admin/"
    client.post("/admin/logout", data={"token": token_of(page)})

    thief = app.test_client()
    thief.set_cookie("session", cookies)
    assert thief.get("/admin/").status_code == 302


def test_a_revoked_or_aged_session_is_over_at_once(app, db):
    client, _ = enter(app, "officer")
    LoginSession.update(created_at=utc_now().replace(year=2020)).execute()
    assert client.get("/admin/").status_code == 302

    client, _ = enter(app, "officer")
    LoginSession.update(revoked_at=utc_now()).execute()
    assert client.get("/admin/").status_code == 302


def test_the_cookie_is_kept_from_scripts_and_other_sites(app):
    client = app.test_client()

    cookie = client.get("/admin/login").headers["Set-Cookie"]

    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


@pytest.mark.parametrize("username", PEOPLE)
def test_list_count_and_open_by_id_show_what_the_policy_shows(app, username):
    client, _ = enter(app, username)
    actor = actor_for_account(identity.find_account(username), utc_now().date())
    # The history is searched on a page of its own.
    wanted = [endpoint for endpoint in ENDPOINTS if endpoint != "history"]
    views = [view for view in app.extensions["admin"][0]._views if view.endpoint in wanted]
    assert len(views) == len(wanted)

    for view in views:
        seen = {row.id for row in view.model.select().where(as_condition(policy.visible(actor, view.model)))}
        page = client.get(path(view.endpoint) + "?language=en")

        assert f">{len(seen)} rows<" in page.text, view.endpoint
        assert len(rows(page)) == min(len(seen), 50), view.endpoint
        for row in view.model.select(view.model.id).limit(20):
            expected = 200 if row.id in seen else 404
            assert client.get(f"{path(view.endpoint)}details/?id={row.id}").status_code == expected, row


def test_a_colleagues_number_is_neither_shown_nor_found(app, city):
    officer, _ = enter(app, "officer")
    hr, _ = enter(app, "hradmin")

    hidden = {city.clerk.nip, format_number(city.clerk.nip)}
    for address in ("/admin/employee/", f"/admin/employee/details/?id={city.clerk.id}"):
        assert not any(number in officer.get(address).text for number in hidden)
    assert rows(officer.get(f"/admin/employee/?search={city.clerk.nip}")) == []
    assert rows(hr.get(f"/admin/employee/?search={city.clerk.nip}")) == [city.clerk.name]
    assert format_number(city.officer.nip) in officer.get("/admin/employee/").text


def test_search_order_and_pages(app, city):
    client, _ = enter(app, "hradmin")

    assert rows(client.get("/admin/employee/?search=siti")) == ["Siti Aminah"]
    assert rows(client.get("/admin/employee/?search=siti+budi")) == []
    assert rows(client.get("/admin/employee/?search=%25")) == []
    ordered = rows(client.get("/admin/employee/?sort=name&desc=1"))
    assert ordered == sorted(ordered, reverse=True)
    assert len(ordered) == 7
    assert rows(client.get("/admin/employee/?page=5")) == []


@pytest.mark.parametrize(
    "query", ["page=-1", "page=99999999999999999999", "sort=99&desc=7", "sort=-3", "page_size=0", "flt0_0=x"]
)
def test_odd_addresses_still_give_a_page(app, query):
    client, _ = enter(app, "hradmin")

    assert client.get(f"/admin/employee/?{query}").status_code == 200


@pytest.mark.parametrize("key", ["", "0", "-1", "x", "1;drop", "²", "99999999999999999999"])
def test_odd_ids_are_not_found(app, key):
    client, _ = enter(app, "hradmin")

    assert client.get("/admin/employee/details/", query_string={"id": key}).status_code == 404


@pytest.mark.parametrize("act", ["new/", "edit/?id=1", "delete/", "action/", "ajax/update/", "export/csv/"])
def test_nothing_can_be_changed_or_taken_away(app, act):
    client, _ = enter(app, "hradmin")
    before = list(Employee.select().order_by(Employee.id).dicts())

    for method in (client.get, client.post):
        answer = method(f"/admin/employee/{act}", data={"id": "1", "name": "x", "list_form_pk": "1"})
        assert answer.status_code in {302, 404, 405}

    assert list(Employee.select().order_by(Employee.id).dicts()) == before


def test_a_list_costs_as_many_statements_for_seven_rows_as_for_one(app, city, monkeypatch):
    client, _ = enter(app, "hradmin")
    statements = []
    execute = type(database.obj).execute_sql

    def counted(self, sql, *args, **kwargs):
        statements.append(sql)
        return execute(self, sql, *args, **kwargs)

    monkeypatch.setattr(type(database.obj), "execute_sql", counted)
    client.get("/admin/employee/?search=siti")
    few = len(statements)
    statements.clear()
    client.get("/admin/employee/")

    assert len(statements) == few
    assert few <= 7


def test_pages_speak_the_persons_language(app):
    client, _ = enter(app, "hradmin")

    assert "<h1>Pegawai</h1>" in client.get("/admin/employee/").text
    assert "<h1>Employees</h1>" in client.get("/admin/employee/?language=en").text


def test_every_title_of_a_view_has_its_translation(app):
    for view in app.extensions["admin"][0]._views:
        assert has_translation(view.name, "id"), view.name
        for column in view.columns if isinstance(view, ScopedView) else ():
            assert has_translation(column.title, "id"), column.title


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_pages_load_nothing_from_elsewhere_and_run_no_inline_code(app, endpoint):
    client, _ = enter(app, "hradmin")

    page = client.get(path(endpoint))

    assert re.findall(r'\s(?:src|action)="(?!/)([^"]+)"|\shref="(?!/|#|\?)([^"]+)"', page.text) == []
    assert not re.search(r"<script(?! src=)|\son\w+=|style=", page.text)
    assert page.headers["Content-Security-Policy"].startswith("default-src 'none'")


def test_cards_are_shown_and_one_that_fails_stops_no_other(db, city):
    def broken(ctx):
        raise ValueError("no figures")

    cards = [
        DashboardCard("sample.broken", "Broken", broken),
        DashboardCard("sample.whole", "Whole", lambda ctx: [Figure("Caller", ctx.actor.name)]),
    ]
    app = create_app(db, [plugin(hooks={"register_dashboard_cards": cards})])
    officer, _ = enter(app, "officer")
    admin, _ = enter(app, "sysadmin")

    page = officer.get("/admin/?language=en")

    assert "This card cannot be shown at the moment." in page.text
    assert "<dt>Caller</dt><dd>officer</dd>" in page.text
    assert "no figures" not in page.text
    assert "ValueError: no figures" in admin.get("/admin/").text


def test_a_view_of_a_plugin_is_in_the_back_office(db, city):
    from core.migrating import migrate_everything
    from core.plugin_host import build_registry

    migrate_everything(build_registry(db, [dummy], web=False).migration_sources)
    app = create_app(db, [dummy])
    client, _ = enter(app, "hradmin")

    assert client.get("/admin/dummy_view/").text == "dummy view"


def test_a_view_that_cannot_be_built_stops_start_up(db):
    from core.errors import CannotStart

    def build():
        raise OSError("no template")

    views = [AdminView("sample_view", build)]
    with pytest.raises(CannotStart, match="Plugin sample fails in register_admin_views: OSError: no template"):
        create_app(db, [plugin(hooks={"register_admin_views": views})])


def test_the_back_office_can_be_left_out(db):
    app = create_app(db.model_copy(update={"back_office": False}), [])

    assert app.test_client().get("/admin/").status_code == 404
    assert app.test_client().get("/").status_code == 200
