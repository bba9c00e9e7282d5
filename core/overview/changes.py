"""Which unit and period an announced event is about, so that whoever watches a unit hears of it."""

from collections.abc import Mapping
from typing import Any

from core.appraisal.models import Evaluation
from core.organisation.models import WorkUnit
from core.organisation.scope import unit_within
from core.planning.models import PerformancePlan
from core.policy import as_condition


def is_plan_within(plan_ids: list[int], unit_id: int, period_id: int | None = None) -> bool:
    """Whether one of the plans is of the unit or one below it (and of the period)."""
    return _is_within(PerformancePlan, plan_ids, unit_id, period_id)


def is_evaluation_within(evaluation_ids: list[int], unit_id: int, period_id: int | None = None) -> bool:
    """Whether one of the evaluations is of the unit or one below it (and of the period)."""
    return _is_within(Evaluation, evaluation_ids, unit_id, period_id)


def is_about_unit(payload: Mapping[str, Any], unit_id: int, period_id: int) -> bool:
    """Whether an event is about plans, evaluations or figures of the unit or one below it in the period."""
    if payload.get("period_id", period_id) != period_id:
        return False
    plans = payload.get("plan_ids") or ([payload["plan_id"]] if "plan_id" in payload else [])
    if plans:
        return is_plan_within(plans, unit_id, period_id)
    if "evaluation_id" in payload:
        return is_evaluation_within([payload["evaluation_id"]], unit_id, period_id)
    unit = payload.get("unit_id")
    path = _path(unit_id)
    if unit is None or path is None:
        return False
    return WorkUnit.select().where((WorkUnit.id == unit) & WorkUnit.path.startswith(path)).exists()


def _is_within(model: Any, ids: list[int], unit_id: int, period_id: int | None) -> bool:
    path = _path(unit_id)
    if path is None:
        return False
    # One after the other in parts: a batch may name thousands.
    query = model.select(model.id).where(model.id.in_(ids[:_MOST]) & as_condition(unit_within(model.unit, [path])))
    if period_id is not None:
        query = query.where(model.period == period_id)
    return bool(query.exists()) or (len(ids) > _MOST and _is_within(model, ids[_MOST:], unit_id, period_id))


_MOST = 500


def _path(unit_id: int) -> str | None:
    path: str | None = WorkUnit.select(WorkUnit.path).where(WorkUnit.id == unit_id).scalar()
    return path
