"""The events of discipline: ids alone, since what they are about is confidential."""

from core.organisation.events import EMPLOYEE_MOVED
from core.plugin_api import Context, Event, EventHandler, EventType, unit_of_work

STEP_DONE = "rewards.discipline_step_done"
CLOCK_BROKEN = "rewards.discipline_clock_broken"
SUPERIOR_SILENT = "rewards.discipline_superior_silent"
IN_EFFECT = "rewards.sanction_in_effect"
MOVED = "rewards.discipline_person_moved"
SALARY_STOP = "rewards.salary_stop_changed"

EVENTS: list[EventType] = [
    EventType(STEP_DONE, "A step of a discipline case was done: case_id, step, state, on.", is_confidential=True),
    EventType(
        CLOCK_BROKEN,
        "A step of a discipline case came late: case_id, clock_id, kind, due_on, done_on.",
        is_confidential=True,
    ),
    EventType(
        SUPERIOR_SILENT, "A superior did not act on a report in time: case_id, clock_id, told_id.", is_confidential=True
    ),
    EventType(
        IN_EFFECT, "A sanction took effect or lost it: case_id, decision_id, employee_id, state.", is_confidential=True
    ),
    EventType(
        MOVED, "Somebody under examination was moved to another unit: case_id, employee_id.", is_confidential=True
    ),
    EventType(
        SALARY_STOP,
        "The stop of a salary was reported, verified, set or lifted: salary_stop_id, state.",
        is_confidential=True,
    ),
]


def _note_move(event: Event, ctx: Context) -> None:
    """Tell those who deal with the case that its person was moved, which the law does not allow."""
    from plugins.rewards.discipline.models import DisciplineCase
    from plugins.rewards.discipline.reading import moved_while_open

    person = event.payload["employee_id"]
    cases = DisciplineCase.select().where((DisciplineCase.employee == person) & moved_while_open(DisciplineCase, ctx))
    with unit_of_work(ctx) as work:
        for case in cases:
            work.emit(MOVED, {"case_id": case.id, "employee_id": person})


HANDLERS: list[EventHandler] = [EventHandler("rewards.discipline_note_move", EMPLOYEE_MOVED, _note_move)]
