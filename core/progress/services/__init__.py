"""The verbs of this area."""

from core.progress.services.actuals import Actual, actual_values
from core.progress.services.batches import MOST_ROWS, RowResult, record_progress_batch
from core.progress.services.dialogues import NewDialogue, change_dialogue, record_dialogue
from core.progress.services.evidence import (
    add_evidence_file,
    add_evidence_link,
    evidence_file,
    remove_evidence,
    sweep_files,
)
from core.progress.services.feedback import NewFeedback, give_feedback
from core.progress.services.records import correct_progress, record_progress, remove_progress
from core.progress.services.rounds import NewRound, StartedRound, start_feedback_round
from core.progress.services.targets import NewProgress

__all__ = [
    "MOST_ROWS",
    "Actual",
    "NewDialogue",
    "NewFeedback",
    "NewProgress",
    "NewRound",
    "RowResult",
    "StartedRound",
    "actual_values",
    "add_evidence_file",
    "add_evidence_link",
    "change_dialogue",
    "correct_progress",
    "evidence_file",
    "give_feedback",
    "record_dialogue",
    "record_progress",
    "record_progress_batch",
    "remove_evidence",
    "remove_progress",
    "start_feedback_round",
    "sweep_files",
]
