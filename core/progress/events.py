"""What this area announces after a commit, and what it does by night."""

from core.context import Context
from core.contributions import Job
from core.events import EventType
from core.i18n import N_
from core.platform.idempotency import forget_old_keys
from core.progress.services import sweep_files

EVENTS: tuple[EventType, ...] = (
    EventType("progress.progress_recorded", N_("Progress was recorded: record_ids, plan_ids.")),
    EventType("progress.progress_corrected", N_("A progress record was corrected: record_id, plan_id.")),
    EventType("progress.progress_removed", N_("A progress record was removed: record_id, plan_id.")),
    EventType("progress.feedback_given", N_("Feedback was given on a plan: feedback_id, plan_id, never the giver.")),
    EventType("progress.feedback_round_started", N_("A feedback round was started: round_id, requests.")),
    EventType("progress.dialogue_recorded", N_("A performance dialogue was recorded: dialogue_id, plan_id.")),
)


def _tidy(ctx: Context) -> None:
    sweep_files(ctx)
    forget_old_keys(ctx.now)


JOBS: tuple[Job, ...] = (
    Job(
        "progress.tidy",
        N_("Remove files without a record and answers to batches that nobody asks for any more"),
        _tidy,
        schedule="40 2 * * *",
    ),
)
