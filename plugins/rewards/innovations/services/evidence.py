"""Evidence of innovations: links and files, received and checked as those of progress."""

from pathlib import Path
from typing import IO

from core.organisation.services.changing import refuse_all
from core.plugin_api import N_, Context, fetch, not_found, refuse, stale, unit_of_work
from core.progress import files
from core.progress.rules.evidence import LONGEST_TITLE, link_problems, title_problems
from core.progress.terms import EvidenceKind
from plugins.rewards.innovations.models import Innovation, InnovationEvidence
from plugins.rewards.innovations.services.finding import to_edit

MOST_PER_INNOVATION = 20


def add_link(ctx: Context, innovation_id: int, url: str, title: str = "") -> InnovationEvidence:
    """Add a link to an innovation."""
    with unit_of_work(ctx) as work:
        innovation = _to_add_to(ctx, innovation_id)
        address = url.strip()
        refuse_all([problem.under("input") for problem in link_problems(address, title)])
        return work.create(
            InnovationEvidence,
            innovation=innovation.id,
            kind=EvidenceKind.LINK,
            title=title.strip() or address[:LONGEST_TITLE],
            url=address,
        )


def add_file(
    ctx: Context, innovation_id: int, source: IO[bytes], file_name: str, declared_type: str, title: str = ""
) -> InnovationEvidence:
    """Receive, check and store a file, then add it to an innovation; a refused file leaves nothing behind."""
    # Asked before anything is received, so that nobody fills the disk of an innovation that is not his.
    _to_add_to(ctx, innovation_id)
    refuse_all([problem.under("input") for problem in title_problems(title)])
    stored = files.receive(ctx.settings, source, file_name, declared_type)
    try:
        with unit_of_work(ctx) as work:
            innovation = _to_add_to(ctx, innovation_id)
            return work.create(
                InnovationEvidence,
                innovation=innovation.id,
                kind=EvidenceKind.FILE,
                title=title.strip() or stored.name,
                file_name=stored.name,
                content_type=stored.content_type,
                size_bytes=stored.size,
                sha256=stored.digest,
                storage_key=stored.key,
            )
    except BaseException:
        files.discard(ctx.settings, stored.key)
        raise


def remove_evidence(ctx: Context, evidence_id: int, version: int | None) -> int:
    """Remove a piece of evidence and return its id; its file goes when nothing refers to it any more."""
    with unit_of_work(ctx) as work:
        row = fetch(InnovationEvidence, evidence_id, ctx, "input", "id")
        to_edit(ctx, row.innovation_id, "input", "id")
        if version is not None and version != row.version:
            raise stale("input", "version")
        work.delete(row)
        return evidence_id


def evidence_file(ctx: Context, evidence_id: int) -> tuple[InnovationEvidence, Path]:
    """Return a stored file that the caller may read; a hidden one, a link and a lost file are not told apart."""
    row = fetch(InnovationEvidence, evidence_id, ctx)
    path = files.stored_path(ctx.settings, row.storage_key)
    if path is None:
        raise not_found(id=f"InnovationEvidence:{evidence_id}")
    return row, path


def _to_add_to(ctx: Context, innovation_id: int) -> Innovation:
    innovation = to_edit(ctx, innovation_id, "input", "innovationId")
    if InnovationEvidence.select().where(InnovationEvidence.innovation == innovation.id).count() >= MOST_PER_INNOVATION:
        text = N_("The innovation has {limit} pieces of evidence already. Remove one first.")
        raise refuse("INNOVATION_EVIDENCE_FULL", text, "input", "innovationId", limit=MOST_PER_INNOVATION)
    return innovation
