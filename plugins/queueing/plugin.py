"""The plugin `queueing`: its record and thin hooks; what is heavy is imported inside them."""

from collections.abc import Sequence
from pathlib import Path

from core.plugin_api import N_, AdminView, MigrationSource, Plugin, PolicyEntry, TranslationSource, hookimpl

PLUGIN = Plugin(
    name="queueing",
    title=N_("Queueing"),
    description=N_("The online queue: numbers, counters, displays, waiting times and what they prove."),
    kinerja=">=0.1,<1",
)

_FOLDER = Path(__file__).parent


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
