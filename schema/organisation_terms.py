"""The terms of the organisation as GraphQL enums; registered once, before any type shows them."""

import strawberry

from core.organisation.terms import (
    AssignmentKind,
    EmployeeState,
    EmploymentStatus,
    PositionGroup,
    Sex,
    SupervisionBasis,
    SupervisionGap,
)

__all__ = [
    "AssignmentKind",
    "EmployeeState",
    "EmploymentStatus",
    "PositionGroup",
    "Sex",
    "SupervisionBasis",
    "SupervisionGap",
]

strawberry.enum(EmploymentStatus, name="EmploymentStatus", description="Kind of employment (status kepegawaian).")
strawberry.enum(EmployeeState, name="EmployeeState", description="Whether somebody serves.")
strawberry.enum(Sex, name="Sex", description="Sex, as the civil-service number encodes it.")
strawberry.enum(
    PositionGroup,
    name="PositionGroup",
    description="Groups of positions (JPT, administrasi, fungsional, pelaksana; UU 20/2023 Pasal 13, 14, 18).",
)
strawberry.enum(
    AssignmentKind,
    name="AssignmentKind",
    description="For good, or acting while the post is vacant (PLT) or its holder away (PLH).",
)
strawberry.enum(SupervisionBasis, name="SupervisionBasis", description="Why somebody supervises somebody on a day.")
strawberry.enum(SupervisionGap, name="SupervisionGap", description="Why nobody supervises somebody on a day.")
