"""The facts that plugins offer, by name; nothing here is kept, so a plugin that is off has none."""

from collections.abc import Sequence

from core.contributions import FactDefinition
from core.facts.terms import FactSubject
from core.registry import active_registry


def offered_facts(subject: FactSubject | None = None) -> Sequence[FactDefinition]:
    """Return the facts of the plugins that are on, by name; those about one kind of subject if it is named."""
    found = (fact for fact in active_registry().facts if subject is None or fact.about == subject.value.lower())
    return sorted(found, key=lambda fact: fact.name)


def fact_named(name: str) -> FactDefinition | None:
    """Return the fact `name`, None where no plugin that is on offers it."""
    return next((fact for fact in active_registry().facts if fact.name == name), None)


def plugin_of(name: str) -> str:
    """Return the name of the plugin that owns the fact `name`, which its name begins with."""
    return name.partition(".")[0]
