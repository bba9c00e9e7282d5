"""Who sees points, and who may do what with them.

Everybody sees the own points, the rules of today and what the catalogue offers. Of others, whoever has a role for it
sees them in the units of that role; superiors see balances where a setting says so, and never what they came from.
Consent is each employee's own: nobody else sees who did not give it.
"""

from typing import Any

from core.actor import EVERYWHERE, Actor
from core.organisation.models import Assignment, Employee
from core.organisation.scope import holds_on, members_of, reports_of, unit_within
from core.plugin_api import ActEntry, PolicyEntry, active_registry, among, either
from plugins.rewards.points.models import (
    LeaderboardConsent,
    PointAccount,
    PointEntry,
    PointRule,
    PointTransaction,
    PointUse,
    RewardItem,
    RewardRedemption,
)
from plugins.rewards.points.roles import CONSENT, MANAGE, READ, REDEEM, RULES
from plugins.rewards.points.settings import PointsSettings

CANCEL = "rewards.cancel_redemption"
_FEEDBACK = "Feedback"


def _people(actor: Actor, column: Any) -> Any:
    """Return where `column`, an employee's id, names somebody in a unit of a role that reads points."""
    paths = actor.paths(READ)
    if EVERYWHERE in paths:
        return True
    inside = unit_within(Assignment.unit, paths)
    return False if inside is False else among(column, members_of(lambda unit: unit_within(unit, paths), actor.today))


def _own(actor: Actor, column: Any) -> Any:
    return False if actor.employee_id is None else column == actor.employee_id


def _reads(actor: Actor, column: Any) -> Any:
    return either(_own(actor, column), _people(actor, column))


def _account(actor: Actor, t: Any) -> Any:
    settings = active_registry().settings.section("rewards", PointsSettings)
    is_superior = settings.superiors_see_points and actor.employee_id is not None
    reports = among(t.employee, reports_of(actor)) if is_superior else False
    return either(_reads(actor, t.employee), reports)


def _accounts_read(actor: Actor) -> Any:
    """Return the query of the accounts whose entries the actor sees, or a bool."""
    account = PointAccount.alias()
    rows = _reads(actor, account.employee)
    return rows if isinstance(rows, bool) else account.select(account.id).where(rows)


def _entry(actor: Actor, t: Any) -> Any:
    accounts = _accounts_read(actor)
    return accounts if isinstance(accounts, bool) else among(t.account, accounts)


def _of_entries(actor: Actor, column: Any, key: str) -> Any:
    """Return where `column` is what an entry that the actor sees has as `key`."""
    entry = PointEntry.alias()
    rows = _entry(actor, entry)
    return rows if isinstance(rows, bool) else among(column, entry.select(getattr(entry, key)).where(rows))


def _transaction(actor: Actor, t: Any) -> Any:
    return _of_entries(actor, t.id, "transaction")


def _use(actor: Actor, t: Any) -> Any:
    return _of_entries(actor, t.lot, "id")


def _names_row(actor: Actor, t: Any) -> Any:
    """Return where the actor may know which row earned: who gave which feedback is not for everybody with a role."""
    if EVERYWHERE in actor.paths("feedback.names"):
        return True
    if actor.employee_id is None:
        return t.subject_type != _FEEDBACK
    entry, account = PointEntry.alias(), PointAccount.alias()
    mine = (
        entry.select(entry.transaction)
        .join(account, on=(entry.account == account.id))
        .where(account.employee == actor.employee_id)
    )
    return (t.subject_type != _FEEDBACK) | among(t.id, mine)


def _rule(actor: Actor, t: Any) -> Any:
    if not actor.is_known:
        return False
    return True if actor.paths(READ) or actor.paths(RULES) else holds_on(t, actor.today)


def _item(actor: Actor, t: Any) -> Any:
    if not actor.is_known:
        return False
    return True if actor.paths(READ) or actor.paths(RULES) else t.is_active == True  # noqa: E712 - SQL


def _redemption(actor: Actor, t: Any) -> Any:
    return _reads(actor, t.employee)


def _consent(actor: Actor, t: Any) -> Any:
    return _own(actor, t.employee)


ENTRIES: list[PolicyEntry] = [
    PolicyEntry(PointRule, _rule),
    PolicyEntry(PointAccount, _account),
    PolicyEntry(RewardItem, _item),
    PolicyEntry(RewardRedemption, _redemption),
    PolicyEntry(PointTransaction, _transaction, {"subject_id": _names_row, "event_id": _names_row}),
    PolicyEntry(PointEntry, _entry),
    PolicyEntry(PointUse, _use),
    PolicyEntry(LeaderboardConsent, _consent),
]
"""Rows and masks of points."""


def _manages(actor: Actor, subject: Any) -> bool:
    """The subject is an employee or what belongs to one: a role permits it where the employee works today."""
    employee = subject if isinstance(subject, Employee) else subject.employee
    if actor.holds(MANAGE, None):
        return True
    if employee is None or employee.id == actor.employee_id:
        return False
    rows = Assignment.select(Assignment).where((Assignment.employee == employee.id) & holds_on(Assignment, actor.today))
    return any(actor.holds(MANAGE, row.unit.path) for row in rows)


def _sets_rules(actor: Actor, _subject: Any) -> bool:
    return actor.holds(RULES, None)


def _redeems(actor: Actor, _subject: Any) -> bool:
    return actor.employee_id is not None


def _is_own(actor: Actor, subject: Any) -> bool:
    return actor.employee_id is not None and subject.employee_id == actor.employee_id


ACTS: list[ActEntry] = [
    ActEntry(MANAGE, _manages),
    ActEntry(RULES, _sets_rules),
    ActEntry(REDEEM, _redeems),
    ActEntry(CANCEL, _is_own),
    ActEntry(CONSENT, _is_own),
]
"""What may be done by whom."""
