"""The small city and short ways to say what tests of planning say often."""

from collections.abc import Callable
from datetime import date

import pytest

from core.context import Context
from core.database import database
from core.errors import Refused
from core.organisation.models import Employee
from core.settings import Settings
from tests.support.calls import call_as, on
from tests.support.city import City, build_city


@pytest.fixture
def city(db: Settings) -> City:
    """The small city on an empty database."""
    return build_city()


@pytest.fixture
def as_(db: Settings) -> Callable[..., Context]:
    """Call as an employee, on 15 January 2026 or another day."""

    def call(employee: Employee, day: date = date(2026, 1, 15)) -> Context:
        return call_as(db, employee.id, on(day))

    return call


@pytest.fixture
def refused() -> Callable[..., list[tuple[str, str]]]:
    """Run something that must be refused; give code and path of each problem."""

    def run(act: Callable[[], object]) -> list[tuple[str, str]]:
        with pytest.raises(Refused) as refusal:
            act()
        return [(problem.code, ".".join(map(str, problem.path))) for problem in refusal.value.problems]

    return run


@pytest.fixture
def statements(db: Settings) -> Callable[[Callable[[], object]], int]:
    """Count the statements that something sends to the database."""

    def count(act: Callable[[], object]) -> int:
        sent: list[str] = []
        original = database.obj.execute_sql

        def counted(sql: str, *args: object, **kwargs: object) -> object:
            sent.append(sql)
            return original(sql, *args, **kwargs)

        database.obj.execute_sql = counted
        try:
            act()
        finally:
            database.obj.execute_sql = original
        return len(sent)

    return count
