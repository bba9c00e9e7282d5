"""Whatever is done in whatever order, the stored lines are those of the rule."""

import random
from datetime import date, timedelta

import pytest

from core.errors import Refused
from core.organisation.models import Assignment, Delegation, Employee, Position, WorkUnit
from core.organisation.services.assignments import assign, end_assignment, withdraw_assignment
from core.organisation.services.delegations import create_delegation, end_delegation, withdraw_delegation
from core.organisation.services.reporting import differing_lines
from core.organisation.services.units import create_unit, merge_unit, move_unit
from core.organisation.terms import AssignmentKind

START = date(2026, 1, 1)
STEPS = 40


class Hand:
    """Takes verbs and rows at random."""

    def __init__(self, ctx, seed):
        self.ctx = ctx
        self.random = random.Random(seed)

    def some(self, model):
        rows = list(model.select().order_by(model.id))
        return self.random.choice(rows) if rows else None

    def day(self, latest=60):
        return START + timedelta(days=self.random.randrange(latest))

    def assign(self):
        assign(
            self.ctx,
            employee_id=self.some(Employee).id,
            position_id=self.some(Position).id,
            valid_from=self.day(),
            valid_to=self.random.choice([None, self.day(200)]),
            kind=self.random.choice(list(AssignmentKind)),
            is_primary=self.random.choice([None, True, False]),
            named_superior_id=self.random.choice([None, None, self.some(Employee).id]),
            ends_previous=self.random.random() < 0.7,
        )

    def end_assignment(self):
        end_assignment(self.ctx, self.some(Assignment).id, None, last_day=self.day())

    def withdraw_assignment(self):
        withdraw_assignment(self.ctx, self.some(Assignment).id, None)

    def delegate(self):
        create_delegation(
            self.ctx,
            delegator_id=self.some(Employee).id,
            delegate_id=self.some(Employee).id,
            unit_id=self.random.choice([None, self.some(WorkUnit).id]),
            valid_from=self.day(),
            valid_to=self.random.choice([None, self.day(100)]),
        )

    def end_delegation(self):
        if delegation := self.some(Delegation):
            end_delegation(self.ctx, delegation.id, None, last_day=self.day())

    def withdraw_delegation(self):
        if delegation := self.some(Delegation):
            withdraw_delegation(self.ctx, delegation.id, None)

    def create_unit(self):
        number = WorkUnit.select().count()
        create_unit(self.ctx, code=f"r{number}", name="x", parent_id=self.some(WorkUnit).id, valid_from=START)

    def move_unit(self):
        parent = self.random.choice([None, self.some(WorkUnit).id])
        move_unit(self.ctx, self.some(WorkUnit).id, None, parent_id=parent, valid_from=self.day(15))

    def merge_unit(self):
        merge_unit(self.ctx, self.some(WorkUnit).id, None, successor_id=self.some(WorkUnit).id, valid_from=self.day(15))


VERBS = (
    [Hand.assign] * 5
    + [Hand.end_assignment] * 2
    + [Hand.delegate] * 3
    + [Hand.withdraw_assignment, Hand.end_delegation, Hand.withdraw_delegation]
    + [Hand.create_unit, Hand.move_unit, Hand.move_unit, Hand.merge_unit]
)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_lines_stay_those_of_the_rule(ctx, city, seed):
    hand = Hand(ctx, seed)
    done = 0
    for _ in range(STEPS):
        verb = hand.random.choice(VERBS)
        try:
            verb(hand)
        except Refused:
            continue
        done += 1
        assert differing_lines() == [], verb.__name__
        for unit in WorkUnit.select():
            assert unit.path == (unit.parent.path if unit.parent else "") + f"{unit.id:08d}"
            assert unit.depth == len(unit.path) // 8 - 1
    assert done >= 10
