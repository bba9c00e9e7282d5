"""Programmes in the world of the walk: the institution's, one of the archive with named scorers, one not in use."""

from datetime import date, timedelta
from typing import Any

from core.certificates.models import Certificate
from core.organisation.models import Employee
from plugins.rewards.programmes.models import (
    Award,
    AwardObjection,
    EligibilityResult,
    EligibilityRun,
    Nomination,
    PanelMember,
    PanelScore,
    RewardCriteria,
    RewardFile,
    RewardProgramme,
    RewardRound,
)
from plugins.rewards.programmes.terms import (
    AwardKind,
    FilePurpose,
    NominationBasis,
    NominationState,
    RoundState,
    RunState,
)
from tests.support.calls import NOON

TODAY = NOON.date()
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
READ = "rewards.read_nominations"
_STATES = {
    "new": ("main", "officer", "registry", "clerk", NominationState.NOMINATED),
    "verified": ("main", "clerk", "registry", "chief", NominationState.VERIFIED),
    "awarded": ("main", "other", "archive", None, NominationState.AWARDED),
    "ready": ("main", "chief", "registry", None, NominationState.AWARDED),
    "granted": ("main", "secretary", "root", "head", NominationState.GRANTED),
    "rejected": ("main", "head", "agency", "secretary", NominationState.REJECTED),
    "archive": ("archive", "other_chief", "archive", "head", NominationState.VERIFIED),
}


def add_programmes(rows: dict[str, Any]) -> None:
    """Add rows of every table of programmes, and a certificate."""
    for label, where, is_active, shows in (
        ("main", None, True, False),
        ("archive", "archive", True, True),
        ("former", None, False, True),
    ):
        programme = rows[f"programme.{label}"] = RewardProgramme.create(
            code=label, name=label, kind=AwardKind.APPRECIATION, unit=rows[f"unit.{where}"] if where else None,
            nominators=["RULE", "SUPERIOR", "PEER"], checklist=[], shows_scorers=shows, is_active=is_active,
        )  # fmt: skip
        rows[f"criteria.{label}"] = RewardCriteria.create(programme=programme, revision=1, criteria=[])
        _round(rows, label, programme)
    _round(rows, "empty", rows["programme.main"])
    _round(rows, "closed", rows["programme.main"], RoundState.CLOSED)
    _runs(rows)
    _nominations(rows)
    _panel(rows)
    certificate = rows["certificate.officer"] = _certificate(rows["employee.officer"], "1")
    rows["certificate.gone"] = _certificate(None, "2")
    for label, is_published in (("private", False), ("open", True)):
        rows[f"award.{label}"] = Award.create(
            employee=rows["employee.officer"], kind=AwardKind.INNOVATION, title=label, awarded_on=YESTERDAY,
            decree_number="7", unit=rows["unit.registry"], is_published=is_published,
            certificate=certificate if is_published else None,
        )  # fmt: skip
    _files(rows)


def _files(rows: dict[str, Any]) -> None:
    places = [("nomination", label, FilePurpose.EVIDENCE) for label in _STATES]
    places += [("nomination", "awarded", FilePurpose.DECREE), ("nomination", "ready", FilePurpose.DECREE)]
    places += [("award", "private", FilePurpose.DECREE), ("award", "open", FilePurpose.DECREE)]
    for table, label, purpose in places:
        rows[f"reward_file.{label}_{purpose.value.lower()}"] = RewardFile.create(
            purpose=purpose, title=label, file_name="a.pdf", content_type="application/pdf", size_bytes=1, sha256="0",
            storage_key="", **{table: rows[f"{table}.{label}"]},
        )  # fmt: skip


def _round(rows: dict[str, Any], label: str, programme: Any, state: RoundState = RoundState.OPEN) -> None:
    rows[f"reward_round.{label}"] = RewardRound.create(
        programme=programme, name=label, starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31),
        nominations_until=date(2026, 12, 31), state=state,
    )  # fmt: skip


def _certificate(employee: Any, number: str) -> Certificate:
    return Certificate.create(
        code=number * 20, kind="rewards.award", title="-", holder_name="-", issuer="-", issued_on=YESTERDAY, lines=[],
        subject_type="Award", subject_id=1, employee=employee,
    )  # fmt: skip


def _runs(rows: dict[str, Any]) -> None:
    for label in ("main", "archive"):
        run = rows[f"run.{label}"] = EligibilityRun.create(
            round=rows[f"reward_round.{label}"], as_of=TODAY, state=RunState.DONE, snapshot={}, account_name="-"
        )
        people = (("officer", "registry"), ("other", "archive"), ("deputy", None)) if label == "main" else ()
        for who, where in people:
            rows[f"eligibility.{who}"] = EligibilityResult.create(
                run=run, employee=rows[f"employee.{who}"], unit=rows[f"unit.{where}"] if where else None,
                is_eligible=False, findings=[], confidential=[{"sanction": "MEDIUM_1"}],
            )  # fmt: skip


def _nominations(rows: dict[str, Any]) -> None:
    for label, (round_, who, where, nominator, state) in _STATES.items():
        rows[f"nomination.{label}"] = Nomination.create(
            round=rows[f"reward_round.{round_}"], employee=rows[f"employee.{who}"], unit=rows[f"unit.{where}"],
            basis=NominationBasis.PEER, nominator=rows[f"employee.{nominator}"] if nominator else None, statement="-",
            evidence=[], checked=[], nominated_on=YESTERDAY, state=state, decided_on=YESTERDAY,
            objection_until=YESTERDAY if label == "ready" else TOMORROW, reason="-", findings=[], snapshot={},
        )  # fmt: skip


