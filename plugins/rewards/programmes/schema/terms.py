"""The terms of programmes as enums of the schema."""

import strawberry

from plugins.rewards.programmes.terms import (
    AwardKind,
    AwardObjectionState,
    AwardState,
    CriterionKind,
    FilePurpose,
    NominationBasis,
    NominationState,
    Outcome,
    RoundState,
    RunState,
)
from schema.engine import describe_values

__all__ = [
    "AwardKind",
    "AwardObjectionState",
    "AwardState",
    "CriterionKind",
    "FilePurpose",
    "NominationBasis",
    "NominationState",
    "Outcome",
    "RoundState",
    "RunState",
]

strawberry.enum(AwardKind, name="AwardKind", description="Kinds of awards.")
describe_values(
    AwardKind,
    SERVICE_MEDAL="Medal for years of service (Satyalancana Karya Satya).",
    MERIT_PROMOTION="Promotion on merit (kenaikan pangkat luar biasa).",
    APPRECIATION="Appreciation by a leader (apresiasi).",
    EMPLOYEE_OF_PERIOD="Employee of the month or of another period (pegawai teladan).",
    INNOVATION="For an innovation (penghargaan inovasi).",
)

strawberry.enum(AwardState, name="AwardState", description="Whether an award holds.")
describe_values(AwardState, GRANTED="It holds.", REVOKED="It was revoked (dicabut).")

strawberry.enum(RoundState, name="RewardRoundState", description="Whether a round takes nominations and decisions.")
describe_values(RoundState, OPEN="It does.", CLOSED="It is over.")

strawberry.enum(RunState, name="EligibilityRunState", description="Where an eligibility run stands.")
describe_values(
    RunState,
    WAITING="It waits for a worker.",
    RUNNING="A worker is at it.",
    DONE="Its results are there.",
    FAILED="It broke off; start another one.",
)

strawberry.enum(NominationBasis, name="NominationBasis", description="Who nominates.")
describe_values(
    NominationBasis,
    RULE="HR, with somebody whom the newest run found eligible.",
    SUPERIOR="The superior.",
    PEER="A colleague (rekan).",
)

strawberry.enum(NominationState, name="NominationState", description="Where a nomination stands.")
describe_values(
    NominationState,
    NOMINATED="Waits for verification.",
    VERIFIED="Before the panel and the decision (terverifikasi).",
    REJECTED="Not right in verification; final.",
    AWARDED="Awarded by decree; objections may be filed.",
    DECLINED="Not awarded; final.",
    GRANTED="The award is given; final.",
    WITHDRAWN="Taken back; final.",
)

strawberry.enum(AwardObjectionState, name="AwardObjectionState", description="Where an objection stands.")
describe_values(
    AwardObjectionState,
    FILED="Waits for an answer.",
    ACCEPTED="Was right: the panel decides anew.",
    DENIED="Was not right: the decision stands.",
)

strawberry.enum(CriterionKind, name="EligibilityCriterionKind", description="What a criterion is about.")
describe_values(
    CriterionKind,
    EMPLOYMENT="Kind of employment (status kepegawaian).",
    SERVICE_YEARS="Full years of continuous service (masa kerja).",
    NO_SANCTION="No sanction of some levels.",
    NO_LEAVE="No leave of some kinds, such as unpaid leave (CLTN).",
    PREDICATE_STREAK="Annual predicates in a row.",
    INNOVATION_ADOPTED="Innovations that were adopted.",
    FACT="A fact of a plugin within bounds.",
    NOT_AWARDED="No award of the same programme yet.",
)

strawberry.enum(FilePurpose, name="RewardFilePurpose", description="What a stored file is for.")
describe_values(
    FilePurpose,
    EVIDENCE="It speaks for a nomination (bukti dukung).",
    DECREE="The signed decree (surat keputusan).",
)

strawberry.enum(Outcome, name="EligibilityOutcome", description="Whether a criterion is fulfilled.")
describe_values(
    Outcome,
    MET="It is.",
    NOT_MET="It is not.",
    UNKNOWN="It cannot be told, for example because a plugin is off; counts as not fulfilled.",
)
