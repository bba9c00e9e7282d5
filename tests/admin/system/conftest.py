"""People of the small city at the pages of the system."""

import pytest

from tests.support.city import build_city
from tests.support.office import add_people

PEOPLE = {
    "officer": None, "chief": None, "auditor": "auditor", "hradmin": "hr_admin", "sysadmin": "system_admin",
    "linker": "integrator",
}  # fmt: skip


@pytest.fixture
def city(db):
    """The small city with an account for each kind of person."""
    city = build_city()
    city.accounts = add_people(city, PEOPLE)
    return city
