"""Keys of groups as the API shows them."""

from datetime import date
from typing import Any

from schema.aggregates.asked import Key
from schema.aggregates.sql import Statistics


def read_key(key: Key, raw: Any) -> Any:
    """Return a plain key of a group as the API shows it."""
    if raw is None:
        return None
    if key.bucket is not None:
        return raw if isinstance(raw, date) else date.fromisoformat(raw)
    if key.info.kind.name == "Decimal":
        return Statistics(key.info, ()).value(raw)
    return key.info.kind.read(raw)
