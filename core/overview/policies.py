"""Who sees reminders, and who may send them: whoever runs plans of the unit, heads it or supervises the person."""

from dataclasses import dataclass
from typing import Any

from core.actor import EVERYWHERE, Actor
from core.organisation.scope import read_paths, supervises, unit_within
from core.overview.models import Reminder, ReminderOrder
from core.policy import ActEntry, PolicyEntry, either

READ = "planning.read"
MANAGE = "planning.manage"
REMIND = "overview.remind"


@dataclass(frozen=True)
class RemindAbout:
    """The subject of a reminder: whom it is about, and the path of the unit to which what is owed belongs."""

    employee_id: int
    unit_path: str


def remind_paths(actor: Actor) -> tuple[str, ...]:
    """Return the subtrees in which the actor may remind."""
    return (*actor.paths(MANAGE), *actor.headed_paths)


def _reminders(actor: Actor, t: Any) -> Any:
    own: list[Any] = [] if actor.employee_id is None else [t.employee == actor.employee_id]
    own += [] if actor.account_id is None else [t.account_id == actor.account_id]
    return either(unit_within(t.unit, read_paths(actor, READ)), *own)


def _orders(actor: Actor, t: Any) -> Any:
    if actor.holds("system.manage", EVERYWHERE):
        return True
    return False if actor.account_id is None else t.account == actor.account_id


def _remind(actor: Actor, subject: RemindAbout) -> bool:
    return any(subject.unit_path.startswith(path) for path in remind_paths(actor)) or supervises(
        actor.employee_id, subject.employee_id, actor.today
    )


ENTRIES: list[PolicyEntry] = [PolicyEntry(Reminder, _reminders), PolicyEntry(ReminderOrder, _orders)]
ACTS: list[ActEntry] = [ActEntry(REMIND, _remind)]
