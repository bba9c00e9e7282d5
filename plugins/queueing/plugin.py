"""The plugin `queueing`: its record and thin hooks; what is heavy is imported inside them."""

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
    SettingsModel,
    TranslationSource,
    Verb,
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
    from plugins.queueing.services.retention import retention_job

    return [*JOBS, retention_job()]


@hookimpl
def register_facts() -> Sequence[FactDefinition]:
    """What indicators may take their value from."""
    from plugins.queueing.facts import FACTS

    return FACTS


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
def register_permissions() -> Sequence[Permission]:
    """What roles permit."""
    from plugins.queueing.roles import PERMISSIONS

    return PERMISSIONS


@hookimpl
def register_roles() -> Sequence[Role]:
    """The roles of the queue."""
    from plugins.queueing.roles import ROLES

    return ROLES


@hookimpl
def register_policies() -> Sequence[PolicyEntry | ActEntry]:
    """Who sees the rows, and who may do what."""
    from plugins.queueing.policies import ACTS, ENTRIES

    return [*ENTRIES, *ACTS]


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
def register_pages() -> Sequence[Pages]:
    """The pages for citizens, counters, displays and managers."""

    def mount(app: Any, registry: Registry) -> None:
        from plugins.queueing.pages import mount

        mount(app, registry)

    def states(path: str) -> Any:
        from plugins.queueing.pages.streams import state_at

        return state_at(path)

    return [
        Pages(
            "/-/queueing",
            mount,
            states,
            title=N_("Queue numbers and booking"),
            text=N_("For citizens, and for the screens and counters of service points."),
        )
    ]


@hookimpl
def register_translations() -> Sequence[TranslationSource]:
    """The Indonesian texts."""
    return [TranslationSource(_FOLDER / "translations")]


@hookimpl
def register_verbs() -> Sequence[Verb]:
    """What people do by hand to its rows."""
    from plugins.queueing.verbs import VERBS

    return VERBS


@hookimpl
def register_commands() -> Sequence[Command]:
    """The group `kinerja queueing`."""

    def build() -> object:
        from plugins.queueing.cli import build_app

        return build_app()

    return [Command("queueing", N_("Queues at service counters: logs, figures, staffing."), build)]


@hookimpl
def register_demo_data() -> Sequence[DemoData]:
    """A civil registry with a lively day."""

    def load(ctx: Context, seed: int) -> None:
        from plugins.queueing.demo.loading import load

        load(ctx, seed)

    return [DemoData("queueing.day", N_("Queues at the civil registry"), load)]


@hookimpl
def register_dashboard_cards() -> Sequence[DashboardCard]:
    """Today's queue on the start page of the back office."""
    from plugins.queueing.cards import CARDS

    return CARDS


@hookimpl
def register_checks() -> Sequence[Check]:
    """What `kinerja doctor` asks about the queue."""
    from plugins.queueing.checks import CHECKS

    return CHECKS


@hookimpl
def startup() -> None:
    """Make the law's priority groups known, in a new installation and in an older one."""
    from plugins.queueing.services.setup_groups import load_groups

    load_groups()


@hookimpl
def personal_data(employee: Any) -> Sequence[PersonalData]:
    """Give the shifts of an employee and the tickets that the employee served."""
    from plugins.queueing.services.people import data_of

    return data_of(employee)


@hookimpl
def erase_personal_data(employee: Any) -> Sequence[Problem]:
    """Erase the shifts of an employee; what was served stays."""
    from plugins.queueing.services.people import erase

    return erase(employee)
