"""How long to wait before a request is sent again."""

import math
import random
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def retry_after(header: str | None, now: datetime | None = None) -> float | None:
    """Return the seconds that a `Retry-After` header asks for (seconds or a date); None without a readable one."""
    if header is None or not header.strip():
        return None
    try:
        seconds = float(header)
    except ValueError:
        try:
            moment = parsedate_to_datetime(header)
        except ValueError:
            return None
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        seconds = (moment - (now or datetime.now(UTC))).total_seconds()
    return max(0.0, seconds) if math.isfinite(seconds) else None


def back_off(number: int, longest: float) -> float:
    """Return the seconds to wait before attempt `number` (from 0): doubling, with chance, up to `longest`."""
    # So that clients that were turned away together do not return together; nothing secret hangs on it.
    return min(longest, 0.5 * 2.0 ** min(number, 30)) * random.uniform(0.5, 1.0)  # noqa: S311
