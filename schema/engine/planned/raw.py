"""Stored JSON printed as graphql-core's way prints it, whatever blanks and forms of numbers the database has."""

import re
from typing import Any

import orjson

from core.database import is_sqlite
from schema.engine.kinds import ANYTHING
from schema.engine.planned.marks import RAW, RAW_END
from schema.engine.planned.plain import read_json
from schema.engine.planned.reasons import Declined

_RAW = re.compile(f"{RAW}([^{RAW_END}]*){RAW_END}")


def printed(answer: str) -> str:
    """Return the answer with each stored JSON value printed anew."""
    return _RAW.sub(_one, answer)


def _one(match: re.Match[str]) -> str:
    try:
        # PostgreSQL's driver gives what the text says, SQLite's the text itself.
        value: Any = match[1] if is_sqlite() else read_json(match[1])
        value = ANYTHING.read(value)
        if value is None:
            raise Declined("a JSON null")
        return orjson.dumps(value, default=str).decode()
    except (ValueError, TypeError):
        raise Declined("stored JSON that is none") from None
