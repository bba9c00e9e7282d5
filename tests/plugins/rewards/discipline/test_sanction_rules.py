"""R18 and R19, repeats, levels by impact, and how long sanctions last."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.organisation.terms import PositionGroup
from plugins.rewards.discipline.rules.authority import authority_for, is_high_enough
from plugins.rewards.discipline.rules.sanctions import Charge, heavier, last_day, level_of, one_sanction, plan_level
from plugins.rewards.discipline.terms import Authority, Impact, SanctionLevel
from tests.plugins.rewards.discipline.contents import content

PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""How long drawing and counting take says nothing."""

SANCTIONS = content("sanctions_pns", 2)
FORMER = content("sanctions_pns", 1)
CATALOGUE = content("breaches_pns", 2)
PLAN = content("plan_pns", 1)
PROCEDURE = content("procedure_pns", 1)
CODES = [one.code for one in SANCTIONS.sanctions]
LIGHT, MEDIUM, HEAVY = SanctionLevel


def charge(level, **values):
    return Charge("3.e", level, **values)


def one(*charges, repeat_is_heavier=True, sanctions=SANCTIONS):
    return one_sanction(charges, sanctions, repeat_is_heavier=repeat_is_heavier)[0]


def absent(code):
    return Charge("4.f", SanctionLevel[code.partition("_")[0]], sanction=code, is_absence=True)


def test_r18_one_examination_has_one_sanction_the_heaviest():
    charges = [absent("MEDIUM_1"), absent("LIGHT_2"), absent("HEAVY_1")]

    sanction, steps = one_sanction(charges, SANCTIONS, repeat_is_heavier=True)

    assert sanction == "HEAVY_1"
    assert [step.sanction for step in steps] == ["MEDIUM_1", "LIGHT_2", "HEAVY_1"]


@PATIENT
@given(codes=st.lists(st.sampled_from(CODES), min_size=1))
def test_one_sanction_is_the_heaviest_whatever_the_charges(codes):
    assert one(*[absent(code) for code in codes]) == max(codes, key=CODES.index)


def test_without_charges_there_is_no_sanction():
    assert one() is None


@pytest.mark.parametrize(("level", "code"), [(LIGHT, "LIGHT_1"), (MEDIUM, "MEDIUM_1"), (HEAVY, "HEAVY_1")])
def test_a_breach_by_level_begins_with_the_lightest_of_its_level(level, code):
    assert one(charge(level)) == code


@pytest.mark.parametrize(
    ("level", "earlier", "code"),
    [
        (LIGHT, "LIGHT_1", "LIGHT_2"),
        (LIGHT, "LIGHT_2", "LIGHT_3"),
        (LIGHT, "LIGHT_3", "MEDIUM_1"),
        (LIGHT, "MEDIUM_3", "HEAVY_1"),
        (MEDIUM, "LIGHT_1", "MEDIUM_1"),
        (MEDIUM, "MEDIUM_1", "MEDIUM_2"),
        (HEAVY, "HEAVY_2", "HEAVY_3"),
        (HEAVY, "HEAVY_3", "HEAVY_3"),
        # of a rule set that is no longer in force
        (LIGHT, "HEAVY_5", "LIGHT_1"),
    ],
)
def test_a_repeat_is_heavier_than_before(level, earlier, code):
    assert one(charge(level, earlier=earlier)) == code


def test_a_repeat_of_absence_is_not_heavier():
    repeated = Charge("4.f", LIGHT, sanction="LIGHT_1", is_absence=True, earlier="LIGHT_3")

    assert one(repeated) == "LIGHT_1"


def test_a_law_without_heavier_repeats_is_data_as_well():
    assert one(charge(LIGHT, earlier="LIGHT_2"), repeat_is_heavier=False) == "LIGHT_1"


def test_the_next_heavier_goes_through_the_whole_ladder():
    assert [heavier(SANCTIONS, code) for code in CODES] == [*CODES[1:], "HEAVY_3"]


