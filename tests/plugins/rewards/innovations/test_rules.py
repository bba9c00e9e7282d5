"""Groups of the contest, steps and effects, as tables of values."""

from datetime import date
from decimal import Decimal

import pytest

from core.law.in_force import find_rule
from plugins.rewards.innovations.rules.contest import KIND, content_fault, ready_on, standing
from plugins.rewards.innovations.rules.effects import Figure, cautions, change_percent, is_better
from plugins.rewards.innovations.rules.stages import step_problems
from plugins.rewards.innovations.terms import EffectCaution as Caution
from plugins.rewards.innovations.terms import EffectDirection as Way
from plugins.rewards.innovations.terms import InnovationStage as Stage

DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("group", "used_since", "day", "is_ready", "ready"),
    [
        ("UMUM", date(2024, 3, 1), date(2026, 2, 28), False, date(2026, 3, 1)),
        ("UMUM", date(2024, 3, 1), date(2026, 3, 1), True, date(2026, 3, 1)),
        ("KHUSUS", date(2024, 3, 1), date(2026, 2, 28), False, date(2026, 3, 1)),
        ("KHUSUS", date(2024, 3, 1), date(2026, 3, 1), True, date(2026, 3, 1)),
        ("REPLIKASI", date(2025, 3, 1), date(2026, 2, 28), False, date(2026, 3, 1)),
        ("REPLIKASI", date(2025, 3, 1), date(2026, 3, 1), True, date(2026, 3, 1)),
        ("UMUM", None, date(2026, 3, 1), False, None),
    ],
)
def test_a_group_asks_for_its_years_in_use(city, group, used_since, day, is_ready, ready):
    found = standing(find_rule(KIND, day), group, used_since, day)

    assert (found.is_ready, found.ready_on) == (is_ready, ready)


def test_the_shipped_rules_say_how_many_entries_an_agency_sends_in(city):
    rule = find_rule(KIND, DAY)

    assert {one["code"]: one["most_entries"] for one in rule.content["groups"]} == {
        "UMUM": 10,
        "REPLIKASI": 5,
        "KHUSUS": None,
    }
    assert len(rule.content["categories"]) == 10
    assert standing(rule, "LAIN", DAY, DAY) is None
    assert find_rule(KIND, date(2020, 12, 31)) is None


@pytest.mark.parametrize(
    ("since", "years", "ready"),
    [
        (date(2024, 2, 29), 1, date(2025, 3, 1)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
        (date(2024, 12, 31), 2, date(2026, 12, 31)),
        (date(2024, 5, 6), 0, date(2024, 5, 6)),
    ],
)
def test_years_are_full_years(since, years, ready):
    assert ready_on(since, years) == ready


def _content(**changes):
    group = {"code": "A", "name": "A", "minimum_years": 1, "most_entries": None, "takes_over": False}
    return {"fewest_cases": 30, "groups": [group], "categories": [{"code": "K", "name": "K"}], **changes}


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (_content(), None),
        ([], "content"),
        (_content(fewest_cases=0), "fewest_cases"),
        (_content(fewest_cases=True), "fewest_cases"),
        (_content(groups=[]), "groups"),
        (_content(groups=["A"]), "groups.0"),
        (_content(groups=[{**_content()["groups"][0], "minimum_years": -1}]), "groups.0.minimum_years"),
        (_content(groups=[{**_content()["groups"][0], "most_entries": 0}]), "groups.0.most_entries"),
        (_content(groups=[{**_content()["groups"][0], "takes_over": 1}]), "groups.0.takes_over"),
        (_content(groups=_content()["groups"] * 2), "groups.code"),
        (_content(categories=[{"code": "", "name": "K"}]), "categories.0.code"),
        (_content(categories=[{"code": "K", "name": "K" * 256}]), "categories.0.name"),
    ],
)
def test_a_content_that_no_decision_could_read_is_found_out(content, fault):
    assert content_fault(content) == fault


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("to", Stage)
def test_only_the_next_step_can_be_taken(stage, to):
    allowed = {
        (Stage.PROPOSED, Stage.TRIED),
        (Stage.PROPOSED, Stage.DECLINED),
        (Stage.TRIED, Stage.ADOPTED),
        (Stage.TRIED, Stage.DECLINED),
        (Stage.ADOPTED, Stage.ENDED),
    }

    problems = step_problems(stage, to, DAY, since=DAY, today=DAY, reason="Sebab")

    assert [one.code for one in problems] == ([] if (stage, to) in allowed else ["INNOVATION_STEP"])


@pytest.mark.parametrize(
    ("day", "reason", "codes"),
    [
        (date(2026, 3, 2), "Mahal", []),
        (date(2026, 3, 9), "Mahal", []),
        (date(2026, 3, 1), "Mahal", ["INNOVATION_DAY"]),
        (date(2026, 3, 10), "Mahal", ["INNOVATION_DAY"]),
        (date(2026, 3, 2), "  ", ["REASON_MISSING"]),
    ],
)
def test_a_step_lies_between_the_one_before_and_today_and_refusing_wants_a_reason(day, reason, codes):
    problems = step_problems(
        Stage.PROPOSED, Stage.DECLINED, day, since=date(2026, 3, 2), today=date(2026, 3, 9), reason=reason
    )

    assert [one.code for one in problems] == codes


@pytest.mark.parametrize(
    ("before", "after", "percent", "falls", "rises"),
    [
        ("40", "25", "-37.50", True, False),
        ("25", "40", "60.00", False, True),
        ("30", "30", "0.00", False, False),
        ("3", "2", "-33.33", True, False),
        ("-4", "-2", "50.00", False, True),
        ("0", "5", None, False, True),
        (None, "5", None, None, None),
        ("5", None, None, None, None),
    ],
)
def test_a_change_is_told_in_percent_of_the_value_before(before, after, percent, falls, rises):
    values = [None if one is None else Decimal(one) for one in (before, after)]

    assert change_percent(*values) == (None if percent is None else Decimal(percent))
    assert (is_better(Way.LOWER, *values), is_better(Way.HIGHER, *values)) == (falls, rises)


@pytest.mark.parametrize(
    ("before_cases", "after_cases", "last", "has_value", "said"),
    [
        (30, 30, date(2026, 2, 28), True, []),
        (29, 30, date(2026, 2, 28), True, [Caution.FEW_CASES]),
        (30, 29, date(2026, 2, 28), True, [Caution.FEW_CASES]),
        (30, 30, date(2026, 2, 27), True, [Caution.UNEQUAL_WINDOWS]),
        (0, 30, date(2026, 2, 28), False, [Caution.NO_VALUE_BEFORE, Caution.FEW_CASES]),
    ],
)
def test_few_cases_and_unequal_spans_are_told(before_cases, after_cases, last, has_value, said):
    before = Figure(date(2025, 2, 1), date(2025, 2, 28), Decimal(4) if has_value else None, before_cases)
    after = Figure(date(2026, 2, 1), last, Decimal(2), after_cases)

    assert cautions(before, after, 30) == said
