"""Terms of discipline (disiplin PNS, PP 94/2021)."""

from enum import StrEnum


class SanctionLevel(StrEnum):
    """Level of a breach and of its sanction: ringan, sedang, berat."""

    LIGHT = "LIGHT"
    MEDIUM = "MEDIUM"
    HEAVY = "HEAVY"


class Impact(StrEnum):
    """On whom a breach had its negative impact: unit kerja, instansi, negara; UNSTATED where the law asks for none."""

    UNSTATED = "UNSTATED"
    UNIT = "UNIT"
    AGENCY = "AGENCY"
    STATE = "STATE"


class CaseState(StrEnum):
    """Where a case stands; DISMISSED, CLEARED, ANNULLED and CLOSED are final.

    ABSENT: did not come to the first examination. UNHEARD: did not come to the second either, is judged on what there
    is. NOT_PRESENT and SENT: the decision could not be handed over, and was sent. CLEARED: no breach was proved.
    """

    REPORTED = "REPORTED"
    DISMISSED = "DISMISSED"
    TAKEN_UP = "TAKEN_UP"
    SUMMONED = "SUMMONED"
    ABSENT = "ABSENT"
    SUMMONED_AGAIN = "SUMMONED_AGAIN"
    UNHEARD = "UNHEARD"
    APPEARED = "APPEARED"
    EXAMINED = "EXAMINED"
    PROPOSED = "PROPOSED"
    CLEARED = "CLEARED"
    DECIDED = "DECIDED"
    NOT_PRESENT = "NOT_PRESENT"
    SENT = "SENT"
    RECEIVED = "RECEIVED"
    IN_EFFECT = "IN_EFFECT"
    ANNULLED = "ANNULLED"
    CLOSED = "CLOSED"


FINAL_STATES = frozenset({CaseState.DISMISSED, CaseState.CLEARED, CaseState.ANNULLED, CaseState.CLOSED})

UNDER_EXAMINATION = frozenset(
    {
        CaseState.TAKEN_UP,
        CaseState.SUMMONED,
        CaseState.ABSENT,
        CaseState.SUMMONED_AGAIN,
        CaseState.UNHEARD,
        CaseState.APPEARED,
        CaseState.EXAMINED,
        CaseState.PROPOSED,
    }
)
"""While a case stands there, or a remedy is open, its person is not moved to another unit."""


class Step(StrEnum):
    """What is done to a case."""

    REPORT = "REPORT"
    TAKE_UP = "TAKE_UP"
    HAND_UP = "HAND_UP"
    ASSIGN = "ASSIGN"
    DISMISS = "DISMISS"
    CHARGE = "CHARGE"
    FORM_TEAM = "FORM_TEAM"
    RELEASE = "RELEASE"
    SUMMON = "SUMMON"
    NOTE_ABSENCE = "NOTE_ABSENCE"
    SUMMON_AGAIN = "SUMMON_AGAIN"
    NOTE_SECOND_ABSENCE = "NOTE_SECOND_ABSENCE"
    NOTE_APPEARANCE = "NOTE_APPEARANCE"
    EXAMINE = "EXAMINE"
    PROPOSE = "PROPOSE"
    CLEAR = "CLEAR"
    DECIDE = "DECIDE"
    DELIVER = "DELIVER"
    NOTE_NOT_PRESENT = "NOTE_NOT_PRESENT"
    DISPATCH = "DISPATCH"
    NOTE_RECEIPT = "NOTE_RECEIPT"
    PUT_IN_EFFECT = "PUT_IN_EFFECT"
    FILE_REMEDY = "FILE_REMEDY"
    ANSWER_REMEDY = "ANSWER_REMEDY"
    DECIDE_REMEDY = "DECIDE_REMEDY"
    ANNUL = "ANNUL"
    CLOSE = "CLOSE"


