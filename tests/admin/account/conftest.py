"""The back office with accounts in it, and browsers that log in."""

import re
from functools import cache

import pytest

from core.identity.models import Account, RoleGrant
from core.identity.passwords import hash_password
from tests.support.apps import app_of
from tests.support.city import START

PASSWORD = "kucing-terbang-tujuh"
ROLES = {"budi": None, "siti": "auditor", "admin": "system_admin"}


@cache
def password_hash():
    """Hash once: it is meant to be slow."""
    return hash_password(PASSWORD)


class Browser:
    """One browser at the back office; it sends the form token of the page that it saw last."""

    def __init__(self, app):
        self.client = app.test_client()
        self.page = None

    def get(self, path):
        self.page = self.client.get(path)
        return self.page

    def token(self):
        return re.search(r'name="token" value="([^"]+)"', self.page.text).group(1)

    def post(self, path, **form):
        self.page = self.client.post(path, data={"token": self.token(), **form})
        return self.page

    def log_in(self, username="budi", password=PASSWORD, **form):
        self.get("/admin/login?language=en")
        return self.post("/admin/login?language=en", username=username, password=password, **form)

    def is_in(self):
        return self.client.get("/admin/").status_code == 200

    def secret(self):
        return re.search(r'id="secret">([A-Z2-7 ]+)<', self.page.text).group(1).replace(" ", "")

    def codes(self):
        return re.findall(r"<li><code>([a-z0-9-]+)</code></li>", self.page.text)


@pytest.fixture
def accounts(db):
    """Budi without a role, Siti the auditor, and a system administrator, all with one password."""
    found = {}
    for name, role in ROLES.items():
        found[name] = Account.create(username=name, display_name=name.title(), password_hash=password_hash())
        if role:
            RoleGrant.create(account=found[name], role=role, valid_from=START)
    return found


@pytest.fixture
def open_app(db, accounts):
    """Make the application with settings of its own."""
    return lambda **settings: app_of(db, **settings)


@pytest.fixture
def browser(open_app):
    return Browser(open_app())
