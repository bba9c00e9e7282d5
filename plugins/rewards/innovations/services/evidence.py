"""Evidence of innovations: links and files, received and checked as those of progress."""

from core.organisation.services.changing import refuse_all
from core.plugin_api import N_, Context, fetch, refuse, stale, unit_of_work
from core.progress.rules.evidence import LONGEST_TITLE, link_problems
from core.progress.services.keeping import SentFile, keep_file
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


def add_file(ctx: Context, innovation_id: int, sent: SentFile) -> InnovationEvidence:
    """Receive, check and store a file, then add it to an innovation; a refused file leaves nothing behind."""
    return keep_file(
        ctx,
        InnovationEvidence,
        sent,
        lambda: {"innovation": _to_add_to(ctx, innovation_id).id, "kind": EvidenceKind.FILE},
    )


def remove_evidence(ctx: Context, evidence_id: int, version: int | None) -> int:
    """Remove a piece of evidence and return its id; its file goes when nothing refers to it any more."""
    with unit_of_work(ctx) as work:
        row = fetch(InnovationEvidence, evidence_id, ctx, "input", "id")
        to_edit(ctx, row.innovation_id, "input", "id")
        if version is not None and version != row.version:
            raise stale("input", "version")
        work.delete(row)
        return evidence_id


def _to_add_to(ctx: Context, innovation_id: int) -> Innovation:
    innovation = to_edit(ctx, innovation_id, "input", "innovationId")
    if InnovationEvidence.select().where(InnovationEvidence.innovation == innovation.id).count() >= MOST_PER_INNOVATION:
        text = N_("The innovation has {limit} pieces of evidence already. Remove one first.")
        raise refuse("INNOVATION_EVIDENCE_FULL", text, "input", "innovationId", limit=MOST_PER_INNOVATION)
    return innovation
