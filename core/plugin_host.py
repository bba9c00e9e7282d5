"""Find, check, order and register plugins, and freeze what they contribute into a Registry."""

import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from importlib import import_module
from importlib.metadata import entry_points, version
from importlib.util import find_spec
from types import MappingProxyType, ModuleType
from typing import Any

import pluggy
from packaging.specifiers import InvalidSpecifier, SpecifierSet

from core import events, hookspecs, policy
from core.approval.settings_check import unknown_guards
from core.contributions import Capability, Plugin
from core.errors import CannotStart, Problem
from core.i18n import N_, load_translations
from core.identity import roles
from core.law import contents
from core.law.reference import load_of_plugins
from core.migrating import histories_of, require_current
from core.operations import language
from core.plugin_checks import KINDS, of_kind, problems_of
from core.plugin_state import remember
from core.registry import LoadedPlugin, Registry, activate, only
from core.settings import RESERVED_SECTIONS, Settings, load_settings, unknown_setting
from core.webhooks.delivery import webhook_handlers

GROUP = "kinerja.plugins"
DISTRIBUTION = "kinerja"
CORE = "core.parts"
WEB = ("schema.plugin", "admin.plugin")
"""Built-in plugins that show core; loaded by name, so that no import points up."""

WEB_HOOKS = frozenset({"register_schema", "register_admin_views", "register_pages"})
AREAS = frozenset(
    {
        "organisation",
        "attendance",
        "workdays",
        "law",
        "planning",
        "progress",
        "appraisal",
        "identity",
        "history",
        "exchange",
        "operations",
        "webhooks",
        "approval",
        "bin",
        "runs",
    }
)
RESERVED_NAMES = RESERVED_SECTIONS | AREAS | {"platform", "core", "schema", "admin", "plugins", "tests"}
"""Names that no plugin may take: what it owns could not be told from core's."""


# Without underscores, so that no plugin's prefix is the beginning of another's.
NAME = re.compile("[a-z][a-z0-9]{1,31}")
"""What the name of a plugin looks like."""


class PluginError(CannotStart):
    """A plugin keeps the application from starting; the message names plugin, fault and remedy."""


@dataclass(frozen=True)
class _Source:
    """Where a plugin can be loaded from: `module` names it, `load` imports it."""

    name: str
    module: str
    version: str
    load: Callable[[], Any]
    is_built_in: bool = False


@dataclass(frozen=True)
class _Loaded:
    source: _Source
    record: Plugin
    module: ModuleType


def installed() -> dict[str, str]:
    """Return the installed plugins, on or off, with their versions; none of them is imported."""
    return {name: sources[0].version for name, sources in sorted(_installed_sources().items())}


def build_registry(
    settings: Settings, plugins: Sequence[str | ModuleType] | None = None, *, web: bool = True
) -> Registry:
    """Load the plugins that are on (default: `settings.plugins`) and freeze what they contribute.

    Without `web`, GraphQL, back office and pages stay unloaded: commands and workers need none of them.

    Raises:
        PluginError: a plugin is missing, unfit, broken or in conflict with another.
    """
    chosen = _chosen(settings.plugins if plugins is None else plugins)
    loaded = [_load(source) for source in (*_built_in(settings, web=web), *chosen)]
    ordered = _ordered(loaded)
    _check_records(ordered)
    _check_sections(settings, ordered)
    manager = _manager(ordered)
    contributions = _collect(manager, ordered, web=web)
    built_in = [item.record.name for item in ordered if item.source.is_built_in]
    problems = [*problems_of(contributions, built_in), *_check_settings(settings, contributions, ordered)]
    if problems:
        raise PluginError(problems)
    return Registry(
        settings=settings,
        plugins=tuple(
            LoadedPlugin(item.record, item.module.__name__, item.source.version, item.source.is_built_in)
            for item in ordered
        ),
        contributions=MappingProxyType(contributions),
        capabilities=MappingProxyType(
            {
                capability.name: capability.provider
                for _, capability in contributions["register_capabilities"]
                if isinstance(capability, Capability)
            }
        ),
        manager=manager,
    )


