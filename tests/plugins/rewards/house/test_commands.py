"""`kinerja rewards`: what is done by the clock, by hand; and what the doctor asks."""

import json
from datetime import date

import pytest

from core.migrating import migrate_everything
from core.platform.models import JobRun
from core.platform.terms import RunOutcome
from core.plugin_host import build_registry
from core.settings import load_settings
from plugins.rewards.compliance.checks import LATE, check_not_run
from plugins.rewards.compliance.models import ComplianceRule, Obligation
from plugins.rewards.compliance.terms import ComplianceDuty
from tests.support.calls import NOON, system_context
from tests.support.city import build_city
from tests.support.cli import answer
from tests.support.databases import open_for_tests


@pytest.fixture
def deployment(deployed, database_url, monkeypatch):
    """A deployment with the plugin, at its command line."""
    monkeypatch.setenv("KINERJA_PLUGINS", "rewards")
    open_for_tests(database_url)
    migrate_everything(build_registry(load_settings(), web=False).migration_sources)
    return build_city()


def test_the_check_of_compliance_by_hand(deployment, database_url, capsys):
    ComplianceRule.create(
        unit=deployment.root, duty=ComplianceDuty.PLAN, revision=1, name="SKP", valid_from=date(2026, 1, 1)
    )

    code, shown, _ = answer(capsys, "rewards", "compliance", "--json")
    again = answer(capsys, "rewards", "compliance", "--lang", "id")

    assert (code, json.loads(shown)["noted"]) == (0, 7)
    assert (again[0], "Baru: 0." in again[1]) == (0, True)
    open_for_tests(database_url)
    assert Obligation.select().count() == 7


def test_points_expire_and_deadlines_are_counted_by_hand(deployment, capsys):
    assert answer(capsys, "rewards", "expire", "--lang", "en")[:2] == (0, "0 points have expired.\n")
    code, shown, _ = answer(capsys, "rewards", "deadlines")
    assert code == 0
    assert set(json.loads(shown).values()) <= {0}


def test_the_doctor_tells_when_nobody_is_reminded(city, db):
    ctx = system_context(db)
    assert check_not_run(ctx) == []
    ComplianceRule.create(unit=city.root, duty=ComplianceDuty.PLAN, revision=1, name="SKP", valid_from=date(2026, 1, 1))
    assert [one.code for one in check_not_run(ctx)] == ["COMPLIANCE_NOT_CHECKED"]

    run = JobRun.create(
        name="rewards.check_compliance", started_at=NOON, finished_at=NOON - LATE, outcome=RunOutcome.DONE
    )
    assert check_not_run(ctx) == []
    run.outcome = RunOutcome.FAILED
    run.save()
    assert [one.code for one in check_not_run(ctx)] == ["COMPLIANCE_NOT_CHECKED"]
