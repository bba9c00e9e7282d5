"""What core asks of the GraphQL schema, which it does not import: reading an operation, and its answer."""

import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from core.context import Context
from core.i18n import N_, translate
from core.registry import Registry, active_registry
from core.settings import Settings, load_settings

CAPABILITY = "schema.operations@1"

LONGEST_DOCUMENT = 100_000
"""Characters of an operation that is kept."""

_TOO_LONG = N_("It has more than {limit} characters.")


@dataclass(frozen=True)
class Inspected:
    """What a document is: its one operation's name, kind and variables, and what keeps it from running."""

    name: str = ""
    kind: str = ""
    variables: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()


@runtime_checkable
class OperationLanguage(Protocol):
    """The ability `schema.operations@1`."""

    def inspect(self, registry: Registry, document: str) -> Inspected:
        """Return what a document is, and its faults against the schema and the limits, in the caller's language."""
        ...

    def answer(self, registry: Registry, ctx: Context, document: str, variables: Mapping[str, Any]) -> dict[str, Any]:
        """Run a query as the actor of `ctx` and return its response as plain values."""
        ...

    def type_names(self, registry: Registry) -> frozenset[str]:
        """Return the names of the types that have a global id."""
        ...


_with_schema: tuple[Registry | None, Registry] | None = None


def inspect(document: str, settings: Settings | None = None) -> Inspected:
    """Return what a document is to the schema of this application; `settings` where none is started (the doctor)."""
    if len(document) > LONGEST_DOCUMENT:
        return Inspected(faults=(translate(_TOO_LONG).format(limit=LONGEST_DOCUMENT),))
    language, registry = _language(settings)
    return language.inspect(registry, document)


def answer(ctx: Context, document: str, variables: Mapping[str, Any]) -> dict[str, Any]:
    """Run a query as the actor of `ctx`."""
    language, registry = _language()
    return language.answer(registry, ctx, document, variables)


def type_names() -> frozenset[str]:
    """Return the names of the types that have a global id."""
    language, registry = _language()
    return language.type_names(registry)


def _language(settings: Settings | None = None) -> tuple[OperationLanguage, Registry]:
    """Return the ability and the registry that it works on; a worker loads the schema at its first need only."""
    global _with_schema  # noqa: PLW0603 - one application per process, like the registry itself
    active = None
    with suppress(LookupError):
        active = active_registry()
    found = active.capability(CAPABILITY, OperationLanguage) if active else None
    if active is not None and found is not None:
        return found, active
    if _with_schema is None or _with_schema[0] is not active:
        _with_schema = (active, _loaded(active, settings))
    registry = _with_schema[1]
    found = registry.capability(CAPABILITY, OperationLanguage)
    if found is None:
        raise LookupError("The GraphQL schema is not part of this installation")
    return found, registry


def _loaded(active: Registry | None, settings: Settings | None) -> Registry:
    from core.plugin_host import build_registry

    if active is None:
        return build_registry(settings or load_settings(), web=True)
    others = [sys.modules[plugin.module] for plugin in active.plugins if not plugin.is_built_in]
    return build_registry(active.settings, others, web=True)
