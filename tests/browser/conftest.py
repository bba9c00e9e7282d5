"""A small demo city behind a real server, and Chromium in front of it."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import sync_playwright

from tests.support.demo_site import ARGUMENTS, demo_site
from tests.support.services import browser_path, need

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
        # A page that answers 403, 404 or 422 on purpose is reported in these words, too.
        if message.type == "error" and "the server responded with a status of 4" not in message.text:
            self.faults.append(f"console: {message.text} {message.location['url']}")

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
def site(request, tmp_path_factory):
    """The address of a server on a small demo city, and the log-ins; ENVIRONMENT of a module counts."""
    need("browser")
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    with demo_site(shared, tmp_path_factory.mktemp("browser"), **getattr(request.module, "ENVIRONMENT", {})) as found:
        yield found


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
