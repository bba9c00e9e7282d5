"""Terms of charts."""

from enum import Enum


class ChartKind(Enum):
    """Kinds of charts."""

    BAR = "BAR"
    COLUMN = "COLUMN"
    LINE = "LINE"
    SHARE = "SHARE"
