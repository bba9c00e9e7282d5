"""What clients send about progress, feedback and dialogues."""

from datetime import date
from decimal import Decimal

import strawberry

from schema.planning_terms import BehaviorValue
from schema.progress_terms import FeedbackTone, GiverRelation


@strawberry.input(description="Progress to be recorded; name the indicator, or the work result without one.")
class RecordProgressInput:
    """Progress to be recorded."""

    happened_on: date = strawberry.field(description="The day on which it was done.")
    indicator_id: strawberry.ID | None = strawberry.field(description="The indicator (IKI).", default=None)
    work_result_id: strawberry.ID | None = strawberry.field(
        description="The work result (RHK); may be left out beside an indicator.", default=None
    )
    plan_id: strawberry.ID | None = strawberry.field(
        description="The plan (SKP), checked where it is given.", default=None
    )
    quantity: Decimal | None = strawberry.field(description="How much, in the indicator's unit.", default=None)
    note: str | None = strawberry.field(description="What was done, in words.", default=None)


@strawberry.input(description="A batch of progress records.")
class RecordProgressBatchInput:
    """A batch of progress records."""

    idempotency_key: str = strawberry.field(
        description="A text of your own, new for each batch; the same key with the same rows answers the same again."
    )
    rows: list[RecordProgressInput] = strawberry.field(description="1 to 1000 records.")
    all_or_nothing: bool = strawberry.field(
        description="Whether one bad row keeps all others out; otherwise the good rows are recorded.", default=False
    )


@strawberry.input(description="What changes in a record; what is left out stays.")
class CorrectProgressInput:
    """What changes in a record."""

    id: strawberry.ID = strawberry.field(description="The record.")
    version: int = strawberry.field(description="The version that you saw.")
    happened_on: date | None = strawberry.field(description="The day.", default=strawberry.UNSET)
    quantity: Decimal | None = strawberry.field(description="How much.", default=strawberry.UNSET)
    note: str | None = strawberry.field(description="What was done.", default=strawberry.UNSET)


@strawberry.input(description="A record to be removed, and why.")
class RemoveProgressInput:
    """A record to be removed."""

    id: strawberry.ID = strawberry.field(description="The record.")
    version: int = strawberry.field(description="The version that you saw.")
    reason: str = strawberry.field(description="Why; the history keeps it.")


@strawberry.input(description="A link as evidence. Files are sent to POST /files/evidence.")
class AddEvidenceLinkInput:
    """A link as evidence."""

    progress_record_id: strawberry.ID = strawberry.field(description="What it proves.")
    url: str = strawberry.field(description="Address, http or https.")
    title: str | None = strawberry.field(description="Title; the address when left out.", default=None)


@strawberry.input(description="Evidence to be removed.")
class RemoveEvidenceInput:
    """Evidence to be removed."""

    id: strawberry.ID = strawberry.field(description="The evidence.")
    version: int = strawberry.field(description="The version that you saw.")


@strawberry.input(description="Feedback; name exactly one of the plan, the employee and the request.")
class GiveFeedbackInput:
    """Feedback to be given."""

    tone: FeedbackTone = strawberry.field(description="Confirming or asking for change.")
    text: str = strawberry.field(description="What you observed.")
    plan_id: strawberry.ID | None = strawberry.field(description="The plan (SKP).", default=None)
    employee_id: strawberry.ID | None = strawberry.field(
        description="The person; its plan of today is meant.", default=None
    )
    request_id: strawberry.ID | None = strawberry.field(
        description="The request of a round that this answers.", default=None
    )
    work_result_id: strawberry.ID | None = strawberry.field(description="The work result meant.", default=None)
    behavior_value: BehaviorValue | None = strawberry.field(description="The value meant.", default=None)


@strawberry.input(description="A feedback round to be held.")
class StartFeedbackRoundInput:
    """A feedback round to be held."""

    name: str = strawberry.field(description="Its name.")
    period_id: strawberry.ID = strawberry.field(description="The period of the plans.")
    unit_id: strawberry.ID = strawberry.field(description="The unit whose people are meant, with all below.")
    opens_on: date = strawberry.field(description="First day for answers.")
    closes_on: date = strawberry.field(description="Last day for answers.")
    relations: list[GiverRelation] = strawberry.field(
        description="Who is asked.", default_factory=lambda: list(GiverRelation)
    )
    peers: int = strawberry.field(description="How many peers are drawn for each person (0-20).", default=5)


@strawberry.input(description="A talk that was held about a plan.")
class RecordDialogueInput:
    """A talk that was held."""

    plan_id: strawberry.ID = strawberry.field(description="The plan (SKP).")
    held_on: date = strawberry.field(description="The day of the talk.")
    topic: str = strawberry.field(description="What it was about.")
    summary: str = strawberry.field(description="What was said.")
    agreed_actions: str | None = strawberry.field(description="What was agreed.", default=None)


@strawberry.input(description="What changes in a recorded talk; what is left out stays.")
class UpdateDialogueInput:
    """What changes in a recorded talk."""

    id: strawberry.ID = strawberry.field(description="The dialogue.")
    version: int = strawberry.field(description="The version that you saw.")
    held_on: date | None = strawberry.field(description="The day of the talk.", default=strawberry.UNSET)
    topic: str | None = strawberry.field(description="What it was about.", default=strawberry.UNSET)
    summary: str | None = strawberry.field(description="What was said.", default=strawberry.UNSET)
    agreed_actions: str | None = strawberry.field(description="What was agreed.", default=strawberry.UNSET)
