"""Words of discipline that other parts of the program use of something else, such as a decided objection."""

from enum import Enum

from core.plugin_api import N_, translate
from plugins.rewards.discipline.terms import CaseState, RemedyOutcome

_OWN: dict[tuple[type[Enum], str], str] = {
    (CaseState, "DECIDED"): N_("sanction decided"),
    (RemedyOutcome, "UPHELD"): N_("decision stands"),
    (RemedyOutcome, "CHANGED"): N_("another sanction"),
}


def text_of(term: Enum) -> str:
    """Return the marked text of a term."""
    return _OWN.get((type(term), term.name), str(term.value))


def word_of(term: Enum, language: str | None = None) -> str:
    """Return a term as people read it (default: in the caller's language)."""
    return translate(text_of(term), language)
