"""What core itself contributes, area by area, through the same hooks that every plugin uses."""

from collections.abc import Sequence
from pathlib import Path

import peewee as pw

from core.appraisal import events as appraisal_events
from core.appraisal import models as appraisal
from core.appraisal import policies as appraisal_policies
from core.approval import events as approval_events
from core.approval import models as approval
from core.approval import policies as approval_policies
from core.attendance import models as attendance
from core.attendance import policies as attendance_policies
from core.bin import models as bin_models
from core.bin import policies as bin_policies
from core.certificates import models as certificates
from core.certificates import policies as certificates_policies
from core.contributions import Check, Job, MigrationSource, Permission, Plugin, Role, TranslationSource
from core.events import EventHandler, EventType
from core.exchange import models as exchange
from core.exchange import policies as exchange_policies
from core.exchange import steps as exchange_steps
from core.facts import events as facts_events
from core.facts import models as facts
from core.facts import policies as facts_policies
from core.history import models as history
from core.history import policies as history_policies
from core.history import upkeep as history_upkeep
from core.hookspecs import hookimpl
from core.i18n import N_
from core.identity import models as identity
from core.identity import policies as identity_policies
from core.identity.roles import PERMISSIONS, ROLES
from core.law import models as law
from core.law import policies as law_policies
from core.live import models as live
from core.live import policies as live_policies
from core.live import upkeep as live_upkeep
from core.operations import models as operations
from core.operations import policies as operations_policies
from core.operations import upkeep as operations_upkeep
from core.organisation import events as organisation_events
from core.organisation import models as organisation
from core.organisation import policies as organisation_policies
from core.organisation import upkeep as organisation_upkeep
from core.overview import events as overview_events
from core.overview import models as overview
from core.overview import policies as overview_policies
from core.planning import events as planning_events
from core.planning import models as planning
from core.planning import policies as planning_policies
from core.platform import models as platform
from core.platform import policies as platform_policies
from core.policy import ActEntry, PolicyEntry
from core.progress import events as progress_events
from core.progress import models as progress
from core.progress import policies as progress_policies
from core.runs import models as runs
from core.runs import policies as runs_policies
from core.verbs.declare import Verb
from core.webhooks import delivery as webhooks_delivery
from core.webhooks import models as webhooks
from core.webhooks import policies as webhooks_policies
from core.webhooks import upkeep as webhooks_upkeep
from core.workdays import models as workdays
from core.workdays import policies as workdays_policies

PLUGIN = Plugin(
    name="core",
    title=N_("Kinerja"),
    description=N_("Employees, plans, progress, evaluation, and everything that other parts stand on."),
    kinerja=">=0.1",
)

_MODELS = (
    platform,
    live,
    history,
    law,
    workdays,
    organisation,
    attendance,
    planning,
    progress,
    facts,
    appraisal,
    identity,
    exchange,
    operations,
    webhooks,
    bin_models,
    runs,
    approval,
    overview,
    certificates,
)
_POLICIES = (
    platform_policies,
    live_policies,
    history_policies,
    law_policies,
    workdays_policies,
    organisation_policies,
    attendance_policies,
    planning_policies,
    progress_policies,
    facts_policies,
    appraisal_policies,
    identity_policies,
    exchange_policies,
    operations_policies,
    webhooks_policies,
    bin_policies,
    runs_policies,
    approval_policies,
    overview_policies,
    certificates_policies,
)
_FOLDER = Path(__file__).parent


def core_models() -> list[type[pw.Model]]:
    """Return every table of core, each after those it refers to."""
    found = [
        value
        for module in _MODELS
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, pw.Model) and value.__module__ == module.__name__
    ]
    return list(pw.sort_models(found))  # type: ignore[attr-defined]  # missing from the stubs


@hookimpl
def register_models() -> Sequence[type[pw.Model]]:
    """The tables of every area."""
    return core_models()


@hookimpl
def register_migrations() -> Sequence[MigrationSource]:
    """One numbered history for all areas."""
    return [MigrationSource(_FOLDER / "migrations")]


@hookimpl
def register_policies() -> Sequence[PolicyEntry | ActEntry]:
    """Rows, masks and acts of every area."""
    return [entry for module in _POLICIES for entry in (*module.ENTRIES, *module.ACTS)]


@hookimpl
def register_permissions() -> Sequence[Permission]:
    """What roles may be given."""
    return [Permission(name, title) for name, title in PERMISSIONS.items()]


@hookimpl
def register_roles() -> Sequence[Role]:
    """The roles that are granted for a unit subtree and a time."""
    return [Role(name, title, tuple(sorted(permissions))) for name, (title, permissions) in ROLES.items()]


@hookimpl
def register_jobs() -> Sequence[Job]:
    """What the house itself does by the clock."""
    from core.jobs import core_jobs
    from core.runs.working import JOBS as RUNS

    return (
        *core_jobs(),
        *live_upkeep.JOBS,
        *history_upkeep.JOBS,
        *organisation_upkeep.JOBS,
        *planning_events.JOBS,
        *progress_events.JOBS,
        *facts_events.JOBS,
        *appraisal_events.JOBS,
        *overview_events.JOBS,
        *webhooks_delivery.JOBS,
        *exchange_steps.JOBS,
        *RUNS,
    )


@hookimpl
def register_events() -> Sequence[EventType]:
    """What the areas announce."""
    return (
        *organisation_events.EVENTS,
        *planning_events.EVENTS,
        *progress_events.EVENTS,
        *facts_events.EVENTS,
        *appraisal_events.EVENTS,
        *approval_events.EVENTS,
        *overview_events.EVENTS,
    )


@hookimpl
def register_event_handlers() -> Sequence[EventHandler]:
    """What one area does after another's events."""
    return (*planning_events.HANDLERS, *facts_events.HANDLERS, *appraisal_events.HANDLERS)


@hookimpl
def register_checks() -> Sequence[Check]:
    """What the doctor asks about the data of the areas."""
    return (*organisation_upkeep.CHECKS, *operations_upkeep.CHECKS, *webhooks_upkeep.CHECKS)


@hookimpl
def register_verbs() -> Sequence[Verb]:
    """What people do by hand to the rows of the areas."""
    from core.appraisal.verbs import VERBS as APPRAISAL
    from core.attendance.verbs import VERBS as ATTENDANCE
    from core.bin.verbs import VERBS as BIN
    from core.exchange.verbs import VERBS as EXCHANGE
    from core.facts.verbs import VERBS as FACTS
    from core.history.verbs import VERBS as HISTORY
    from core.identity.verbs import VERBS as IDENTITY
    from core.law.verbs import VERBS as LAW
    from core.operations.verbs import VERBS as OPERATIONS
    from core.organisation.verbs import VERBS as ORGANISATION
    from core.planning.verbs import VERBS as PLANNING
    from core.progress.verbs import VERBS as PROGRESS
    from core.runs.undoing import VERBS as UNDOING
    from core.webhooks.verbs import VERBS as WEBHOOKS
    from core.workdays.verbs import VERBS as WORKDAYS

    return (
        *ORGANISATION,
        *WORKDAYS,
        *ATTENDANCE,
        *LAW,
        *PLANNING,
        *PROGRESS,
        *FACTS,
        *APPRAISAL,
        *IDENTITY,
        *EXCHANGE,
        *OPERATIONS,
        *WEBHOOKS,
        *BIN,
        *HISTORY,
        *UNDOING,
    )


@hookimpl
def register_translations() -> Sequence[TranslationSource]:
    """The Indonesian texts of core."""
    return [TranslationSource(_FOLDER / "translations")]
