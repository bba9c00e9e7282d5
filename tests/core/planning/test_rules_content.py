"""What a plan may hold and what it must hold, by tables of values."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.planning.content import IndicatorContent, PlanContent, WorkResultContent, as_json, from_json
from core.planning.rules.content import Frame, amount_problem, completeness_problems, content_problems, warnings
from core.planning.terms import Aspect, BehaviorValue, MeasuringPattern, Perspective, PlanApproach, WorkResultKind

YEAR = Frame(
    PlanApproach.QUANTITATIVE, is_executive=False, releases_from=date(2026, 1, 1), releases_to=date(2027, 1, 31)
)
JPT = replace(YEAR, is_executive=True)
QUALITATIVE = replace(YEAR, approach=PlanApproach.QUALITATIVE)
TEMPLATE = Frame(PlanApproach.QUANTITATIVE)
SOUND = IndicatorContent("Jumlah akta", Aspect.QUANTITY, "akta", Decimal(1), Decimal(2))
RELEASED = replace(SOUND, pattern=MeasuringPattern.RELEASE)
PROCESS = Perspective.BUSINESS_PROCESS


def plan(*indicators, **values):
    return PlanContent(work_results=(WorkResultContent("Akta terbit", indicators=indicators, **values),))


def found(problems):
    return [(problem.code, ".".join(map(str, problem.path))) for problem in problems]


@pytest.mark.parametrize(
    ("content", "frame", "expected"),
    [
        (PlanContent(), YEAR, []),
        (plan(SOUND), YEAR, []),
        (plan(replace(SOUND, target_min=Decimal(2))), YEAR, []),
        (PlanContent(work_results=(WorkResultContent(" "),)), YEAR, [("EMPTY", "workResults.0.statement")]),
        (plan(perspective=PROCESS), YEAR, [("PERSPECTIVE_NOT_ALLOWED", "workResults.0.perspective")]),
        (plan(perspective=PROCESS), JPT, []),
        (plan(perspective=PROCESS), TEMPLATE, []),
        (plan(SOUND, replace(SOUND, statement="")), YEAR, [("EMPTY", "workResults.0.indicators.1.statement")]),
        (
            plan(replace(SOUND, target_min=None)),
            YEAR,
            [("TARGET_HALF_GIVEN", "workResults.0.indicators.0.targetMin")],
        ),
        (
            plan(replace(SOUND, target_max=None)),
            YEAR,
            [("TARGET_HALF_GIVEN", "workResults.0.indicators.0.targetMax")],
        ),
        (plan(replace(SOUND, target_min=None, target_max=None)), YEAR, []),
        (
            plan(replace(SOUND, target_min=Decimal(3))),
            YEAR,
            [("TARGET_REVERSED", "workResults.0.indicators.0.targetMin")],
        ),
        (
            plan(replace(SOUND, target_min=Decimal("NaN"), target_max=Decimal("0.00001"))),
            YEAR,
            [
                ("AMOUNT_INVALID", "workResults.0.indicators.0.targetMin"),
                ("AMOUNT_TOO_PRECISE", "workResults.0.indicators.0.targetMax"),
            ],
        ),
        (
            plan(replace(SOUND, release_on=date(2026, 5, 1))),
            YEAR,
            [("RELEASE_NOT_EXPECTED", "workResults.0.indicators.0.releaseOn")],
        ),
        (plan(RELEASED), YEAR, [("RELEASE_DATE_MISSING", "workResults.0.indicators.0.releaseOn")]),
        (plan(RELEASED), TEMPLATE, []),
        (plan(replace(RELEASED, release_on=date(2026, 5, 1))), TEMPLATE, []),
        (plan(replace(RELEASED, release_on=date(2026, 1, 1))), YEAR, []),
        (plan(replace(RELEASED, release_on=date(2027, 1, 31))), YEAR, []),
        (
            plan(replace(RELEASED, release_on=date(2027, 2, 1))),
            YEAR,
            [("RELEASE_OUTSIDE_PERIOD", "workResults.0.indicators.0.releaseOn")],
        ),
        (
            plan(replace(RELEASED, release_on=date(2025, 12, 31))),
            YEAR,
            [("RELEASE_OUTSIDE_PERIOD", "workResults.0.indicators.0.releaseOn")],
        ),
    ],
)
def test_what_may_never_stand_in_a_plan(content, frame, expected):
    assert found(content_problems(content, frame)) == expected


@pytest.mark.parametrize(
    ("content", "frame", "expected"),
    [
        (PlanContent(), YEAR, [("NO_WORK_RESULTS", "workResults")]),
        (plan(SOUND), YEAR, []),
        (plan(), YEAR, [("INDICATOR_MISSING", "workResults.0.indicators")]),
        (
            plan(SOUND, replace(SOUND, target_min=None, target_max=None)),
            YEAR,
            [("TARGET_MISSING", "workResults.0.indicators.1.targetMin")],
        ),
        (
            plan(replace(SOUND, target_max=None)),
            YEAR,
            [("TARGET_MISSING", "workResults.0.indicators.0.targetMin")],
        ),
        (plan(), QUALITATIVE, [("SUCCESS_MEASURE_MISSING", "workResults.0.successMeasure")]),
        (plan(success_measure="Warga puas"), QUALITATIVE, []),
        (plan(SOUND), JPT, [("PERSPECTIVE_MISSING", "workResults.0.perspective")]),
        (plan(SOUND, perspective=PROCESS), JPT, []),
    ],
)
def test_what_a_plan_lacks_before_it_is_submitted(content, frame, expected):
    assert found(completeness_problems(content, frame)) == expected


@pytest.mark.parametrize(
    ("kinds", "codes"),
    [([], []), (["MAIN", "ADDITIONAL"], []), (["ADDITIONAL", "ADDITIONAL"], ["ONLY_ADDITIONAL"])],
)
def test_only_additional_results_are_worth_a_warning(kinds, codes):
    content = PlanContent(work_results=tuple(WorkResultContent("x", kind=WorkResultKind(kind)) for kind in kinds))

    assert [problem.code for problem in warnings(content)] == codes


@pytest.mark.parametrize(
    ("amount", "code"),
    [
        (None, None),
        ("0", None),
        ("-12.5", None),
        ("0.0001", None),
        ("0.00010", None),
        ("99999999999.9999", None),
        ("999999999999999", None),
        ("1e14", None),
        ("1e15", "AMOUNT_TOO_PRECISE"),
        ("1000000000000.1234", "AMOUNT_TOO_PRECISE"),
        ("0.00001", "AMOUNT_TOO_PRECISE"),
        ("NaN", "AMOUNT_INVALID"),
        ("Infinity", "AMOUNT_INVALID"),
        ("sNaN", "AMOUNT_INVALID"),
    ],
)
def test_amounts_that_both_databases_keep(amount, code):
    problem = amount_problem(None if amount is None else Decimal(amount), ("targetMin",))

    assert (problem and problem.code) == code


@given(
    st.builds(
        PlanContent,
        work_results=st.lists(
            st.builds(
                WorkResultContent,
                statement=st.text(),
                kind=st.sampled_from(WorkResultKind),
                perspective=st.none() | st.sampled_from(Perspective),
                parent_id=st.none() | st.integers(),
                indicators=st.lists(
                    st.builds(
                        IndicatorContent,
                        statement=st.text(),
                        aspect=st.none() | st.sampled_from(Aspect),
                        target_min=st.none() | st.decimals(allow_nan=False, allow_infinity=False, places=4),
                        release_on=st.none() | st.dates(),
                        pattern=st.sampled_from(MeasuringPattern),
                    ),
                    max_size=2,
                ).map(tuple),
            ),
            max_size=3,
        ).map(tuple),
        expectations=st.dictionaries(st.sampled_from(BehaviorValue), st.text()),
        support_needed=st.none() | st.text(),
    )
)
def test_content_survives_the_way_through_json(content):
    assert from_json(as_json(content)) == content


def test_what_is_not_given_stays():
    present = PlanContent((WorkResultContent("A"),), {BehaviorValue.LOYAL: "x"}, "printer", None, "ada")
    wanted = PlanContent(None, {BehaviorValue.ADAPTIVE: "y"}, None, None, "lain")

    assert wanted.over(present) == PlanContent(
        present.work_results, {BehaviorValue.LOYAL: "x", BehaviorValue.ADAPTIVE: "y"}, "printer", None, "lain"
    )
    assert PlanContent(work_results=()).over(present).work_results == ()