def start(settings: Settings, plugins: Sequence[str | ModuleType] | None = None, *, web: bool = False) -> Registry:
    """Put one application in force on the connected database: registry, policy, events, texts and life cycle."""
    registry = build_registry(settings, plugins, web=web)
    put_in_force(registry)
    return registry


def put_in_force(registry: Registry) -> None:
    """Let a registry that was built speak for this process, on the connected database."""
    settings = registry.settings
    require_current(histories_of(registry.migration_sources))
    for source in registry.translation_sources:
        load_translations(source.directory)
    put_rules_in_force(registry)
    load_of_plugins(registry.rule_sets)
    _require_roles(settings.second_factor_roles)
    language.install(registry_with_web)
    events.install((*registry.event_handlers, *webhook_handlers(registry.events)), settings)
    activate(registry)
    remember(registry)
    registry.announce_start()


def put_rules_in_force(registry: Registry) -> None:
    """Let the policy and the roles of a registry hold in this process, without starting anything."""
    policy.install(registry.policies, registry.acts)
    contents.install(registry.rule_sets)
    roles.install((role.name, frozenset(role.permissions)) for role in registry.roles)


def _require_roles(names: Sequence[str]) -> None:
    """Stop the start where the setting names a role that nobody can have: its holders would get in without a code."""
    unknown = [name for name in names if not roles.is_role(name)]
    if unknown:
        text = N_("The setting {name} is not usable: {fault}. Correct it; docs/settings.md has its range.")
        fault = f"no role {', '.join(unknown)}"
        raise CannotStart(Problem("SETTING_INVALID", text, params={"name": "second_factor_roles", "fault": fault}))


def registry_with_web(active: Registry | None, settings: Settings | None) -> Registry:
    """Return the registry of an application with its web parts; of settings where none is started."""
    if active is None:
        return build_registry(settings or load_settings(), web=True)
    others = [sys.modules[plugin.module] for plugin in active.plugins if not plugin.is_built_in]
    return build_registry(active.settings, others, web=True)


def _installed_sources() -> dict[str, list[_Source]]:
    found: dict[str, list[_Source]] = {}
    for point in entry_points(group=GROUP):
        dist = point.dist
        source = _Source(point.name, point.module, dist.version if dist else "", point.load)
        known = found.setdefault(point.name, [])
        # The same distribution can be listed twice, by its checkout and by its installed record.
        if all(other.module != source.module for other in known):
            known.append(source)
    return found


def _built_in(settings: Settings, *, web: bool) -> list[_Source]:
    names = [CORE]
    if web:
        names += [name for name in WEB if _is_there(name) and (settings.back_office or not name.startswith("admin."))]
    return [
        _Source(name.partition(".")[0], name, version(DISTRIBUTION), lambda name=name: import_module(name), True)  # type: ignore[misc]
        for name in names
    ]


def _is_there(module: str) -> bool:
    return find_spec(module.partition(".")[0]) is not None and find_spec(module) is not None


def _chosen(wanted: Sequence[str | ModuleType]) -> list[_Source]:
    available = _installed_sources()
    chosen: list[_Source] = []
    problems: list[Problem] = []
    for item in wanted:
        if isinstance(item, ModuleType):
            record = getattr(item, "PLUGIN", None)
            name = record.name if isinstance(record, Plugin) else item.__name__
            chosen.append(_Source(name, item.__name__, "", lambda module=item: module))  # type: ignore[misc]
        elif item not in available:
            problems.append(_not_installed(item, available))
        elif len(available[item]) > 1:
            text = N_("Two installed packages offer a plugin {plugin}: {modules}. Uninstall one of them.")
            modules = ", ".join(source.module for source in available[item])
            problems.append(Problem("PLUGIN_CLASH", text, params={"plugin": item, "modules": modules}))
        else:
            chosen.append(available[item][0])
    if problems:
        raise PluginError(problems)
    return chosen


def _not_installed(name: str, available: Mapping[str, object]) -> Problem:
    closest = get_close_matches(name, sorted(available), n=1)
    if closest:
        return Problem(
            "PLUGIN_NOT_INSTALLED",
            N_("Plugin {plugin} is not installed. Did you mean {closest}? Correct the setting plugins."),
            params={"plugin": name, "closest": closest[0]},
        )
    return Problem(
        "PLUGIN_NOT_INSTALLED",
        N_("Plugin {plugin} is not installed. Install it or take it off the setting plugins; there is: {available}."),
        params={"plugin": name, "available": ", ".join(sorted(available)) or "-"},
    )


