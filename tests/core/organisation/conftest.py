from dataclasses import replace
from datetime import date

import pytest

from core.actor import Grant
from core.database import database
from core.errors import Refused
from core.history.models import HistoryRecord
from core.organisation import models
from core.organisation.models import Assignment, ReportingLine
from core.parts import core_models
from tests.support.calls import call_as
from tests.support.city import build_city


@pytest.fixture
def city(db):
    return build_city()


@pytest.fixture
def refused(db):
    """Run a verb that must be refused; give codes with paths; whatever it refused has changed nothing."""

    def run(verb, *args, **kwargs):
        before = everything()
        with pytest.raises(Refused) as error:
            verb(*args, **kwargs)
        assert everything() == before
        assert all(problem.message("en") and problem.message("id") for problem in error.value.problems)
        return [(problem.code, ".".join(str(part) for part in problem.path)) for problem in error.value.problems]

    return run


def everything():
    tables = [model for model in core_models() if model.__module__ == models.__name__] + [HistoryRecord]
    return {model.__name__: sorted(map(str, database.execute(model.select().tuples()).fetchall())) for model in tables}


@pytest.fixture
def officer_of(db):
    """A context of an employee who is HR officer over a unit and below."""

    def make(employee, unit, at=None):
        ctx = call_as(db, employee.id) if at is None else call_as(db, employee.id, at)
        grant = Grant("hr_officer", unit.path, frozenset({"organisation.read", "organisation.write"}))
        ctx.actor = replace(ctx.actor, grants=(grant,))
        return ctx

    return make


@pytest.fixture
def lines():
    """The reporting lines of an employee in order."""

    def of(employee):
        query = ReportingLine.select().where(ReportingLine.employee == employee).order_by(ReportingLine.valid_from)
        return [(r.valid_from, r.valid_to, r.superior_id, str(r.basis or r.gap)) for r in query]

    return of


@pytest.fixture
def held():
    """The assignments of an employee in order."""

    def of(employee):
        query = Assignment.select().where(Assignment.employee == employee).order_by(Assignment.valid_from)
        return [(a.unit_id, a.valid_from, a.valid_to) for a in query]

    return of


@pytest.fixture
def day():
    """A day of 2026 by month and day."""

    def make(month, number):
        return date(2026, month, number)

    return make
