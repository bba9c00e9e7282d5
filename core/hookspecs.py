"""Every hook of Kinerja, typed, grouped by life cycle; docs/plugins/hooks.md explains each with an example."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import peewee as pw
import pluggy

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
    PersonalData,
    Role,
    RuleSet,
    TranslationSource,
)
from core.errors import Problem
from core.events import EventHandler, EventType
from core.policy import ActEntry, PolicyEntry
from core.registry import Registry
from core.settings import SettingsModel
from core.verbs.declare import Verb

PROJECT = "kinerja"

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


# ---- Collected once at start, validated and frozen. Each gives a sequence; None means nothing.


@hookspec
def register_settings() -> Sequence[type[SettingsModel]] | None:
    """Give the one model of the plugin's own section of settings."""


@hookspec
def register_models() -> Sequence[type[pw.Model]] | None:
    """Give the tables that the plugin owns."""


@hookspec
def register_migrations() -> Sequence[MigrationSource] | None:
    """Give the folder of the migrations that make those tables."""


@hookspec
def register_permissions() -> Sequence[Permission] | None:
    """Give the permissions that roles can hold."""


@hookspec
def register_roles() -> Sequence[Role] | None:
    """Give the roles that can be granted."""


@hookspec
def register_policies() -> Sequence[PolicyEntry | ActEntry] | None:
    """Give who sees which rows and fields of the plugin's tables, and who may do which act."""


@hookspec
def register_schema() -> Sequence[object] | None:
    """Give the plugin's part of the GraphQL schema: one `schema.build.SchemaParts`."""


@hookspec
def register_facts() -> Sequence[FactDefinition] | None:
    """Give the facts that an indicator may take as the source of its actual value."""


@hookspec
def register_admin_views() -> Sequence[AdminView] | None:
    """Give pages of the back office."""


@hookspec
def register_dashboard_cards() -> Sequence[DashboardCard] | None:
    """Give cards for the start page of the back office."""


@hookspec
def register_commands() -> Sequence[Command] | None:
    """Give the plugin's group of the command line."""


@hookspec
def register_jobs() -> Sequence[Job] | None:
    """Give background and scheduled jobs."""


@hookspec
def register_events() -> Sequence[EventType] | None:
    """Give the events that the plugin announces."""


@hookspec
def register_event_handlers() -> Sequence[EventHandler] | None:
    """Give what is to be done after events of core or of any plugin."""


@hookspec
def register_capabilities() -> Sequence[Capability] | None:
    """Give abilities that other plugins may look up by name."""


@hookspec
def register_translations() -> Sequence[TranslationSource] | None:
    """Give the folder of the plugin's texts in Indonesian."""


@hookspec
def register_checks() -> Sequence[Check] | None:
    """Give questions for `kinerja doctor`."""


@hookspec
def register_demo_data() -> Sequence[DemoData] | None:
    """Give demo data that is loaded after that of core."""


@hookspec
def register_importers() -> Sequence[Importer] | None:
    """Give kinds of files that `kinerja import` takes."""


@hookspec
def register_verbs() -> Sequence[Verb] | None:
    """Give what people do by hand to rows of the plugin: forms, bulk runs and requests for approval know it."""


@hookspec
def register_rule_sets() -> Sequence[RuleSet] | None:
    """Give the rule sets of the law that the plugin's decisions rest on, with the versions that come with it."""


@hookspec
def register_pages() -> Sequence[Pages] | None:
    """Give web pages below `/-/<name>`."""


@hookspec
def startup(registry: Registry) -> None:
    """Take note that the application is whole; the registry is frozen and the database is connected."""


# ---- Life cycle


@hookspec
def plugin_enabled(since: datetime | None) -> None:
    """Catch up after being switched on; `since` is when the plugin was last switched off, None the first time."""


@hookspec
def plugin_disabled() -> None:
    """Say goodbye after being switched off; called once, in a process of its own."""


# ---- While working


@hookspec
def validate_appraisal(appraisal: Any) -> Sequence[Problem] | None:
    """Give what stands against finalising the evaluation `appraisal`."""


@hookspec
def personal_data(employee: Any) -> Sequence[PersonalData] | None:
    """Give all that the plugin holds about `employee`."""


@hookspec
def erase_personal_data(employee: Any) -> Sequence[Problem] | None:
    """Erase what the law lets be erased about `employee`; give what must stay, and why."""
