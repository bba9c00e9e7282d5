"""Reads planned as one SQL statement that answers in JSON text."""

from schema.engine.planned.planner import Planner
from schema.engine.planned.reasons import Declined, Stopped

__all__ = ["Declined", "Planner", "Stopped"]
