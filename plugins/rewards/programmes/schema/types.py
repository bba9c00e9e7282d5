"""Programmes, rounds, runs, nominations and awards as clients see them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, cast

import strawberry

from core.plugin_api import Context
from plugins.rewards.programmes import models
from plugins.rewards.programmes.rules.texts import sentence
from plugins.rewards.programmes.schema.terms import (
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
from plugins.rewards.programmes.services.programmes import newest_criteria_of
from schema.engine import Connection, Node, batch, column, entity, pages, relation
from schema.scalars import JSON

if TYPE_CHECKING:
    from schema.certificates import Certificate
    from schema.organisation import Employee, WorkUnit

_Employee = Annotated["Employee", strawberry.lazy("schema.organisation")]
_WorkUnit = Annotated["WorkUnit", strawberry.lazy("schema.organisation")]
_Certificate = Annotated["Certificate", strawberry.lazy("schema.certificates")]
_HERE = "plugins.rewards.programmes.schema.types"
_Programme = Annotated["RewardProgramme", strawberry.lazy(_HERE)]
_Criteria = Annotated["RewardCriteria", strawberry.lazy(_HERE)]
_Round = Annotated["RewardRound", strawberry.lazy(_HERE)]
_Run = Annotated["EligibilityRun", strawberry.lazy(_HERE)]
_Nomination = Annotated["Nomination", strawberry.lazy(_HERE)]
_File = Annotated["RewardFile", strawberry.lazy(_HERE)]
_Award = Annotated["Award", strawberry.lazy(_HERE)]

_VERSION = "Version to name in a change."


def _raw(field: Any, description: str) -> Any:
    return column(field, description, filterable=False, orderable=False)


@strawberry.type(description="One criterion and one person: whether it is fulfilled, and why, with the evidence.")
class EligibilityFinding:
    """One criterion and one person."""

    kind: CriterionKind = strawberry.field(description="What it is about.")
    outcome: Outcome = strawberry.field(description="Whether it is fulfilled.")
    text: str = strawberry.field(description="Why, in the caller's language.")
    text_id: str = strawberry.field(description="The same in Indonesian.")
    text_en: str = strawberry.field(description="The same in English.")
    evidence: JSON = strawberry.field(description="What it rests on: values, periods, ids.")


def _shown(ctx: Context, stored: Any) -> list[EligibilityFinding]:
    return [
        EligibilityFinding(
            kind=CriterionKind(one["kind"]),
            outcome=Outcome(one["outcome"]),
            text=sentence(one, ctx.language),
            text_id=sentence(one, "id"),
            text_en=sentence(one, "en"),
            evidence=cast("JSON", {"values": one["values"], "rows": one.get("evidence", [])}),
        )
        for one in stored or []
    ]


def _findings(ctx: Context, rows: Sequence[Any]) -> list[list[EligibilityFinding]]:
    return [_shown(ctx, row.findings) for row in rows]


def _newest(_ctx: Context, rows: Sequence[Any]) -> list[int]:
    found = newest_criteria_of([row.id for row in rows])
    return [found[row.id] for row in rows]


@entity(models.RewardProgramme, order=("name",))
class RewardProgramme(Node):
    """A programme of recognition with open rules (program penghargaan)."""

    code: str = column(models.RewardProgramme.code, "Short code, unique.")
    name: str = column(models.RewardProgramme.name, "Name.")
    kind: AwardKind = column(models.RewardProgramme.kind, "What it gives.")
    unit: _WorkUnit | None = relation(models.RewardProgramme.unit, "Only for this unit and those below; null: for all.")
    description: str = column(models.RewardProgramme.description, "What it is for.")
    legal_basis: str = column(models.RewardProgramme.legal_basis, "The regulation (dasar hukum).")
    source: str = column(models.RewardProgramme.source, "Where its rules were found.")
    confidence: str = column(models.RewardProgramme.confidence, "How sure the source is: H, M or L.")
    template: str = column(models.RewardProgramme.template, "The shipped template that it comes from; empty: none.")
    quota_per_unit: int | None = column(models.RewardProgramme.quota_per_unit, "Awards for each unit in a round.")
    quota_depth: int | None = column(
        models.RewardProgramme.quota_depth, "Depth of the units of the quota (0: the institution); null: the own unit."
    )
    nominators: JSON = _raw(models.RewardProgramme.nominators, "Who nominates: RULE, SUPERIOR, PEER.")
    checklist: JSON = _raw(models.RewardProgramme.checklist, "What verification ticks off: code, id, en.")
    min_scores: int = column(models.RewardProgramme.min_scores, "Scores needed for a decision.")
    excludes_own_unit: bool = column(models.RewardProgramme.excludes_own_unit, "Whether nobody scores the own unit.")
    shows_scorers: bool = column(models.RewardProgramme.shows_scorers, "Whether scores are shown with names.")
    objection_days: int = column(models.RewardProgramme.objection_days, "Working days for objections.")
    is_active: bool = column(models.RewardProgramme.is_active, "Whether it is in use.")
    version: int = column(models.RewardProgramme.version, _VERSION)
    criteria: _Criteria | None = batch(_newest, "The criteria that hold now.")
    criteria_versions: Connection[_Criteria] = pages(models.RewardCriteria.programme, "Every version of the criteria.")
    rounds: Connection[_Round] = pages(models.RewardRound.programme, "Its rounds.")
    awards: Connection[_Award] = pages(models.Award.programme, "Awards that it gave.")


@entity(models.RewardCriteria, order=("-revision",))
class RewardCriteria(Node):
    """A version of the criteria of a programme (kriteria)."""

    programme: _Programme | None = relation(models.RewardCriteria.programme, "The programme.")
    revision: int = column(models.RewardCriteria.revision, "Number of the version; the highest holds.")
    criteria: JSON = _raw(models.RewardCriteria.criteria, "The rules over facts.")
    note: str = column(models.RewardCriteria.note, "Why it was changed.")
    version: int = column(models.RewardCriteria.version, "Version of the row.")


@entity(models.RewardRound, order=("-starts_on",))
class RewardRound(Node):
    """A period for which a programme gives awards."""

    programme: _Programme | None = relation(models.RewardRound.programme, "The programme.")
    name: str = column(models.RewardRound.name, "Name.")
    starts_on: date = column(models.RewardRound.starts_on, "First day of the period.")
    ends_on: date = column(models.RewardRound.ends_on, "Last day of the period.")
    nominations_until: date = column(models.RewardRound.nominations_until, "Last day for nominations.")
    state: RoundState = column(models.RewardRound.state, "Whether it is open.")
    version: int = column(models.RewardRound.version, _VERSION)
    runs: Connection[_Run] = pages(models.EligibilityRun.round, "Eligibility runs.")
    nominations: Connection[_Nomination] = pages(models.Nomination.round, "Nominations that the caller may see.")
    panel: Connection[Annotated["PanelMember", strawberry.lazy(_HERE)]] = pages(
        models.PanelMember.round, "Who scores, as far as the programme shows it."
    )


@entity(models.EligibilityResult, order=("id",))
class EligibilityResult(Node):
    """Whether somebody fulfilled the criteria on the day of a run, and why."""

    run: _Run | None = relation(models.EligibilityResult.run, "The run.")
    employee: _Employee | None = relation(models.EligibilityResult.employee, "Who.")
    unit: _WorkUnit | None = relation(models.EligibilityResult.unit, "The unit on that day.")
    is_eligible: bool = column(models.EligibilityResult.is_eligible, "Whether every criterion is fulfilled.")
    is_undecided: bool = column(
        models.EligibilityResult.is_undecided, "Whether only what cannot be told stands against it."
    )
    findings: list[EligibilityFinding] = batch(
        _findings, "Each criterion with its reason.", needs=[models.EligibilityResult.findings]
    )
    confidential: JSON | None = _raw(
        models.EligibilityResult.confidential, "What stands behind a disciplinary finding. Shown to the person alone."
    )


@entity(models.EligibilityRun, order=("-id",))
class EligibilityRun(Node):
    """Who fulfilled the criteria of a round on a day: repeatable, never changed."""

    round: _Round | None = relation(models.EligibilityRun.round, "The round.")
    as_of: date = column(models.EligibilityRun.as_of, "The day.")
    state: RunState = column(models.EligibilityRun.state, "Where it stands.")
    snapshot: JSON = _raw(models.EligibilityRun.snapshot, "The rules by which it was made.")
    people: int = column(models.EligibilityRun.people, "People looked at.")
    eligible: int = column(models.EligibilityRun.eligible, "Of these, eligible.")
    undecided: int = column(models.EligibilityRun.undecided, "Of these, people of whom it cannot be told.")
    started_at: datetime | None = column(models.EligibilityRun.started_at, "When a worker began.")
    finished_at: datetime | None = column(models.EligibilityRun.finished_at, "When it ended.")
    version: int = column(models.EligibilityRun.version, "Version of the row.")
    results: Connection[EligibilityResult] = pages(models.EligibilityResult.run, "Results that the caller may see.")


@entity(models.PanelMember, order=("id",))
class PanelMember(Node):
    """Somebody who scores in a round (anggota tim penilai)."""

    round: _Round | None = relation(models.PanelMember.round, "The round.")
    employee: _Employee | None = relation(models.PanelMember.employee, "Who.")
    version: int = column(models.PanelMember.version, _VERSION)


@entity(models.PanelScore, order=("id",))
class PanelScore(Node):
    """A score of the panel, or a declared conflict of interest."""

    nomination: _Nomination | None = relation(models.PanelScore.nomination, "The nomination.")
    member: _Employee | None = relation(
        models.PanelScore.member, "Who scored. Shown to the scorer, and to others where the programme says so."
    )
    score: int | None = column(models.PanelScore.score, "From 0 to 100; null with a conflict of interest.")
    note: str = column(models.PanelScore.note, "Why.")
    has_conflict: bool = column(models.PanelScore.has_conflict, "Whether a conflict of interest was declared.")
    version: int = column(models.PanelScore.version, "Version of the row.")


@entity(models.AwardObjection, order=("-filed_on",))
class AwardObjection(Node):
    """An objection to a decision before the award is given (sanggahan)."""

    nomination: _Nomination | None = relation(models.AwardObjection.nomination, "The nomination.")
    employee: _Employee | None = relation(
        models.AwardObjection.employee, "Who objects. Shown to that person and to HR of the unit."
    )
    reason: str = column(models.AwardObjection.reason, "Why.")
    filed_on: date = column(models.AwardObjection.filed_on, "When.")
    state: AwardObjectionState = column(models.AwardObjection.state, "Where it stands.")
    decision: str = column(models.AwardObjection.decision, "The answer.")
    decided_on: date | None = column(models.AwardObjection.decided_on, "When it was answered.")
    version: int = column(models.AwardObjection.version, _VERSION)


_THOSE_AT_WORK = "Shown to the nominator, the panel and HR of the unit."
_HR_OR_OWN = "Shown to the nominee and to HR of the unit."


@entity(models.Nomination, order=("-id",))
class Nomination(Node):
    """Somebody is proposed for an award (usulan penghargaan)."""

    round: _Round | None = relation(models.Nomination.round, "The round.")
    employee: _Employee | None = relation(models.Nomination.employee, "Who is proposed.")
    unit: _WorkUnit | None = relation(models.Nomination.unit, "The unit on the day of the nomination.")
    basis: NominationBasis = column(models.Nomination.basis, "Who nominates.")
    nominator: _Employee | None = relation(
        models.Nomination.nominator, "Who made it. Shown to that person and to HR of the unit."
    )
    result: EligibilityResult | None = relation(
        models.Nomination.result, f"The result of the run by which it was made. {_HR_OR_OWN}"
    )
    statement: str | None = column(models.Nomination.statement, f"What speaks for the award. {_THOSE_AT_WORK}")
    evidence: JSON | None = _raw(models.Nomination.evidence, f"Links or names of documents. {_THOSE_AT_WORK}")
    nominated_on: date = column(models.Nomination.nominated_on, "When.")
    state: NominationState = column(models.Nomination.state, "Where it stands.")
    checked: JSON | None = _raw(models.Nomination.checked, f"Codes of the checklist that are right. {_THOSE_AT_WORK}")
    verification_note: str | None = column(
        models.Nomination.verification_note, f"What verification noted. {_THOSE_AT_WORK}"
    )
    verified_on: date | None = column(models.Nomination.verified_on, "When it was verified or rejected.")
    reason: str | None = column(models.Nomination.reason, f"Reason of the decision. {_THOSE_AT_WORK}")
    decree_number: str = column(models.Nomination.decree_number, "Number of the decree (nomor keputusan).")
    decree_document: str = column(models.Nomination.decree_document, "Where the signed decree lies.")
    decided_on: date | None = column(models.Nomination.decided_on, "When it was decided.")
    objection_until: date | None = column(models.Nomination.objection_until, "Last working day for objections.")
    findings: JSON | None = _raw(
        models.Nomination.findings, f"Each criterion as it stood at the decision. {_HR_OR_OWN}"
    )
    snapshot: JSON | None = _raw(models.Nomination.snapshot, f"The rules on the day of the decision. {_HR_OR_OWN}")
    version: int = column(models.Nomination.version, _VERSION)
    scores: Connection[PanelScore] = pages(models.PanelScore.nomination, "Scores that the caller may see.")
    objections: Connection[AwardObjection] = pages(models.AwardObjection.nomination, "Objections that the caller sees.")
    awards: Connection[_Award] = pages(models.Award.nomination, "The award that came of it.")
    files: Connection[_File] = pages(
        models.RewardFile.nomination, "Files of evidence, and of the decree before the grant, that the caller may see."
    )


@entity(models.Award, order=("-awarded_on",))
class Award(Node):
    """An award that an employee has received (penghargaan)."""

    employee: _Employee | None = relation(models.Award.employee, "Who received it.")
    kind: AwardKind = column(models.Award.kind, "Its kind.")
    title: str = column(models.Award.title, "What the decree calls it.")
    awarded_on: date = column(models.Award.awarded_on, "The day on which it was given.")
    decree_number: str = column(
        models.Award.decree_number, "Number of the decree (nomor keputusan), empty without one."
    )
    unit: _WorkUnit | None = relation(models.Award.unit, "The unit in which the employee worked.")
    programme: RewardProgramme | None = relation(models.Award.programme, "The programme that gave it; null: none here.")
    nomination: Nomination | None = relation(models.Award.nomination, "The nomination that led to it.")
    certificate: _Certificate | None = relation(models.Award.certificate, "Its certificate, which anybody can check.")
    decree_document: str = column(models.Award.decree_document, "Where the signed decree lies.")
    state: AwardState = column(models.Award.state, "Whether it holds.")
    is_published: bool = column(models.Award.is_published, "Whether colleagues see it.")
    revoked_on: date | None = column(models.Award.revoked_on, "When it was revoked.")
    revoked_reason: str | None = column(models.Award.revoked_reason, f"Why it was revoked. {_HR_OR_OWN}")
    version: int = column(models.Award.version, _VERSION)
    files: Connection[_File] = pages(models.RewardFile.award, "The signed decree as a file.")


def _download_paths(_ctx: Context, rows: Sequence[Any]) -> list[str]:
    return [f"/-/rewards/files/{row.id}" for row in rows]


@entity(models.RewardFile, order=("id",))
class RewardFile(Node):
    """A stored file: evidence of a nomination, or a signed decree; it is sent to /-/rewards/files."""

    nomination: Nomination | None = relation(models.RewardFile.nomination, "The nomination; null for one of an award.")
    award: Award | None = relation(models.RewardFile.award, "The award; null for a file of a nomination.")
    purpose: FilePurpose = column(models.RewardFile.purpose, "What it is for.")
    title: str = column(models.RewardFile.title, "Its title.")
    file_name: str = column(models.RewardFile.file_name, "Its name, cleaned.")
    content_type: str = column(models.RewardFile.content_type, "What the file is, read from its content.")
    size_bytes: int = column(models.RewardFile.size_bytes, "Size of the file in bytes.")
    sha256: str = column(models.RewardFile.sha256, "SHA-256 of the file.")
    download_path: str = batch(
        _download_paths, "Path to download the file from, with the same token.", needs=[models.RewardFile.id]
    )
    version: int = column(models.RewardFile.version, _VERSION)


TYPES = (
    RewardProgramme,
    RewardCriteria,
    RewardRound,
    EligibilityRun,
    EligibilityResult,
    Nomination,
    PanelMember,
    PanelScore,
    AwardObjection,
    Award,
    RewardFile,
)
"""The types of rows, one for each table."""
