"""Values as a person reads them, in the language of the caller."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from babel.numbers import format_decimal

from core.i18n import N_, language, translate
from core.settings import Settings

NOTHING = "–"
_DATES = {"id": "id", "en": "en_GB"}
"""Day before month in both languages, as everybody here writes it."""
_YES, _NO = N_("yes"), N_("no")


def shown(value: Any, settings: Settings) -> str:
    """Return `value` as text: dates and numbers as the language writes them, nothing as a dash."""
    locale = language.get()
    text = str(value)
    if value is None or value == "":
        text = NOTHING
    elif isinstance(value, bool):
        text = translate(_YES if value else _NO)
    elif isinstance(value, datetime):
        local = value.astimezone(ZoneInfo(settings.time_zone))
        text = f"{_day(local, locale)} {format_time(local, format='short', locale=_DATES[locale])}"
    elif isinstance(value, date):
        text = _day(value, locale)
    elif isinstance(value, Decimal):
        text = format_decimal(value, locale=locale)
    return text


def term(value: Any) -> str:
    """Return a word of the law, such as a state or a rating, in the caller's language."""
    return translate(str(getattr(value, "value", value))) if value else NOTHING


def filled(text: str, **values: str) -> str:
    """Return the marked `text` in the caller's language with `{name}` replaced by the values."""
    result = translate(text)
    for name, value in values.items():
        result = result.replace(f"{{{name}}}", value)
    return result


def _day(value: date, locale: str) -> str:
    return format_date(value, format="long", locale=_DATES[locale])
