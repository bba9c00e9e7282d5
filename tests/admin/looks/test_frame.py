"""The frame of every page: its policy towards the browser, its menu, its errors and the libraries' words."""

import re
from pathlib import Path

import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from flask import request
from flask_admin import translations as of_flask_admin
from flask_admin.babel import gettext, lazy_gettext, ngettext
from flask_admin.form import BaseForm
from wtforms import IntegerField, StringField, i18n, validators

import admin
from core.i18n import has_translation

STRICT = (
    r"default-src 'none'; script-src 'nonce-[\w-]{20,}'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    r"connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
STATIC = Path(admin.__file__).parent / "static"
TEMPLATES = Path(admin.__file__).parent / "templates"


def ids_of(catalogue):
    """The texts of a catalogue, those in singular and plural one by one."""
    return {text for one in catalogue if one.id for text in ((one.id,) if isinstance(one.id, str) else one.id)}


def texts_of_flask_admin():
    folder = Path(of_flask_admin.__path__[0])
    found = set()
    for path in folder.glob("*/LC_MESSAGES/admin.mo"):
        with path.open("rb") as file:
            found |= ids_of(read_mo(file))
    return found


def texts_of_wtforms():
    with (Path(i18n.messages_path()) / "wtforms.pot").open("rb") as file:
        return ids_of(read_po(file))


@pytest.mark.parametrize(
    "path",
    ["/admin/", "/admin/employee/", "/admin/employee/details/?id=999999", "/admin/no-such-page", "/admin/login",
     "/admin/system/health/", "/admin/backoffice/backoffice.css"],
)  # fmt: skip
def test_every_answer_has_the_strict_policy_and_a_nonce_of_its_own(enter, path):
    person = enter("sysadmin")

    policies = [person.get(path).headers["Content-Security-Policy"] for _ in range(2)]

    assert [bool(re.fullmatch(STRICT, policy)) for policy in policies] == [True, True]
    assert policies[0] != policies[1]


def test_public_pages_keep_their_own_policy(app):
    assert app.test_client().get("/").headers["Content-Security-Policy"].startswith("default-src 'self'")


def test_scripts_carry_the_nonce_of_their_answer_and_nothing_stands_inline(enter):
    person = enter("sysadmin")
    pages = person.client.application.extensions["admin"][0]._views
    seen = 0

    for view in pages:
        answer = person.get(view.url + "/" if not view.url.endswith("/") else view.url)
        if answer.status_code != 200:
            continue
        seen += 1
        nonce = re.search(r"'nonce-([\w-]+)'", answer.headers["Content-Security-Policy"]).group(1)
        scripts = re.findall(r"<script\b[^>]*>", answer.text)
        assert all(f'nonce="{nonce}"' in script and "src=" in script for script in scripts), view.url
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", answer.text), view.url

    assert seen > 20


def test_no_template_has_inline_styles_handlers_or_scripts():
    found = [
        (path.name, match)
        for path in TEMPLATES.rglob("*.html")
        for match in re.findall(
            r"<style|\sstyle=|\son[a-z]+=\"|<script(?! src=)|javascript:",
            re.sub(r"{{.*?}}|{%.*?%}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL),
        )
    ]

    assert found == []


def test_styles_and_scripts_of_the_frame_are_small():
    assert sum((STATIC / name).stat().st_size for name in ("backoffice.css", "backoffice.js")) < 60_000


def test_the_menu_marks_the_present_page_and_hides_what_is_not_for_the_caller(enter):
    officer, admin_person = enter("officer"), enter("sysadmin")

    page = officer.get("/admin/employee/").text
    details = admin_person.get("/admin/system/plugins/details?name=core").text

    assert re.findall(r'<a href="([^"]+)" aria-current="page">', page) == ["/admin/employee/"]
    assert re.findall(r'<a href="([^"]+)" aria-current="true">', details) == ["/admin/system/plugins/"]
    menu = page.split('id="menu"')[1].split("</nav>")[0]
    assert "/admin/system/" not in menu
    assert "/admin/plugin-state/" not in menu


def test_a_page_that_is_absent_keeps_the_menu_for_who_is_known(enter, app):
    known = enter("officer").client.get("/admin/no-such-page", headers={"Accept": "text/html"})
    stranger = app.test_client().get("/admin/no-such-page", headers={"Accept": "text/html"})

    assert (known.status_code, stranger.status_code) == (404, 404)
    assert 'id="menu"' in known.text
    assert 'id="menu"' not in stranger.text


def test_every_text_of_both_libraries_has_an_indonesian_one(app):
    texts = texts_of_flask_admin() | texts_of_wtforms()

    assert len(texts) > 150
    assert [text for text in sorted(texts) if not has_translation(text, "id")] == []


def test_flask_admin_asks_our_catalogue_in_the_callers_language(app):
    with app.test_request_context("/admin/?language=id"):
        app.preprocess_request()
        said = [
            gettext("There are no items in the table."),
            ngettext("Record was successfully deleted.", "%(count)s records were successfully deleted.", 3, count=3),
            str(lazy_gettext("Yes")),
        ]
    with app.test_request_context("/admin/?language=en"):
        app.preprocess_request()
        english = gettext("There are no items in the table.")

    assert said == ["Tabel ini kosong.", "3 catatan telah dihapus.", "Ya"]
    assert english == "There are no items in the table."


def test_wtforms_tells_faults_in_the_callers_language(app):
    class Sample(BaseForm):
        name = StringField(validators=[validators.InputRequired(), validators.Length(min=3)])
        number = IntegerField()

    with app.test_request_context("/admin/?language=id", method="POST", data={"number": "x"}):
        app.preprocess_request()
        form = Sample(request.form)
        form.validate()
        errors = dict(form.errors)

    assert errors == {"name": ["Isian ini wajib diisi."], "number": ["Bukan bilangan bulat."]}
