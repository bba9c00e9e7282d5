"""The terms of planning as GraphQL enums; registered once, for whichever module shows them."""

import strawberry

from core.planning.services import AssignOutcome
from core.planning.terms import (
    Aspect,
    BehaviorValue,
    Direction,
    Frequency,
    MeasuringPattern,
    PeriodState,
    Perspective,
    PlanApproach,
    PlanState,
    WorkResultKind,
)

strawberry.enum(
    Frequency, name="Frequency", description="How often a period is evaluated besides the annual evaluation."
)
strawberry.enum(PeriodState, name="PeriodState", description="Whether a period takes changes: only an OPEN one does.")
strawberry.enum(
    PlanApproach,
    name="PlanApproach",
    description="How results are measured: by numeric targets or in words (pendekatan kuantitatif, kualitatif).",
)
strawberry.enum(
    PlanState,
    name="PlanState",
    description="Where a plan (SKP) stands; ENDED: its holder moved on and it is evaluated for its own span.",
)
strawberry.enum(
    WorkResultKind,
    name="WorkResultKind",
    description="Main or additional work result (hasil kerja utama, tambahan).",
)
strawberry.enum(
    Perspective,
    name="Perspective",
    description="The four perspectives of a senior executive's plan (perspektif JPT).",
)
strawberry.enum(Aspect, name="Aspect", description="What an indicator measures (kuantitas, kualitas, waktu, biaya).")
strawberry.enum(Direction, name="Direction", description="Whether a higher or a lower value is better.")
strawberry.enum(
    MeasuringPattern,
    name="MeasuringPattern",
    description=(
        "How values of a year come together (hitungan, posisi, rilis): counts add up, of positions the latest stands, "
        "a release is not measured before its day."
    ),
)
strawberry.enum(
    BehaviorValue, name="BehaviorValue", description="The seven core values BerAKHLAK (SE MenPANRB 20/2021)."
)
strawberry.enum(AssignOutcome, name="AssignOutcome", description="What handing out a template did for one employee.")

__all__ = [
    "Aspect",
    "AssignOutcome",
    "BehaviorValue",
    "Direction",
    "Frequency",
    "MeasuringPattern",
    "PeriodState",
    "Perspective",
    "PlanApproach",
    "PlanState",
    "WorkResultKind",
]
