"""Why an operation is left to graphql-core, in words for developers."""


class Declined(Exception):  # noqa: N818 - no fault: the other way answers as well
    """The planner leaves the operation to graphql-core; `reason` says why, in English."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
