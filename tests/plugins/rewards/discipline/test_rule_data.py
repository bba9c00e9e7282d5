"""The rule sets: shipped, chosen by the day of the act, apart for PPPK, editable, and refused where unusable."""

import copy
from datetime import date
from decimal import Decimal

import pytest

from core.law.in_force import find_rule, rule_in_force
from core.law.models import RuleVersion
from core.law.services import NewRuleVersion, add_rule_version
from core.organisation.terms import EmploymentStatus
from core.plugin_api import Refused
from plugins.rewards.discipline.reading import plan_outcome
from plugins.rewards.discipline.rule_sets import ABSENCE, RULE_SETS, kind_for
from plugins.rewards.discipline.services.law import law_of, law_on
from plugins.rewards.discipline.terms import SanctionLevel
from tests.plugins.rewards.discipline.conftest import ACT, code_of
from tests.plugins.rewards.discipline.contents import FOLDER, raw

FILES = sorted(path.stem.rpartition("-") for path in FOLDER.glob("*_p*-*.json"))
FAULTS = {name.name.partition(".")[2]: name.fault_of for name in RULE_SETS}


@pytest.mark.parametrize(("kind", "revision"), [(kind, int(number)) for kind, _, number in FILES if kind in FAULTS])
def test_every_shipped_file_is_usable(kind, revision):
    assert FAULTS[kind](raw(kind, revision)["content"]) is None
    assert raw(kind, revision)["confidence"] in {"H", "M", "L"}


@pytest.mark.parametrize(
    ("kind", "day", "regulation"),
    [
        ("absence_pns", date(2010, 6, 5), None),
        ("absence_pns", date(2010, 6, 6), "PP 53/2010"),
        ("absence_pns", date(2021, 8, 30), "PP 53/2010"),
        ("absence_pns", date(2021, 8, 31), "PP 94/2021"),
        ("breaches_pns", date(2021, 8, 30), "PP 53/2010"),
        ("breaches_pns", date(2021, 8, 31), "PP 94/2021"),
        ("sanctions_pns", date(2021, 8, 30), "PP 53/2010"),
        ("sanctions_pns", date(2021, 8, 31), "PP 94/2021"),
        ("plan_pns", date(2018, 12, 31), "PP 53/2010"),
        ("plan_pns", date(2021, 8, 31), None),
        ("absence_pppk", date(2021, 8, 30), None),
        ("absence_pppk", date(2024, 1, 1), "PP 49/2018"),
    ],
)
def test_the_day_of_the_act_chooses_the_law(registry, kind, day, regulation):
    rule = find_rule(f"rewards.{kind}", day)

    assert (rule.regulation[:10] if rule else None) == regulation


def test_candidates_are_under_the_rules_of_servants_and_contracts_under_their_own():
    assert kind_for(ABSENCE, "CPNS") == kind_for(ABSENCE, "PNS") == "rewards.absence_pns"


@pytest.mark.parametrize(
    ("kind", "path", "value", "fault"),
    [
        ("absence_pns", ("bands", 0, "days_from"), 0, "bands.0.days_from"),
        ("absence_pns", ("bands", 1, "days_from"), 3, "bands"),
        ("absence_pns", ("bands",), [], "bands"),
        ("absence_pns", ("other",), 1, "other"),
        ("absence_pns", ("in_a_row", "days"), "ten", "in_a_row.days"),
        ("breaches_pns", ("items", 0, "levels"), {}, "items.0"),
        ("breaches_pns", ("items", 1, "code"), "3.a", "items"),
        ("breaches_pns", ("items", 0, "levels"), {"MOON": "HEAVY"}, "items.0.levels.MOON.[key]"),
        ("sanctions_pns", ("sanctions", 0, "level"), "HEAVY", "sanctions"),
        ("sanctions_pns", ("sanctions", 0, "months"), -1, "sanctions.0.months"),
        ("plan_pns", ("bands", 0, "below"), None, "bands.0"),
        ("procedure_pns", ("deadlines", "DELIVERY", "days"), 0, "deadlines.DELIVERY.days"),
        ("procedure_pns", ("authorities",), [], "authorities"),
        ("procedure_pns", ("team", "need"), {"LIGHT": "NONE"}, "team"),
    ],
)
def test_what_is_not_usable_is_named(kind, path, value, fault):
    revision = 2 if kind in {"absence_pns", "breaches_pns", "sanctions_pns"} else 1
    content = copy.deepcopy(raw(kind, revision)["content"])
    place = content
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value

    assert FAULTS[kind](content) == fault