def _panel(rows: dict[str, Any]) -> None:
    for label, round_, who in (
        ("main", "main", "secretary"),
        ("spare", "main", "deputy"),
        ("archive", "archive", "head"),
    ):
        rows[f"panel.{label}"] = PanelMember.create(
            round=rows[f"reward_round.{round_}"], employee=rows[f"employee.{who}"]
        )
    for label, who in (("verified", "secretary"), ("awarded", "secretary"), ("archive", "head")):
        rows[f"score.{label}"] = PanelScore.create(
            nomination=rows[f"nomination.{label}"], member=rows[f"employee.{who}"], score=80
        )
    rows["award_objection.clerk"] = AwardObjection.create(
        nomination=rows["nomination.awarded"], employee=rows["employee.clerk"], reason="-", filed_on=TODAY
    )


def _programme(f: Any, who: Any, row: Any) -> bool:
    return who.is_known and (row.is_active or f.anywhere(who, READ))


def _of_programme(f: Any, who: Any, row: Any) -> bool:
    return _programme(f, who, row.programme)


def _run(f: Any, who: Any, row: Any) -> bool:
    return bool(f.role(who, READ, row.round.programme.unit_id))


def _reads(f: Any, who: Any, row: Any) -> bool:
    return bool(f.role(who, READ, row.unit_id))


def _own_or_reads(f: Any, who: Any, row: Any) -> bool:
    return f.is_me(who, row.employee_id) or _reads(f, who, row)


def _sits(f: Any, who: Any, round_id: int) -> bool:
    return any(f.is_me(who, one.employee_id) for one in f.rows(PanelMember).values() if one.round_id == round_id)


def _knows(f: Any, who: Any, row: Any) -> bool:
    return row.employee_id in f.seen(who, Employee)


def _nomination(f: Any, who: Any, row: Any) -> bool:
    if not who.is_known:
        return False
    if _reads(f, who, row) or f.is_me(who, row.nominator_id):
        return True
    if row.state in {"AWARDED", "GRANTED"} and _knows(f, who, row):
        return True
    return row.state not in {"NOMINATED", "REJECTED", "WITHDRAWN"} and _sits(f, who, row.round_id)


def _names_nominator(f: Any, who: Any, row: Any) -> bool:
    return _reads(f, who, row) or f.is_me(who, row.nominator_id)


def _works_on(f: Any, who: Any, row: Any) -> bool:
    return _names_nominator(f, who, row) or _sits(f, who, row.round_id)


def _member(f: Any, who: Any, row: Any) -> bool:
    if not who.is_known:
        return False
    programme = row.round.programme
    is_shown = programme.shows_scorers and programme.is_active
    return f.anywhere(who, READ) or is_shown or _sits(f, who, row.round_id)


def _score(f: Any, who: Any, row: Any) -> bool:
    is_over = row.nomination.state in {"AWARDED", "GRANTED", "DECLINED"}
    sits = is_over and _sits(f, who, row.nomination.round_id)
    return sits or f.is_me(who, row.member_id) or _reads(f, who, row.nomination)


def _scorer(f: Any, who: Any, row: Any) -> bool:
    return row.nomination.round.programme.shows_scorers or f.is_me(who, row.member_id)


def _objection(f: Any, who: Any, row: Any) -> bool:
    return f.is_me(who, row.nomination.employee_id) or _objector(f, who, row)


def _objector(f: Any, who: Any, row: Any) -> bool:
    return f.is_me(who, row.employee_id) or _reads(f, who, row.nomination)


def _details(f: Any, who: Any, employee: int) -> bool:
    """Whether the caller is the employee, the superior, or reads where the employee works."""
    from tests.support.walk.rows import _knows_details

    return _knows_details(f, who, employee)


def _award(f: Any, who: Any, row: Any) -> bool:
    return (row.is_published and _knows(f, who, row)) or _details(f, who, row.employee_id) or _reads(f, who, row)


def _file(f: Any, who: Any, row: Any) -> bool:
    if row.award_id is not None:
        return _award(f, who, row.award)
    if row.purpose == "DECREE":
        return _own_or_reads(f, who, row.nomination)
    return _nomination(f, who, row.nomination) and _works_on(f, who, row.nomination)


def _certificate_seen(f: Any, who: Any, row: Any) -> bool:
    return _details(f, who, row.employee_id)


SEES_OF_PROGRAMMES: dict[Any, Any] = {
    RewardProgramme: _programme,
    RewardCriteria: _of_programme,
    RewardRound: _of_programme,
    EligibilityRun: _run,
    EligibilityResult: _own_or_reads,
    Nomination: _nomination,
    PanelMember: _member,
    PanelScore: _score,
    AwardObjection: _objection,
    Award: _award,
    RewardFile: _file,
    Certificate: _certificate_seen,
}
"""The rules are open to everybody known; who is proposed, only those who have to do with it."""

READS_OF_PROGRAMMES: dict[Any, Any] = {
    (EligibilityResult, "confidential"): lambda f, who, row: f.is_me(who, row.employee_id),
    (Nomination, "nominator"): _names_nominator,
    **{(Nomination, name): _works_on for name in ("statement", "evidence", "checked", "verification_note", "reason")},
    **{(Nomination, name): _own_or_reads for name in ("findings", "snapshot", "result")},
    (PanelScore, "member"): _scorer,
    (AwardObjection, "employee"): _objector,
    (Award, "revoked_reason"): _own_or_reads,
}
"""Who reads what of a row."""
