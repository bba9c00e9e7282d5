"""Terms of leave and attendance."""

from enum import StrEnum


class LeaveKind(StrEnum):
    """The kinds of leave of a civil servant (cuti)."""

    ANNUAL = "ANNUAL"
    LONG = "LONG"
    SICK = "SICK"
    MATERNITY = "MATERNITY"
    IMPORTANT_REASON = "IMPORTANT_REASON"
    COLLECTIVE = "COLLECTIVE"
    UNPAID = "UNPAID"


class AttendanceState(StrEnum):
    """Whether somebody worked on a day, stayed away with a valid reason, or stayed away without one."""

    PRESENT = "PRESENT"
    EXCUSED = "EXCUSED"
    UNEXCUSED = "UNEXCUSED"
