"""The roles that are granted for a unit subtree and a time, and what each permits there."""

from collections.abc import Iterable

from core.i18n import N_

PERMISSIONS: dict[str, str] = {
    "organisation.read": N_("See units, positions and people"),
    "organisation.write": N_("Change units, positions, people and assignments"),
    "planning.read": N_("See performance plans"),
    "planning.manage": N_("Run periods and templates, and act on plans for others"),
    "progress.read": N_("See progress, evidence and dialogues"),
    "progress.manage": N_("Run feedback rounds and correct progress"),
    "appraisal.read": N_("See evaluations"),
    "appraisal.manage": N_("Re-open evaluations, run calibration, set a unit's performance for others"),
    "feedback.names": N_("See who gave feedback"),
    "history.read": N_("See the history of changes"),
    "history.restore": N_("Restore an earlier state"),
    "approval.decide": N_("Decide on changes that wait for a second person"),
    "attendance.read": N_("See leave and attendance"),
    "attendance.manage": N_("Enter leave and attendance"),
    "workdays.manage": N_("Change holidays"),
    "law.manage": N_("Change rule sets"),
    "identity.manage": N_("Manage accounts and tokens"),
    "identity.grant": N_("Give and take roles"),
    "exchange.import": N_("Import files"),
    "exchange.export": N_("Export files"),
    "operations.manage": N_("Register and retire operations of client applications"),
    "webhooks.manage": N_("Be told of events by webhooks of one's own"),
    "system.manage": N_("See the system's state and plugins"),
}
"""What roles of core can permit, with a title for people."""

_READ = frozenset({"organisation.read", "planning.read", "progress.read", "appraisal.read"})
_OFFICE = _READ | {
    "organisation.write",
    "planning.manage",
    "progress.manage",
    "attendance.read",
    "attendance.manage",
    "exchange.import",
    "exchange.export",
}
_INTEGRATION = frozenset({"operations.manage", "webhooks.manage"})

ROLES: dict[str, tuple[str, frozenset[str]]] = {
    "hr_officer": (N_("HR officer"), _OFFICE),
    "hr_admin": (
        N_("HR administrator"),
        _OFFICE
        | {
            "appraisal.manage",
            "feedback.names",
            "history.read",
            "history.restore",
            "approval.decide",
            "workdays.manage",
            "law.manage",
            "identity.grant",
        },
    ),
    "auditor": (N_("Auditor"), _READ | {"attendance.read", "feedback.names", "history.read", "exchange.export"}),
    "integrator": (N_("Integrator of other programs"), _INTEGRATION),
    "system_admin": (
        N_("System administrator"),
        _INTEGRATION | {"identity.manage", "identity.grant", "system.manage", "approval.decide"},
    ),
}
"""The roles of core: title and permissions."""

_in_force: dict[str, frozenset[str]] = {name: permissions for name, (_, permissions) in ROLES.items()}


def install(roles: Iterable[tuple[str, frozenset[str]]]) -> None:
    """Put the roles of one application (core's and its plugins') in force; called once by the composition root."""
    _in_force.clear()
    _in_force.update(roles)


def permissions_of(role: str) -> frozenset[str]:
    """Return what `role` permits; nothing for a role whose plugin is off."""
    return _in_force.get(role, frozenset())


def is_role(role: str) -> bool:
    """Whether the role is in force."""
    return role in _in_force
