"""Figures about the machine and the database under a running application."""

import platform
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from core import jobs
from core.database import database, is_sqlite, utc_now
from core.settings import Settings

_LIBRARIES = ("kinerja", "peewee", "Flask", "Flask-Admin", "graphql-core", "granian")


@dataclass(frozen=True)
class SystemFacts:
    """What an operator asks first: sizes in bytes, `clock_seconds` is how far the database's clock is ahead of ours."""

    versions: dict[str, str]
    database_bytes: int
    disk_free_bytes: int
    disk_total_bytes: int
    jobs_waiting: int | None
    now: datetime
    clock_seconds: int


def system_facts(settings: Settings) -> SystemFacts:
    """Measure; the queue counts as unknown (None) when it does not answer."""
    folder = settings.files_dir if settings.files_dir.exists() else Path()
    disk = shutil.disk_usage(folder)
    now = utc_now()
    return SystemFacts(
        versions={**_versions(), "Python": platform.python_version(), _engine(): _engine_version()},
        database_bytes=_database_bytes(),
        disk_free_bytes=disk.free,
        disk_total_bytes=disk.total,
        jobs_waiting=_waiting(),
        now=now,
        clock_seconds=round((_database_now(now) - now).total_seconds()),
    )


def _versions() -> dict[str, str]:
    found = {}
    for name in _LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def _engine() -> str:
    return "SQLite" if is_sqlite() else "PostgreSQL"


def _engine_version() -> str:
    if is_sqlite():
        return str(database.execute_sql("SELECT sqlite_version()").fetchone()[0])
    return str(database.execute_sql("SHOW server_version").fetchone()[0])


def _database_bytes() -> int:
    if is_sqlite():
        pages = database.execute_sql("PRAGMA page_count").fetchone()[0]
        return int(pages) * int(database.execute_sql("PRAGMA page_size").fetchone()[0])
    return int(database.execute_sql("SELECT pg_database_size(current_database())").fetchone()[0])


def _database_now(now: datetime) -> datetime:
    if is_sqlite():
        return now
    found: datetime = database.execute_sql("SELECT clock_timestamp()").fetchone()[0]
    return found.astimezone(UTC)


def _waiting() -> int | None:
    try:
        return jobs.waiting()
    except Exception:  # noqa: BLE001 - SQLite, Redis and the operating system each raise their own
        return None
