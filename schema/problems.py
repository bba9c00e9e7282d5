"""Expected failures as data: what a payload says when a service refuses."""

import strawberry

from core.errors import Problem as CoreProblem
from core.errors import Refused


@strawberry.type(name="Problem", description="One fault of a request, with its place and remedy.")
class Problem:
    """A problem as the client sees it."""

    path: list[str] = strawberry.field(
        description='Place in the input, like ["input", "targets", "3", "unitId"]; empty for the whole request.'
    )
    code: str = strawberry.field(description="Stable name of the fault, UPPER_SNAKE.")
    message: str = strawberry.field(description="What is wrong and what to do, in the caller's language.")


def show(problem: CoreProblem, language: str) -> Problem:
    """Return a problem of core as the API shows it."""
    return Problem(path=[str(part) for part in problem.path], code=problem.code, message=problem.message(language))


def show_all(refusal: Refused, language: str) -> list[Problem]:
    """Return every problem of a refusal as the API shows it."""
    return [show(problem, language) for problem in refusal.problems]