@pytest.mark.parametrize(
    ("percent", "level"),
    [("0", HEAVY), ("20", HEAVY), ("24.99", HEAVY), ("25", MEDIUM), ("30", MEDIUM), ("50", MEDIUM), ("50.01", None)],
)
def test_r19_the_plan_mattered_before_31_august_2021(percent, level):
    assert plan_level(Decimal(percent), PLAN) is level


@pytest.mark.parametrize("percent", ["0", "20", "30", "100"])
def test_r19_it_does_not_any_more(percent):
    assert plan_level(Decimal(percent), None) is None


@pytest.mark.parametrize(
    ("code", "by_impact"),
    [
        ("3.a", (HEAVY, HEAVY, HEAVY)),
        ("3.b", (MEDIUM, MEDIUM, HEAVY)),
        ("3.e", (LIGHT, MEDIUM, HEAVY)),
        ("4.a", (MEDIUM, MEDIUM, MEDIUM)),
        ("4.b", (MEDIUM, MEDIUM, MEDIUM)),
        ("4.g", (LIGHT, MEDIUM, HEAVY)),
        ("5.a", (HEAVY, HEAVY, HEAVY)),
        ("5.m", (LIGHT, MEDIUM, HEAVY)),
        ("5.n-1", (MEDIUM, MEDIUM, MEDIUM)),
        ("5.n-2", (HEAVY, HEAVY, HEAVY)),
    ],
)
def test_the_level_follows_from_the_impact(code, by_impact):
    item = CATALOGUE.item(code)

    assert tuple(level_of(item, impact) for impact in (Impact.UNIT, Impact.AGENCY, Impact.STATE)) == by_impact


def test_without_an_impact_only_items_that_need_none_have_a_level():
    assert level_of(CATALOGUE.item("3.a"), Impact.UNSTATED) is HEAVY
    assert level_of(CATALOGUE.item("3.e"), Impact.UNSTATED) is None


def test_seventeen_duties_and_fourteen_prohibitions():
    articles = {item.article for item in CATALOGUE.items if item.kind == "DUTY"}
    prohibitions = {item.article for item in CATALOGUE.items if item.kind == "PROHIBITION"}

    assert (len(articles), len(prohibitions)) == (17, 14)


def test_nine_kinds_of_sanction_and_eleven_before():
    assert (len(SANCTIONS.sanctions), len(FORMER.sanctions)) == (9, 11)
    assert [bool(one.substitute) for one in SANCTIONS.sanctions] == [False] * 3 + [True] * 3 + [False] * 3


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 8, 4), 0, date(2026, 8, 4)),
        (date(2026, 8, 4), 6, date(2027, 2, 3)),
        (date(2026, 8, 4), 12, date(2027, 8, 3)),
        (date(2026, 8, 31), 6, date(2027, 2, 27)),
        (date(2027, 8, 31), 6, date(2028, 2, 28)),
        (date(2026, 12, 1), 9, date(2027, 8, 31)),
        (date(2026, 1, 1), 36, date(2028, 12, 31)),
        (date(2026, 8, 4), None, None),
    ],
)
def test_how_long_a_sanction_lasts(start, months, end):
    assert last_day(start, months) == end


@pytest.mark.parametrize(
    ("level", "group", "authority"),
    [
        (LIGHT, PositionGroup.OPERATIONAL, Authority.DIRECT_SUPERIOR),
        (LIGHT, PositionGroup.EXECUTIVE, Authority.APPOINTING_AUTHORITY),
        (MEDIUM, PositionGroup.FUNCTIONAL, Authority.NEXT_SUPERIOR),
        (HEAVY, PositionGroup.MANAGERIAL, Authority.APPOINTING_AUTHORITY),
        (HEAVY, None, Authority.APPOINTING_AUTHORITY),
    ],
)
def test_who_may_sanction_is_a_table(level, group, authority):
    assert authority_for(level, group, PROCEDURE).authority is authority


def test_a_higher_authority_may_do_what_a_lower_one_may():
    order = list(Authority)

    assert all(
        is_high_enough(one, other) is (order.index(one) >= order.index(other)) for one in order for other in order
    )
