"""Asking a plugin for a fact: with the eyes of the system, and so that its failure is told and harms nothing."""

from core.actor import system_actor
from core.context import Context
from core.contributions import FactDefinition, FactValue
from core.database import database
from core.errors import Refused, refuse
from core.facts.reading import plugin_of
from core.facts.rules.measuring import Span
from core.faults import isolated
from core.i18n import N_


def ask_fact(
    ctx: Context, definition: FactDefinition, subject_id: int, span: Span, *path: str | int
) -> FactValue | None:
    """Return what a fact is for a unit or an employee over days, None without cases; refuse at `path` if it fails."""
    # With the eyes of the system: a value must not depend on who happens to ask for it.
    asking = Context(
        actor=system_actor(ctx.today, "facts.measure"),
        settings=ctx.settings,
        now=ctx.now,
        request_id=ctx.request_id,
        language=ctx.settings.default_language,
    )
    found: FactValue | None = None
    with isolated(definition.name, "measure") as outcome, database.atomic():
        found = definition.measure(asking, subject_id, span.first, span.last)
    if outcome.error is not None:
        raise fact_failed(definition, *path)
    return found


def fact_failed(definition: FactDefinition, *path: str | int) -> Refused:
    """Return the refusal for a fact whose plugin failed, or gave what is no number that can be kept."""
    text = N_("The plugin {plugin} could not measure {fact}. Try again; if it stays so, tell who runs the system.")
    return refuse("FACT_FAILED", text, *path, plugin=plugin_of(definition.name), fact=definition.name)
