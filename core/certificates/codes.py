"""Codes of certificates: 20 signs out of 32, read aloud and typed without mistaking one for another."""

import secrets

VERIFY = "/-/verify/"
"""The address below which certificates are checked."""

_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH, _GROUP = 20, 5
_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})


def new_code() -> str:
    """Return a code that nobody can guess: 100 random bits."""
    return "".join(secrets.choice(_SIGNS) for _ in range(_LENGTH))


def read_code(text: str) -> str | None:
    """Return the code that somebody typed or scanned; None for what cannot be one.

    Spaces, hyphens and small letters are allowed, and signs that look like others count as those.
    """
    signs = "".join(sign for sign in text[: 4 * _LENGTH].upper() if sign not in " -\t").translate(_ALIKE)
    return signs if len(signs) == _LENGTH and set(signs) <= set(_SIGNS) else None


def grouped(code: str) -> str:
    """Return a code in groups of five, as it is printed."""
    return "-".join(code[place : place + _GROUP] for place in range(0, len(code), _GROUP))
