"""Every verb of simulations, done as a page does it by somebody who may, and refused to others."""

from datetime import date

import pytest

from core.law.models import RuleVersion
from plugins.rewards.allowance.rule_sets import TABLE
from plugins.rewards.allowance.services.examples import adopt_example
from plugins.rewards.allowance.terms import BasisBy
from plugins.rewards.allowance.verbs import VERBS
from tests.core.verbs.conftest import whole_world, world  # noqa: F401 - fixtures
from tests.support.verbs import GONE, Case, check

CASES = [
    Case(
        "rewards.simulate", "analyst",
        texts=lambda w: {"unit_id": w.rows["unit.registry"].id, "month": "2026-01-20"},
        expected={"month": date(2026, 1, 1), "attendance_month": date(2025, 12, 1), "with_sanctions": False},
    ),
    Case("rewards.delete_simulation", "analyst", "simulation.registry", expected=GONE),
    Case(
        "rewards.adopt_allowance_example", "hr_admin",
        texts=lambda _w: {
            "code": "tulang_bawang", "regulation": "Perbup 2/2027", "valid_from": "2027-01-01", "valid_to": "",
            "basis_by": "POSITION_KIND", "amounts": '{"PELAKSANA": "2000000"}',
        },
        expected={"kind": TABLE, "regulation": "Perbup 2/2027", "confidence": "L", "valid_from": date(2027, 1, 1)},
        of=RuleVersion,
    ),
]  # fmt: skip


@pytest.fixture(autouse=True)
def table(world):  # noqa: F811 - a fixture
    """A table is in force."""
    adopt_example(
        world.context("hr_admin"), code="kepahiang", regulation="Perbup 1/2026", valid_from=date(2026, 1, 1),
        basis_by=BasisBy.JOB_CLASS, amounts={"9": "5000000"},
    )  # fmt: skip


def test_every_verb_is_done():
    assert {verb.name for verb in VERBS} == {case.name for case in CASES}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_verb(world, case):  # noqa: F811 - a fixture
    check(world, case)
