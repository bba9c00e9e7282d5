"""What is read of programmes at the root, and what they add to units and employees."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import strawberry

from core.plugin_api import Context
from plugins.rewards.programmes import models
from plugins.rewards.programmes.reading import UnitRecognition as Counted
from plugins.rewards.programmes.reading import recognition_of_units
from plugins.rewards.programmes.schema.terms import AwardKind
from plugins.rewards.programmes.schema.types import (
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
from plugins.rewards.programmes.templates import templates
from schema.engine import Connection, batch, pages, root_pages, root_value
from schema.scalars import JSON


@strawberry.type(description="A programme that comes with the plugin, as a pattern.")
class RewardTemplate:
    """A shipped programme."""

    code: str = strawberry.field(description="Its code.")
    name: str = strawberry.field(description="Its name.")
    kind: AwardKind = strawberry.field(description="What it gives.")
    description: str = strawberry.field(description="What it is for, in the caller's language.")
    legal_basis: str = strawberry.field(description="The regulation.")
    source: str = strawberry.field(description="Where its rules were found.")
    confidence: str = strawberry.field(description="How sure the source is: H, M or L.")
    criteria: JSON = strawberry.field(description="Its rules over facts.")


def _templates(ctx: Context) -> list[RewardTemplate]:
    language = ctx.language if ctx.language in {"id", "en"} else "id"
    return [
        RewardTemplate(
            code=one["code"],
            name=one["name"],
            kind=AwardKind(one["kind"]),
            description=one["description"][language],
            legal_basis=one["legal_basis"],
            source=one["source"],
            confidence=one["confidence"],
            criteria=one["criteria"],
        )
        for one in templates().values()
    ]


class Query:
    """Every table at the root, and the shipped programmes."""

    reward_programmes: Connection[RewardProgramme] = root_pages("Programmes of recognition (program penghargaan).")
    reward_criteria: Connection[RewardCriteria] = root_pages("Criteria of programmes, in every version.")
    reward_rounds: Connection[RewardRound] = root_pages("Periods for which programmes give awards.")
    eligibility_runs: Connection[EligibilityRun] = root_pages("Eligibility runs that the caller may see.")
    eligibility_results: Connection[EligibilityResult] = root_pages("Results of runs: the own ones, and those of HR.")
    nominations: Connection[Nomination] = root_pages("Nominations that the caller may see (usulan).")
    panel_members: Connection[PanelMember] = root_pages("Who scores in which round.")
    panel_scores: Connection[PanelScore] = root_pages("Scores that the caller may see.")
    award_objections: Connection[AwardObjection] = root_pages("Objections to decisions that the caller may see.")
    awards: Connection[Award] = root_pages("Awards that the caller may see (penghargaan).")
    reward_files: Connection[RewardFile] = root_pages("Files of nominations and awards that the caller may see.")
    reward_templates: list[RewardTemplate] = root_value(_templates, "Programmes that come with the plugin.")


@strawberry.type(description="Awards of one kind in a unit.")
class RecognitionKind:
    """Awards of one kind."""

    kind: AwardKind = strawberry.field(description="The kind.")
    awards: int = strawberry.field(description="How many.")


@strawberry.type(description="Recognition in a unit with those below, in a period.")
class UnitRecognition:
    """Recognition in a unit."""

    people: int = strawberry.field(description="People who work there today.")
    awards: int = strawberry.field(description="Awards that hold.")
    awarded_people: int = strawberry.field(description="People who received them.")
    by_kind: list[RecognitionKind] = strawberry.field(description="The same by kind.")
    is_published_only: bool = strawberry.field(
        description="Whether only published awards are counted, since the unit has too few people to hide among."
    )


def _recognition(ctx: Context, units: Sequence[Any], **asked: date) -> list[UnitRecognition]:
    found = recognition_of_units(ctx, [unit.id for unit in units], asked["from"], asked["to"])
    return [_show(found[unit.id]) for unit in units]


def _show(one: Counted) -> UnitRecognition:
    return UnitRecognition(
        people=one.people,
        awards=sum(one.by_kind.values()),
        awarded_people=one.awarded_people,
        by_kind=[RecognitionKind(kind=kind, awards=count) for kind, count in sorted(one.by_kind.items())],
        is_published_only=one.is_published_only,
    )


class WorkUnitRecognition:
    """What programmes add to a unit."""

    recognition: UnitRecognition = batch(
        _recognition,
        "Awards of the unit's people, with those of all units below it, from a day to a day.",
        args={"from": (date, "First day."), "to": (date, "Last day.")},
    )
    awards: Connection[Award] = pages(models.Award.unit, "Awards of the unit's own people that the caller may see.")


class EmployeeRewards:
    """What programmes add to an employee."""

    rewards: Connection[Award] = pages(models.Award.employee, "Awards that the employee has received (penghargaan).")
    nominations: Connection[Nomination] = pages(
        models.Nomination.employee, "Nominations of the employee that the caller may see."
    )
    eligibility: Connection[EligibilityResult] = pages(
        models.EligibilityResult.employee, "Results of eligibility runs that the caller may see."
    )
