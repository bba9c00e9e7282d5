"""The plugin `queueing`: its record and thin hooks; what is heavy is imported inside them."""

from collections.abc import Sequence
from pathlib import Path

from core.plugin_api import (
    N_,
    AdminView,
    EventType,
    Job,
    MigrationSource,
    Plugin,
    PolicyEntry,
    SettingsModel,
    TranslationSource,
    hookimpl,
)

PLUGIN = Plugin(
    name="queueing",
    title=N_("Queueing"),
    description=N_("The online queue: numbers, counters, displays, waiting times and what they prove."),
    kinerja=">=0.1,<1",
)

_FOLDER = Path(__file__).parent


@hookimpl
def register_settings() -> Sequence[type[SettingsModel]]:
    """The plugin's own settings."""
    from plugins.queueing.settings import QueueSettings

    return [QueueSettings]


@hookimpl
def register_events() -> Sequence[EventType]:
    """What displays, webhooks and other plugins are told of."""
    from plugins.queueing.events import EVENTS

    return EVENTS


@hookimpl
def register_jobs() -> Sequence[Job]:
    """What is done by the clock."""
    from plugins.queueing.jobs import JOBS

    return JOBS


@hookimpl
def register_models() -> Sequence[type]:
    """The plugin's tables."""
    from plugins.queueing.models import TABLES

    return TABLES


@hookimpl
def register_migrations() -> Sequence[MigrationSource]:
    """The history of those tables."""
    return [MigrationSource(_FOLDER / "migrations")]


@hookimpl
def register_policies() -> Sequence[PolicyEntry]:
    """Who sees their rows."""
    from plugins.queueing.policies import ENTRIES

    return ENTRIES


@hookimpl
def register_schema() -> Sequence[object]:
    """The fields that the plugin adds to types of core."""
    from plugins.queueing.schema import PARTS

    return [PARTS]


@hookimpl
def register_admin_views() -> Sequence[AdminView]:
    """The pages of the back office."""
    from plugins.queueing.admin import VIEWS

    return VIEWS


@hookimpl
def register_translations() -> Sequence[TranslationSource]:
    """The Indonesian texts."""
    return [TranslationSource(_FOLDER / "translations")]
