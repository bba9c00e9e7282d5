"""Who fulfils what and why, as pure rules: R20 with all its values, and every kind of criterion."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plugins.rewards.discipline.effects import SanctionSpell
from plugins.rewards.discipline.terms import SanctionLevel
from plugins.rewards.programmes.rules.criteria import with_always
from plugins.rewards.programmes.rules.judging import (
    Adopted,
    Frame,
    Given,
    Known,
    LeaveSpell,
    Measured,
    Person,
    Rated,
    is_eligible,
    is_undecided,
    judge,
)
from plugins.rewards.programmes.rules.texts import sentence
from plugins.rewards.programmes.templates import templates
from plugins.rewards.programmes.terms import Outcome

BUDI = Person(1, 7, "PNS", "199005172015031002")
TEN_YEARS = date(2025, 3, 1)
MEDAL = with_always(templates()["sks_x"]["criteria"])


def frame(day=TEN_YEARS, **more):
    return Frame(day, date(2025, 1, 1), date(2025, 12, 31), **more)


def spell(level, first, until, code="X"):
    return SanctionSpell(1, SanctionLevel(level), 1, code, first, until)


MEDIUM = spell("MEDIUM", date(2018, 1, 1), date(2018, 6, 30), "MEDIUM_1")
LIGHT = spell("LIGHT", date(2018, 1, 1), date(2018, 1, 1), "LIGHT_1")
CLTN = LeaveSpell(5, "UNPAID", date(2019, 1, 1), date(2020, 12, 31))


def against(criteria, person=BUDI, known=None, at=None):
    """Return the codes of what is not fulfilled."""
    found = judge(criteria, person, known or Known(), at or frame())
    return [one.code for one in found if one.outcome is not Outcome.MET]


@pytest.mark.parametrize(
    ("day", "known", "expected"),
    [
        pytest.param(TEN_YEARS, Known(), [], id="10 y 0 d, clean"),
        pytest.param(date(2025, 2, 28), Known(), ["SERVICE_SHORT"], id="9 y 364 d"),
        pytest.param(TEN_YEARS, Known(sanctions=[MEDIUM]), ["SANCTION_STANDS"], id="past medium sanction"),
        pytest.param(
            TEN_YEARS,
            Known(sanctions=[spell("HEAVY", date(2018, 1, 1), date(2018, 12, 31))]),
            ["SANCTION_STANDS"],
            id="past heavy sanction",
        ),
        pytest.param(TEN_YEARS, Known(leaves=[CLTN]), ["LEAVE_TAKEN"], id="unpaid leave"),
        pytest.param(TEN_YEARS, Known(sanctions=[LIGHT]), [], id="light sanction only"),
        pytest.param(TEN_YEARS, Known(leaves=[replace(CLTN, kind="LONG")]), [], id="long leave is no unpaid one"),
        pytest.param(TEN_YEARS, Known(awards=[Given(3, date(2025, 2, 1))]), ["AWARD_HELD"], id="has the medal already"),
    ],
)
def test_r20_the_medal_of_ten_years(day, known, expected):
    assert against(MEDAL, known=known, at=frame(day)) == expected


def test_r20_with_counting_that_restarts():
    """Ten years after the last day of the sanction or the leave the medal is possible again."""
    settled = Known(sanctions=[MEDIUM], leaves=[CLTN])

    assert against(MEDAL, known=settled, at=frame(date(2030, 12, 31), restarts=True)) == ["SERVICE_SHORT"]
    assert against(MEDAL, known=settled, at=frame(date(2031, 1, 1), restarts=True)) == []
    assert against(MEDAL, known=settled, at=frame(date(2031, 1, 1))) == ["SANCTION_STANDS", "LEAVE_TAKEN"]


def test_service_is_interrupted_while_a_sanction_without_end_lasts():
    lasting = Known(sanctions=[spell("HEAVY", date(2018, 1, 1), None)])

    codes = against(MEDAL, known=lasting, at=frame(restarts=True))

    assert codes == ["SERVICE_INTERRUPTED", "SERVICE_INTERRUPTED", "SERVICE_INTERRUPTED", "SANCTION_STANDS"]


@pytest.mark.parametrize("status", ["PPPK", "CPNS"])
def test_medals_are_for_pns_unless_the_setting_says_otherwise(status):
    other = replace(BUDI, status=status)

    assert against(MEDAL, other) == ["EMPLOYMENT_OTHER"]


def test_a_pppk_whose_first_day_nobody_recorded_cannot_be_told():
    stranger = Person(2, 7, "PPPK", "199005172023211001")
    criteria = [{"kind": "SERVICE_YEARS", "years": 1}]

    findings = judge(criteria, stranger, Known(), frame())

    assert [(one.outcome, one.code) for one in findings] == [(Outcome.UNKNOWN, "START_UNKNOWN")]
    assert is_undecided(findings)
    assert not is_eligible(findings)
    assert against(criteria, replace(stranger, joined_on=date(2024, 3, 1))) == []


@pytest.mark.parametrize("code", sorted(templates()))
@given(
    level=st.sampled_from([SanctionLevel.MEDIUM, SanctionLevel.HEAVY]),
    begins=st.integers(-800, 400),
    lasts=st.one_of(st.none(), st.integers(0, 800)),
    restarts=st.booleans(),
)
@settings(suppress_health_check=[HealthCheck.too_slow])  # how fast the machine is, is no matter of this test
def test_a_sanctioned_person_is_never_eligible_in_the_period(code, level, begins, lasts, restarts):
    """Whatever the programme asks for: a medium or heavy sanction on any day of the period stands against it."""
    period = frame(date(2025, 6, 30), restarts=restarts)
    first = period.starts_on + timedelta(days=begins)
    until = None if lasts is None else first + timedelta(days=lasts)
    known = Known(
        sanctions=[spell(level, first, until)],
        rated=[Rated(1, "2024", date(2024, 12, 31), "VERY_GOOD")],
        adopted=[Adopted(1, "Loket", date(2025, 2, 1))],
    )
    touches = first <= period.ends_on and (until is None or until >= period.starts_on)

    findings = judge(with_always(templates()[code]["criteria"]), BUDI, known, period)

    if touches:
        assert not is_eligible(findings)
        assert "SANCTION_STANDS" in [one.code for one in findings]


def test_what_the_sanction_was_is_for_the_person_alone():
    (finding,) = [one for one in judge(MEDAL, BUDI, Known(sanctions=[MEDIUM]), frame()) if one.private]

    assert finding.private == [
        {"sanction": "MEDIUM_1", "level": "MEDIUM", "effective_on": "2018-01-01", "until": "2018-06-30"}
    ]
    assert "MEDIUM_1" not in str(finding.as_json())
    assert "2018" not in str(finding.as_json())


def rated(*predicates, last=2024):
    return [
        Rated(number, str(last - number), date(last - number, 12, 31), predicate)
        for number, predicate in enumerate(predicates)
        if predicate
    ]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (rated("GOOD", "VERY_GOOD"), []),
        (rated("VERY_GOOD", "NEEDS_IMPROVEMENT", "GOOD"), ["STREAK_SHORT"]),
        (rated("POOR", "GOOD", "GOOD"), ["STREAK_SHORT"]),
        (rated("GOOD", None, "GOOD"), ["STREAK_SHORT"]),
        (rated("GOOD"), ["STREAK_SHORT"]),
        ([], ["STREAK_NONE"]),
        # Two plans of one year are one year.
        ([*rated("GOOD"), Rated(9, "2024b", date(2024, 12, 31), "GOOD")], ["STREAK_SHORT"]),
        ([*rated("GOOD", "GOOD"), Rated(9, "2024b", date(2024, 12, 31), "POOR")], ["STREAK_SHORT"]),
        # A period that is not over on the day counts neither way.
        ([Rated(8, "2025", date(2025, 12, 31), "POOR"), *rated("GOOD", "GOOD")], []),
    ],
)
def test_predicates_are_counted_in_a_row(rows, expected):
    criteria = [{"kind": "PREDICATE_STREAK", "at_least": "GOOD", "count": 2}]

    assert against(criteria, known=Known(rated=rows)) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2024, 12, 31), ["INNOVATION_FEW"]),
        (date(2025, 1, 1), []),
        (date(2025, 12, 31), []),
        (date(2026, 1, 1), ["INNOVATION_FEW"]),
    ],
)
def test_innovations_are_counted_in_the_period(day, expected):
    criteria = [{"kind": "INNOVATION_ADOPTED", "count": 1, "span": "PERIOD"}]

    assert against(criteria, known=Known(adopted=[Adopted(4, "Antrean", day)])) == expected


@pytest.mark.parametrize(
    ("measured", "outcome", "code"),
    [
        (Measured(Decimal("14.5"), 20), Outcome.MET, "FACT_WITHIN"),
        (Measured(Decimal(15), 20), Outcome.MET, "FACT_WITHIN"),
        (Measured(Decimal("15.01"), 20), Outcome.NOT_MET, "FACT_BEYOND"),
        (Measured(None), Outcome.UNKNOWN, "FACT_WITHOUT_CASES"),
        (Measured(None, is_there=False), Outcome.UNKNOWN, "FACT_ABSENT"),
        (None, Outcome.UNKNOWN, "FACT_NOT_ASKED"),
    ],
)
def test_a_fact_is_within_bounds_or_cannot_be_told(measured, outcome, code):
    criteria = [{"kind": "FACT", "fact": "queueing.wait_median_minutes", "at_most": "15", "span": "PERIOD"}]
    known = Known(facts={} if measured is None else {0: measured})

    (finding,) = judge(criteria, BUDI, known, frame())

    assert (finding.outcome, finding.code) == (outcome, code)
    assert is_eligible([finding]) is (outcome is Outcome.MET)


@pytest.mark.parametrize(
    ("span", "more", "expected"),
    [
        ("EVER", {}, True),
        ("SERVICE", {}, False),
        ("PERIOD", {}, False),
        ("YEARS", {"years": 11}, True),
        ("YEARS", {"years": 10}, False),
    ],
)
def test_a_criterion_looks_at_its_days_alone(span, more, expected):
    """A light sanction the day before the service began, ten years and a day ago."""
    old = spell("LIGHT", date(2015, 2, 28), date(2015, 2, 28))
    criteria = [{"kind": "NO_SANCTION", "levels": ["LIGHT"], "span": span, **more}]

    assert bool(against(criteria, known=Known(sanctions=[old]))) is expected


def test_reasons_are_told_in_both_languages(registry):
    findings = [one.as_json() for one in judge(MEDAL, BUDI, Known(leaves=[CLTN]), frame(date(2025, 2, 28)))]

    assert sentence(findings[1], "en") == (
        "Has served 9 years and 364 days since 1 March 2015; 10 years are needed and are full on 1 March 2025."
    )
    assert sentence(findings[1], "id") == (
        "Telah mengabdi 9 tahun 364 hari sejak 1 Maret 2015; diperlukan 10 tahun, yang genap pada 1 Maret 2025."
    )
    assert "unpaid leave" in sentence(findings[3], "en")
    assert "cuti di luar tanggungan negara" in sentence(findings[3], "id")
    assert findings[3]["evidence"][0]["leave_id"] == 5
