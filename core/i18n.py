"""Texts in Indonesian and English: catalogues read from .po files, the caller's language in a context variable."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import cache
from pathlib import Path

from babel.dates import format_date
from babel.messages.pofile import read_po

LANGUAGES = ("id", "en")

language: ContextVar[str] = ContextVar("language", default="id")
"""The caller's language; Indonesian unless the caller says otherwise."""

_catalogues: dict[str, dict[str, str]] = {"id": {}, "en": {}}


def N_(text: str) -> str:  # noqa: N802 - gettext's own name for "mark, translate later"
    """Mark `text` for the catalogue and return it unchanged."""
    return text


def load_translations(folder: Path) -> None:
    """Add every `<language>/*.po` (or `<language>.po`) below `folder` to the catalogues."""
    for code in LANGUAGES:
        for path in sorted([*folder.glob(f"{code}/*.po"), *folder.glob(f"{code}.po")]):
            _catalogues[code].update(_messages(path, code))


@cache
def _messages(path: Path, code: str) -> dict[str, str]:
    """Return what a file translates; read once, however many applications one process makes."""
    with path.open("rb") as file:
        return {
            message.id: str(message.string)
            for message in read_po(file, locale=code)
            if message.id and message.string and isinstance(message.id, str)
        }


def translate(text: str, to: str | None = None) -> str:
    """Return `text` in language `to` (default: the caller's); the English text where a translation is absent."""
    return _catalogues.get(to or language.get(), {}).get(text, text)


def has_translation(text: str, to: str) -> bool:
    """Whether the catalogue of language `to` holds `text`."""
    return text in _catalogues[to]


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Use language `code` (one of LANGUAGES) inside the block."""
    token = language.set(code if code in LANGUAGES else "id")
    try:
        yield
    finally:
        language.reset(token)


load_translations(Path(__file__).parent / "translations")


def long_day(day: date, language: str) -> str:
    """Return a day in words as people write it: `21 November 2025`."""
    return format_date(day, "long", locale={"en": "en_GB"}.get(language, language))
