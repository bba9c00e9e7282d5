"""What the lists of the back office take with all people of the institution: first page, search, filter, deep page."""

import statistics
import time
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from core.database import database, utc_now
from core.identity.models import Account, LoginSession
from tests.support.statements import counted_statements

CALLERS = ("institution", "officer", "head")
PAGES: dict[str, Sequence[tuple[str, str]]] = {
    "first": (),
    "search": (("search", "siti nur"),),
    "filter": (("f.sex.is", "FEMALE"), ("f.birth_date.from", "1980-01-01"), ("f.grade.has", "III")),
    "order": (("sort", "grade"), ("desc", "1")),
    "last": (("page", "199"),),
}
"""Pages of the list of employees by what is asked of them."""

_ROUNDS = 15
_LIST = "/admin/employee/"
_SITE = "https://localhost"


def lists(app: Any) -> dict[str, float]:
    """Return ms of each page (median; the slowest caller counts), the statements of the first, and its kB."""
    took: dict[str, list[float]] = {name: [] for name in PAGES}
    figures: dict[str, float] = {}
    for caller in CALLERS:
        client = _browser(app, caller)
        for name, parameters in PAGES.items():
            times = []
            for _ in range(_ROUNDS):
                begun = time.perf_counter()
                page = client.get(_LIST, query_string=list(parameters), base_url=_SITE)
                times.append((time.perf_counter() - begun) * 1000)
                if page.status_code != 200:
                    raise RuntimeError(f"{caller}, {name}: {page.status}")
            took[name].append(statistics.median(times))
        with counted_statements() as found:
            page = client.get(_LIST, base_url=_SITE)
        figures["list_statements"] = max(figures.get("list_statements", 0), len(found))
        figures["list_kb"] = max(figures.get("list_kb", 0), len(page.data) / 1000)
    return figures | {f"list_{name}_ms": max(times) for name, times in took.items()}


def _browser(app: Any, caller: str) -> Any:
    """Return a browser in which the caller is logged in."""
    now = utc_now()
    database.connect(reuse_if_open=True)
    row = LoginSession.create(
        account=Account.get(Account.username == f"bench-{caller}"), refresh_hash=f"bench {caller} {now}", user_agent="",
        is_browser=True, created_at=now, refreshed_at=now, expires_at=now + timedelta(hours=8),
    )  # fmt: skip
    client = app.test_client()
    with client.session_transaction(base_url=_SITE) as session:
        session["session"] = row.id
    return client
