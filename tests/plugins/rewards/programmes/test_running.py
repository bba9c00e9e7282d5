"""Eligibility runs: the whole institution in a fixed number of statements, repeatable, explained, and confidential."""

from datetime import date
from decimal import Decimal

import pytest

from core.errors import Refused
from core.organisation.models import Assignment
from core.plugin_api import FactDefinition, FactValue
from plugins.rewards.programmes.models import Award, EligibilityResult, EligibilityRun
from plugins.rewards.programmes.rules.texts import sentence
from plugins.rewards.programmes.services import gathering, running
from plugins.rewards.programmes.services.programmes import set_criteria
from plugins.rewards.programmes.services.running import perform, start_run, work_runs
from plugins.rewards.programmes.settings import ProgrammeSettings
from plugins.rewards.programmes.terms import AwardKind, RunState
from tests.plugins.rewards.programmes.conftest import sanction, unpaid_leave
from tests.support.city import person, post
from tests.support.statements import counted_statements


def eligible(run):
    rows = EligibilityResult.select().where((EligibilityResult.run == run.id) & EligibilityResult.is_eligible)
    return sorted(row.employee.name for row in rows)


def why(run, employee):
    row = EligibilityResult.get((EligibilityResult.run == run.id) & (EligibilityResult.employee == employee.id))
    return [sentence(one, "en") for one in row.findings if one["outcome"] != "MET"]


def test_r20_over_the_whole_city(office, city):
    sanction(city.secretary, "MEDIUM", date(2010, 5, 1), date(2010, 10, 31))
    unpaid_leave(city.head, date(2012, 1, 1), date(2013, 12, 31))
    sanction(city.chief, "LIGHT", date(2011, 2, 1), date(2011, 2, 1))
    round_ = office.round(office.programme())

    run = office.run(round_, date(2025, 3, 1))
    day_before = office.run(round_, date(2025, 2, 28))

    # Assignments of the city begin in 2026; without one somebody belongs to no unit, but serves all the same.
    assert eligible(run) == ["Agus Pratama", "Budi Santoso", "Siti Aminah"]
    assert eligible(day_before) == ["Agus Pratama", "Siti Aminah"]
    assert why(day_before, city.officer) == [
        "Has served 9 years and 364 days since 1 March 2015; 10 years are needed and are full on 1 March 2025."
    ]
    assert why(run, city.secretary) == [
        (
            "A disciplinary record (medium, heavy) stands against it from 1 March 1990 to 1 March 2025; "
            "the person can read which."
        )
    ]
    assert why(run, city.head) == ["1 leaves (unpaid leave) were taken from 1 March 1998 to 1 March 2025."]
    assert (run.people, run.eligible, run.state) == (7, 3, RunState.DONE)


def test_a_medal_of_former_years_stands_against_the_same_one(office, city):
    programme = office.programme()
    Award.create(
        employee=city.officer, kind=AwardKind.SERVICE_MEDAL, title=programme.name, awarded_on=date(2025, 8, 17)
    )
    Award.create(employee=city.chief, kind=AwardKind.SERVICE_MEDAL, title="Lain", awarded_on=date(2025, 8, 17))

    found = eligible(office.run(office.round(programme)))

    assert "Budi Santoso" not in found
    assert "Siti Aminah" in found


def test_a_run_keeps_the_rules_and_the_day_and_can_be_repeated(office, city):
    programme = office.programme()
    round_ = office.round(programme)
    first = office.run(round_)
    set_criteria(office.system(), programme.id, [{"kind": "SERVICE_YEARS", "years": 20}], note="Diperketat")
    sanction(city.officer)

    again = perform(office.system(), first.id)
    second = office.run(round_)

    assert first.snapshot == again.snapshot
    assert (first.snapshot["revision"], second.snapshot["revision"]) == (1, 2)
    assert eligible(second) == ["Ketut Wirawan", "Made Sudana", "Siti Aminah"]
    assert EligibilityResult.select().where(EligibilityResult.run == first.id).count() == 7
    # The day is that of the run, what is known is of the moment.
    assert "Budi Santoso" not in eligible(first)


def test_only_people_of_the_unit_of_the_programme_are_looked_at(office, city):
    programme = office.programme(unit_id=city.registry.id)

    run = office.run(office.round(programme))

    assert run.people == 3
    assert eligible(run) == ["Budi Santoso", "Siti Aminah"]


def test_service_as_pppk_counts_where_the_setting_says_so(office, city, monkeypatch):
    pppk = person("199005172010211001", "Kontrak")
    type(pppk).update(status="PPPK", joined_on=date(2010, 1, 1)).where(type(pppk).id == pppk.id).execute()
    round_ = office.round(office.programme())

    strict = office.run(round_)
    monkeypatch.setattr(running, "programme_settings", lambda _ctx: ProgrammeSettings(pppk_are_eligible=True))
    open_minded = office.run(round_)

    assert "Kontrak" not in eligible(strict)
    assert "Kontrak" in eligible(open_minded)
    assert why(strict, pppk) == ["Is employed as PPPK; the programme is for PNS."]


