"""Two people change the organisation at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest

from core.database import database
from core.errors import Refused
from core.organisation.models import Assignment, WorkUnit
from core.organisation.services.assignments import assign, end_assignment
from core.organisation.services.reporting import differing_lines
from core.organisation.services.units import move_unit
from tests.support.calls import system_context


@pytest.fixture
def together(db):
    """Run verbs at once, each in its own thread and connection; give "done" or the code of the refusal."""

    def run(*verbs):
        barrier = Barrier(len(verbs))

        def one(verb):
            database.connect()
            try:
                barrier.wait()
                verb(system_context(db))
            except Refused as refusal:
                return refusal.problems[0].code
            else:
                return "done"
            finally:
                database.close()

        with ThreadPoolExecutor(len(verbs)) as pool:
            return sorted(pool.map(one, verbs))

    return run


def test_a_unit_gets_one_head_however_many_are_entered_at_once(ctx, city, together):
    end_assignment(ctx, Assignment.get(Assignment.employee == city.chief).id, 1, last_day=date(2026, 6, 30))

    def heading(employee):
        return lambda own: assign(
            own,
            employee_id=employee.id,
            position_id=city.positions["chief"].id,
            valid_from=date(2026, 7, 1),
            ends_previous=True,
        )

    people = (city.officer, city.clerk, city.other, city.other_chief)

    answers = together(*(heading(employee) for employee in people))

    assert answers == ["UNIT_HAS_HEAD", "UNIT_HAS_HEAD", "UNIT_HAS_HEAD", "done"]
    assert differing_lines() == []


def test_two_units_are_not_put_under_each_other(city, together):
    def moving(unit, parent):
        return lambda own: move_unit(own, unit.id, None, parent_id=parent.id, valid_from=date(2026, 1, 10))

    answers = together(moving(city.registry, city.archive), moving(city.archive, city.registry))

    assert answers == ["UNIT_CYCLE", "done"]
    assert sorted(len(unit.path) for unit in WorkUnit.select()) == [8, 16, 24, 32]
    assert differing_lines() == []
