"""Back office: progress with evidence, feedback and dialogues."""

from admin.columns import STAMPS
from admin.related import Related
from admin.views import ScopedView, Shown
from core.facts.models import FactMeasurement
from core.organisation.models import Employee, WorkUnit
from core.planning.models import EvaluationPeriod, Indicator, WorkResult
from core.plugin_api import N_, AdminView
from core.progress.models import (
    Evidence,
    Feedback,
    FeedbackRequest,
    FeedbackRound,
    PerformanceDialogue,
    ProgressRecord,
)


class ProgressRecordView(ScopedView):
    """What was reported for indicators and work results."""

    group = N_("Performance")
    is_counted = False
    order = ("happened_on", True)
    columns = (
        Shown("happened_on", N_("Day")),
        Shown("work_result", N_("Work result"), label=WorkResult.statement, is_searched=True),
        Shown("indicator", N_("Indicator"), label=Indicator.statement),
        Shown("quantity", N_("Quantity")),
        Shown("note", N_("Note"), is_searched=True),
        Shown("recorded_by", N_("Recorded by"), label=Employee.name),
        Shown("plan", N_("Plan"), is_listed=False),
        *STAMPS,
    )
    related = (
        Related(N_("Evidence"), Evidence, "progress_record", "evidence"),
        Related(N_("Measured values"), FactMeasurement, "progress_record", "fact_measurement"),
    )


class EvidenceView(ScopedView):
    """Links and files that prove progress."""

    group = N_("Performance")
    is_listed_in_menu = False
    is_counted = False
    order = ("id", True)
    columns = (
        Shown("title", N_("Title"), is_searched=True),
        Shown("kind", N_("Kind")),
        Shown("url", N_("Address"), is_searched=True),
        Shown("file_name", N_("File"), is_searched=True),
        Shown("progress_record", N_("Progress"), is_listed=False),
        Shown("content_type", N_("Kind of file"), is_listed=False),
        Shown("size_bytes", N_("Size in bytes"), is_listed=False),
        *STAMPS,
    )


class FeedbackRoundView(ScopedView):
    """Rounds in which people are asked for feedback."""

    group = N_("Performance")
    order = ("opens_on", True)
    columns = (
        Shown("name", N_("Name"), is_searched=True),
        Shown("unit", N_("Unit"), label=WorkUnit.name),
        Shown("period", N_("Period"), label=EvaluationPeriod.name),
        Shown("opens_on", N_("Opens on")),
        Shown("closes_on", N_("Closes on")),
        *STAMPS,
    )
    related = (Related(N_("Requests for feedback"), FeedbackRequest, "round", "feedback_request"),)


class FeedbackRequestView(ScopedView):
    """Who is asked about whom."""

    group = N_("Performance")
    is_listed_in_menu = False
    is_counted = False
    order = ("id", True)
    columns = (
        Shown("employee", N_("Employee"), label=Employee.name, is_searched=True),
        Shown("giver", N_("Giver"), label=Employee.name, is_searched=True),
        Shown("relation", N_("Relation")),
        Shown("round", N_("Feedback round"), label=FeedbackRound.name),
        Shown("answered_at", N_("Answered at")),
    )


class FeedbackView(ScopedView):
    """Continuous feedback; of colleagues only whoever may know them is named."""

    group = N_("Performance")
    order = ("id", True)
    columns = (
        Shown("text", N_("Feedback"), is_searched=True),
        Shown("employee", N_("Employee"), label=Employee.name, is_searched=True),
        Shown("relation", N_("Relation")),
        Shown("tone", N_("Tone")),
        Shown("giver", N_("Giver"), label=Employee.name),
        Shown("given_on", N_("Given on")),
        Shown("plan", N_("Plan"), is_listed=False),
        Shown("work_result", N_("Work result"), label=WorkResult.statement, is_listed=False),
        Shown("behavior_value", N_("Value"), is_listed=False),
    )


class PerformanceDialogueView(ScopedView):
    """Talks between leaders and employees."""

    group = N_("Performance")
    order = ("held_on", True)
    columns = (
        Shown("topic", N_("Topic"), is_searched=True),
        Shown("held_on", N_("Held on")),
        Shown("leader", N_("Leader"), label=Employee.name, is_searched=True),
        Shown("plan", N_("Plan")),
        Shown("summary", N_("Summary"), is_listed=False),
        Shown("agreed_actions", N_("What was agreed"), is_listed=False),
        *STAMPS,
    )


VIEWS = [
    AdminView("progress_record", lambda: ProgressRecordView(ProgressRecord, N_("Progress"), "progress_record")),
    AdminView("evidence", lambda: EvidenceView(Evidence, N_("Evidence"), "evidence")),
    AdminView("feedback", lambda: FeedbackView(Feedback, N_("Feedback"), "feedback")),
    AdminView("feedback_round", lambda: FeedbackRoundView(FeedbackRound, N_("Feedback rounds"), "feedback_round")),
    AdminView(
        "feedback_request",
        lambda: FeedbackRequestView(FeedbackRequest, N_("Requests for feedback"), "feedback_request"),
    ),
    AdminView(
        "performance_dialogue",
        lambda: PerformanceDialogueView(PerformanceDialogue, N_("Dialogues"), "performance_dialogue"),
    ),
]
