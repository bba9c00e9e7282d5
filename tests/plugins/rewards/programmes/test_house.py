"""What programmes give to the house: facts, the card of the start page, the command line, and personal data."""

import json
from datetime import date

import pytest

from core.facts.reading import fact_named
from core.migrating import migrate_everything
from core.plugin_host import build_registry
from core.registry import active_registry
from core.settings import load_settings
from plugins.rewards.programmes.cards import figures
from plugins.rewards.programmes.models import Award, Nomination, RewardProgramme
from plugins.rewards.programmes.services import deciding, nominating
from plugins.rewards.programmes.services.rounds import create_round
from plugins.rewards.programmes.terms import AwardKind, NominationBasis
from tests.support.calls import system_context
from tests.support.city import build_city
from tests.support.cli import answer
from tests.support.databases import open_for_tests

NIP = "199207202017032004"
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def award(employee, unit, day=date(2026, 1, 10), **more):
    return Award.create(employee=employee, kind=AwardKind.APPRECIATION, title="-", awarded_on=day, unit=unit, **more)


def test_awards_are_counted_as_facts_of_units_and_people(office, city):
    award(city.officer, city.registry)
    award(city.officer, city.registry, is_published=False)
    award(city.other, city.archive, date(2025, 12, 31))
    of_unit, own = fact_named("rewards.awards_count"), fact_named("rewards.own_awards_count")

    def value(fact, key):
        found = fact.measure(office.system(), key, *YEAR)
        return None if found is None else (int(found.value), found.cases)

    assert [value(of_unit, unit.id) for unit in (city.root, city.registry, city.archive)] == [(1, 1), (1, 1), None]
    assert [value(own, one.id) for one in (city.officer, city.other)] == [(2, 2), None]


def test_the_card_says_what_waits_to_those_who_work_on_it(office, city):
    round_ = office.round(office.plain())
    for who in (city.officer, city.clerk):
        nominating.nominate(
            office.system(), round_id=round_.id, employee_id=who.id, basis=NominationBasis.PEER, statement="Baik"
        )
    made = Nomination.get(Nomination.employee == city.officer.id)
    nominating.verify_nomination(office.system(), made.id, None, accepted=True)
    deciding.award_nomination(office.system(), made.id, None, decree_number="1")

    assert [figure.value for figure in figures(office.officer())] == ["1", "0", "1", "0"]
    assert figures(office.as_("clerk")) == []


def test_the_person_is_told_everything_and_what_rests_on_decrees_stays(office, city):
    office.run(office.round(office.programme()))
    award(city.officer, city.registry, decree_number="9")
    registry = active_registry()

    told, failed = registry.personal_data(city.officer)
    kept = registry.erase_personal_data(city.officer)

    titles = {item.title: item.rows for item in told}
    assert failed == ()
    assert titles["Awards"][0]["decree_number"] == "9"
    assert "mengabdi" in titles["Eligibility results"][0]["why"]
    assert "AWARDS_STAY" in [problem.code for problem in kept]
    again = {item.title: item.rows for item in registry.personal_data(city.officer)[0]}
    assert again["Eligibility results"] == []
    assert len(again["Awards"]) == 1


@pytest.fixture
def deployment(deployed, database_url, monkeypatch):
    """A deployment with the plugin and the small city, at its command line."""
    monkeypatch.setenv("KINERJA_PLUGINS", "rewards")
    open_for_tests(database_url)
    migrate_everything(build_registry(load_settings(), web=False).migration_sources)
    return build_city()


def test_a_programme_is_adopted_and_run_at_the_command_line(deployment, capsys, db):
    code, shown, _ = answer(capsys, "rewards", "templates", "--json", "--lang", "en")
    assert (code, "sks_xxx" in [one["code"] for one in json.loads(shown)]) == (0, True)
    code, shown, _ = answer(capsys, "rewards", "adopt", "sks_x", "--lang", "id")
    assert (code, "sudah disiapkan" in shown) == (0, True)
    code, _, wrong = answer(capsys, "rewards", "run", "sks_x", "--lang", "en")
    assert (code, "ROUND_MISSING" in wrong) == (1, True)
    open_for_tests_again(db)
    programme = RewardProgramme.get(RewardProgramme.code == "sks_x")
    create_round(system_context(db), programme_id=programme.id, name="2026", starts_on=YEAR[0], ends_on=YEAR[1])

    code, shown, _ = answer(capsys, "rewards", "run", "sks_x", "--as-of", "2026-01-15", "--json", "--lang", "en")
    assert (code, json.loads(shown)["people"], json.loads(shown)["eligible"]) == (0, 7, 5)
    code, shown, _ = answer(
        capsys, "rewards", "results", "sks_x", "--nip", "199207202017032004", "--json", "--lang", "en"
    )
    told = json.loads(shown)
    assert (code, told["eligible"]) == (0, False)
    assert "10 years are needed" in told["why"][1]


def open_for_tests_again(settings):
    from core.database import connect
    from core.plugin_host import start

    connect(settings.database_url)
    start(settings, ["rewards"], web=False)
