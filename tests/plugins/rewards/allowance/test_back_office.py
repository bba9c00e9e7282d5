"""Simulations in the back office: their pages say that they are no payroll, and their export holds no formulas."""

import csv
import io

import pytest

from core.organisation.models import Employee
from plugins.rewards.allowance.models import AllowanceRun
from plugins.rewards.allowance.services.simulating import simulate_unit
from tests.plugins.rewards.allowance.test_simulating import JUNE, office  # noqa: F401 - a fixture
from tests.support.apps import app_of
from tests.support.calls import system_context
from tests.support.office import Person, add_people

LINES = "/admin/rewards-allowance-line"


@pytest.fixture
def analyst(db, office):  # noqa: F811 - a fixture
    """The chief simulates in the registry, where somebody has a name that a spreadsheet would work out."""
    Employee.update(name="=1+1").where(Employee.id == office.clerk.id).execute()
    app = app_of(db, ["rewards"])
    add_people(office.city, {"chief": "rewards.allowance", "other": None}, chief=office.city.registry)
    ctx = system_context(db, JUNE)
    simulate_unit(ctx, office.city.registry.id, JUNE.date())
    AllowanceRun.update(with_sanctions=False).execute()
    return app


def test_each_page_says_that_it_is_no_payroll(analyst):
    chief = Person(analyst, "chief")
    run = AllowanceRun.get()

    for address in (
        "/admin/rewards-allowance-run/", f"/admin/rewards-allowance-run/details/?id={run.id}", f"{LINES}/",
    ):  # fmt: skip
        page = chief.get(address)
        assert page.status_code == 200
        assert "never a payroll" in page.text
    # A line says so at its result, and each step with what it takes.
    line = chief.get(f"{LINES}/").text
    assert "Result (simulated, never paid by this)" in line
    assert Person(analyst, "other").get(f"/admin/rewards-allowance-run/details/?id={run.id}").status_code == 404


def test_the_export_holds_every_result_and_no_formula(analyst):
    answer = Person(analyst, "chief").get(f"{LINES}/export", format="csv", cols="employee,basis,result,missing")

    rows = {row[0]: row[1:] for row in csv.reader(io.StringIO(answer.text.lstrip("\ufeff")))}
    assert answer.status_code == 200
    assert rows["'=1+1"][:2] == ["2000000", "2000000"]
    assert rows["Budi Santoso"][:2] == ["5000000", "5000000"]
    assert rows["Siti Aminah"][1] == ""
