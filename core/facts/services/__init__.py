"""The verbs of this area."""

from core.facts.services.asking import ask_fact, fact_failed
from core.facts.services.binding import bind_fact, follow_plans, unbind_fact
from core.facts.services.deciding import accept_fact, reject_fact
from core.facts.services.measuring import measure_fact, measure_windows

__all__ = [
    "accept_fact",
    "ask_fact",
    "bind_fact",
    "fact_failed",
    "follow_plans",
    "measure_fact",
    "measure_windows",
    "reject_fact",
    "unbind_fact",
]
