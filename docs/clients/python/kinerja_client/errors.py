"""How the API says no: problems of a mutation, and errors of a request."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol, TypedDict, TypeVar, cast


class Problem(TypedDict):
    """One problem of a mutation: a stable code, a message for people, and the place in the input."""

    path: list[str]
    code: str
    message: str


class KinerjaError(Exception):
    """The API did not answer an operation; `code` and `message` are those of the first error.

    `status` is that of HTTP, 0 where no answer came; `request_id` finds the request in the server's log; `data` is what
    was read in spite of the errors.
    """

    def __init__(
        self,
        code: str,
        message: str,
        status: int = 0,
        request_id: str | None = None,
        errors: Sequence[Mapping[str, Any]] = (),
        data: object = None,
    ) -> None:
        super().__init__(f"{code}: {message}")
        self.code, self.message, self.status, self.request_id = code, message, status, request_id
        self.errors, self.data = errors, data

    @property
    def may_pass(self) -> bool:
        """Whether the same may work a little later: no answer, too much at once, or a fault of the server."""
        return self.status in {0, 429} or self.status >= 500


class Refused(Exception):  # noqa: N818 - the name says what happened
    """A mutation was refused and wrote nothing; `problems` say why."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(f"{problem['code']}: {problem['message']}" for problem in problems))
        self.problems = list(problems)


class _Payload(Protocol):
    def __getitem__(self, name: Any, /) -> Any: ...


P = TypeVar("P", bound=_Payload)


def done(payload: P) -> P:
    """Return the payload of a mutation that was done; raise `Refused` with its problems otherwise."""
    problems = cast("list[Problem]", payload["problems"])
    if problems:
        raise Refused(problems)
    return payload
