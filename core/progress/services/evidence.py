"""Evidence of progress: links, and files that only those who see the progress can read."""

from pathlib import Path
from typing import IO, Any

import peewee as pw

from core.context import Context
from core.database import database
from core.errors import Refused, refuse, stale
from core.i18n import N_
from core.policy import fetch, require
from core.progress import files
from core.progress.models import Evidence, ProgressRecord
from core.progress.rules.evidence import LONGEST_TITLE, link_problems
from core.progress.rules.records import period_problems
from core.progress.services.keeping import SentFile, keep_file, kept_file
from core.progress.services.records import refuse_if_measured
from core.progress.terms import EvidenceKind
from core.work import unit_of_work

MOST_PER_RECORD = 20

_KEY = "storage_key"
"""The column by which tables refer to stored files."""


def add_evidence_link(ctx: Context, record_id: int, url: str, title: str = "") -> Evidence:
    """Add a link to a progress record."""
    with unit_of_work(ctx) as work:
        record = _open_record(ctx, record_id)
        address = url.strip()
        problems = link_problems(address, title)
        if problems:
            raise Refused([problem.under("input") for problem in problems])
        return work.create(
            Evidence,
            progress_record=record.id,
            kind=EvidenceKind.LINK,
            title=title.strip() or address[:LONGEST_TITLE],
            url=address,
        )


def add_evidence_file(
    ctx: Context, record_id: int, source: IO[bytes], file_name: str, declared_type: str, title: str = ""
) -> Evidence:
    """Receive, check and store a file, then add it to a progress record; a refused file leaves nothing behind."""
    sent = SentFile(source, file_name, declared_type, title)
    return keep_file(
        ctx, Evidence, sent, lambda: {"progress_record": _open_record(ctx, record_id).id, "kind": EvidenceKind.FILE}
    )


def _open_record(ctx: Context, record_id: int) -> ProgressRecord:
    record = fetch(ProgressRecord, record_id, ctx, "input", "progressRecordId")
    require(ctx, "progress.correct", record, "input", "progressRecordId")
    problems = period_problems(record.plan.period.state)
    if problems:
        raise Refused([problem.under("input") for problem in problems])
    if Evidence.select().where(Evidence.progress_record == record.id).count() >= MOST_PER_RECORD:
        text = N_("The record has {limit} pieces of evidence already. Remove one, or make another record.")
        raise refuse("EVIDENCE_FULL", text, "input", "progressRecordId", limit=MOST_PER_RECORD)
    return record


def remove_evidence(ctx: Context, evidence_id: int, version: int) -> int:
    """Remove a piece of evidence; its file goes when nothing refers to it any more. Return its id."""
    with unit_of_work(ctx) as work:
        evidence = fetch(Evidence, evidence_id, ctx, "input", "id")
        record = evidence.progress_record
        require(ctx, "progress.correct", record, "input", "id")
        problems = period_problems(record.plan.period.state)
        if problems:
            raise Refused([problem.under("input") for problem in problems])
        if evidence.version != version:
            raise stale("input", "version")
        if evidence.kind is EvidenceKind.FACT:
            refuse_if_measured(record)
        work.delete(evidence)
        return evidence_id


def evidence_file(ctx: Context, evidence_id: int) -> tuple[Evidence, Path]:
    """Return a stored file that the actor may read; a hidden one, a link and a lost file are not told apart."""
    return kept_file(ctx, Evidence, evidence_id)


def sweep_files(ctx: Context) -> int:
    """Remove stored files that no row refers to any more, and unfinished uploads; return how many."""
    return files.sweep(ctx.settings, ctx.now, _known_keys())


def _known_keys() -> set[str]:
    """Return the keys of all stored files that a table refers to.

    The database is asked for its tables and not the program: rows of a plugin that is off keep their files, too.
    """
    known: set[str] = set()
    for name in database.get_tables():
        if any(column.name == _KEY for column in database.get_columns(name)):
            table: Any = pw.Table(name, (_KEY,)).bind(database)
            rows = table.select(table.storage_key).where(table.storage_key != "").tuples()
            known.update(key for (key,) in rows)
    return known
