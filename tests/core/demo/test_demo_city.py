"""The demo city: everything in it is right by the program's own rules, on both databases."""

from collections import Counter
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from core.actor import system_actor
from core.appraisal.models import Evaluation, Objection
from core.appraisal.terms import EvaluationState
from core.context import Context
from core.database import database
from core.demo.city import EMPLOYEES, REGISTRY
from core.demo.loading import STEPS, load
from core.errors import Refused
from core.history.chain import broken_links
from core.identity import services as identity
from core.identity.actors import grants_of
from core.identity.models import Account
from core.organisation.models import Employee, EmployeeIdentifier, WorkUnit
from core.organisation.rules.numbers import CivilServiceNumber, check_against_profile, parse_civil_service_number
from core.organisation.services.reporting import differing_lines
from core.planning.models import EvaluationPeriod, Indicator, PerformancePlan, WorkResult
from core.planning.terms import PeriodState, PlanState
from core.plugin_host import start
from core.progress.models import Feedback, ProgressRecord
from core.settings import Settings
from tests.support import databases

NOW = datetime(2026, 11, 21, 5, 0, tzinfo=UTC)
ROLES = {
    "pegawai": "employee", "rekan": "colleague", "atasan": "superior", "kepala": "head_of_unit",
    "sekda": "head_of_institution", "petugas": "hr_officer", "admin": "hr_admin", "auditor": "auditor",
    "sistem": "system_admin",
}  # fmt: skip
GRANTED = {"petugas": "hr_officer", "admin": "hr_admin", "auditor": "auditor", "sistem": "system_admin"}
pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


class Loaded:
    """What a load said while it ran."""

    def __init__(self, settings):
        self.settings = settings
        self.ctx = Context(actor=system_actor(NOW.date()), settings=settings, now=NOW, language="en")
        self.steps, self.logins = [], []
        load(self.ctx, [], self.steps.append, self.logins.extend)


@pytest.fixture(scope="module")
def demo(database_url):
    """The whole demo city, loaded once for each kind of database."""
    databases.open_for_tests(database_url)
    settings = Settings(secret_key="x" * 40, database_url=database_url)
    start(settings, [])
    yield Loaded(settings)
    databases.open_for_tests(database_url)
    databases.empty()
    database.close()


@pytest.fixture(autouse=True)
def _open(demo):
    if database.is_closed():
        database.connect()


def test_it_is_a_city_of_about_a_hundred_units_and_1500_people(demo):
    assert Employee.select().count() == EMPLOYEES == 1500
    assert 95 <= WorkUnit.select().count() <= 120
    assert [period.state for period in EvaluationPeriod.select().order_by(EvaluationPeriod.code)] == [
        PeriodState.CLOSED,
        PeriodState.OPEN,
    ]
    assert ProgressRecord.select().count() > 10_000
    assert Feedback.select().count() > 1_000
    assert len(demo.steps) == STEPS


def test_every_number_is_valid_agrees_with_its_holder_and_is_there_once(demo):
    people = list(Employee.select())

    for person in people:
        number = parse_civil_service_number(person.nip, NOW.date())
        assert isinstance(number, CivilServiceNumber), (person.nip, number)
        assert number.warnings == (), person.nip
        assert check_against_profile(number, person.status, person.birth_date, person.sex) == ((), ()), person.nip
    assert len({person.nip for person in people}) == len(people)
    kept = dict(EmployeeIdentifier.select(EmployeeIdentifier.employee, EmployeeIdentifier.number).tuples())
    assert kept == {person.id: person.nip for person in people}


def test_reporting_lines_are_what_the_rule_makes_of_the_assignments(demo):
    assert differing_lines() == []


def test_every_state_of_plans_and_evaluations_is_there(demo):
    plans = Counter(state for (state,) in PerformancePlan.select(PerformancePlan.state).tuples())
    evaluations = Counter(state for (state,) in Evaluation.select(Evaluation.state).tuples())

    assert set(plans) == set(PlanState) - {PlanState.ENDED}
    assert set(evaluations) == set(EvaluationState)


def test_an_objection_was_filed_in_time_and_against_what_was_received(demo):
    objections = list(Objection.select(Objection, Evaluation).join(Evaluation))

    assert len(objections) > 5
    for objection in objections:
        assert objection.evaluation.received_on <= objection.filed_on <= objection.due_on
        assert objection.employee_id == objection.evaluation.employee_id
        assert objection.decider_id not in {None, objection.evaluation.evaluator_id}


def test_results_of_a_clerk_reach_the_regional_secretary_in_four_levels(demo):
    rows = {
        key: (parent, plan)
        for key, parent, plan in WorkResult.select(WorkResult.id, WorkResult.parent, WorkResult.plan).tuples()
    }

    def levels(key):
        parent, plan = rows[key]
        assert parent is None or rows[parent][1] != plan
        return 1 if parent is None else 1 + levels(parent)

    assert max(levels(key) for key in rows) == 4


def test_the_registrys_waiting_time_falls_over_the_year(demo):
    rows = (
        ProgressRecord.select(ProgressRecord.happened_on, ProgressRecord.quantity)
        .join(Indicator, on=ProgressRecord.indicator == Indicator.id)
        .join(PerformancePlan, on=ProgressRecord.plan == PerformancePlan.id)
        .join(WorkUnit, on=PerformancePlan.unit == WorkUnit.id)
        .where((WorkUnit.code == REGISTRY) & Indicator.statement.startswith("Rata-rata waktu tunggu"))
        .order_by(ProgressRecord.happened_on)
        .tuples()
    )
    by_year = {year: [quantity for day, quantity in rows if day.year == year] for year in (2025, 2026)}

    assert len(by_year[2025]) == 12
    assert set(by_year[2025]) == {by_year[2026][0]} == {Decimal("6.8")}
    assert len(by_year[2026]) == 10
    assert by_year[2026] == sorted(by_year[2026], reverse=True)
    assert by_year[2026][-1] == Decimal("3.4")


def test_the_history_of_the_load_is_whole(demo):
    assert list(broken_links()) == []


def test_each_log_in_works_and_holds_its_role(demo):
    assert {login.username: login.role for login in demo.logins} == ROLES

    for login in demo.logins:
        tokens = identity.login(demo.ctx, login.username, login.password, "")
        assert tokens.account.username == login.username
        held = {role for role, _ in grants_of(tokens.account.id, NOW.date())}
        assert held == ({GRANTED[login.username]} if login.username in GRANTED else set())


def test_it_is_not_loaded_over_people_who_are_there(demo):
    before = (Employee.select().count(), Account.select().count())

    with pytest.raises(Refused) as refusal:
        load(demo.ctx, [], lambda _: None, lambda _: None)

    assert [problem.code for problem in refusal.value.problems] == ["DATABASE_NOT_EMPTY"]
    assert (Employee.select().count(), Account.select().count()) == before
