"""Every page of the back office, found by its links: translated, guarded, light, and with a token in every form."""

import re

import pytest

from core.i18n import has_translation
from core.registry import active_registry
from tests.support.crawling import crawl, read
from tests.support.walk.office import Browser, open_office

CALLERS = ("hr_admin", "system_admin")
LARGEST_PAGE = 300_000
HANDLERS = re.compile(r"<[a-z][^>]*\s(on[a-z]+|style)=", re.IGNORECASE)
SCRIPTS = re.compile(r"<script(?![^>]*\snonce=)[^>]*>", re.IGNORECASE)
DAY = re.compile(r"\d{1,2} (April|September|November) \d{4}( \d\d[.:]\d\d)?")
SAME_IN_BOTH = frozenset(
    {
        "Kinerja", "Pemerintah", "Daerah", "ID", "EN", "NIP", "PPPK", "PNS", "CPNS", "SKP", "CSV", "XLSX", "JSON",
        "PDF", "SVG", "PNG", "API", "QR", "URL", "OIDC", "Status", "Admin", "Unit", "Label", "Plt", "Plh", "loyal",
        "Bahasa", "Indonesia", "English", "Python", "SQLite", "PostgreSQL", "Flask", "granian", "graphql", "core",
        "kinerja", "peewee",
    }
)  # fmt: skip


@pytest.fixture(scope="module")
def world(database_url, tmp_path_factory):
    """The world behind the back office."""
    with open_office(database_url, tmp_path_factory.mktemp("office")) as world:
        yield world


@pytest.fixture(scope="module")
def pages(world):
    """Every page that the callers reach, in both languages, by caller and address."""
    found = {}
    for name in CALLERS:
        browser = Browser(world, name)

        def get(path, browser=browser):
            answer = browser.get(path)
            is_page = answer.status_code == 200 and answer.content_type.startswith("text/html")
            body = answer.text if is_page else ""
            return answer.status_code, answer.content_type, body

        for page in crawl(lambda path, get=get: (200, "", "") if "/export" in path else get(path)):
            found[name, page.path] = page
    return found


def own_words(world):
    """Every text that people have put into the database, which no catalogue translates."""
    words = set()
    for model in active_registry().models:
        for row in model.select().dicts():
            words |= {str(value).strip() for value in row.values() if isinstance(value, str) and value.strip()}
    return words


def test_the_walk_finds_the_back_office(pages):
    assert len(pages) > 120
    assert {page.status for page in pages.values()} <= {200, 302}


def test_no_page_is_untranslated(world, pages):
    mine = own_words(world)
    wrong = set()
    for (name, path), page in pages.items():
        if not page.is_html:
            continue
        other = Browser(world, name, "id").get(path)
        indonesian = read(path, other.status_code, other.content_type, other.text)
        wrong |= {(path, text) for text in {*page.texts} & {*indonesian.texts} if not _is_fine(text, mine)}

    assert sorted(wrong) == []


def _is_fine(text, mine):
    """Whether a text may stand the same in both languages: a name, a code, a word that both have."""
    bare = text.strip("←–:()·, ")
    if bare in mine or DAY.fullmatch(bare) or any(bare in own or own in text for own in mine if len(own) > 3):
        return True
    if has_translation(text, "id"):
        # Looked up, and the same by decision.
        return True
    words = re.findall(r"[^\W\d_]{2,}", text)
    return all(word in SAME_IN_BOTH or word.isupper() or "_" in text or "." in text for word in words)


def test_every_form_that_is_sent_carries_the_token(pages):
    wrong = [
        (path, form.action)
        for (_, path), page in pages.items()
        for form in page.forms
        if form.method == "post" and "token" not in form.fields
    ]

    assert wrong == []


def test_no_page_is_heavy_or_runs_what_it_does_not_name(pages):
    heavy = [(path, len(page.text)) for (_, path), page in pages.items() if len(page.text) > LARGEST_PAGE]
    inline = [path for (_, path), page in pages.items() if HANDLERS.search(page.text) or SCRIPTS.search(page.text)]

    assert (heavy, inline) == ([], [])


def test_no_form_without_its_token_changes_anything(world, pages):
    wrong = []
    for (name, path), page in pages.items():
        browser = Browser(world, name)
        for form in page.forms:
            if form.method != "post":
                continue
            target = form.action or path
            answer = browser.client.post(
                target, data=dict.fromkeys(form.fields, "1") | {"token": "guess"}, headers=browser.headers
            )
            if answer.status_code in {200, 201}:
                wrong.append((target, answer.status_code))

    assert wrong == []
