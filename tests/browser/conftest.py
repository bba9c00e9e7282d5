"""A small demo city behind a real server, and Chromium in front of it."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import sync_playwright

from core.actor import system_actor
from core.context import Context
from core.database import database, utc_now
from core.demo.loading import load
from core.migrating import migrate_everything
from core.plugin_host import build_registry, start
from core.reference import load_reference_data
from core.settings import Settings
from tests.support.databases import open_for_tests
from tests.support.server import serving
from tests.support.services import browser_path, need

SECRET = "a-secret-for-the-browser-that-is-long-enough"
EMPLOYEES = 240
ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
GRAVE = {"serious", "critical"}


class Visitor:
    """One person at the browser; what the pages must never do is noted all the while."""

    def __init__(self, context, address, passwords):
        self.context, self.address, self._passwords = context, address, passwords
        self.page = context.new_page()
        self.faults = []
        self.page.set_default_timeout(15_000)
        self.page.on("request", self._note_request)
        self.page.on("pageerror", lambda error: self.faults.append(f"script failed: {error}"))
        self.page.on("console", self._note_console)

    def _note_request(self, request):
        parts = urlsplit(request.url)
        if parts.scheme not in {"data", "blob"} and not request.url.startswith(self.address):
            self.faults.append(f"another host: {request.url}")

    def _note_console(self, message):
        # A page that answers 403 or 404 on purpose is reported in these words, too.
        if message.type == "error" and "the server responded with a status of 40" not in message.text:
            self.faults.append(f"console: {message.text}")

    def go(self, path):
        """Open a page of the server and return its answer."""
        return self.page.goto(self.address + path)

    def fill_in(self, username, password=None):
        """Fill in the log-in of the back office and send it."""
        self.page.fill("#username", username)
        self.page.fill("#password", password or self._passwords[username])
        self.page.click("main button")
        self.page.wait_for_load_state()

    def password(self, username):
        """Return the password of the demo's log-in."""
        return self._passwords[username]

    def enter(self, username):
        """Log in to the back office."""
        self.go("/admin/login")
        self.fill_in(username)
        assert urlsplit(self.page.url).path == "/admin/"

    def is_wider_than_the_screen(self):
        """Whether the page scrolls sideways."""
        return self.page.evaluate("document.documentElement.scrollWidth > window.innerWidth")

    def grave_faults(self):
        """Return what axe finds serious or critical on the page."""
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        return [
            (self.page.url, fault["id"], [node["html"][:200] for node in fault["nodes"]])
            for fault in found["violations"]
            if fault["impact"] in GRAVE
        ]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The address of a server on a small demo city, and the passwords of its log-ins."""
    need("browser")
    folder = tmp_path_factory.mktemp("browser")
    url = f"sqlite:///{folder / 'kinerja.db'}"
    settings = Settings(secret_key=SECRET, database_url=url, var_dir=folder / "var", files_dir=folder / "files")
    open_for_tests(url)
    migrate_everything(build_registry(settings, []).migration_sources)
    load_reference_data()
    start(settings, [])
    now = utc_now()
    ctx = Context(actor=system_actor(now.date()), settings=settings, now=now, language="id")
    passwords = {}
    load(
        ctx, [], lambda _: None, lambda logins: passwords.update({one.username: one.password for one in logins}),
        employees=EMPLOYEES,
    )  # fmt: skip
    database.close()
    environment = {
        "KINERJA_SECRET_KEY": SECRET,
        "KINERJA_DATABASE_URL": url,
        "KINERJA_VAR_DIR": str(folder / "var"),
        "KINERJA_FILES_DIR": str(folder / "files"),
        "KINERJA_PLUGINS": "",
        "KINERJA_INSTITUTION_NAME": "Pemerintah Kota Contoh",
    }
    with serving(folder, **environment) as server:
        yield f"http://127.0.0.1:{server.port}", passwords


@pytest.fixture(scope="module")
def chromium():
    """Chromium of this machine."""
    need("browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(), args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture
def visitor(site, chromium):
    """Open the browser as somebody; at the end no page may have called another host or failed in its scripts."""
    address, passwords = site
    visitors = []

    def open_for(language="id", width=1100, **options):
        context = chromium.new_context(locale=language, viewport={"width": width, "height": 850}, **options)
        visitors.append(Visitor(context, address, passwords))
        return visitors[-1]

    yield open_for
    faults = [fault for one in visitors for fault in one.faults]
    for one in visitors:
        one.context.close()
    assert faults == []
