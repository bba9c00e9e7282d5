"""The table of live events: what was announced lately, in the order of the commits, for streams to read again."""

import peewee as pw

from core.database import Table, UtcDateTimeField


class LiveEvent(Table):
    """An announced event, written in the transaction of its change; ids grow in the order of the commits.

    `payload` is JSON. A row without a name marks how far old events were deleted.
    """

    name = pw.CharField(max_length=128)
    payload = pw.TextField()
    at = UtcDateTimeField(index=True)
