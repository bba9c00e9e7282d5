"""The terms of progress and feedback as enums of the schema."""

import strawberry

from core.planning.rules.measuring import MeasuringState, Standing
from core.progress.terms import EvidenceKind, FeedbackTone, GiverRelation

__all__ = ["EvidenceKind", "FeedbackTone", "GiverRelation", "MeasuringState", "Standing"]

strawberry.enum(
    EvidenceKind, name="EvidenceKind", description="Whether evidence is a link, a stored file, or a measured fact."
)
strawberry.enum(GiverRelation, name="GiverRelation", description="What the giver of feedback is to the person.")
strawberry.enum(
    FeedbackTone, name="FeedbackTone", description="Whether feedback confirms or asks for change (umpan balik)."
)
strawberry.enum(
    MeasuringState,
    name="MeasuringState",
    description="Whether an indicator has a value on a day; without one it is neither 0 nor 100.",
)
strawberry.enum(Standing, name="TargetStanding", description="Where a value stands to its target range.")
