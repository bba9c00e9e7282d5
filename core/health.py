"""Whether this deployment is sound: one question after another, each fault with its remedy."""

import os
import shutil
import stat
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

from core.context import Context
from core.database import database, is_sqlite
from core.errors import CannotStart, Problem
from core.faults import isolated
from core.history.chain import broken_links
from core.i18n import N_
from core.jobs import JobQueue
from core.migrating import histories_of, require_current
from core.plugin_host import build_registry, put_rules_in_force
from core.registry import Registry
from core.settings import Settings
from core.shadowing import shadowed_names

LEAST_FREE_MB = 500
QUICK_ROWS = 20_000


@dataclass
class Finding:
    """One question of the doctor and what it found; no problems means that all is well."""

    name: str
    title: str
    problems: Sequence[Problem] = field(default_factory=list)


def examine(
    connected: Callable[[], AbstractContextManager[Settings]], context: Callable[[Settings], Context]
) -> list[Finding]:
    """Ask every question that can be asked; one that needs a broken thing is left out after naming that."""
    findings = [_asked("names", N_("Kinerja's folders are its own"), shadowed_names)]
    try:
        with connected() as settings:
            findings.append(Finding("settings", N_("Settings are valid and the database answers")))
            findings += _of_the_machine(settings)
            findings += _of_the_application(settings, context(settings))
    except CannotStart as stop:
        findings.append(Finding("settings", N_("Settings are valid and the database answers"), stop.problems))
    return findings


def at_a_glance(settings: Settings) -> list[Finding]:
    """Ask what takes no time: of the machine, not of the data."""
    return _of_the_machine(settings)


def _of_the_machine(settings: Settings) -> list[Finding]:
    return [
        _asked("var_dir", N_("The folder var_dir can be written"), lambda: _writable(settings.var_dir)),
        _asked("files_dir", N_("The folder for evidence can be written"), lambda: _writable(settings.files_dir)),
        _asked("secret", N_("The secret key is readable by its owner only"), lambda: _private(settings.var_dir)),
        _asked("space", N_("There is room on the disk"), lambda: _roomy(settings.files_dir)),
        _asked("jobs", N_("The queue of background jobs answers"), lambda: _queue_answers(settings)),
    ]


def _of_the_application(settings: Settings, ctx: Context) -> list[Finding]:
    found: list[Registry] = []
    findings = [_asked("plugins", N_("All plugins fit"), lambda: found.append(build_registry(settings, web=True)))]
    if not found:
        return findings
    # What plugins ask, they ask through the policy.
    put_rules_in_force(found[0])
    return findings + examine_application(found[0], ctx)


def examine_running(registry: Registry, ctx: Context, *, thoroughly: bool) -> list[Finding]:
    """Ask what can be asked while the application runs; only `thoroughly` are file and history read, which takes long.

    Nothing is asked that the application would not have started with.
    """
    return _of_the_machine(ctx.settings) + examine_application(registry, ctx, thoroughly=thoroughly)


def examine_application(registry: Registry, ctx: Context, *, thoroughly: bool = True) -> list[Finding]:
    """Ask whether the database fits the application, and what the plugins ask."""
    current = _asked(
        "migrations", N_("No migration is pending"), lambda: require_current(histories_of(registry.migration_sources))
    )
    findings = [current]
    if current.problems:
        return findings
    if thoroughly and is_sqlite():
        findings.append(_asked("sqlite", N_("The SQLite file is whole"), _whole))
    if thoroughly:
        findings.append(_asked("history", N_("The latest history is intact"), _intact))
    for check in registry.checks:
        problems: list[Problem] = []
        with isolated(check.name, "check") as outcome:
            problems += check.run(ctx)
        if outcome.error is not None:
            text = N_("The check itself failed: {error}. Report it to the plugin's author.")
            problems.append(Problem("CHECK_FAILED", text, params={"error": outcome.error}))
        findings.append(Finding(check.name, check.title, problems))
    return findings


def _asked(name: str, title: str, question: Callable[[], Sequence[Problem] | None]) -> Finding:
    try:
        return Finding(name, title, question() or [])
    except CannotStart as fault:
        return Finding(name, title, fault.problems)


def _writable(folder: Path) -> list[Problem]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".doctor-{os.getpid()}"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        text = N_("{folder} cannot be written: {error}. Give the user that runs Kinerja the right to write there.")
        params = {"folder": folder, "error": error.strerror}
        return [Problem("FOLDER_NOT_WRITABLE", text, params=params)]
    return []


def _private(folder: Path) -> list[Problem]:
    key = folder / "secret.key"
    if key.exists() and key.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        text = N_("{file} can be read by others. Run: chmod 600 {file}")
        return [Problem("SECRET_EXPOSED", text, params={"file": key})]
    return []


def _roomy(folder: Path) -> list[Problem]:
    free = shutil.disk_usage(folder if folder.exists() else Path()).free // 1_000_000
    if free < LEAST_FREE_MB:
        text = N_("Only {free} MB are free for {folder}. Make room: at {least} MB uploads and backups are at risk.")
        params = {"free": free, "folder": folder, "least": LEAST_FREE_MB}
        return [Problem("DISK_FULL", text, params=params)]
    return []


def _queue_answers(settings: Settings) -> list[Problem]:
    try:
        JobQueue(settings, ()).waiting()
    except Exception as error:  # noqa: BLE001 - SQLite, Redis and the operating system each raise their own
        text = N_("The queue does not answer: {error}. Check jobs_backend and redis_url, and that Redis runs.")
        return [Problem("QUEUE_UNREACHABLE", text, params={"error": error})]
    return []


def _whole() -> list[Problem]:
    answer = database.execute_sql("PRAGMA quick_check(1)").fetchone()[0]
    if answer != "ok":
        text = N_("SQLite reports damage: {answer}. Stop Kinerja and restore the latest backup.")
        return [Problem("DATABASE_DAMAGED", text, params={"answer": answer})]
    return []


def _intact() -> list[Problem]:
    broken = [str(key) for key, _ in broken_links(last=QUICK_ROWS)]
    if broken:
        text = N_("History rows do not fit their hashes: {rows}. Run: kinerja history verify")
        return [Problem("HISTORY_BROKEN", text, params={"rows": ", ".join(broken[:10])})]
    return []
