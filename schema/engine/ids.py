"""Global ids: plain text like "Employee:12"."""

from core.errors import refuse
from core.i18n import N_

_LARGEST_KEY = 2**63 - 1


def encode_id(type_name: str, key: int) -> str:
    """Return the global id of row `key` of the type."""
    return f"{type_name}:{key}"


def split_id(value: object) -> tuple[str, int] | None:
    """Return type name and key of a global id, or None when it has not the form of one."""
    if not isinstance(value, str):
        return None
    name, colon, digits = value.partition(":")
    if not name or not colon or not digits.isascii() or not digits.isdigit() or len(digits) > 19:
        return None
    key = int(digits)
    return (name, key) if key <= _LARGEST_KEY else None


def decode_id(type_name: str, value: str, *path: str | int) -> int:
    """Return the key in a global id of the type; refuse with BAD_ID at `path` otherwise."""
    parts = split_id(value)
    if parts is None or parts[0] != type_name:
        raise refuse(
            "BAD_ID",
            N_("{id} is not an id of {type}. Use the id as the API gave it, like {example}."),
            *path,
            id=str(value)[:60],
            type=type_name,
            example=f"{type_name}:12",
        )
    return parts[1]
