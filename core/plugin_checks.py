"""What start-up checks about the contributions of plugins: kinds, prefixes, clashes, policies and references."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

import peewee as pw

from core.contributions import (
    AdminView,
    Capability,
    Check,
    Command,
    DashboardCard,
    DemoData,
    FactDefinition,
    Importer,
    Job,
    MigrationSource,
    Pages,
    Permission,
    Role,
    RuleSet,
    TranslationSource,
)
from core.errors import Problem
from core.events import EventHandler, EventType
from core.i18n import N_
from core.policy import ActEntry, PolicyEntry
from core.settings import SettingsModel
from core.verbs.declare import Verb

KINDS: Mapping[str, tuple[type[Any], ...]] = {
    "register_settings": (type,),
    "register_models": (type,),
    "register_migrations": (MigrationSource,),
    "register_permissions": (Permission,),
    "register_roles": (Role,),
    "register_policies": (PolicyEntry, ActEntry),
    "register_schema": (object,),
    "register_facts": (FactDefinition,),
    "register_admin_views": (AdminView,),
    "register_dashboard_cards": (DashboardCard,),
    "register_commands": (Command,),
    "register_jobs": (Job,),
    "register_events": (EventType,),
    "register_event_handlers": (EventHandler,),
    "register_capabilities": (Capability,),
    "register_translations": (TranslationSource,),
    "register_checks": (Check,),
    "register_demo_data": (DemoData,),
    "register_importers": (Importer,),
    "register_verbs": (Verb,),
    "register_rule_sets": (RuleSet,),
    "register_pages": (Pages,),
}
"""What each collecting hook gives."""

SINGLE = frozenset({"register_settings", "register_migrations", "register_schema", "register_commands"})
"""Hooks to which a plugin gives at most one contribution."""

Contributions = Mapping[str, Sequence[tuple[str, Any]]]


def _key(item: Any) -> str | None:
    """Return the name under which a contribution must be unique, None when it has none."""
    if isinstance(item, type) and issubclass(item, pw.Model):
        return str(item._meta.table_name)
    if isinstance(item, PolicyEntry):
        return str(item.model._meta.table_name)
    for attribute in ("name", "permission", "endpoint", "prefix"):
        value = getattr(item, attribute, None)
        if isinstance(value, str):
            return value
    return None


def _dotted(owner: str, key: str) -> bool:
    return key.startswith(f"{owner}.")


def _underscored(owner: str, key: str) -> bool:
    return key == owner or key.startswith(f"{owner}_")


def _same(owner: str, key: str) -> bool:
    return key == owner


def _below_its_url(owner: str, key: str) -> bool:
    return key == f"/-/{owner}" or key.startswith(f"/-/{owner}/")


PREFIXES: Mapping[str, tuple[Callable[[str, str], bool], str]] = {
    "register_models": (lambda owner, key: key.startswith(f"{owner}_"), "{owner}_"),
    "register_permissions": (_dotted, "{owner}."),
    "register_roles": (_dotted, "{owner}."),
    "register_facts": (_dotted, "{owner}."),
    "register_admin_views": (_underscored, "{owner}_"),
    "register_dashboard_cards": (_dotted, "{owner}."),
    "register_commands": (_same, "{owner}"),
    "register_jobs": (_dotted, "{owner}."),
    "register_events": (_dotted, "{owner}."),
    "register_event_handlers": (_dotted, "{owner}."),
    "register_capabilities": (_dotted, "{owner}."),
    "register_checks": (_dotted, "{owner}."),
    "register_demo_data": (_dotted, "{owner}."),
    "register_importers": (_dotted, "{owner}."),
    "register_verbs": (_dotted, "{owner}."),
    "register_rule_sets": (_dotted, "{owner}."),
    "register_pages": (_below_its_url, "/-/{owner}"),
}
"""How the names of what a plugin owns begin, by hook."""


def of_kind(plugin: str, hook: str, result: Any, *, is_built_in: bool = False) -> Problem | None:
    """Return what is wrong with the shape of what `plugin` gave to `hook`; a built-in one speaks for many areas."""
    if not isinstance(result, list | tuple):
        return Problem(
            "PLUGIN_CONTRIBUTION",
            N_("Plugin {plugin}: {hook} gives {given}, not a list. Return a list, also of one."),
            params={"plugin": plugin, "hook": hook, "given": type(result).__name__},
        )
    base = {"register_settings": SettingsModel, "register_models": pw.Model}.get(hook)
    for item in result:
        fits = isinstance(item, KINDS[hook]) and (base is None or issubclass(item, base))
        if not fits:
            wanted = base.__name__ if base else " / ".join(kind.__name__ for kind in KINDS[hook])
            return Problem(
                "PLUGIN_CONTRIBUTION",
                N_("Plugin {plugin}: {hook} gives {given} where {wanted} belongs. Correct the hook."),
                params={"plugin": plugin, "hook": hook, "given": repr(item), "wanted": wanted},
            )
    if hook in SINGLE and len(result) > 1 and not is_built_in:
        return Problem(
            "PLUGIN_CONTRIBUTION",
            N_("Plugin {plugin}: {hook} gives {count} contributions. Give one."),
            params={"plugin": plugin, "hook": hook, "count": len(result)},
        )
    return None


def problems_of(contributions: Contributions, built_in: Iterable[str]) -> list[Problem]:
    """Return everything that is wrong with the contributions together."""
    exempt = frozenset(built_in)
    return [
        *_prefixes(contributions, exempt),
        *_clashes(contributions),
        *_foreign_keys(contributions, exempt),
        *_policies(contributions, exempt),
        *_role_names(contributions),
        *_handled_events(contributions),
    ]


def _prefixes(contributions: Contributions, exempt: frozenset[str]) -> list[Problem]:
    found = []
    for hook, (fits, shape) in PREFIXES.items():
        for owner, item in contributions.get(hook, ()):
            key = _key(item) or ""
            if owner not in exempt and not fits(owner, key):
                found.append(_prefix(owner, hook, key, shape))
    for owner, item in contributions.get("register_policies", ()):
        if owner not in exempt and isinstance(item, ActEntry) and not _dotted(owner, item.permission):
            found.append(_prefix(owner, "register_policies", item.permission, "{owner}."))
    return found


def _prefix(owner: str, hook: str, key: str, shape: str) -> Problem:
    return Problem(
        "PLUGIN_PREFIX",
        N_("Plugin {plugin}: {hook} gives the name {name}, which does not begin with {prefix}. Rename it so."),
        params={"plugin": owner, "hook": hook, "name": key, "prefix": shape.format(owner=owner)},
    )


def _clashes(contributions: Contributions) -> list[Problem]:
    found = []
    for hook, given in contributions.items():
        first_with: dict[str, tuple[str, object]] = {}
        for owner, item in given:
            names = {_key(item)} if hook not in {"register_settings", "register_schema"} else set()
            if hook == "register_models":
                # History and GraphQL know a row by the name of its class.
                names.add(item.__name__)
            for name in names - {None}:
                first, known = first_with.setdefault(str(name), (owner, item))
                if first != owner or known is not item:
                    found.append(
                        Problem(
                            "PLUGIN_CLASH",
                            N_("Plugins {first} and {second} both give {name} to {hook}. Rename one of the two."),
                            params={"first": first, "second": owner, "name": name, "hook": hook},
                        )
                    )
    return found


def _foreign_keys(contributions: Contributions, exempt: frozenset[str]) -> list[Problem]:
    found = []
    owners = {model: owner for owner, model in contributions.get("register_models", ())}
    for model, owner in owners.items():
        if owner in exempt:
            continue
        for field in model._meta.refs:
            params = {"plugin": owner, "field": f"{model.__name__}.{field.name}"}
            if field.backref != "+":
                text = N_('Plugin {plugin}: {field} would add a name to the table it points to. Give it backref="+".')
                found.append(Problem("PLUGIN_FOREIGN_KEY", text, params=params))
            if owners.get(field.rel_model) != owner and field.on_delete not in {"CASCADE", "SET NULL"}:
                text = N_(
                    "Plugin {plugin}: {field} could block core when the plugin is off. "
                    'Give it on_delete="CASCADE" or "SET NULL".'
                )
                found.append(Problem("PLUGIN_FOREIGN_KEY", text, params=params))
    return found


def _policies(contributions: Contributions, exempt: frozenset[str]) -> list[Problem]:
    found = []
    owners = {model: owner for owner, model in contributions.get("register_models", ())}
    covered = set()
    for owner, entry in contributions.get("register_policies", ()):
        if isinstance(entry, PolicyEntry):
            covered.add(entry.model)
            if owner not in exempt and owners.get(entry.model) != owner:
                text = N_("Plugin {plugin} gives a policy for {model}, which it does not own. Remove that policy.")
                params = {"plugin": owner, "model": entry.model.__name__}
                found.append(Problem("PLUGIN_POLICY", text, params=params))
    for model, owner in owners.items():
        if model not in covered:
            text = N_("Plugin {plugin}: nobody is told who sees {model}. Give a PolicyEntry in register_policies.")
            found.append(Problem("PLUGIN_POLICY", text, params={"plugin": owner, "model": model.__name__}))
    return found


def _role_names(contributions: Contributions) -> list[Problem]:
    found = []
    roles = {role.name for _, role in contributions.get("register_roles", ())}
    permissions = {permission.name for _, permission in contributions.get("register_permissions", ())}
    for owner, permission in contributions.get("register_permissions", ()):
        found += [_unknown(owner, permission.name, name, roles) for name in permission.roles if name not in roles]
    for owner, role in contributions.get("register_roles", ()):
        found += [_unknown(owner, role.name, name, permissions) for name in role.permissions if name not in permissions]
    return found


def _handled_events(contributions: Contributions) -> list[Problem]:
    declared = {event.name for _, event in contributions.get("register_events", ())}
    areas = {name.partition(".")[0] for name in declared}
    return [
        _unknown(owner, handler.name, handler.event, declared)
        for owner, handler in contributions.get("register_event_handlers", ())
        # The event of a plugin that is off is not a mistake: its handler simply waits.
        if handler.event not in declared and handler.event.partition(".")[0] in areas
    ]


def _unknown(owner: str, where: str, name: str, known: set[str]) -> Problem:
    closest = get_close_matches(name, sorted(known), n=1, cutoff=0)
    return Problem(
        "PLUGIN_UNKNOWN_NAME",
        N_("Plugin {plugin}: {where} names {name}, which nobody registers. Did you mean {closest}?"),
        params={"plugin": owner, "where": where, "name": name, "closest": closest[0] if closest else "-"},
    )
