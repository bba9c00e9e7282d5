"""What the commands have in common: exit codes, words to a person, JSON to a script, and an application to work on."""

import getpass
import logging
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import orjson
import peewee as pw
import typer
from rich.console import Console
from rich.markup import escape

from core.actor import system_actor
from core.context import Context
from core.database import connect, database, is_sqlite, utc_now
from core.errors import CannotStart, Problem
from core.i18n import N_, language, translate
from core.logs import configure_logging
from core.plugin_host import start
from core.registry import Registry
from core.settings import Settings, load_settings


class Exit(IntEnum):
    """The exit codes of every command; scripts may rely on them."""

    OK = 0
    PROBLEM = 1
    USAGE = 2
    NOT_READY = 3
    INTERRUPTED = 130


def out() -> Console:
    """Return the console for answers, on whatever standard output is now."""
    return Console(file=sys.stdout, highlight=False, soft_wrap=True)


def err() -> Console:
    """Return the console for problems and progress, which no script reads."""
    return Console(file=sys.stderr, highlight=False, soft_wrap=True)


def say(text: str, **gaps: Any) -> None:
    """Print a marked text in the caller's language; values in `gaps` are shown as they are."""
    out().print(escape(translate(text).format(**gaps)))


def print_json(value: Any) -> None:
    """Print a value as JSON for a script."""
    print(orjson.dumps(value, default=str, option=orjson.OPT_INDENT_2).decode())  # noqa: T201 - an answer on stdout


def complain(problems: Sequence[Problem]) -> None:
    """Print problems, a line each, with their codes."""
    for problem in problems:
        place = ".".join(str(part) for part in problem.path)
        err().print(f"[bold red]{problem.code}[/] {escape(f'{place}: ' if place else '')}{escape(problem.message())}")


def check_exit(*, found: bool) -> None:
    """End with PROBLEM if the command has found something wrong."""
    if found:
        raise typer.Exit(Exit.PROBLEM)


@contextmanager
def connected(log_level: int = logging.WARNING) -> Iterator[Settings]:
    """Load the settings and connect to the database; whatever is wrong ends with NOT_READY and its remedy."""
    settings = load_settings()
    configure_logging(production=settings.production, level=log_level)
    try:
        connect(settings.database_url)
    except (pw.OperationalError, OSError, ValueError) as error:
        text = N_("The database does not answer: {error}. Check KINERJA_DATABASE_URL and that its server runs.")
        raise CannotStart(
            Problem("DATABASE_UNREACHABLE", text, params={"error": " ".join(str(error).split())})
        ) from None
    try:
        yield settings
    finally:
        database.close()


@contextmanager
def deployment(*, web: bool = False, log_level: int = logging.WARNING) -> Iterator[Registry]:
    """Start the application on its migrated database, without its web parts unless asked for."""
    with connected(log_level) as settings:
        yield start(settings, web=web)


def operator_context(settings: Settings, reason: str | None = None) -> Context:
    """Return the context of the person at this machine: all rights, under the name `cli:<login>`."""
    now = utc_now()
    actor = system_actor(now.astimezone(ZoneInfo(settings.time_zone)).date(), f"cli:{getpass.getuser()}")
    return Context(actor=actor, settings=settings, now=now, language=language.get(), reason=reason)


def database_file() -> Path | None:
    """Return the file of the SQLite database in use, None on PostgreSQL."""
    return Path(database.obj.database) if is_sqlite() else None
