"""What the plugins of one application contributed: collected once, checked and frozen."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar, cast

import peewee as pw

from core.contributions import (
    AdminView,
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
    PersonalData,
    Plugin,
    Role,
    RuleSet,
    TranslationSource,
)
from core.errors import Problem
from core.events import EventHandler, EventType
from core.faults import isolated
from core.i18n import N_
from core.policy import ActEntry, PolicyEntry
from core.settings import Settings
from core.verbs.declare import Verb

if TYPE_CHECKING:
    import pluggy

T = TypeVar("T")


@dataclass(frozen=True)
class LoadedPlugin:
    """A plugin that is on: its record, the module it came from and the version of its distribution."""

    record: Plugin
    module: str
    version: str
    is_built_in: bool = False


@dataclass(frozen=True)
class Registry:
    """All contributions of one application, in the order dependency, then name; core first."""

    settings: Settings
    plugins: tuple[LoadedPlugin, ...]
    contributions: Mapping[str, tuple[tuple[str, Any], ...]]
    capabilities: Mapping[str, object]
    manager: "pluggy.PluginManager"

    def is_on(self, name: str) -> bool:
        """Whether the plugin `name` is on."""
        return any(plugin.record.name == name for plugin in self.plugins)

    def owned(self, hook: str) -> tuple[tuple[str, Any], ...]:
        """Return the contributions to `hook` with the name of the plugin that gave each."""
        return self.contributions.get(hook, ())

    def counts(self, plugin: str) -> dict[str, int]:
        """Return how much `plugin` contributed to each hook that it uses."""
        found = {hook: sum(owner == plugin for owner, _ in given) for hook, given in self.contributions.items()}
        return {hook: count for hook, count in found.items() if count}

    def tables_of(self, plugin: str) -> list[str]:
        """Return the names of the tables that `plugin` owns."""
        return sorted(model._meta.table_name for owner, model in self.owned("register_models") if owner == plugin)

    def capability(self, name: str, protocol: Callable[..., T]) -> T | None:
        """Return the provider of the capability `name`, or None when it is absent.

        `protocol` is the caller's own `runtime_checkable` Protocol; a provider that lacks a member of it counts as
        absent and is remembered as a fault.
        """
        provider: Any = self.capabilities.get(name)
        if provider is None:
            return None
        with isolated(name, "capability"):
            if not isinstance(provider, cast("type[Any]", protocol)):
                raise TypeError(f"{type(provider).__name__} is no {getattr(protocol, '__name__', protocol)}")
            return cast("T", provider)
        return None  # type: ignore[unreachable]  # reached when isolated() ended an error

    @property
    def models(self) -> tuple[type[pw.Model], ...]:
        """All tables."""
        return self._all("register_models")

    @property
    def migration_sources(self) -> tuple[tuple[str, MigrationSource], ...]:
        """The owners with their migrations, in the order in which they are to be run."""
        return self.owned("register_migrations")

    @property
    def permissions(self) -> tuple[Permission, ...]:
        """All permissions."""
        return self._all("register_permissions")

    @property
    def roles(self) -> tuple[Role, ...]:
        """All roles, those of core with the permissions that plugins added to them."""
        added = {
            role.name: tuple(permission.name for permission in self.permissions if role.name in permission.roles)
            for role in self._all("register_roles")
        }
        return tuple(
            Role(role.name, role.title, tuple(dict.fromkeys((*role.permissions, *added[role.name]))))
            for role in self._all("register_roles")
        )

    @property
    def policies(self) -> tuple[PolicyEntry, ...]:
        """Who sees which rows and fields."""
        return tuple(entry for entry in self._all("register_policies") if isinstance(entry, PolicyEntry))

    @property
    def acts(self) -> tuple[ActEntry, ...]:
        """Who may do which act."""
        return tuple(entry for entry in self._all("register_policies") if isinstance(entry, ActEntry))

    @property
    def schema_parts(self) -> tuple[Any, ...]:
        """The parts of the GraphQL schema, which only `schema` understands."""
        return self._all("register_schema")

    @property
    def facts(self) -> tuple[FactDefinition, ...]:
        """All facts."""
        return self._all("register_facts")

    @property
    def admin_views(self) -> tuple[AdminView, ...]:
        """All pages of the back office that plugins gave."""
        return self._all("register_admin_views")

    @property
    def dashboard_cards(self) -> tuple[DashboardCard, ...]:
        """All cards of the back office's start page."""
        return self._all("register_dashboard_cards")

    @property
    def commands(self) -> tuple[Command, ...]:
        """All groups of the command line that plugins gave."""
        return self._all("register_commands")

    @property
    def jobs(self) -> tuple[Job, ...]:
        """All jobs."""
        return self._all("register_jobs")

    @property
    def events(self) -> tuple[EventType, ...]:
        """All events."""
        return self._all("register_events")

    @property
    def event_handlers(self) -> tuple[EventHandler, ...]:
        """All handlers of events."""
        return self._all("register_event_handlers")

    @property
    def translation_sources(self) -> tuple[TranslationSource, ...]:
        """All folders of texts."""
        return self._all("register_translations")

    @property
    def checks(self) -> tuple[Check, ...]:
        """All questions of `kinerja doctor`."""
        return self._all("register_checks")

    @property
    def demo_data(self) -> tuple[DemoData, ...]:
        """All demo data, in the order in which it is to be loaded."""
        return self._all("register_demo_data")

    @property
    def importers(self) -> tuple[Importer, ...]:
        """All kinds of files that can be imported."""
        return self._all("register_importers")

    @property
    def verbs(self) -> tuple[Verb, ...]:
        """All that people do by hand to rows."""
        return self._all("register_verbs")

    @property
    def rule_sets(self) -> tuple[RuleSet, ...]:
        """All rule sets of plugins."""
        return self._all("register_rule_sets")

    @property
    def pages(self) -> tuple[Pages, ...]:
        """All web pages."""
        return self._all("register_pages")

    def validate_appraisal(self, appraisal: Any) -> tuple[Problem, ...]:
        """Ask every plugin what stands against finalising `appraisal`; a plugin that fails has no say."""
        return tuple(
            problem for problems, _ in self._ask("validate_appraisal", appraisal=appraisal) for problem in problems
        )

    def personal_data(self, employee: Any) -> tuple[tuple[PersonalData, ...], tuple[str, ...]]:
        """Collect what every plugin holds about `employee`; second, the plugins that could not say."""
        answers = list(self._ask("personal_data", employee=employee))
        return (
            tuple(item for items, _ in answers for item in items),
            tuple(failed for _, failed in answers if failed),
        )

    def erase_personal_data(self, employee: Any) -> tuple[Problem, ...]:
        """Have every plugin erase what it may about `employee`; return what stays, also because a plugin failed."""
        answers = list(self._ask("erase_personal_data", employee=employee))
        kept = [problem for problems, _ in answers for problem in problems]
        failures = [
            Problem(
                "PLUGIN_FAILED",
                N_("The plugin {plugin} failed while erasing. Its data may still be there; see the log and repeat."),
                params={"plugin": failed},
            )
            for _, failed in answers
            if failed
        ]
        return (*kept, *failures)

    def announce_start(self) -> None:
        """Tell every plugin that the application is whole; one that fails does not stop the others."""
        for plugin in self.plugins:
            with isolated(plugin.record.name, "startup"):
                only(self.manager, "startup", plugin.record.name)(registry=self)

    def tell_enabled(self, name: str, since: datetime | None) -> None:
        """Tell the plugin `name` that it was switched on, and since when it had been off."""
        with isolated(name, "plugin_enabled"):
            only(self.manager, "plugin_enabled", name)(since=since)

    def _ask(self, hook: str, **arguments: Any) -> list[tuple[tuple[Any, ...], str]]:
        answers: list[tuple[tuple[Any, ...], str]] = []
        for plugin in self.plugins:
            name = plugin.record.name
            call = only(self.manager, hook, name)
            with isolated(name, hook) as outcome:
                given = tuple(item for result in call(**arguments) for item in result)
                answers.append((given, ""))
            if outcome.error is not None:
                answers.append(((), name))
        return answers

    def _all(self, hook: str) -> tuple[Any, ...]:
        return tuple(item for _, item in self.owned(hook))


def only(manager: "pluggy.PluginManager", hook: str, name: str) -> "pluggy.HookCaller":
    """Return the caller of `hook` for the one plugin `name`."""
    others = [module for other, module in manager.list_name_plugin() if other != name and module is not None]
    return manager.subset_hook_caller(hook, others)


_active: Registry | None = None


def activate(registry: Registry) -> None:
    """Make `registry` that of this process; called once by the composition root."""
    global _active  # noqa: PLW0603 - one application per process, like the database and the policy
    _active = registry


def active_registry() -> Registry:
    """Return the registry of this process."""
    if _active is None:
        raise LookupError("No application is started: call core.app.start or create_app first")
    return _active
