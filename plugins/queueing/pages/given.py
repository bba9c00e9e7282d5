"""What a form of a page asks by its address: days, numbers and times, each with a message where it cannot be read."""

import math
from collections.abc import Mapping
from datetime import date

from core.plugin_api import N_, translate
from plugins.queueing.pages.problems import Faults
from plugins.queueing.rules.hours import is_time

EARLIEST = date(2000, 1, 1)
_LONGEST = 32


class Given:
    """The fields of a form as they were given, or their defaults, and what is wrong with them."""

    def __init__(self, given: Mapping[str, str], defaults: Mapping[str, str]) -> None:
        self.values = {name: given.get(name, default).strip()[:_LONGEST] for name, default in defaults.items()}
        self.faults = Faults()

    def day(self, name: str, last: date) -> date | None:
        """Return a day that is not after `last`."""
        try:
            day = date.fromisoformat(self.values[name])
        except ValueError:
            day = None
        if day is None or not EARLIEST <= day <= last:
            text = translate(N_("This is no day from {first} to {last}. Write one, such as {last}."))
            self.fault(name, text.format(first=EARLIEST, last=last))
            return None
        return day

    def number(self, name: str, least: float, most: float) -> float | None:
        """Return a number; people in Indonesia write its decimals after a comma."""
        try:
            value = float(self.values[name].replace(",", "."))
        except ValueError:
            value = math.nan
        if not least <= value <= most:
            text = translate(N_("This is no number from {least} to {most}. Write one of these."))
            self.fault(name, text.format(least=f"{least:g}", most=f"{most:g}"))
            return None
        return value

    def whole(self, name: str, least: int, most: int) -> int | None:
        """Return a whole number."""
        value = self.number(name, least, most)
        if value is not None and value != int(value):
            self.fault(name, translate(N_("This is no whole number. Write one without decimals.")))
            return None
        return None if value is None else int(value)

    def time(self, name: str) -> str:
        """Return a time of day, or nothing where none is given."""
        value = self.values[name]
        if value and not is_time(value):
            self.fault(name, translate(N_("This is no time of day. Write one such as 08:00, or leave it empty.")))
            return ""
        return value

    def fault(self, name: str, text: str) -> None:
        """Note what is wrong with a field; the first message stays."""
        self.faults.fields.setdefault(name, text)
