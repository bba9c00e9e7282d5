"""Terms of the overview of units."""

from enum import StrEnum


class DutyKind(StrEnum):
    """What somebody owes: a plan that is set, progress, an evaluation, or to take note of one."""

    PLAN = "PLAN"
    PROGRESS = "PROGRESS"
    PERIODIC_EVALUATION = "PERIODIC_EVALUATION"
    ANNUAL_EVALUATION = "ANNUAL_EVALUATION"
    ACKNOWLEDGEMENT = "ACKNOWLEDGEMENT"


class OrderState(StrEnum):
    """Whether reminders ordered for a whole list are sent already."""

    WAITING = "WAITING"
    DONE = "DONE"
