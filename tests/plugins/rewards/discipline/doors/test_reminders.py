"""Whoever owes an act is reminded when its time runs out, and nobody else."""

from datetime import date

import orjson

from core.live.models import LiveEvent
from plugins.rewards.discipline.events import CLOCK_NEAR
from plugins.rewards.discipline.models import DisciplineClock
from plugins.rewards.discipline.schema.live import _is_owed
from plugins.rewards.discipline.services.reminding import owed_by, remind
from plugins.rewards.discipline.terms import ClockKind
from tests.support.calls import on, system_context

# Reported on Monday 22 June 2026; the superior has seven working days, until Wednesday 1 July.
DUE = date(2026, 7, 1)


def told(town, day):
    """Run the job of a day; return who was told of what."""
    LiveEvent.delete().execute()
    remind(system_context(town.settings, on(day)))
    return [orjson.loads(row.payload) for row in LiveEvent.select().where(LiveEvent.name == CLOCK_NEAR)]


def test_the_superior_is_reminded_from_two_working_days_before_until_it_is_done(town):
    town.act(
        "clerk", date(2026, 6, 22), "reportBreach", "isReported", employeeId=f"Employee:{town.city.officer.id}",
        actFirstOn="2026-06-15", text="Dugaan",
    )  # fmt: skip
    clock = DisciplineClock.get()
    assert clock.due_on == DUE

    days = [date(2026, 6, 26), date(2026, 6, 29), DUE, date(2026, 7, 6)]
    found = [told(town, day) for day in days]

    payload = {"case_id": clock.case_id, "clock_id": clock.id, "due_on": "2026-07-01"}
    once = [{**payload, "employee_ids": [town.city.chief.id]}]
    assert found == [[], once, once, once]
    query = "{ disciplineCases { nodes { id version } } }"
    (case,) = town.ask("chief", date(2026, 6, 30), query)["disciplineCases"]["nodes"]
    town.act("chief", date(2026, 6, 30), "takeUpCase", caseId=case["id"], version=case["version"])
    assert told(town, DUE) == []


def test_only_who_owes_the_act_hears_of_it(town):
    payload = {"case_id": 1, "clock_id": 2, "due_on": "2026-07-01", "employee_ids": [town.city.chief.id]}

    heard = {who for who in ("chief", "head", "clerk", "officer") if _is_owed(town.context(who, DUE), payload)}

    assert heard == {"chief"}


def test_a_remedy_is_the_persons_to_use(town):
    town.act(
        "clerk", date(2026, 6, 22), "reportBreach", "isReported", employeeId=f"Employee:{town.city.officer.id}",
        actFirstOn="2026-06-15", text="Dugaan",
    )  # fmt: skip
    clock = DisciplineClock.get()
    clock.kind = ClockKind.OBJECTION

    assert owed_by(clock) == [town.city.officer.id]
