"""Whole numbers that come as text from outside: ids, pages, versions."""

LARGEST = 2**31 - 1
"""The largest id that every database has room for."""

_MOST_DIGITS = len(str(LARGEST))


def whole_number(text: str) -> int | None:
    """Return the number from 0 to LARGEST that plain digits write, None where the text is anything else.

    The length is looked at first: Python refuses to read some thousands of digits with an error of its own.
    """
    is_plain = text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
    return int(text) if is_plain and int(text) <= LARGEST else None