def _load(source: _Source) -> _Loaded:
    try:
        module = source.load()
    except Exception as error:
        text = N_("Plugin {plugin} cannot be imported: {error}. Repair its installation or take it off the list.")
        shown = f"{type(error).__name__}: {error}"
        problem = Problem("PLUGIN_BROKEN", text, params={"plugin": source.name, "error": shown})
        raise PluginError(problem) from error
    record = getattr(module, "PLUGIN", None)
    if not isinstance(module, ModuleType) or not isinstance(record, Plugin):
        text = N_("Plugin {plugin}: {module} has no PLUGIN = Plugin(…). Let its entry point name a module that has.")
        raise PluginError(Problem("PLUGIN_RECORD", text, params={"plugin": source.name, "module": source.module}))
    if record.name != source.name:
        text = N_("Plugin {plugin} calls itself {name}. Use the same name in its entry point and in its PLUGIN.")
        raise PluginError(Problem("PLUGIN_RECORD", text, params={"plugin": source.name, "name": record.name}))
    return _Loaded(source, record, module)


def _check_records(loaded: Sequence[_Loaded]) -> None:
    problems: list[Problem] = []
    ours = version(DISTRIBUTION)
    for item in loaded:
        record = item.record
        if item.source.is_built_in:
            continue
        if record.name in RESERVED_NAMES or not NAME.fullmatch(record.name):
            text = N_(
                "Plugin {plugin}: the name is reserved or not made of lower-case letters and digits. Choose another."
            )
            problems.append(Problem("PLUGIN_NAME", text, params={"plugin": record.name}))
        try:
            fits = SpecifierSet(record.kinerja).contains(ours, prereleases=True)
        except InvalidSpecifier:
            text = N_("Plugin {plugin}: {specifier} is no version specifier. Write one like >=0.1,<1.")
            params = {"plugin": record.name, "specifier": record.kinerja}
            problems.append(Problem("PLUGIN_VERSION", text, params=params))
            continue
        if not fits:
            text = N_("Plugin {plugin} fits Kinerja {specifier}, this is {version}. Install a release of it that fits.")
            params = {"plugin": record.name, "specifier": record.kinerja, "version": ours}
            problems.append(Problem("PLUGIN_VERSION", text, params=params))
    if problems:
        raise PluginError(problems)


def _ordered(loaded: Sequence[_Loaded]) -> list[_Loaded]:
    """Return the plugins by dependency, then by name; built-ins first, in their own order."""
    names = {item.record.name for item in loaded}
    problems = [
        Problem(
            "PLUGIN_REQUIREMENT",
            N_("Plugin {plugin} requires {required}, which is not on. Add {required} to the setting plugins."),
            params={"plugin": item.record.name, "required": required},
        )
        for item in loaded
        for required in item.record.requires
        if required not in names
    ]
    if problems:
        raise PluginError(problems)
    done: dict[str, _Loaded] = {item.record.name: item for item in loaded if item.source.is_built_in}
    waiting = sorted((item for item in loaded if not item.source.is_built_in), key=lambda item: item.record.name)
    while waiting:
        free = next((item for item in waiting if not _before(item.record, names) - done.keys()), None)
        if free is None:
            text = N_("Plugins {plugins} wait for each other. Remove one of their requires or after.")
            stuck = ", ".join(item.record.name for item in waiting if _is_in_cycle(item, waiting))
            raise PluginError(Problem("PLUGIN_CYCLE", text, params={"plugins": stuck}))
        done[free.record.name] = free
        waiting.remove(free)
    return list(done.values())


def _before(record: Plugin, names: set[str]) -> set[str]:
    return (set(record.requires) | set(record.after)) & names


def _is_in_cycle(item: _Loaded, waiting: Sequence[_Loaded]) -> bool:
    """Whether `item` is reached again from itself, and not only stuck behind a cycle."""
    by_name = {other.record.name: other.record for other in waiting}
    reached: set[str] = set()
    ahead = list(_before(item.record, set(by_name)))
    while ahead:
        name = ahead.pop()
        if name not in reached:
            reached.add(name)
            ahead += _before(by_name[name], set(by_name))
    return item.record.name in reached


