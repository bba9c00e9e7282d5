"""What makes a username and a password acceptable, how long wrong tries lock an account, what a token may be for."""

import re
from collections.abc import Collection, Iterable

from core.errors import Problem
from core.i18n import N_

SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 200
"""Hashing takes time with the length, so that a stranger must not choose it freely."""

READ = "read"
WRITE = "write"
"""The scopes of API tokens beside the names of single acts."""

_USERNAME = re.compile(r"[a-z0-9][a-z0-9._@-]{2,63}")
_SHORTEST_REVEALING_PART = 4
_FREE_TRIES = 4
_FIRST_LOCK_SECONDS = 30
_DOUBLINGS = 5


def normal_username(username: str) -> str:
    """Return a username as it is stored and compared: without blanks around it, in lower case."""
    return username.strip().lower()


def username_problems(username: str) -> list[Problem]:
    """Return what is wrong with a normal username."""
    if _USERNAME.fullmatch(username):
        return []
    return [
        Problem(
            "BAD_USERNAME",
            N_("The username does not fit. Use 3 to 64 letters, digits, dots, hyphens, underscores or @; no blanks."),
            ("input", "username"),
        )
    ]


def password_problems(password: str, known: Iterable[str], common: Collection[str], *path: str) -> list[Problem]:
    """Return what is wrong with a new password; `known` are the username and the numbers of its owner."""
    problems = []
    if len(password) < SHORTEST_PASSWORD:
        problems.append(
            Problem(
                "PASSWORD_TOO_SHORT",
                N_("The password is too short. Use at least {shortest} characters."),
                path,
                {"shortest": SHORTEST_PASSWORD},
            )
        )
    if len(password) > LONGEST_PASSWORD:
        problems.append(
            Problem(
                "PASSWORD_TOO_LONG",
                N_("The password is too long. Use at most {longest} characters."),
                path,
                {"longest": LONGEST_PASSWORD},
            )
        )
    folded = password.casefold()
    if any(part.casefold() in folded for part in known if len(part) >= _SHORTEST_REVEALING_PART):
        problems.append(
            Problem(
                "PASSWORD_REVEALING",
                N_("The password contains the username or the NIP. Choose one that nobody can guess from them."),
                path,
            )
        )
    if folded in common or len(set(folded)) == 1:
        problems.append(
            Problem(
                "PASSWORD_COMMON",
                N_("The password is among those that are tried first. Choose another, such as four unrelated words."),
                path,
            )
        )
    return problems


def lock_seconds(failures: int) -> int:
    """Return how long an account is locked after `failures` wrong passwords in a row: none for the first four, then
    30 seconds, doubled by each further one up to 16 minutes.
    """  # noqa: D205 - one sentence
    if failures <= _FREE_TRIES:
        return 0
    return _FIRST_LOCK_SECONDS * int(2 ** min(failures - _FREE_TRIES - 1, _DOUBLINGS))


def token_scopes(scopes: Iterable[str]) -> list[str]:
    """Return the scopes of a token in order, with `read` added: nobody can act on what he cannot see."""
    return sorted({READ, *scopes})
