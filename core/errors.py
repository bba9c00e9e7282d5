"""Refusals as data: a problem names the place, the fault and the remedy, in the caller's language."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from core.i18n import translate


@dataclass(frozen=True)
class Problem:
    """One fault of a request.

    `path` is the place in the input (`("input", "targets", 3, "unit")`), `code` a stable UPPER_SNAKE name,
    `text` an English message with `{named}` gaps that is also the key of its translation.
    """

    code: str
    text: str
    path: tuple[str | int, ...] = ()
    params: dict[str, Any] = field(default_factory=dict)

    def message(self, language: str | None = None) -> str:
        """Return the text in `language` (default: the caller's), gaps filled."""
        return translate(self.text, language).format(**self.params)

    def fault_and_remedy(self, language: str | None = None) -> tuple[str, str]:
        """Return the message in two: what is wrong (its first sentence) and what to do about it (the rest)."""
        fault, _, remedy = translate(self.text, language).partition(". ")
        return fault.removesuffix(".").format(**self.params), remedy.format(**self.params)

    def under(self, *prefix: str | int) -> "Problem":
        """Return the same problem with `prefix` before its path."""
        return Problem(self.code, self.text, (*prefix, *self.path), self.params)


class Refused(Exception):  # noqa: N818 - a refusal is an expected outcome, not an error of the program
    """A service refuses; the transaction around it is rolled back and the problems are shown to the caller."""

    def __init__(self, problems: Sequence[Problem] | Problem) -> None:
        self.problems: tuple[Problem, ...] = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("; ".join(f"{p.code}: {p.message('en')}" for p in self.problems))


def refuse(code: str, text: str, /, *path: str | int, **params: Any) -> Refused:
    """Make a refusal with one problem, to be raised: its code, its marked text, its path, and the gaps of the text."""
    return Refused(Problem(code, text, path, params))


def forbidden(*path: str | int) -> Refused:
    """Return the refusal for an act that the policy does not allow."""
    return refuse("FORBIDDEN", "You are not allowed to do this. Ask your HR office for the right role.", *path)


def not_found(*path: str | int, id: Any = None) -> Refused:
    """Return the refusal for a row that is absent or hidden; the two are never told apart."""
    return refuse("NOT_FOUND", "Nothing is found under {id}. Check the id.", *path, id=id)


def stale(*path: str | int) -> Refused:
    """Return the refusal for a change based on an older version."""
    return refuse(
        "STALE_VERSION", "Somebody changed this in the meantime. Load it again and repeat your change.", *path
    )


class CannotStart(Exception):  # noqa: N818 - a stop with a remedy, told to the person who starts the application
    """The application cannot start as it is set up; each problem names the fault and what to do."""

    def __init__(self, problems: Sequence[Problem] | Problem) -> None:
        self.problems: tuple[Problem, ...] = (problems,) if isinstance(problems, Problem) else tuple(problems)
        # Nobody has said a language yet when the application starts, so the log shows both.
        super().__init__("\n".join(problem.message(code) for problem in self.problems for code in ("en", "id")))

    def message(self, language: str | None = None) -> str:
        """Return all problems in one language, a line each."""
        return "\n".join(problem.message(language) for problem in self.problems)
