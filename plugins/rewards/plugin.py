"""The plugin `rewards`: its record and thin hooks; what is heavy is imported inside them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from core.plugin_api import (
    N_,
    ActEntry,
    AdminView,
    Check,
    Command,
    Context,
    DashboardCard,
    DemoData,
    EventHandler,
    EventType,
    FactDefinition,
    Job,
    MigrationSource,
    Pages,
    Permission,
    PersonalData,
    Plugin,
    PolicyEntry,
    Problem,
    Registry,
    Role,
    RuleSet,
    SettingsModel,
    TranslationSource,
    Verb,
    hookimpl,
)

PLUGIN = Plugin(
    name="rewards",
    title=N_("Rewards"),
    description=N_("Awards and honours that employees have received, shown with their performance."),
    kinerja=">=0.1,<1",
)

_FOLDER = Path(__file__).parent


@hookimpl
def register_settings() -> Sequence[type[SettingsModel]]:
    """The plugin's own settings."""
    from plugins.rewards.settings import RewardsSettings

    return [RewardsSettings]


@hookimpl
def register_models() -> Sequence[type]:
    """The plugin's tables."""
    from plugins.rewards.models import TABLES

    return TABLES


@hookimpl
def register_rule_sets() -> Sequence[RuleSet]:
    """The law that its decisions rest on."""
    from plugins.rewards.rule_sets import RULE_SETS

    return RULE_SETS


@hookimpl
def register_events() -> Sequence[EventType]:
    """What webhooks and other plugins are told of."""
    from plugins.rewards.events import EVENTS

    return EVENTS


@hookimpl
def register_event_handlers() -> Sequence[EventHandler]:
    """What is done after events."""
    from plugins.rewards.events import HANDLERS

    return HANDLERS


@hookimpl
def register_jobs() -> Sequence[Job]:
    """What is done by the clock."""
    from plugins.rewards.jobs import JOBS

    return JOBS


@hookimpl
def register_checks() -> Sequence[Check]:
    """What `kinerja doctor` asks."""
    from plugins.rewards.checks import CHECKS

    return CHECKS


@hookimpl
def register_permissions() -> Sequence[Permission]:
    """What roles permit."""
    from plugins.rewards.roles import PERMISSIONS

    return PERMISSIONS


@hookimpl
def register_roles() -> Sequence[Role]:
    """The roles of the plugin."""
    from plugins.rewards.roles import ROLES

    return ROLES


@hookimpl
def register_migrations() -> Sequence[MigrationSource]:
    """The history of those tables."""
    return [MigrationSource(_FOLDER / "migrations")]


@hookimpl
def register_policies() -> Sequence[PolicyEntry | ActEntry]:
    """Who sees the rows, and who may do what."""
    from plugins.rewards.policies import ACTS, ENTRIES

    return [*ENTRIES, *ACTS]


@hookimpl
def register_schema() -> Sequence[object]:
    """The fields that the plugin adds to types of core."""
    from plugins.rewards.schema import PARTS

    return [PARTS]


@hookimpl
def register_admin_views() -> Sequence[AdminView]:
    """The pages of the back office."""
    from plugins.rewards.admin import VIEWS

    return VIEWS


@hookimpl
def register_verbs() -> Sequence[Verb]:
    """What people do by hand to its rows."""
    from plugins.rewards.verbs import VERBS

    return VERBS


@hookimpl
def register_dashboard_cards() -> Sequence[DashboardCard]:
    """What the start page of the back office shows."""
    from plugins.rewards.cards import CARDS

    return CARDS


@hookimpl
def register_pages() -> Sequence[Pages]:
    """The pages outside the back office."""

    def mount(app: Any, registry: Registry) -> None:
        from plugins.rewards.pages import mount

        mount(app, registry)

    return [Pages("/-/rewards", mount)]


@hookimpl
def register_translations() -> Sequence[TranslationSource]:
    """The Indonesian texts."""
    return [TranslationSource(_FOLDER / "translations")]


@hookimpl
def register_facts() -> Sequence[FactDefinition]:
    """What indicators may take their value from."""
    from plugins.rewards.facts import FACTS

    return FACTS


@hookimpl
def register_commands() -> Sequence[Command]:
    """The group `kinerja rewards`."""

    def build() -> object:
        from plugins.rewards.cli import build_app

        return build_app()

    return [
        Command(
            "rewards", N_("Recognition and discipline: eligibility, points, reports that are owed, deadlines."), build
        )
    ]


@hookimpl
def register_demo_data() -> Sequence[DemoData]:
    """Recognition in the demo city."""

    def load(ctx: Context, seed: int) -> None:
        from plugins.rewards.demo import load

        load(ctx, seed)

    return [DemoData("rewards.recognition", N_("Recognition and discipline"), load)]


@hookimpl
def personal_data(employee: Any) -> Sequence[PersonalData]:
    """Give what the plugin holds about an employee."""
    from plugins.rewards.people import data_of

    return data_of(employee)


@hookimpl
def erase_personal_data(employee: Any) -> Sequence[Problem]:
    """Erase what may be erased about an employee, and say what stays."""
    from plugins.rewards.people import erase

    return erase(employee)
