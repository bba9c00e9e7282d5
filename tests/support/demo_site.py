"""A server on a small demo city, for browsers; the city is built once and copied for each server."""

import fcntl
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

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

SECRET = "a-secret-for-the-browser-that-is-long-enough"
EMPLOYEES = 240
PLUGINS = ("queueing", "rewards", "training")
ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
"""How Chromium is started: it calls nobody by itself."""


@contextmanager
def demo_site(shared: Path, folder: Path, **environment: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Serve a copy of the city from `folder`, and yield the address and the passwords by username.

    `shared` is where processes of one run keep the city; `environment` holds settings beside the usual ones.
    """
    city = _built(shared / "small-city")
    shutil.copy(city / "kinerja.db", folder / "kinerja.db")
    passwords = json.loads((city / "passwords.json").read_text(encoding="utf-8"))
    url = f"sqlite:///{folder / 'kinerja.db'}"
    # The test itself may look into the database that is served.
    open_for_tests(url)
    start(Settings(secret_key=SECRET, database_url=url, var_dir=folder / "var", files_dir=folder / "files"), [])
    database.close()
    settings = {
        "KINERJA_SECRET_KEY": SECRET,
        "KINERJA_DATABASE_URL": url,
        "KINERJA_VAR_DIR": str(folder / "var"),
        "KINERJA_FILES_DIR": str(folder / "files"),
        "KINERJA_PLUGINS": "",
        "KINERJA_INSTITUTION_NAME": "Pemerintah Kota Contoh",
        **environment,
    }
    # With its worker: imports and bulk runs happen behind the pages.
    with serving(folder, ("serve",), **settings) as server:
        yield f"http://127.0.0.1:{server.port}", passwords


def _built(city: Path) -> Path:
    """Return the folder of the city, built by whoever comes first."""
    city.mkdir(parents=True, exist_ok=True)
    with (city / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (city / "passwords.json").exists():
            passwords = _load(city)
            (city / "passwords.json").write_text(json.dumps(passwords), encoding="utf-8")
    return city


def _load(city: Path) -> dict[str, str]:
    url = f"sqlite:///{city / 'kinerja.db'}"
    settings = Settings(secret_key=SECRET, database_url=url, var_dir=city / "var", files_dir=city / "files")
    open_for_tests(url)
    # The tables of plugins are there, whether a server switches them on or not.
    migrate_everything(build_registry(settings, PLUGINS, web=True).migration_sources)
    load_reference_data()
    start(settings, [])
    now = utc_now()
    ctx = Context(actor=system_actor(now.date()), settings=settings, now=now, language="id")
    passwords: dict[str, str] = {}
    load(
        ctx, [], lambda _: None, lambda logins: passwords.update({one.username: one.password for one in logins}),
        employees=EMPLOYEES,
    )  # fmt: skip
    # Whatever still stands in the log of the database goes into its file, which is copied.
    database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return passwords