def _manager(ordered: Sequence[_Loaded]) -> pluggy.PluginManager:
    manager = pluggy.PluginManager(hookspecs.PROJECT)
    manager.add_hookspecs(hookspecs)
    known = {name for name in vars(manager.hook) if not name.startswith("_")}
    # pluggy calls the last registered first.
    for item in reversed(ordered):
        try:
            manager.register(item.module, name=item.record.name)
            manager.check_pending()
        except pluggy.PluginValidationError as error:
            raise PluginError(_hook_problems(manager, item, known, error)) from None
    problems = [
        Problem(
            "PLUGIN_HOOK",
            N_("Plugin {plugin}: {hook} is not marked. Write @hookimpl above it."),
            params={"plugin": item.record.name, "hook": name},
        )
        for item in ordered
        for name, value in vars(item.module).items()
        if name in known and callable(value) and manager.parse_hookimpl_opts(item.module, name) is None
    ]
    if problems:
        raise PluginError(problems)
    return manager


def _hook_problems(
    manager: pluggy.PluginManager, item: _Loaded, known: set[str], error: pluggy.PluginValidationError
) -> list[Problem]:
    unknown = [name for name in vars(manager.hook) if not name.startswith("_") and name not in known]
    if not unknown:
        text = N_("Plugin {plugin}: a hook does not fit: {error}. docs/plugins/hooks.md has every signature.")
        shown = " ".join(str(error).split())
        return [Problem("PLUGIN_HOOK", text, params={"plugin": item.record.name, "error": shown})]
    text = N_("Plugin {plugin}: there is no hook {hook}. Did you mean {closest}?")
    return [
        Problem(
            "PLUGIN_HOOK",
            text,
            params={
                "plugin": item.record.name,
                "hook": name,
                "closest": get_close_matches(name, sorted(known), n=1, cutoff=0)[0],
            },
        )
        for name in unknown
    ]


def _collect(
    manager: pluggy.PluginManager, ordered: Sequence[_Loaded], *, web: bool
) -> dict[str, tuple[tuple[str, Any], ...]]:
    contributions: dict[str, tuple[tuple[str, Any], ...]] = {}
    problems: list[Problem] = []
    for hook in KINDS:
        given: list[tuple[str, Any]] = []
        for item in ordered if web or hook not in WEB_HOOKS else ():
            name = item.record.name
            try:
                results = only(manager, hook, name)()
            except Exception as error:
                text = N_("Plugin {plugin} fails in {hook}: {error}. Repair it or take it off the setting plugins.")
                params = {"plugin": name, "hook": hook, "error": f"{type(error).__name__}: {error}"}
                raise PluginError(Problem("PLUGIN_BROKEN", text, params=params)) from error
            for result in results:
                problem = of_kind(name, hook, result, is_built_in=item.source.is_built_in)
                if problem:
                    problems.append(problem)
                else:
                    given += [(name, contribution) for contribution in result]
        contributions[hook] = tuple(given)
    if problems:
        raise PluginError(problems)
    return contributions


def _check_sections(settings: Settings, ordered: Sequence[_Loaded]) -> None:
    """Refuse sections that belong to no plugin; that of an installed one may stay while the plugin is off."""
    known = set(installed()) | {item.record.name for item in ordered}
    problems = [unknown_setting(name, known, "[…], KINERJA_…__") for name in settings.sections if name not in known]
    if problems:
        raise CannotStart(problems)


def _check_settings(
    settings: Settings, contributions: Mapping[str, Sequence[tuple[str, Any]]], ordered: Sequence[_Loaded]
) -> list[Problem]:
    problems: list[Problem] = []
    models = dict(contributions["register_settings"])
    for item in ordered:
        name = item.record.name
        if name in models:
            try:
                settings.section(name, models[name])
            except CannotStart as error:
                problems += error.problems
        elif name in settings.sections:
            text = N_("Plugin {plugin} has no settings. Remove the section {plugin}.")
            problems.append(Problem("SETTING_UNKNOWN", text, params={"plugin": name}))
    return [*problems, *unknown_guards(settings, (model for _, model in contributions["register_models"]))]