@pytest.mark.parametrize("size", [5, 60])
def test_a_run_takes_as_many_statements_for_any_number_of_people(office, city, size):
    where = Assignment.get(Assignment.employee == city.clerk.id).unit
    for number in range(size):
        post(person(f"19910517201503{1000 + number}", f"P{number}"), where, f"T{number}", "PELAKSANA", is_head=False)
    round_ = office.round(office.programme("kplb"))
    run = start_run(office.system(), round_id=round_.id)

    with counted_statements() as statements:
        perform(office.system(), run.id)

    reads = [one for one in statements if one.startswith("SELECT") and "rewards_" not in one.split("FROM")[0]]
    inserted = [one for one in statements if "rewards_eligibility_result" in one and one.startswith("INSERT")]
    assert len(reads) <= 14
    assert len(inserted) <= 1


def offer(monkeypatch, about, values):
    fact = FactDefinition(
        "queueing.wait_median_minutes", "Median wait", "minutes", about, lambda _c, key, _a, _b: values.get(key)
    )
    monkeypatch.setattr(gathering, "fact_named", lambda name: fact if name == fact.name else None)


FACT = [{"kind": "FACT", "fact": "queueing.wait_median_minutes", "at_most": "15", "span": "PERIOD"}]


def test_a_fact_of_the_unit_decides_for_its_people(office, city, monkeypatch):
    offer(monkeypatch, "unit", {city.registry.id: FactValue(Decimal("12.5"), 40, {"query": "q"})})
    round_ = office.round(office.plain(criteria=FACT))

    run = office.run(round_)

    assert eligible(run) == ["Budi Santoso", "Rina Wulandari", "Siti Aminah"]
    row = EligibilityResult.get(EligibilityResult.employee == city.officer.id)
    assert row.findings[0]["values"]["value"] == "12.5"
    assert row.findings[0]["evidence"] == [{"query": "q"}]
    assert why(run, city.other) == [
        "queueing.wait_median_minutes has no cases from 1 January 2026 to 31 December 2026, so ≤ 15 cannot be told."
    ]


def test_without_the_plugin_nobody_is_eligible_by_silence(office, city):
    run = office.run(office.round(office.plain(criteria=FACT)))

    assert (run.eligible, run.undecided, run.people) == (0, 7, 7)
    assert why(run, city.officer) == [
        (
            "queueing.wait_median_minutes cannot be measured, since the plugin queueing is not there. "
            "Switch it on and run again; until then nobody fulfils this."
        )
    ]


def test_facts_are_measured_only_where_nothing_else_stands_against_it(office, city, monkeypatch):
    asked = []
    fact = FactDefinition("queueing.x", "X", "-", "employee", lambda _c, key, _a, _b: asked.append(key))
    monkeypatch.setattr(gathering, "fact_named", lambda _name: fact)
    criteria = [{"kind": "SERVICE_YEARS", "years": 25}, {**FACT[0], "fact": "queueing.x"}]

    office.run(office.round(office.plain(criteria=criteria)))

    assert sorted(asked) == sorted([city.secretary.id, city.head.id])


def test_what_stands_behind_a_sanction_is_shown_to_the_person_alone(office, city, ask):
    sanction(city.officer)
    office.run(office.round(office.programme()))
    query = (
        "{ eligibilityResults(first: 50) { nodes { employee { name } isEligible confidential findings { text } } } }"
    )

    own = ask(query, "officer")["data"]["eligibilityResults"]["nodes"]
    hr = ask(query, "other_chief")["data"]["eligibilityResults"]["nodes"]
    superior = ask(query, "chief")["data"]["eligibilityResults"]["nodes"]

    assert [row["employee"]["name"] for row in own] == ["Budi Santoso"]
    assert own[0]["confidential"][0]["sanction"] == "MEDIUM_1"
    assert len(hr) == 7
    assert [row for row in hr if row["confidential"] and row["employee"]["name"] != "Agus Pratama"] == []
    assert "MEDIUM_1" not in str(hr)
    # The superior reads the own result alone.
    assert [row["employee"]["name"] for row in superior] == ["Siti Aminah"]


def test_runs_wait_for_a_worker_and_one_that_died_is_begun_anew(office, city):
    round_ = office.round(office.programme())
    run = start_run(office.system(), round_id=round_.id)
    EligibilityRun.update(state=RunState.RUNNING).where(EligibilityRun.id == run.id).execute()
    EligibilityResult.create(run=run, employee=city.other, is_eligible=True, findings=[])

    assert work_runs(office.system()) == 1
    assert work_runs(office.system()) == 0

    found = EligibilityRun.get_by_id(run.id)
    assert (found.state, found.people) == (RunState.DONE, 7)
    assert "Dewi Lestari" not in eligible(found)


def test_a_run_that_breaks_off_says_so_and_stops_no_other(office, city, monkeypatch):
    round_ = office.round(office.programme())
    runs = [start_run(office.system(), round_id=round_.id) for _ in range(2)]
    EligibilityRun.update(snapshot={}).where(EligibilityRun.id == runs[0].id).execute()

    work_runs(office.system())

    states = [EligibilityRun.get_by_id(run.id).state for run in runs]
    assert states == [RunState.FAILED, RunState.DONE]


def test_who_may_not_run_is_refused(office, city):
    round_ = office.round(office.programme())

    for who in ("officer", "chief", "secretary"):
        with pytest.raises(Refused, match="FORBIDDEN"):
            start_run(office.as_(who), round_id=round_.id)
    with pytest.raises(Refused, match="RUN_DAY"):
        start_run(office.officer(), round_id=round_.id, as_of=date(2028, 1, 1))
    assert EligibilityRun.select().count() == 0
