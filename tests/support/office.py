"""People at the back office: their accounts, and the browsers in which they are logged in."""

from datetime import timedelta
from secrets import token_hex

from core.database import utc_now
from core.identity.models import Account, LoginSession, RoleGrant
from tests.support.city import START


def add_people(city, roles, **units):
    """Give each name an account, as the city's employee of that name if there is one, and a role in a unit or all."""
    accounts = {}
    for name, role in roles.items():
        accounts[name] = Account.create(
            username=name, display_name=name, employee=getattr(city, name, None), password_hash="-"
        )
        if role:
            RoleGrant.create(account=accounts[name], role=role, unit=units.get(name), valid_from=START)
    return accounts


class Person:
    """A person at the back office, already logged in, with the form token of the browser."""

    def __init__(self, app, username, language="en"):
        self.account = Account.get(Account.username == username)
        self.client = app.test_client()
        self.client.set_cookie("language", language)
        now = utc_now()
        opened = LoginSession.create(
            account=self.account,
            refresh_hash=token_hex(16),
            created_at=now,
            refreshed_at=now,
            expires_at=now + timedelta(days=1),
            is_browser=True,
        )
        self.token = token_hex(16)
        with self.client.session_transaction() as session:
            session.update(session=opened.id, token=self.token)

    def get(self, path, **query):
        return self.client.get(path, query_string=query or None)

    def post(self, path, **form):
        """Send a form with the token of this browser, unless the form has its own."""
        return self.client.post(path, data={"token": self.token, **form})
