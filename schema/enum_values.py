"""What each value of core's enums means, shown in the schema; the law's own word in parentheses."""

from enum import Enum

from core.organisation.terms import (
    AssignmentKind,
    EmployeeState,
    EmploymentStatus,
    PositionGroup,
    Sex,
    SupervisionBasis,
    SupervisionGap,
)
from core.planning.rules.measuring import MeasuringState, Standing
from core.planning.services import AssignOutcome
from core.planning.terms import (
    Aspect,
    BehaviorValue,
    Direction,
    Frequency,
    MeasuringPattern,
    PeriodState,
    Perspective,
    PlanApproach,
    PlanState,
    WorkResultKind,
)
from core.progress.terms import EvidenceKind, FeedbackTone, GiverRelation
from core.workdays.terms import HolidayKind
from schema.engine.enums import describe_values

ORGANISATION: dict[type[Enum], dict[str, str]] = {
    EmploymentStatus: {
        "PNS": "Permanent civil servant (pegawai negeri sipil).",
        "CPNS": "Civil servant on probation (calon PNS).",
        "PPPK": "Government employee on contract (pegawai pemerintah dengan perjanjian kerja).",
    },
    Sex: {"MALE": "Male (laki-laki).", "FEMALE": "Female (perempuan)."},
    EmployeeState: {
        "ACTIVE": "Serves (aktif).",
        "ON_LEAVE": "Is on leave or delegated elsewhere for the time being (cuti).",
        "LEFT": "Serves no longer (berhenti atau pensiun).",
    },
    PositionGroup: {
        "EXECUTIVE": "Senior executive position (jabatan pimpinan tinggi).",
        "MANAGERIAL": "Administrator or supervisor (jabatan administrator, pengawas).",
        "FUNCTIONAL": "Functional position (jabatan fungsional).",
        "OPERATIONAL": "Operational position (jabatan pelaksana).",
    },
    AssignmentKind: {
        "DEFINITIVE": "Holds the position for good (definitif).",
        "PLT": "Acts while the post is vacant (pelaksana tugas).",
        "PLH": "Acts while the holder is away (pelaksana harian).",
    },
    SupervisionBasis: {
        "HEAD": "Is head of the unit (kepala unit kerja).",
        "ACTING_PLT": "Acts as head while the post is vacant (Plt.).",
        "ACTING_PLH": "Acts as head while the head is away (Plh.).",
        "DELEGATION": "Was delegated the supervision (pendelegasian).",
        "NAMED": "Was named as superior in the assignment (pejabat penilai yang ditunjuk).",
    },
    SupervisionGap: {
        "NO_ASSIGNMENT": "The person holds no assignment on the day.",
        "NO_HEAD": "Nobody heads the unit or acts as its head on the day.",
        "TOP_OF_INSTITUTION": "Nobody stands above the person in this institution.",
        "SEVERAL_HEADS": "Several people head the unit on the day, so that none of them can be said to supervise.",
    },
    HolidayKind: {
        "NATIONAL": "National holiday (libur nasional).",
        "REGIONAL": "Holiday of the region (libur daerah).",
        "COLLECTIVE_LEAVE": "Collective leave (cuti bersama).",
    },
}

PLANNING: dict[type[Enum], dict[str, str]] = {
    Frequency: {
        "MONTHLY": "Every month (bulanan).",
        "QUARTERLY": "Every three months (triwulanan).",
        "HALF_YEARLY": "Every six months (semesteran).",
    },
    PeriodState: {
        "PLANNED": "Not opened yet; takes no changes.",
        "OPEN": "Takes plans, progress and evaluations.",
        "CLOSED": "Closed; takes no changes any more.",
    },
    PlanApproach: {
        "QUANTITATIVE": "Results have indicators with numeric targets (kuantitatif).",
        "QUALITATIVE": "Results are expected in words (kualitatif).",
    },
    PlanState: {
        "DRAFT": "Is being written (rancangan).",
        "SUBMITTED": "Waits for the evaluator (diajukan).",
        "RETURNED": "Was returned for changes (dikembalikan).",
        "APPROVED": "Is in force (ditetapkan).",
        "ENDED": "Its holder moved on; it is evaluated for its own span.",
    },
    WorkResultKind: {
        "MAIN": "Main work result (hasil kerja utama).",
        "ADDITIONAL": "Additional work result (hasil kerja tambahan).",
    },
    Perspective: {
        "SERVICE_RECIPIENT": "Those who are served (penerima layanan).",
        "BUSINESS_PROCESS": "Business process (proses bisnis).",
        "INTERNAL_STRENGTHENING": "Strengthening from inside (penguatan internal).",
        "BUDGET": "Budget (anggaran).",
    },
    Aspect: {
        "QUANTITY": "How much (kuantitas).",
        "QUALITY": "How good (kualitas).",
        "TIME": "How timely (waktu).",
        "COST": "At what cost (biaya).",
    },
    Direction: {
        "HIGHER_IS_BETTER": "A higher value is better.",
        "LOWER_IS_BETTER": "A lower value is better.",
    },
    MeasuringPattern: {
        "COUNT": "Values of a year add up.",
        "POSITION": "The latest value stands.",
        "RELEASE": "The value comes out on a day; before it, nothing is measured.",
    },
    BehaviorValue: {
        "SERVICE_ORIENTED": "Oriented to service (berorientasi pelayanan).",
        "ACCOUNTABLE": "Accountable (akuntabel).",
        "COMPETENT": "Competent (kompeten).",
        "HARMONIOUS": "Harmonious (harmonis).",
        "LOYAL": "Loyal (loyal).",
        "ADAPTIVE": "Adaptive (adaptif).",
        "COLLABORATIVE": "Collaborative (kolaboratif).",
    },
    AssignOutcome: {
        "CREATED": "A plan was made from the template.",
        "HAS_PLAN": "The employee had a plan already; nothing was changed.",
        "REFUSED": "No plan could be made; the problems say why.",
    },
    MeasuringState: {
        "MEASURED": "There is a value.",
        "NO_VALUE": "No value was reported.",
        "NOT_YET_RELEASED": "The value is not due yet; it counts neither as 0 nor as 100.",
    },
    Standing: {
        "WORSE": "Worse than the target range.",
        "WITHIN": "Within the target range.",
        "BETTER": "Better than the target range.",
    },
}

PROGRESS: dict[type[Enum], dict[str, str]] = {
    EvidenceKind: {
        "LINK": "An address elsewhere.",
        "FILE": "A file kept here.",
        "FACT": "A value that a plugin measured and the superior accepted.",
    },
    GiverRelation: {
        "SUPERIOR": "Superior (atasan).",
        "PEER": "Peer (rekan sejawat).",
        "SUBORDINATE": "Subordinate (bawahan).",
    },
    FeedbackTone: {"POSITIVE": "Confirms what was done.", "CONSTRUCTIVE": "Asks for a change."},
}


def describe_core_enums() -> None:
    """Describe the values of every enum of core that the schema shows; evaluation describes its own."""
    for members, texts in (ORGANISATION | PLANNING | PROGRESS).items():
        if hasattr(members, "__strawberry_definition__"):
            describe_values(members, **texts)
