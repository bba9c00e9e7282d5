"""What clients send about facts of indicators."""

from datetime import date

import strawberry

from schema.facts_terms import FactSubject


@strawberry.input(description="An indicator to take its actual value from a fact.")
class BindFactInput:
    """An indicator to be bound."""

    indicator_id: strawberry.ID = strawberry.field(description="The indicator (IKI), of a plan that takes changes.")
    fact: str = strawberry.field(description="Name of the fact, one of `facts`.")
    subject: FactSubject | None = strawberry.field(
        description="The subject that you expect, checked where it is given.", default=None
    )


@strawberry.input(description="A binding to be taken away.")
class UnbindFactInput:
    """A binding to be taken away."""

    id: strawberry.ID = strawberry.field(description="The binding.")
    version: int = strawberry.field(description="The version that you saw.")


@strawberry.input(description="What to measure: a window, days of your own, or the latest window until today.")
class MeasureFactInput:
    """What to measure."""

    indicator_id: strawberry.ID = strawberry.field(description="The bound indicator (IKI).")
    window_id: strawberry.ID | None = strawberry.field(
        description="The evaluation window, as far as the plan ran in it until today.", default=None
    )
    starts_on: date | None = strawberry.field(description="First day; that of the window when left out.", default=None)
    ends_on: date | None = strawberry.field(description="Last day; that of the window when left out.", default=None)


@strawberry.input(description="A measured value to be accepted.")
class AcceptFactInput:
    """A measured value to be accepted."""

    id: strawberry.ID = strawberry.field(description="The measured value.")
    version: int = strawberry.field(description="The version that you saw.")
    comment: str | None = strawberry.field(description="What you say about it.", default=None)


@strawberry.input(description="A measured value to be rejected, and why.")
class RejectFactInput:
    """A measured value to be rejected."""

    id: strawberry.ID = strawberry.field(description="The measured value.")
    version: int = strawberry.field(description="The version that you saw.")
    comment: str = strawberry.field(description="Why; the employee reads it.")
