"""States of an entry of the bin."""

from enum import StrEnum


class BinState(StrEnum):
    """Whether what was archived is still in the bin."""

    IN_BIN = "IN_BIN"
    RESTORED = "RESTORED"
