"""What the plugin holds about a person, and what of it is erased on demand and what stays, with its reason."""

from datetime import date

import pytest

from core.plugin_api import active_registry
from plugins.rewards.compliance.models import ComplianceExemption, Obligation
from plugins.rewards.discipline.models import DisciplineCase
from plugins.rewards.discipline.terms import CaseState
from plugins.rewards.innovations.models import Innovation, InnovationAuthor
from plugins.rewards.innovations.terms import InnovationStage
from plugins.rewards.people import data_of, erase
from tests.support.walk.rewards_compliance import add_compliance

FIRST = date(2026, 1, 5)


def innovation(city, title, adopted_on=None):
    row = Innovation.create(
        unit=city.registry, title=title, problem="-", description="-", category="-", group="-", proposed_on=FIRST,
        stage=InnovationStage.ADOPTED if adopted_on else InnovationStage.PROPOSED, adopted_on=adopted_on, rule={},
    )  # fmt: skip
    InnovationAuthor.create(innovation=row, employee=city.officer)


@pytest.fixture
def owed(city):
    people = ("chief", "head", "officer", "clerk", "other", "other_chief")
    rows = {f"employee.{name}": getattr(city, name) for name in people}
    add_compliance({**rows, "unit.registry": city.registry, "unit.archive": city.archive}, city.period)


def titled(data):
    return {one.title: list(one.rows) for one in data}


def test_innovations_reports_and_exemptions_are_told_to_the_person(city, owed):
    innovation(city, "Antrean")

    told = titled(data_of(city.officer))

    assert [row["title"] for row in told["Innovations"]] == ["Antrean"]
    assert [row["state"] for row in told["Reports that are owed"]] == ["LATE"]
    assert [row["kind"] for row in told["Reminders and notes"]] == ["REMINDER"]
    assert [row["reason"] for row in told["Exemptions"]] == ["-"]
    data, failed = active_registry().personal_data(city.officer)
    assert (titled(data), failed) == (told, ())


def test_what_awards_may_rest_on_and_what_is_still_owed_stays_with_its_reason(city, owed):
    innovation(city, "Usul")
    innovation(city, "Diterapkan", FIRST)

    stays = erase(city.officer)

    assert {(one.code, one.params["count"]) for one in stays} == {("INNOVATIONS_STAY", 1), ("OBLIGATIONS_STAY", 1)}
    assert [row.innovation.title for row in InnovationAuthor.select()] == ["Diterapkan"]
    assert Obligation.select().where(Obligation.employee == city.officer.id).exists()
    assert not ComplianceExemption.select().where(ComplianceExemption.employee == city.officer.id).exists()


def test_of_a_closed_period_nothing_that_was_owed_stays(city, owed):
    period = city.period
    period.state = "CLOSED"
    period.save()

    assert erase(city.officer) == []
    assert not Obligation.select().where(Obligation.employee == city.officer.id).exists()
    assert Obligation.select().count() == 2


def test_a_case_of_which_the_person_may_not_know_yet_is_not_told(city):
    for number, state in enumerate((CaseState.REPORTED, CaseState.DECIDED)):
        DisciplineCase.create(
            number=f"D{number}", employee=city.officer, unit=city.registry, state=state, act_first_on=FIRST,
            act_last_on=FIRST, opened_on=FIRST,
        )  # fmt: skip

    assert [row["number"] for row in titled(data_of(city.officer))["Discipline cases"]] == ["D1"]
    (problem,) = erase(city.officer)
    assert (problem.code, problem.params) == ("DISCIPLINE_STAYS", {"count": 1})
    assert DisciplineCase.select().count() == 2
