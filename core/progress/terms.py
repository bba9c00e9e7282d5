"""Terms of carrying out, monitoring and coaching."""

from enum import StrEnum


class EvidenceKind(StrEnum):
    """Whether evidence is a link, a stored file, or a fact that a plugin measured."""

    LINK = "LINK"
    FILE = "FILE"
    FACT = "FACT"


class GiverRelation(StrEnum):
    """What the giver of feedback is to the person."""

    SUPERIOR = "SUPERIOR"
    PEER = "PEER"
    SUBORDINATE = "SUBORDINATE"


class FeedbackTone(StrEnum):
    """Whether feedback confirms or asks for change."""

    POSITIVE = "POSITIVE"
    CONSTRUCTIVE = "CONSTRUCTIVE"
