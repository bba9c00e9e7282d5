"""Criteria: what can be stored, what every programme asks for, and what the shipped templates say."""

import pytest

from core.i18n import translate
from plugins.rewards.programmes.rules.criteria import ALWAYS, fault_of, with_always
from plugins.rewards.programmes.rules.texts import TEXTS
from plugins.rewards.programmes.templates import TITLES, templates

GOOD = {"kind": "SERVICE_YEARS", "years": 10}


@pytest.mark.parametrize(
    ("criteria", "fault"),
    [
        ([], None),
        ([GOOD], None),
        ([{"kind": "NO_SANCTION", "levels": ["LIGHT"], "span": "YEARS", "years": 2}], None),
        ([{"kind": "FACT", "fact": "queueing.wait_median_minutes", "at_most": "15", "span": "PERIOD"}], None),
        ("no list", "criteria"),
        ([GOOD] * 21, "criteria"),
        ([GOOD, "text"], "2.kind"),
        ([{"kind": "HEIGHT"}], "1.kind"),
        ([{"kind": "SERVICE_YEARS"}], "1.years"),
        ([{"kind": "SERVICE_YEARS", "years": 0}], "1.years"),
        ([{"kind": "SERVICE_YEARS", "years": True}], "1.years"),
        ([{**GOOD, "more": 1}], "1.more"),
        ([{"kind": "EMPLOYMENT", "statuses": []}], "1.statuses"),
        ([{"kind": "EMPLOYMENT", "statuses": ["HONORER"]}], "1.statuses"),
        ([{"kind": "NO_SANCTION", "levels": ["MEDIUM"], "span": "ALWAYS"}], "1.span"),
        ([{"kind": "NO_SANCTION", "levels": ["MEDIUM"], "span": "YEARS"}], "1.years"),
        ([{"kind": "NO_SANCTION", "levels": ["MEDIUM"], "span": "EVER", "years": 3}], "1.years"),
        ([{"kind": "NO_LEAVE", "leaves": ["HOLIDAY"], "span": "EVER"}], "1.leaves"),
        ([{"kind": "PREDICATE_STREAK", "at_least": "FINE", "count": 1}], "1.at_least"),
        ([{"kind": "FACT", "fact": "wait", "at_most": "1", "span": "PERIOD"}], "1.fact"),
        ([{"kind": "FACT", "fact": "a.b", "span": "PERIOD"}], "1.at_most"),
        ([{"kind": "FACT", "fact": "a.b", "at_most": 3, "span": "PERIOD"}], "1.at_most"),
        ([{"kind": "FACT", "fact": "a.b", "at_most": "NaN", "span": "PERIOD"}], "1.at_most"),
    ],
)
def test_only_usable_criteria_are_stored(criteria, fault):
    assert fault_of(criteria) == fault


def test_every_programme_asks_for_no_medium_or_heavy_sanction_in_its_period():
    assert with_always([]) == list(ALWAYS)
    assert with_always([GOOD]) == [GOOD, *ALWAYS]
    assert with_always([*ALWAYS, GOOD]) == [*ALWAYS, GOOD]


@pytest.mark.parametrize("code", sorted(templates()))
def test_shipped_templates_are_usable_and_say_where_they_come_from(code):
    template = templates()[code]

    assert fault_of(template["criteria"]) is None
    assert all(template[name] for name in ("name", "legal_basis", "source", "confidence"))
    assert set(template["description"]) == {"id", "en"}
    assert {tuple(sorted(item)) for item in template["checklist"]} <= {("code", "en", "id")}


def test_every_template_has_a_title_to_choose_it_by():
    assert set(TITLES) == set(templates())


def test_the_medals_are_for_ten_twenty_and_thirty_years():
    years = {
        code: [one["years"] for one in template["criteria"] if one["kind"] == "SERVICE_YEARS"]
        for code, template in templates().items()
        if code.startswith("sks")
    }

    assert years == {"sks_x": [10], "sks_xx": [20], "sks_xxx": [30]}


def test_every_reason_is_told_in_indonesian(registry):
    assert [code for code, text in TEXTS.items() if translate(text, "id") == text] == []
