"""The terms of discipline as enums of the schema."""

from enum import StrEnum

import strawberry

from plugins.rewards.discipline import terms
from schema.engine import describe_values

_ENUMS: dict[type[StrEnum], tuple[str, str, dict[str, str]]] = {
    terms.SanctionLevel: (
        "SanctionLevel", "Level of a breach and of its sanction.",
        {"LIGHT": "Light (ringan).", "MEDIUM": "Medium (sedang).", "HEAVY": "Heavy (berat)."},
    ),
    terms.Impact: (
        "BreachImpact", "On whom a breach had its negative impact.",
        {
            "UNSTATED": "Not stated, where the law asks for none.", "UNIT": "The work unit (unit kerja).",
            "AGENCY": "The agency (instansi).", "STATE": "State or government (negara).",
        },
    ),
    terms.CaseState: (
        "DisciplineCaseState", "Where a case stands.",
        {
            "REPORTED": "A suspected breach was reported.", "DISMISSED": "There was nothing in the report.",
            "TAKEN_UP": "The superior has taken it up.", "SUMMONED": "Summoned the first time (pemanggilan I).",
            "ABSENT": "Did not come the first time.", "SUMMONED_AGAIN": "Summoned again (pemanggilan II).",
            "UNHEARD": "Did not come twice; is judged on what there is.", "APPEARED": "Came to the examination.",
            "EXAMINED": "The minutes are there (BAP).", "PROPOSED": "A sanction is proposed.",
            "CLEARED": "No breach was proved.", "DECIDED": "A sanction is decided.",
            "NOT_PRESENT": "Was not there when the decision was to be handed over.",
            "SENT": "The decision was sent.", "RECEIVED": "The decision was received.",
            "IN_EFFECT": "The sanction is in effect.", "ANNULLED": "The decision was annulled.",
            "CLOSED": "The case is closed.",
        },
    ),
    terms.MemberRole: (
        "TeamRole", "What somebody does in an examination team.",
        {"CHAIR": "Chair (ketua).", "SECRETARY": "Secretary (sekretaris).", "MEMBER": "Member (anggota)."},
    ),
    terms.MemberElement: (
        "TeamElement", "What somebody is in the team for.",
        {
            "SUPERIOR": "Direct superior (atasan langsung).", "OVERSIGHT": "Oversight (unsur pengawasan).",
            "HR": "HR (unsur kepegawaian).", "OTHER": "Another official.",
        },
    ),
    terms.SummonsOutcome: (
        "SummonsOutcome", "What became of a summons.",
        {"OPEN": "The day has not come.", "APPEARED": "The person came.", "ABSENT": "The person did not come."},
    ),
    terms.ExaminationMode: (
        "ExaminationMode", "How an examination is held; it is always closed.",
        {"IN_PERSON": "In one room (tatap muka).", "VIRTUAL": "Over the network (virtual)."},
    ),
    terms.BreachState: (
        "BreachState", "Whether a breach is proved.",
        {"ALLEGED": "Alleged.", "PROVED": "Proved (terbukti).", "NOT_PROVED": "Not proved (tidak terbukti)."},
    ),
    terms.Authority: (
        "SanctionAuthority", "Who imposes a sanction, lowest first.",
        {
            "DIRECT_SUPERIOR": "Direct superior (atasan langsung).", "NEXT_SUPERIOR": "The superior's superior.",
            "AUTHORIZED_OFFICIAL": "Authorized official (PyB).",
            "APPOINTING_AUTHORITY": "Appointing authority (PPK).", "PRESIDENT": "The President.",
        },
    ),
    terms.DecisionState: (
        "SanctionDecisionState", "Where a decision stands.",
        {
            "SET": "Set, not received yet.", "RECEIVED": "Received.", "IN_EFFECT": "In effect.",
            "ANNULLED": "Annulled.", "REPLACED": "A remedy put another one in its place.",
        },
    ),
    terms.RemedyKind: (
        "RemedyKind", "How somebody defends themselves against a decision (PP 79/2021).",
        {"OBJECTION": "Objection (keberatan).", "APPEAL": "Appeal to BPASN (banding administratif)."},
    ),
    terms.RemedyOutcome: (
        "RemedyOutcome", "What became of a remedy.",
        {
            "OPEN": "Not decided yet.", "UPHELD": "The decision stands.", "CHANGED": "Another sanction.",
            "ANNULLED": "The decision is annulled.", "INADMISSIBLE": "Was not heard.",
        },
    ),
    terms.ClockKind: (
        "DisciplineClockKind", "What must be done within a number of working days.",
        {
            "SUPERIOR_ACTS": "The superior takes up or dismisses a report.",
            "EXAMINATION_DAY": "From the summons to the examination.",
            "SECOND_SUMMONS": "The second summons.",
            "SECOND_EXAMINATION_DAY": "From the second summons to the examination.",
            "DELIVERY": "Handing the decision over.", "DISPATCH": "Sending it to who was not there.",
            "OBJECTION": "Filing an objection.", "APPEAL": "Filing an appeal.",
            "OBJECTION_DECISION": "Deciding on an objection.", "APPEAL_ANSWER": "Answering an appeal.",
            "APPEAL_DECISION": "Deciding on an appeal.",
        },
    ),
    terms.ClockState: (
        "DisciplineClockState", "Whether a deadline was kept.",
        {
            "RUNNING": "Runs.", "MET": "Was kept.", "BROKEN": "Was broken, with a reason.",
            "LAPSED": "Ended without anything to be done.",
        },
    ),
    terms.SalaryStopState: (
        "SalaryStopState", "How far the stop of a salary is.",
        {
            "REPORTED": "Reported by the superior.", "VERIFIED": "Confirmed by HR.",
            "SET": "Set by the budget officer (KPA).", "REJECTED": "Rejected by HR.", "LIFTED": "Lifted.",
        },
    ),
    terms.ReadChannel: (
        "CaseReadChannel", "How somebody read a case.",
        {"GRAPHQL": "Through GraphQL.", "PAGE": "On a page of the back office.", "EXPORT": "In a file."},
    ),
    terms.Step: (
        "DisciplineStep", "A step of a case.",
        {step.name: f"{step.name.replace('_', ' ').capitalize()}." for step in terms.Step},
    ),
}  # fmt: skip

for _members, (_name, _description, _values) in _ENUMS.items():
    strawberry.enum(_members, name=_name, description=_description)
    describe_values(_members, **_values)
