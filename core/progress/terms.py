"""Terms of carrying out, monitoring and coaching."""

from enum import StrEnum


class EvidenceKind(StrEnum):
    """Whether evidence is a link or a stored file."""

    LINK = "LINK"
    FILE = "FILE"


class GiverRelation(StrEnum):
    """What the giver of feedback is to the person."""

    SUPERIOR = "SUPERIOR"
    PEER = "PEER"
    SUBORDINATE = "SUBORDINATE"


class FeedbackTone(StrEnum):
    """Whether feedback confirms or asks for change."""

    POSITIVE = "POSITIVE"
    CONSTRUCTIVE = "CONSTRUCTIVE"
