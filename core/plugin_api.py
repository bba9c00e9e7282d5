"""All that a plugin may import from core besides the models and services of its areas; one page, kept stable."""

from core.actor import Actor
from core.context import Context
from core.contributions import (
    AdminView,
    Capability,
    Check,
    Command,
    DashboardCard,
    DemoData,
    FactDefinition,
    FactValue,
    Figure,
    Importer,
    Job,
    Link,
    MigrationSource,
    Pages,
    Permission,
    PersonalData,
    Plugin,
    Role,
    RuleSet,
    TranslationSource,
)
from core.database import AmountField, Record, Table, UtcDateTimeField, utc_now
from core.errors import Problem, Refused, forbidden, not_found, refuse, stale
from core.events import Event, EventHandler, EventType
from core.faults import isolated
from core.hookspecs import hookimpl
from core.i18n import N_, translate
from core.policy import ActEntry, PolicyEntry, among, as_condition, below, either, fetch, may, require, visible
from core.registry import Registry, active_registry
from core.settings import SettingsModel
from core.verbs.declare import Does, FieldKind, Target, Values, Verb, VerbField
from core.work import UnitOfWork, unit_of_work

__all__ = [
    "N_",
    "ActEntry",
    "Actor",
    "AdminView",
    "AmountField",
    "Capability",
    "Check",
    "Command",
    "Context",
    "DashboardCard",
    "DemoData",
    "Does",
    "Event",
    "EventHandler",
    "EventType",
    "FactDefinition",
    "FactValue",
    "FieldKind",
    "Figure",
    "Importer",
    "Job",
    "Link",
    "MigrationSource",
    "Pages",
    "Permission",
    "PersonalData",
    "Plugin",
    "PolicyEntry",
    "Problem",
    "Record",
    "Refused",
    "Registry",
    "Role",
    "RuleSet",
    "SettingsModel",
    "Table",
    "Target",
    "TranslationSource",
    "UnitOfWork",
    "UtcDateTimeField",
    "Values",
    "Verb",
    "VerbField",
    "active_registry",
    "among",
    "as_condition",
    "below",
    "either",
    "fetch",
    "forbidden",
    "hookimpl",
    "isolated",
    "may",
    "not_found",
    "refuse",
    "require",
    "stale",
    "translate",
    "unit_of_work",
    "utc_now",
    "visible",
]
