"""What a plan holds, as plain values: the shape of a caller's input, of a template and of a kept version."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from core.planning.terms import (
    Aspect,
    BehaviorValue,
    Direction,
    MeasuringPattern,
    Perspective,
    WorkResultKind,
)


@dataclass(frozen=True)
class IndicatorContent:
    """An indicator as wanted; `id` names the one to change, None a new one."""

    statement: str
    aspect: Aspect | None = None
    unit_of_measure: str = ""
    target_min: Decimal | None = None
    target_max: Decimal | None = None
    direction: Direction = Direction.HIGHER_IS_BETTER
    pattern: MeasuringPattern = MeasuringPattern.COUNT
    release_on: date | None = None
    fact: str = ""
    id: int | None = None


@dataclass(frozen=True)
class WorkResultContent:
    """A work result as wanted, with all its indicators in order; `parent_id` is the superior's result it supports."""

    statement: str
    kind: WorkResultKind = WorkResultKind.MAIN
    perspective: Perspective | None = None
    success_measure: str = ""
    parent_id: int | None = None
    parent_statement: str = ""
    indicators: tuple[IndicatorContent, ...] = ()
    id: int | None = None


@dataclass(frozen=True)
class PlanContent:
    """What a plan shall hold; what is None stays as it is, a given list is the whole list."""

    work_results: tuple[WorkResultContent, ...] | None = None
    expectations: Mapping[BehaviorValue, str] = field(default_factory=dict)
    support_needed: str | None = None
    accountability_scheme: str | None = None
    consequences: str | None = None

    def texts(self) -> dict[str, str]:
        """Return the appendix texts that were given, by column."""
        given = {
            "support_needed": self.support_needed,
            "accountability_scheme": self.accountability_scheme,
            "consequences": self.consequences,
        }
        return {name: text for name, text in given.items() if text is not None}

    def over(self, present: "PlanContent") -> "PlanContent":
        """Return what holds when this is wanted and `present` is there: what is not given stays."""
        return PlanContent(
            work_results=present.work_results if self.work_results is None else self.work_results,
            expectations={**present.expectations, **self.expectations},
            **{**present.texts(), **self.texts()},
        )


NOTHING = PlanContent()
"""Content that changes nothing."""


def as_json(content: PlanContent) -> dict[str, Any]:
    """Return content as JSON values, the form in which templates and versions are kept."""
    return {
        "work_results": [
            {
                "statement": result.statement,
                "kind": result.kind.value,
                "perspective": result.perspective.value if result.perspective else None,
                "success_measure": result.success_measure,
                "parent_id": result.parent_id,
                "parent_statement": result.parent_statement,
                "id": result.id,
                "indicators": [_indicator_as_json(indicator) for indicator in result.indicators],
            }
            for result in content.work_results or ()
        ],
        "expectations": {value.value: text for value, text in content.expectations.items()},
        **content.texts(),
    }


def _indicator_as_json(indicator: IndicatorContent) -> dict[str, Any]:
    return {
        "statement": indicator.statement,
        "aspect": indicator.aspect.value if indicator.aspect else None,
        "unit_of_measure": indicator.unit_of_measure,
        "target_min": None if indicator.target_min is None else format(indicator.target_min, "f"),
        "target_max": None if indicator.target_max is None else format(indicator.target_max, "f"),
        "direction": indicator.direction.value,
        "pattern": indicator.pattern.value,
        "release_on": indicator.release_on.isoformat() if indicator.release_on else None,
        "fact": indicator.fact,
        "id": indicator.id,
    }


def from_json(values: Mapping[str, Any]) -> PlanContent:
    """Return the content that `as_json` wrote."""
    return PlanContent(
        work_results=tuple(
            WorkResultContent(
                statement=row["statement"],
                kind=WorkResultKind(row["kind"]),
                perspective=Perspective(row["perspective"]) if row["perspective"] else None,
                success_measure=row["success_measure"],
                parent_id=row["parent_id"],
                parent_statement=row["parent_statement"],
                indicators=tuple(_indicator_from_json(indicator) for indicator in row["indicators"]),
                id=row["id"],
            )
            for row in values["work_results"]
        ),
        expectations={BehaviorValue(value): text for value, text in values["expectations"].items()},
        support_needed=values.get("support_needed"),
        accountability_scheme=values.get("accountability_scheme"),
        consequences=values.get("consequences"),
    )


def _indicator_from_json(row: Mapping[str, Any]) -> IndicatorContent:
    return IndicatorContent(
        statement=row["statement"],
        aspect=Aspect(row["aspect"]) if row["aspect"] else None,
        unit_of_measure=row["unit_of_measure"],
        target_min=None if row["target_min"] is None else Decimal(row["target_min"]),
        target_max=None if row["target_max"] is None else Decimal(row["target_max"]),
        direction=Direction(row["direction"]),
        pattern=MeasuringPattern(row["pattern"]),
        release_on=date.fromisoformat(row["release_on"]) if row["release_on"] else None,
        fact=row["fact"],
        id=row["id"],
    )
