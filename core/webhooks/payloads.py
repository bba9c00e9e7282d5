"""What a webhook sends: the event's values as variables of its query, and the body around the answer."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson

_TYPES = {
    "plan": "PerformancePlan",
    "continues": "PerformancePlan",
    "evaluator": "Employee",
    "from_employee": "Employee",
    "to_employee": "Employee",
    "unit": "WorkUnit",
    "successor": "WorkUnit",
    "period": "EvaluationPeriod",
    "window": "EvaluationWindow",
    "template": "PlanTemplate",
    "parent": "WorkResult",
    "record": "ProgressRecord",
    "round": "FeedbackRound",
    "dialogue": "PerformanceDialogue",
    "session": "CalibrationSession",
    "shift": "CalibrationShift",
    "organization_performance": "OrganizationPerformance",
}
"""Types of the API by what events of core call their keys; every other key is called as its type."""

_KEYS = {
    "organisation.superior_changed": {"from": "Employee", "to": "Employee"},
    "organisation.employee_moved": {"from_assignment": "Assignment", "to_assignment": "Assignment"},
}
"""Keys that do not end in _id or _ids, by event."""


@dataclass(frozen=True)
class Occurrence:
    """An event as webhooks tell it."""

    id: int
    name: str
    payload: Mapping[str, Any]
    at: datetime

    @property
    def moment(self) -> str:
        """The moment as the API writes it."""
        return self.at.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"


def variables_of(event: Occurrence, types: Collection[str]) -> dict[str, Any]:
    """Return the variables that an event gives: `plan_id: 12` as `planId: "PerformancePlan:12"`, and the event's own.

    `types` are the names of the types that have a global id.
    """
    own = {"eventId": event.id, "eventName": event.name, "eventAt": event.moment}
    given = {_camel(key): _value(event.name, key, value, types) for key, value in event.payload.items()}
    return {**given, **own}


def body_of(event: Occurrence, answer: Mapping[str, Any]) -> bytes:
    """Return the JSON body: the event and what its owner's query answered."""
    content: dict[str, Any] = {"id": event.id, "event": event.name, "occurredAt": event.moment}
    content["data"] = answer.get("data")
    if answer.get("errors"):
        content["errors"] = answer["errors"]
    return orjson.dumps(content, default=str)


def is_empty(data: Any) -> bool:
    """Whether an answer shows nothing: every root field is null, an empty list or a connection without rows."""
    return isinstance(data, dict) and all(_is_nothing(value) for value in data.values())


def _is_nothing(value: Any) -> bool:
    if isinstance(value, dict):
        rows = [value[name] for name in ("nodes", "edges") if name in value]
        return bool(rows) and not any(rows)
    return value is None or value == []


def _value(event: str, key: str, value: Any, types: Collection[str]) -> Any:
    kind = _KEYS.get(event, {}).get(key) or _type_of(_snake(key), types)
    if kind is None:
        return value
    if isinstance(value, list):
        return [_global_id(kind, item) for item in value]
    return _global_id(kind, value)


def _global_id(kind: str, value: Any) -> Any:
    return f"{kind}:{value}" if isinstance(value, int) and not isinstance(value, bool) else value


def _type_of(key: str, types: Collection[str]) -> str | None:
    for ending in ("_ids", "_id"):
        if key.endswith(ending):
            stem = key.removesuffix(ending)
            named = _TYPES.get(stem) or "".join(part.capitalize() for part in stem.split("_"))
            return named if named in types else None
    return None


def _snake(key: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", key).lower()


def _camel(key: str) -> str:
    first, *others = key.split("_")
    return first + "".join(part.capitalize() for part in others)
