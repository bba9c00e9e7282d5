"""A programme, its round and officers in the small city, and the ways to ask."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from core.attendance.models import Leave
from core.attendance.terms import LeaveKind
from core.plugin_host import start
from plugins.rewards.discipline.models import DisciplineCase, SanctionDecision
from plugins.rewards.discipline.terms import DecisionState, SanctionLevel
from plugins.rewards.programmes.services.programmes import create_programme
from plugins.rewards.programmes.services.rounds import create_round
from plugins.rewards.programmes.services.running import perform, start_run
from schema.application import application_schema
from schema.execution import execute
from tests.support.calls import call_as, on, system_context
from tests.support.grants import give_role

YEAR = (date(2026, 1, 1), date(2026, 12, 31))


@dataclass
class Office:
    """The city with an officer for recognition (`other_chief`, who heads the archive) and calls by anybody."""

    city: Any
    settings: Any

    def system(self, day=date(2026, 1, 15)):
        """Return a call by the system."""
        return system_context(self.settings, on(day))

    def as_(self, who, day=date(2026, 1, 15)):
        """Return a call by an employee of the city, by name."""
        return call_as(self.settings, getattr(self.city, who).id, on(day))

    def officer(self, day=date(2026, 1, 15)):
        """Return a call by the officer."""
        return self.as_("other_chief", day)

    def programme(self, code="sks_x", **more):
        """Set up a programme from a template."""
        return create_programme(self.system(), code=code, template=code, **more)

    def plain(self, code="plain", **more):
        """Set up a programme without criteria of its own, open to every way of nominating."""
        given = {"name": "Apresiasi", "nominators": ["RULE", "SUPERIOR", "PEER"], "objection_days": 0, "criteria": []}
        return create_programme(self.system(), code=code, **given | more)

    def round(self, programme, first=YEAR[0], last=YEAR[1]):
        """Open a round of the year."""
        return create_round(self.system(), programme_id=programme.id, name="2026", starts_on=first, ends_on=last)

    def run(self, round_, as_of=None):
        """Run a round as of a day."""
        return perform(self.system(), start_run(self.system(), round_id=round_.id, as_of=as_of).id)


def sanction(employee, level="MEDIUM", first=date(2026, 1, 10), until=date(2026, 12, 31), **more):
    """Put a sanction into effect."""
    case = DisciplineCase.create(
        employee=employee, number=f"K{employee.id}-{first:%y%m%d}-{level}", act_first_on=first, act_last_on=first,
        opened_on=first, **more,
    )  # fmt: skip
    return SanctionDecision.create(
        case=case, employee=employee, state=DecisionState.IN_EFFECT, decree_number="1", set_on=first,
        authority="DIRECT_SUPERIOR", level=SanctionLevel(level), step=1, sanction=f"{level}_1", sanction_name="-",
        snapshot={}, effective_on=first, until=until,
    )  # fmt: skip


def unpaid_leave(employee, first, last):
    """Let somebody be on unpaid leave."""
    return Leave.create(employee=employee, kind=LeaveKind.UNPAID, first_day=first, last_day=last, decree_number="9")


@pytest.fixture
def office(city, db):
    """The office for recognition."""
    give_role(city.other_chief, "rewards.officer")
    return Office(city, db)


@pytest.fixture
def ask(office, db):
    """Ask the schema as somebody of the city, on a day."""
    schema = application_schema(start(db, ["rewards"], web=True))

    def answer(query, who, day=date(2026, 1, 15), **variables):
        return execute(schema, office.as_(who, day), query, variables)

    return answer
