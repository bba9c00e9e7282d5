"""The inputs of evaluation in GraphQL."""

from datetime import date

import strawberry

from schema.appraisal_terms import ObjectionState, OrganizationRating, Rating

_WINDOW = "The window (evaluasi periodik); left out for the whole period (evaluasi tahunan)."
_VERSION = "Version that you saw."


@strawberry.input(description="The performance of a unit (capaian kinerja organisasi).")
class SetOrganizationPerformanceInput:
    """The performance of a unit."""

    unit_id: strawberry.ID = strawberry.field(description="The unit.")
    period_id: strawberry.ID = strawberry.field(description="The period.")
    rating: OrganizationRating = strawberry.field(description="How the unit performed.")
    window_id: strawberry.ID | None = strawberry.field(description=_WINDOW, default=None)
    basis: str = strawberry.field(description="What it rests on: reports, recommendations.", default="")
    version: int | None = strawberry.field(description="Version that you saw, where it was set before.", default=None)


@strawberry.input(description="The plans for which drafts of evaluations are made.")
class OpenEvaluationsInput:
    """The plans for which drafts are made."""

    unit_id: strawberry.ID = strawberry.field(description="The unit, with all below.")
    period_id: strawberry.ID = strawberry.field(description="The period.")
    window_id: strawberry.ID | None = strawberry.field(description=_WINDOW, default=None)


@strawberry.input(
    description="Ratings for an evaluation, or for a plan whose evaluation is not opened yet; what is left out stays."
)
class RateEvaluationInput:
    """Ratings for an evaluation or a plan."""

    evaluation_id: strawberry.ID | None = strawberry.field(description="The evaluation.", default=None)
    plan_id: strawberry.ID | None = strawberry.field(description="The plan (SKP), instead of it.", default=None)
    window_id: strawberry.ID | None = strawberry.field(description=f"Beside a plan. {_WINDOW}", default=None)
    version: int | None = strawberry.field(
        description="Version of the evaluation that you saw; needed where it exists.", default=None
    )
    result_rating: Rating | None = strawberry.field(
        description="Rating of results (hasil kerja); of the head of a unit it follows from the unit's performance.",
        default=None,
    )
    behavior_rating: Rating | None = strawberry.field(description="Rating of behaviour (perilaku).", default=None)
    result_note: str | None = strawberry.field(description="What you say about the results.", default=None)
    behavior_note: str | None = strawberry.field(description="What you say about the behaviour.", default=None)


@strawberry.input(description="The evaluation to be made final.")
class FinaliseEvaluationInput:
    """The evaluation to be made final."""

    evaluation_id: strawberry.ID = strawberry.field(description="The evaluation.")
    version: int = strawberry.field(description=_VERSION)
    distribution_reason: str | None = strawberry.field(
        description="Why the distribution differs from the pattern; wanted where it does.", default=None
    )


@strawberry.input(description="The evaluation that the employee takes notice of.")
class AcknowledgeEvaluationInput:
    """The evaluation that the employee takes notice of."""

    evaluation_id: strawberry.ID = strawberry.field(description="The evaluation.")
    version: int = strawberry.field(description=_VERSION)


@strawberry.input(description="The final evaluation to be taken back to its ratings.")
class ReopenEvaluationInput:
    """The final evaluation to be taken back."""

    evaluation_id: strawberry.ID = strawberry.field(description="The evaluation.")
    version: int = strawberry.field(description=_VERSION)
    reason: str = strawberry.field(description="Why.")


@strawberry.input(description="An objection (keberatan) to a final evaluation.")
class FileObjectionInput:
    """An objection to a final evaluation."""

    evaluation_id: strawberry.ID = strawberry.field(description="The evaluation.")
    reason: str = strawberry.field(description="The reasons.")


@strawberry.input(description="What the evaluator says to an objection.")
class AnswerObjectionInput:
    """What the evaluator says to an objection."""

    objection_id: strawberry.ID = strawberry.field(description="The objection.")
    version: int = strawberry.field(description=_VERSION)
    statement: str = strawberry.field(description="The statement.")


@strawberry.input(description="An undecided objection that somebody else is to hear.")
class HandOnObjectionInput:
    """An undecided objection that somebody else is to hear."""

    objection_id: strawberry.ID = strawberry.field(description="The objection.")
    version: int = strawberry.field(description=_VERSION)


@strawberry.input(description="The decision on an objection; it is final.")
class DecideObjectionInput:
    """The decision on an objection."""

    objection_id: strawberry.ID = strawberry.field(description="The objection.")
    version: int = strawberry.field(description=_VERSION)
    outcome: ObjectionState = strawberry.field(
        description="UPHELD: the evaluation stands. CHANGED: it gets other ratings."
    )
    decision: str = strawberry.field(description="The decision and its reasons.")
    result_rating: Rating | None = strawberry.field(description="New rating of results, with CHANGED.", default=None)
    behavior_rating: Rating | None = strawberry.field(
        description="New rating of behaviour, with CHANGED.", default=None
    )
    evaluator_statement: str | None = strawberry.field(
        description="What the evaluator said when heard; needed unless the evaluator has answered.", default=None
    )


@strawberry.input(description="A calibration session (kalibrasi) for a unit and all below.")
class StartCalibrationInput:
    """A calibration session."""

    unit_id: strawberry.ID = strawberry.field(description="The unit.")
    period_id: strawberry.ID = strawberry.field(description="The period.")
    window_id: strawberry.ID | None = strawberry.field(description=_WINDOW, default=None)
    held_on: date | None = strawberry.field(description="The day of the meeting; today when left out.", default=None)
    note: str = strawberry.field(description="What it is about.", default="")


@strawberry.input(description="New ratings for one evaluation in a calibration session.")
class ShiftRatingInput:
    """New ratings for one evaluation."""

    session_id: strawberry.ID = strawberry.field(description="The session.")
    evaluation_id: strawberry.ID = strawberry.field(description="The evaluation.")
    version: int = strawberry.field(description="Version of the evaluation that you saw.")
    reason: str = strawberry.field(description="Why.")
    result_to: Rating | None = strawberry.field(description="New rating of results; left out: as it is.", default=None)
    behavior_to: Rating | None = strawberry.field(
        description="New rating of behaviour; left out: as it is.", default=None
    )


@strawberry.input(description="The calibration session to be closed.")
class CloseCalibrationInput:
    """The calibration session to be closed."""

    session_id: strawberry.ID = strawberry.field(description="The session.")
    version: int = strawberry.field(description=_VERSION)
    note: str | None = strawberry.field(description="What was said; left out: as it is.", default=None)


@strawberry.input(description="Ratings that somebody thinks of giving; nothing is written.")
class DistributionProposal:
    """Ratings that somebody thinks of giving."""

    employee_id: strawberry.ID = strawberry.field(description="The employee.")
    result_rating: Rating = strawberry.field(description="Rating of results.")
    behavior_rating: Rating = strawberry.field(description="Rating of behaviour.")