class MemberRole(StrEnum):
    """What somebody does in an examination team: ketua, sekretaris, anggota."""

    CHAIR = "CHAIR"
    SECRETARY = "SECRETARY"
    MEMBER = "MEMBER"


class MemberElement(StrEnum):
    """What somebody is in the team for: atasan langsung, unsur pengawasan, unsur kepegawaian, another official."""

    SUPERIOR = "SUPERIOR"
    OVERSIGHT = "OVERSIGHT"
    HR = "HR"
    OTHER = "OTHER"


class SummonsOutcome(StrEnum):
    """What became of a summons."""

    OPEN = "OPEN"
    APPEARED = "APPEARED"
    ABSENT = "ABSENT"


class ExaminationMode(StrEnum):
    """How an examination is held; it is always closed."""

    IN_PERSON = "IN_PERSON"
    VIRTUAL = "VIRTUAL"


class BreachState(StrEnum):
    """Whether a charged breach is proved."""

    ALLEGED = "ALLEGED"
    PROVED = "PROVED"
    NOT_PROVED = "NOT_PROVED"


class Authority(StrEnum):
    """Who imposes a sanction: atasan langsung, its superior, PyB, PPK, President; lowest first."""

    DIRECT_SUPERIOR = "DIRECT_SUPERIOR"
    NEXT_SUPERIOR = "NEXT_SUPERIOR"
    AUTHORIZED_OFFICIAL = "AUTHORIZED_OFFICIAL"
    APPOINTING_AUTHORITY = "APPOINTING_AUTHORITY"
    PRESIDENT = "PRESIDENT"


class DecisionState(StrEnum):
    """Where a decision stands; REPLACED: a remedy put another one in its place."""

    SET = "SET"
    RECEIVED = "RECEIVED"
    IN_EFFECT = "IN_EFFECT"
    ANNULLED = "ANNULLED"
    REPLACED = "REPLACED"


class RemedyKind(StrEnum):
    """How somebody defends themselves against a decision (PP 79/2021): keberatan, or banding to BPASN."""

    OBJECTION = "OBJECTION"
    APPEAL = "APPEAL"


class RemedyOutcome(StrEnum):
    """What became of a remedy; INADMISSIBLE: not heard (late, wrong body)."""

    OPEN = "OPEN"
    UPHELD = "UPHELD"
    CHANGED = "CHANGED"
    ANNULLED = "ANNULLED"
    INADMISSIBLE = "INADMISSIBLE"


class ClockKind(StrEnum):
    """What must be done within a number of working days."""

    SUPERIOR_ACTS = "SUPERIOR_ACTS"
    EXAMINATION_DAY = "EXAMINATION_DAY"
    SECOND_SUMMONS = "SECOND_SUMMONS"
    SECOND_EXAMINATION_DAY = "SECOND_EXAMINATION_DAY"
    DELIVERY = "DELIVERY"
    DISPATCH = "DISPATCH"
    OBJECTION = "OBJECTION"
    APPEAL = "APPEAL"
    OBJECTION_DECISION = "OBJECTION_DECISION"
    APPEAL_ANSWER = "APPEAL_ANSWER"
    APPEAL_DECISION = "APPEAL_DECISION"


class ClockState(StrEnum):
    """Whether a clock runs, was met, was broken (with a reason), or ran out on a right that nobody had to use."""

    RUNNING = "RUNNING"
    MET = "MET"
    BROKEN = "BROKEN"
    LAPSED = "LAPSED"


class ReadChannel(StrEnum):
    """How somebody read a case."""

    GRAPHQL = "GRAPHQL"
    PAGE = "PAGE"
    EXPORT = "EXPORT"


class SalaryStopState(StrEnum):
    """How far the stop of salary after ten days of absence in a row is: superior, HR, budget officer, lifted."""

    REPORTED = "REPORTED"
    VERIFIED = "VERIFIED"
    SET = "SET"
    REJECTED = "REJECTED"
    LIFTED = "LIFTED"
