"""Migrations: one numbered history per owner (core, then each plugin), applied in order on both databases."""

import fcntl
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import peewee as pw
from playhouse.migrations import MigrationError, Runner

from core.contributions import MigrationSource
from core.database import database
from core.errors import CannotStart, Problem, refuse
from core.i18n import N_

# Any number of our own: it names the lock under which one process at a time migrates a PostgreSQL database.
_LOCK_KEY = 7_414_001


@dataclass(frozen=True)
class MigrationHistory:
    """The migrations of one owner: `core` or the name of a plugin, and the folder of its numbered scripts."""

    owner: str
    folder: Path

    @property
    def table_name(self) -> str:
        """The table that remembers which of them were applied."""
        return f"{self.owner}_migration"


@dataclass(frozen=True)
class MigrationState:
    """One migration: whose, which, when it was applied (None: pending), and whether its script is there."""

    owner: str
    name: str
    applied: datetime | None
    is_present: bool

    @property
    def label(self) -> str:
        """The migration as commands and messages name it."""
        return f"{self.owner}/{self.name}"


CORE_MIGRATIONS = MigrationHistory("core", Path(__file__).parent / "migrations")


def histories_of(sources: Iterable[tuple[str, MigrationSource]]) -> tuple[MigrationHistory, ...]:
    """Return the histories of the owners that gave `sources`, in that order; core comes first in any case."""
    others = [MigrationHistory(owner, source.directory) for owner, source in sources if owner != CORE_MIGRATIONS.owner]
    return (CORE_MIGRATIONS, *others)


def status(histories: Sequence[MigrationHistory]) -> list[MigrationState]:
    """List every migration of `histories`, in the order in which they are applied."""
    return [
        MigrationState(history.owner, row.name, row.applied, row.path is not None)
        for history in histories
        for row in _runner(history).status()
    ]


def pending(histories: Sequence[MigrationHistory]) -> list[str]:
    """Name the migrations that the database still lacks."""
    return [state.label for state in status(histories) if state.applied is None]


def up(histories: Sequence[MigrationHistory]) -> list[str]:
    """Apply every pending migration, each in a transaction of its own, and name those applied."""
    with _alone():
        return [f"{history.owner}/{name}" for history in histories for name in _runner(history).up()]


def migrate_everything(sources: Iterable[tuple[str, MigrationSource]] = ()) -> list[str]:
    """Bring the connected database up to date: core, then the owners of `sources`; name what was applied."""
    return up(histories_of(sources))


def down(histories: Sequence[MigrationHistory], target: str) -> list[str]:
    """Revert the applied migrations of one owner back through `target` (`owner/name`), newest first.

    Refused when the target is not applied, or when the script of a later one is missing.
    """
    owner, _, name = target.rpartition("/")
    chosen = [history for history in histories if history.owner == (owner or "core")]
    if not chosen:
        raise refuse(
            "MIGRATION_UNKNOWN",
            N_("No migrations belong to {owner}. See the names with: kinerja migrate --list"),
            owner=owner,
        )
    with _alone():
        try:
            return [f"{history.owner}/{done}" for history in chosen for done in _runner(history).down(name)]
        except MigrationError as error:
            raise refuse(
                "MIGRATION_NOT_REVERTED",
                N_("{target} cannot be reverted: {error}. See what is applied with: kinerja migrate --list"),
                target=target,
                error=str(error).removesuffix("."),
            ) from None


def down_to_zero(histories: Sequence[MigrationHistory]) -> list[str]:
    """Revert everything, last owner first; the tables are gone afterwards."""
    done: list[str] = []
    for history in reversed(histories):
        applied = [state.name for state in status([history]) if state.applied]
        if applied:
            done += down([history], f"{history.owner}/{applied[0]}")
    return done


def require_current(histories: Sequence[MigrationHistory]) -> None:
    """Stop start-up when migrations are pending, and say what to run."""
    names = pending(histories)
    if names:
        raise CannotStart(
            [
                Problem(
                    "MIGRATIONS_PENDING",
                    N_("The database lacks {count} migrations ({names}). Back it up, then run: kinerja migrate"),
                    params={"count": len(names), "names": ", ".join(names)},
                )
            ]
        )


def _runner(history: MigrationHistory) -> Runner:
    return Runner(database.obj, str(history.folder), table_name=history.table_name)


@contextmanager
def _alone() -> Iterator[None]:
    """Let one process at a time migrate."""
    engine = database.obj
    if isinstance(engine, pw.PostgresqlDatabase):
        engine.execute_sql("SELECT pg_advisory_lock(%s)", (_LOCK_KEY,))
        try:
            yield
        finally:
            engine.execute_sql("SELECT pg_advisory_unlock(%s)", (_LOCK_KEY,))
        return
    # A transaction around the whole would lock too, but SQLite cannot rebuild referenced tables inside one.
    with Path(f"{engine.database}.migrating").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
