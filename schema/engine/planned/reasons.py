"""Why an operation is left to graphql-core, in words for developers, and when it is not."""

import peewee as pw


class Declined(Exception):  # noqa: N818 - no fault: the other way answers as well
    """The planner leaves the operation to graphql-core; `reason` says why, in English."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Stopped(Exception):  # noqa: N818 - named for what happened
    """The database stopped the statement for its time; asking again the other way would take as long.

    `field` is the response key of the first root field, `error` what the database said.
    """

    def __init__(self, field: str, error: pw.OperationalError) -> None:
        super().__init__(str(error))
        self.field = field
        self.error = error
