"""The seal of a chart's specification: only what was made here is drawn here."""

import hmac
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import orjson

_PURPOSE = b"kinerja chart 1"


def sealed(spec: dict[str, Any], secret: str) -> dict[str, Any]:
    """Return the specification with its seal."""
    return {**spec, "usermeta": {"seal": _seal(spec, secret)}}


def is_sealed(spec: Mapping[str, Any], secret: str) -> bool:
    """Whether the specification is one that `sealed` gave, unchanged."""
    bare = {name: value for name, value in spec.items() if name != "usermeta"}
    meta = spec.get("usermeta")
    given = meta.get("seal") if isinstance(meta, Mapping) and len(meta) == 1 else None
    return isinstance(given, str) and given.isascii() and hmac.compare_digest(given, _seal(bare, secret))


def _seal(spec: Mapping[str, Any], secret: str) -> str:
    content = orjson.dumps(_plain(spec), option=orjson.OPT_SORT_KEYS)
    return hmac.new(_PURPOSE + secret.encode(), content, sha256).hexdigest()


def _plain(value: Any) -> Any:
    """Return a value as any client gives it back: 3.0 may have become 3 on the way."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, Mapping):
        return {name: _plain(part) for name, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, list) else value
