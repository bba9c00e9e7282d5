"""One version of a rule set as the pure functions of the law take it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

PREDICATE_MATRIX = "predicate_matrix"
DISTRIBUTION = "distribution"
CREDIT_POINTS = "credit_points"
OBJECTION = "objection"
HEAD_RESULT_RATING = "head_result_rating"
NUMERIC_SCALE = "numeric_scale"


@dataclass(frozen=True)
class Rule:
    """A rule set in one version, with the days on which it holds (`valid_to` inclusive, None while open)."""

    kind: str
    revision: int
    regulation: str
    source: str
    confidence: str
    valid_from: date
    valid_to: date | None
    content: Mapping[str, Any]

    def holds_on(self, day: date) -> bool:
        """Whether this version is in force on `day`, if no later revision is."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def snapshot(self) -> dict[str, Any]:
        """Return all of it as JSON values, to be frozen into the decision that used it."""
        return {
            "kind": self.kind,
            "revision": self.revision,
            "regulation": self.regulation,
            "source": self.source,
            "confidence": self.confidence,
            "valid_from": self.valid_from.isoformat(),
            "valid_to": self.valid_to.isoformat() if self.valid_to else None,
            "content": dict(self.content),
        }
