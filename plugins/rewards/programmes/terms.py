"""Terms of programmes of recognition (program penghargaan)."""

from enum import StrEnum


class AwardKind(StrEnum):
    """The kinds of awards."""

    SERVICE_MEDAL = "SERVICE_MEDAL"
    MERIT_PROMOTION = "MERIT_PROMOTION"
    APPRECIATION = "APPRECIATION"
    EMPLOYEE_OF_PERIOD = "EMPLOYEE_OF_PERIOD"
    INNOVATION = "INNOVATION"


class AwardState(StrEnum):
    """Whether an award holds."""

    GRANTED = "GRANTED"
    REVOKED = "REVOKED"


class RoundState(StrEnum):
    """Whether a round of a programme takes nominations and decisions."""

    OPEN = "OPEN"
    CLOSED = "CLOSED"


class RunState(StrEnum):
    """Where an eligibility run stands."""

    WAITING = "WAITING"
    RUNNING = "RUNNING"
    DONE = "DONE"
    FAILED = "FAILED"


class NominationBasis(StrEnum):
    """Who nominates: the rule (an eligibility run, by HR), the superior, a colleague."""

    RULE = "RULE"
    SUPERIOR = "SUPERIOR"
    PEER = "PEER"


class NominationState(StrEnum):
    """Where a nomination stands; REJECTED, DECLINED, GRANTED and WITHDRAWN are final.

    REJECTED: the verification failed. AWARDED: by decree, the time for objections runs. DECLINED: not awarded.
    """

    NOMINATED = "NOMINATED"
    VERIFIED = "VERIFIED"
    REJECTED = "REJECTED"
    AWARDED = "AWARDED"
    DECLINED = "DECLINED"
    GRANTED = "GRANTED"
    WITHDRAWN = "WITHDRAWN"


FINAL_STATES = frozenset(
    {NominationState.REJECTED, NominationState.DECLINED, NominationState.GRANTED, NominationState.WITHDRAWN}
)

AWARDED_STATES = frozenset({NominationState.AWARDED, NominationState.GRANTED})
"""States that count against the quota."""


class AwardObjectionState(StrEnum):
    """Where an objection to a decision stands; ACCEPTED: it was right, the panel decides anew."""

    FILED = "FILED"
    ACCEPTED = "ACCEPTED"
    DENIED = "DENIED"


class FilePurpose(StrEnum):
    """What a stored file is for."""

    EVIDENCE = "EVIDENCE"
    DECREE = "DECREE"


class CriterionKind(StrEnum):
    """What a criterion is about."""

    EMPLOYMENT = "EMPLOYMENT"
    SERVICE_YEARS = "SERVICE_YEARS"
    NO_SANCTION = "NO_SANCTION"
    NO_LEAVE = "NO_LEAVE"
    PREDICATE_STREAK = "PREDICATE_STREAK"
    INNOVATION_ADOPTED = "INNOVATION_ADOPTED"
    FACT = "FACT"
    NOT_AWARDED = "NOT_AWARDED"


class CriterionSpan(StrEnum):
    """Which days a criterion looks at: all, the counted service, the period of the round, or the last years."""

    EVER = "EVER"
    SERVICE = "SERVICE"
    PERIOD = "PERIOD"
    YEARS = "YEARS"


class Outcome(StrEnum):
    """Whether somebody fulfils a criterion; UNKNOWN: it cannot be told, so it does not count as fulfilled."""

    MET = "MET"
    NOT_MET = "NOT_MET"
    UNKNOWN = "UNKNOWN"
