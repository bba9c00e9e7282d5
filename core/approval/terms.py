"""States of a request for approval."""

from enum import StrEnum


class RequestState(StrEnum):
    """What became of a request."""

    WAITING = "WAITING"
    APPROVED = "APPROVED"
    REJECTED = "REJECTED"
    WITHDRAWN = "WITHDRAWN"
