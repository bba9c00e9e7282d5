"""Whoever changes a case, or the cases of a person, holds it until the transaction ends; others wait.

The case first, then its person, so that two never wait for each other.
"""

from typing import Any, TypeVar

import peewee as pw

from core.organisation.models import Employee
from plugins.rewards.discipline.models import DisciplineCase

M = TypeVar("M", bound=pw.Model)


def hold_case(case_id: int) -> DisciplineCase:
    """Hold a case and return it as it stands now."""
    return _held(DisciplineCase, case_id)


def hold_person(employee_id: int) -> Employee:
    """Hold what is about a person: charges, decisions, stops of salary."""
    return _held(Employee, employee_id)


def _held(model: type[M], key: int) -> M:
    rows: Any = model.select().where(model._meta.primary_key == key)
    # SQLite has one writer anyway.
    row: M = (rows.for_update("FOR NO KEY UPDATE") if model._meta.database.for_update else rows).get()
    return row
