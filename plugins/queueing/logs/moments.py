"""What a log calls a day and a time, as days and moments; pure, and quick for millions of cells."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

_KEPT = 100_000
"""Texts that are kept with their meaning: a day has 86,400 seconds, and logs repeat them."""
_ISO = frozenset({"%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"})
"""Formats for which there is a quicker reader, many times as quick."""

_CLOCK = frozenset({"%H:%M:%S", "%H:%M"})
_LIMITS = (24, 60, 60)


class Clock:
    """Reads days and times of one file in one time zone; each method raises ValueError for a text of another form."""

    def __init__(self, zone: ZoneInfo, day_format: str, time_format: str) -> None:
        self._zone = zone
        self._formats = (day_format, time_format)
        self._days: dict[str, date] = {}
        self._times: dict[str, timedelta] = {}
        self._midnights: dict[date, datetime | None] = {}

    def day(self, text: str) -> date:
        """Return the day that a text names."""
        found = self._days.get(text)
        if found is None:
            found = self._days[text] = datetime.strptime(text, self._formats[0]).date()  # noqa: DTZ007 - a day
        return found

    def time_of(self, day: date, text: str) -> datetime:
        """Return the moment (UTC) at which the clock of `day` shows what a text says."""
        since = self._times.get(text)
        if since is None:
            if len(self._times) >= _KEPT:
                self._times.clear()
            since = self._times[text] = _since_midnight(text, self._formats[1])
        return self._at(day, since)

    def moment(self, text: str) -> datetime:
        """Return the moment (UTC) of a text that holds its date."""
        form = self._formats[1]
        # Local, or with its offset.
        read = datetime.fromisoformat(text) if form in _ISO else datetime.strptime(text, form)  # noqa: DTZ007
        read = read.replace(microsecond=0)
        return (read if read.tzinfo else read.replace(tzinfo=self._zone)).astimezone(UTC)

    def local(self, moment: datetime) -> datetime:
        """Return a moment as the file's own clock shows it."""
        return moment.astimezone(self._zone)

    def _at(self, day: date, since: timedelta) -> datetime:
        if day not in self._midnights:
            first, after = (
                datetime.combine(each, datetime.min.time(), self._zone).astimezone(UTC)
                for each in (day, day + timedelta(days=1))
            )
            # On a day on which clocks are changed, an hour of the clock is no longer an hour after midnight.
            self._midnights[day] = first if after - first == timedelta(days=1) else None
        midnight = self._midnights[day]
        if midnight is not None:
            return midnight + since
        return (datetime.combine(day, datetime.min.time()) + since).replace(tzinfo=self._zone).astimezone(UTC)


def _since_midnight(text: str, form: str) -> timedelta:
    if form not in _CLOCK:
        read = datetime.strptime(text, form)  # noqa: DTZ007 - a time of day
        return timedelta(hours=read.hour, minutes=read.minute, seconds=read.second)
    parts = [int(part) for part in text.split(":") if part.isascii() and part.isdigit() and len(part) <= 2]
    if len(parts) != form.count(":") + 1 or any(part >= limit for part, limit in zip(parts, _LIMITS, strict=False)):
        raise ValueError(text)
    return timedelta(hours=parts[0], minutes=parts[1], seconds=sum(parts[2:]))