def test_a_deadline_that_is_left_out_is_named():
    content = copy.deepcopy(raw("procedure_pns", 1)["content"])
    del content["deadlines"]["DELIVERY"]

    assert FAULTS["procedure_pns"](content) == "deadlines"


def test_an_institution_changes_the_bands_from_a_day_on_and_older_cases_keep_theirs(desk):
    case = desk.case(desk.taken_up())
    content = copy.deepcopy(raw("absence_pns", 2)["content"])
    content["bands"][0]["days_from"] = 2
    add_rule_version(
        desk.ctx, NewRuleVersion("rewards.absence_pns", "PP 1/2026", "JDIH", "H", date(2026, 2, 1), None, content)
    )

    assert law_of(case).absence.bands[0].days_from == 3
    assert rule_in_force("rewards.absence_pns", date(2026, 2, 1)).content["bands"][0]["days_from"] == 2
    new = desk.case(desk.taken_up(employee=desk.city.other))
    assert law_of(new).absence.bands[0].days_from == 2
    content["bands"][0]["days_from"] = 4
    unusable = NewRuleVersion("rewards.absence_pns", "PP 2/2026", "JDIH", "H", date(2027, 2, 1), None, content)
    with pytest.raises(Refused) as refusal:
        add_rule_version(desk.ctx, unusable)
    assert refusal.value.problems[0].params == {"place": "bands"}


def test_an_act_before_31_august_2021_is_judged_by_the_former_law(desk):
    law = law_on(desk.ctx, desk.city.officer, date(2018, 5, 1), desk.day)

    assert law.snapshot["rewards.absence"]["regulation"].startswith("PP 53/2010")
    assert law.snapshot["rewards.procedure"]["regulation"].startswith("PP 94/2021")
    assert law.plan is not None
    assert law_on(desk.ctx, desk.city.officer, ACT[1], desk.day).plan is None


def test_an_act_older_than_every_rule_is_refused(desk):
    with pytest.raises(Refused) as refusal:
        desk.reported(act=(date(2009, 5, 1), date(2009, 5, 1)))
    assert code_of(refusal) == ["NO_RULE_IN_FORCE"]


def test_rules_of_pppk_are_provisional_and_can_be_refused(desk, pppk):
    provisional = law_on(desk.ctx, pppk, ACT[1], desk.day)
    assert {rule["confidence"] for rule in provisional.snapshot.values()} == {"L"}
    assert all("Nobody has verified" in rule["source"] for rule in provisional.snapshot.values())

    desk.choose(pppk_rules="local_only")
    with pytest.raises(Refused) as refusal:
        desk.reported(employee=pppk)
    assert code_of(refusal) == ["NO_RULE_IN_FORCE"]
    assert desk.reported(employee=desk.city.officer)


@pytest.mark.parametrize(
    ("percent", "day", "level"),
    [
        ("20", date(2018, 12, 31), SanctionLevel.HEAVY),
        ("30", date(2018, 12, 31), SanctionLevel.MEDIUM),
        ("60", date(2018, 12, 31), None),
        ("20", date(2021, 8, 30), SanctionLevel.HEAVY),
        ("20", date(2021, 8, 31), None),
        ("20", date(2024, 12, 31), None),
    ],
)
def test_r19_a_plan_that_is_not_reached_is_a_matter_of_help_not_of_discipline(registry, percent, day, level):
    outcome = plan_outcome(EmploymentStatus.PNS, Decimal(percent), day)

    assert outcome.level is level
    assert bool(outcome.follow_up) is (day > date(2021, 8, 30))
    assert (
        not RuleVersion.select()
        .where((RuleVersion.kind == "rewards.plan_pns") & RuleVersion.valid_to.is_null())
        .exists()
    )
