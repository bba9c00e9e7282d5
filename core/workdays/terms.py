"""Terms of the working calendar."""

from enum import StrEnum


class HolidayKind(StrEnum):
    """Why nobody works on a day."""

    NATIONAL = "NATIONAL"
    REGIONAL = "REGIONAL"
    COLLECTIVE_LEAVE = "COLLECTIVE_LEAVE"
