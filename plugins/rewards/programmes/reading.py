"""Counts of recognition by unit, small units without what is not published."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import peewee as pw

from core.organisation.models import Assignment, WorkUnit
from core.organisation.scope import holds_on
from core.organisation.services.changing import rows_of
from core.plugin_api import Context
from plugins.rewards.programmes.models import Award
from plugins.rewards.programmes.settings import programme_settings
from plugins.rewards.programmes.terms import AwardKind, AwardState


@dataclass
class UnitRecognition:
    """Awards in a unit with those below; `is_published_only` where it has too few people to count the others, too."""

    people: int = 0
    awarded_people: int = 0
    by_kind: dict[AwardKind, int] = field(default_factory=dict)
    is_published_only: bool = False


def recognition_of_units(
    ctx: Context, unit_ids: Sequence[int], first: date, last: date
) -> Mapping[int, UnitRecognition]:
    """Return by unit what was awarded from `first` to `last` there and below; three statements for any number of units.

    Everybody may ask: nothing but counts is told, and of fewer people than the setting says only what is published.
    """
    asked, inner = WorkUnit.alias(), WorkUnit.alias()
    # Paths are chains of 8-digit ids: a unit lies below another where its path begins with the other's.
    below = pw.fn.SUBSTR(inner.path, 1, pw.fn.LENGTH(asked.path)) == asked.path
    people = dict(
        rows_of(
            asked.select(asked.id, pw.fn.COUNT(Assignment.employee.distinct()))
            .join(inner, on=below)
            .join(Assignment, on=(Assignment.unit == inner.id) & holds_on(Assignment, ctx.today))
            .where(asked.id.in_(list(unit_ids)))
            .group_by(asked.id)
        )
    )
    least = programme_settings(ctx).recognition_min_group
    found = {
        key: UnitRecognition(people=people.get(key, 0), is_published_only=people.get(key, 0) < least)
        for key in unit_ids
    }
    small = [key for key, one in found.items() if one.is_published_only]
    counted = (
        (Award.state == AwardState.GRANTED)
        & Award.awarded_on.between(first, last)
        & (Award.is_published | asked.id.not_in(small or [0]))
        & asked.id.in_(list(unit_ids))
    )

    def joined(*columns: Any) -> Any:
        return (
            asked.select(asked.id, *columns).join(inner, on=below).join(Award, on=Award.unit == inner.id).where(counted)
        )

    for key, kind, count in rows_of(joined(Award.kind, pw.fn.COUNT(Award.id)).group_by(asked.id, Award.kind)):
        found[key].by_kind[AwardKind(kind)] = count
    for key, count in rows_of(joined(pw.fn.COUNT(Award.employee.distinct())).group_by(asked.id)):
        found[key].awarded_people = count
    return found
