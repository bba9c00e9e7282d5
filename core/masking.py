"""Secrets taken out of texts that people read: settings, and the words of errors."""

import contextlib
import re
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from core.logs import HIDDEN
from core.settings import Settings

_SECRET_WORDS = ("password", "passwd", "secret", "token", "credential", "private", "api_key", "apikey", "salt")
_WITH_LOGIN = re.compile(r"(\w+://)\S*@")
_NAMED = re.compile(
    r"(?i)\b([\w.-]*(?:password|passwd|secret|token|api_?key)[\w.-]*[\"']?\s*[=:]\s*)(\"[^\"]*\"|'[^']*'|\S+)"
)
_BEARER = re.compile(r"(?i)\b(bearer|basic)\s+\S+")
_SHORTEST = 4
"""Characters from which on the value of a secret setting is looked for in texts."""


def is_secret(name: str) -> bool:
    """Whether a value of this name is for nobody to read."""
    lowered = name.lower()
    return any(word in lowered for word in _SECRET_WORDS) or lowered.endswith(("_key", "key"))


def masked(text: str, settings: Settings) -> str:
    """Return `text` without log-ins in addresses, named secrets and the values of secret settings."""
    for value in sorted(_secret_values(settings), key=len, reverse=True):
        text = text.replace(value, HIDDEN)
    text = _WITH_LOGIN.sub(rf"\1{HIDDEN}@", text)
    return _BEARER.sub(rf"\1 {HIDDEN}", _NAMED.sub(rf"\1{HIDDEN}", text))


def masked_address(url: str) -> str:
    """Return an address without its log-in, its secrets among the parameters and its fragment."""
    try:
        parts = urlsplit(url)
        parameters = [
            (name, HIDDEN if is_secret(name) else value)
            for name, value in parse_qsl(parts.query, keep_blank_values=True)
        ]
    except ValueError:
        return HIDDEN
    place = f"{HIDDEN}@{parts.netloc.rpartition('@')[2]}" if "@" in parts.netloc else parts.netloc
    whole = urlunsplit((parts.scheme, place, parts.path, urlencode(parameters).replace(quote(HIDDEN), HIDDEN), ""))
    return _WITH_LOGIN.sub(rf"\1{HIDDEN}@", whole)


def _secret_values(settings: Settings) -> set[str]:
    values = {name: getattr(settings, name) for name in type(settings).model_fields}
    found = {str(value) for name, value in values.items() if isinstance(value, str) and is_secret(name)}
    for keys in settings.sections.values():
        found |= {str(value) for name, value in keys.items() if is_secret(name)}
    for value in values.values():
        if isinstance(value, str) and "://" in value:
            found |= _passwords(value)
    return {value for value in found if len(value) >= _SHORTEST}


def _passwords(url: str) -> set[str]:
    login, at, _ = url.partition("://")[2].rpartition("@")
    found = {login.partition(":")[2]} if at else set()
    with contextlib.suppress(ValueError):
        found |= {value for name, value in parse_qsl(urlsplit(url).query) if is_secret(name)}
    return found
