"""Innovations as clients see them."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from core.law.in_force import find_rule
from core.plugin_api import Context, translate
from plugins.rewards.innovations import models
from plugins.rewards.innovations.reading_effects import said_by
from plugins.rewards.innovations.rules.contest import KIND, standing
from plugins.rewards.innovations.schema_terms import AuthorRole, EffectCaution, EffectDirection, InnovationStage
from schema.engine import Connection, Node, batch, column, entity, pages, relation
from schema.facts_terms import FactSubject
from schema.progress_terms import EvidenceKind
from schema.scalars import JSON

if TYPE_CHECKING:
    from schema.organisation import Employee, WorkUnit

_Employee = Annotated["Employee", strawberry.lazy("schema.organisation")]
_WorkUnit = Annotated["WorkUnit", strawberry.lazy("schema.organisation")]
_Innovation = Annotated["Innovation", strawberry.lazy("plugins.rewards.innovations.schema_types")]
_VERSION = "Version, for changes."


def _download_paths(_ctx: Context, rows: Sequence[Any]) -> list[str | None]:
    return [f"/-/rewards/innovation-evidence/{row.id}" if row.storage_key else None for row in rows]


def _changes(_ctx: Context, rows: Sequence[Any]) -> list[Decimal | None]:
    return [said_by(row).change for row in rows]


def _percents(_ctx: Context, rows: Sequence[Any]) -> list[Decimal | None]:
    return [said_by(row).change_percent for row in rows]


def _better(_ctx: Context, rows: Sequence[Any]) -> list[bool | None]:
    return [said_by(row).is_better for row in rows]


def _cautions(_ctx: Context, rows: Sequence[Any]) -> list[list[EffectCaution]]:
    return [said_by(row).cautions for row in rows]


@strawberry.type(description="Whether an innovation is old enough for its group of the contest (KIPP) on a day.")
class InnovationContestStanding:
    """Whether an innovation is old enough for its group of the contest on a day."""

    day: date = strawberry.field(description="The day that was asked for.")
    group: str = strawberry.field(
        description="Name of the group in the rules of that day, in the language of the caller."
    )
    minimum_years: int = strawberry.field(description="Full years in use that the group asks for.")
    most_entries: int | None = strawberry.field(description="Entries that one agency may send in; null: any number.")
    ready_on: date | None = strawberry.field(description="From this day on it is old enough; null: it is not in use.")
    is_ready: bool = strawberry.field(description="Whether it is old enough on the day.")
    regulation: str = strawberry.field(description="The regulation that the rules come from.")
    revision: int = strawberry.field(description="Revision of the rule set.")


def _standings(ctx: Context, rows: Sequence[Any], on: date | None = None) -> list[InnovationContestStanding | None]:
    day = on or ctx.today
    rule = find_rule(KIND, day)
    found = []
    for row in rows:
        one = None if rule is None else standing(rule, row.group, row.implemented_on, day)
        found.append(
            None
            if one is None or rule is None
            else InnovationContestStanding(
                day=day,
                group=translate(one.group.name, ctx.language),
                minimum_years=one.group.minimum_years,
                most_entries=one.group.most_entries,
                ready_on=one.ready_on,
                is_ready=one.is_ready,
                regulation=rule.regulation,
                revision=rule.revision,
            )
        )
    return found


@entity(models.InnovationAuthor, order=("id",))
class InnovationAuthor(Node):
    """Somebody who made an innovation (penggagas)."""

    innovation: _Innovation | None = relation(models.InnovationAuthor.innovation, "The innovation.")
    employee: _Employee | None = relation(models.InnovationAuthor.employee, "Who it is.")
    role: AuthorRole = column(models.InnovationAuthor.role, "What the person did for it.")
    share: Decimal | None = column(models.InnovationAuthor.share, "Share in percent; null where none was agreed.")
    version: int = column(models.InnovationAuthor.version, _VERSION)


@entity(models.InnovationUnit, order=("id",))
class InnovationUnit(Node):
    """A further unit that an innovation concerns."""

    innovation: _Innovation | None = relation(models.InnovationUnit.innovation, "The innovation.")
    unit: _WorkUnit | None = relation(models.InnovationUnit.unit, "The unit.")


@entity(models.InnovationStep, order=("day", "id"))
class InnovationStep(Node):
    """A step of an innovation; steps are only ever added."""

    innovation: _Innovation | None = relation(models.InnovationStep.innovation, "The innovation.")
    stage: InnovationStage = column(models.InnovationStep.stage, "Where it stood from then on.")
    day: date = column(models.InnovationStep.day, "The day of the step.")
    reason: str = column(models.InnovationStep.reason, "Why; empty where nobody said.")
    decided_by: _Employee | None = relation(models.InnovationStep.decided_by, "Who decided.")
    recorded_at: datetime = column(models.InnovationStep.recorded_at, "When it was entered.")


@entity(models.InnovationEvidence, order=("id",))
class InnovationEvidence(Node):
    """What proves an innovation: a link or a stored file (bukti dukung)."""

    innovation: _Innovation | None = relation(models.InnovationEvidence.innovation, "The innovation.")
    kind: EvidenceKind = column(models.InnovationEvidence.kind, "Link or file.")
    title: str = column(models.InnovationEvidence.title, "Its title.")
    url: str = column(models.InnovationEvidence.url, "Where a link leads; empty for a file.")
    file_name: str = column(models.InnovationEvidence.file_name, "Name of a file, cleaned; empty for a link.")
    content_type: str = column(models.InnovationEvidence.content_type, "What the file is, read from its content.")
    size_bytes: int | None = column(models.InnovationEvidence.size_bytes, "Size of the file in bytes.")
    sha256: str = column(models.InnovationEvidence.sha256, "SHA-256 of the file.")
    download_path: str | None = batch(
        _download_paths,
        "Path to download the file from, with the same token.",
        needs=[models.InnovationEvidence.storage_key],
    )
    version: int = column(models.InnovationEvidence.version, _VERSION)


_MEASURED = [
    models.InnovationEffect.fact,
    models.InnovationEffect.direction,
    models.InnovationEffect.fewest_cases,
    models.InnovationEffect.before_first,
    models.InnovationEffect.before_last,
    models.InnovationEffect.before_value,
    models.InnovationEffect.before_cases,
    models.InnovationEffect.after_first,
    models.InnovationEffect.after_last,
    models.InnovationEffect.after_value,
    models.InnovationEffect.after_cases,
]


@entity(models.InnovationEffect, order=("-measured_at", "id"))
class InnovationEffect(Node):
    """A fact before and after an innovation, kept as it was measured (dampak terukur)."""

    innovation: _Innovation | None = relation(models.InnovationEffect.innovation, "The innovation.")
    fact: str = column(models.InnovationEffect.fact, "Name of the fact.")
    title: str = column(models.InnovationEffect.title, "What the fact was called when it was measured.")
    unit_of_measure: str = column(models.InnovationEffect.unit_of_measure, "Unit of its values.")
    subject: FactSubject = column(models.InnovationEffect.subject, "Whether it is about a unit or a person.")
    unit: _WorkUnit | None = relation(models.InnovationEffect.unit, "The unit that it is about.")
    employee: _Employee | None = relation(models.InnovationEffect.employee, "The author that it is about.")
    direction: EffectDirection = column(models.InnovationEffect.direction, "Which way the value is to go.")
    before_first: date = column(models.InnovationEffect.before_first, "First day before.")
    before_last: date = column(models.InnovationEffect.before_last, "Last day before.")
    before_value: Decimal | None = column(models.InnovationEffect.before_value, "Value before; null without cases.")
    before_cases: int = column(models.InnovationEffect.before_cases, "Cases before.")
    before_evidence: JSON = column(models.InnovationEffect.before_evidence, "The query that shows the cases before.")
    after_first: date = column(models.InnovationEffect.after_first, "First day after.")
    after_last: date = column(models.InnovationEffect.after_last, "Last day after.")
    after_value: Decimal | None = column(models.InnovationEffect.after_value, "Value after; null without cases.")
    after_cases: int = column(models.InnovationEffect.after_cases, "Cases after.")
    after_evidence: JSON = column(models.InnovationEffect.after_evidence, "The query that shows the cases after.")
    change: Decimal | None = batch(
        _changes, "Value after less value before; null where one is unknown.", needs=_MEASURED
    )
    change_percent: Decimal | None = batch(_percents, "The change in percent of the value before.", needs=_MEASURED)
    is_better: bool | None = batch(_better, "Whether the value went the way it is to go.", needs=_MEASURED)
    cautions: list[EffectCaution] = batch(_cautions, "What is to be kept in mind when reading it.", needs=_MEASURED)
    fewest_cases: int = column(
        models.InnovationEffect.fewest_cases, "Below so many cases a figure is read with caution, by the rules of then."
    )
    measured_at: datetime = column(models.InnovationEffect.measured_at, "When it was measured.")
    measured_by: _Employee | None = relation(models.InnovationEffect.measured_by, "Who had it measured.")


@entity(models.Innovation, order=("-proposed_on", "-id"))
class Innovation(Node):
    """Something new that a unit proposes, tries and adopts (inovasi)."""

    unit: _WorkUnit | None = relation(models.Innovation.unit, "The unit in which it is at home.")
    title: str = column(models.Innovation.title, "Its title.")
    problem: str = column(models.Innovation.problem, "What was wrong before.")
    description: str = column(models.Innovation.description, "What is done differently.")
    category: str = column(models.Innovation.category, "Code of the category in the rules of its day.")
    group: str = column(models.Innovation.group, "Code of the group of the contest in the rules of its day.")
    stage: InnovationStage = column(models.Innovation.stage, "Where it stands.")
    proposed_on: date = column(models.Innovation.proposed_on, "The day on which it was proposed.")
    tried_on: date | None = column(models.Innovation.tried_on, "First day of the trial.")
    adopted_on: date | None = column(models.Innovation.adopted_on, "The day on which it was adopted.")
    implemented_on: date | None = column(models.Innovation.implemented_on, "Since when it is in use.")
    closed_on: date | None = column(models.Innovation.closed_on, "The day on which it was declined or ended.")
    closing_reason: str = column(models.Innovation.closing_reason, "Why it was declined or ended; empty otherwise.")
    origin: _Innovation | None = relation(models.Innovation.origin, "The innovation that it takes over (replikasi).")
    origin_note: str = column(models.Innovation.origin_note, "One of another institution that it takes over, in words.")
    proposed_by: _Employee | None = relation(models.Innovation.proposed_by, "Who proposed it.")
    rule: JSON = column(models.Innovation.rule, "The rules of the day of its proposal, as they were.")
    contest_standing: InnovationContestStanding | None = batch(
        _standings,
        "Whether it is old enough for its group of the contest on a day (default: today); null where the rules of that "
        "day do not know the group.",
        needs=[models.Innovation.group, models.Innovation.implemented_on],
        args={"on": (date | None, "The day; today by default.", None)},
    )
    version: int = column(models.Innovation.version, _VERSION)
    authors: Connection[InnovationAuthor] = pages(models.InnovationAuthor.innovation, "Who made it.")
    units: Connection[InnovationUnit] = pages(models.InnovationUnit.innovation, "Further units that it concerns.")
    steps: Connection[InnovationStep] = pages(models.InnovationStep.innovation, "Its steps.")
    evidence: Connection[InnovationEvidence] = pages(models.InnovationEvidence.innovation, "What proves it.")
    effects: Connection[InnovationEffect] = pages(models.InnovationEffect.innovation, "What was measured of it.")
    replications: Connection[_Innovation] = pages(models.Innovation.origin, "Where it was taken over.")


TYPES = (Innovation, InnovationAuthor, InnovationUnit, InnovationStep, InnovationEvidence, InnovationEffect)
"""One for each table."""
