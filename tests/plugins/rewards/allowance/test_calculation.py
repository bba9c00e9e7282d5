"""Simulations by table: values worked out by hand for the three regions, rounding and limits, and what always holds."""

import copy
import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from core.appraisal.terms import Predicate
from core.attendance.terms import LeaveKind
from plugins.rewards.allowance.rules.calculation import AllowanceInputs, DayShort, SanctionKnown, calculate
from plugins.rewards.allowance.rules.table import fault_of, table_of
from plugins.rewards.allowance.services.examples import examples
from plugins.rewards.allowance.terms import AllowanceGap, Rounding, ShareBase

D = Decimal
GOOD = Predicate.GOOD


def content(code, **amounts):
    """An example with amounts for classes: `c9="5000000"`."""
    example = next(one for one in examples() if one.code == code)
    found = copy.deepcopy(dict(example.content))
    found["basis"]["amounts"] = {name[1:]: amount for name, amount in amounts.items()}
    return found


def simulated(found, **inputs):
    assert fault_of(found) is None
    return calculate(table_of(found), AllowanceInputs(**{"key": "9", "predicate": GOOD, **inputs}))


def amounts(calculation):
    return [(step.kind.value, step.detail, step.amount) for step in calculation.steps]


TULANG_BAWANG = [
    # Basis 5,000,000: performance 3,000,000, discipline 2,000,000.
    ({}, "5000000"),
    ({"days": [DayShort(late=1)]}, "4990000"),  # 0.5 % of 2,000,000
    ({"days": [DayShort(late=30)]}, "4990000"),
    ({"days": [DayShort(late=31)]}, "4980000"),  # 1 %
    ({"days": [DayShort(late=60)]}, "4980000"),
    ({"days": [DayShort(late=61)]}, "4975000"),  # 1.25 %
    ({"days": [DayShort(late=90)]}, "4975000"),
    ({"days": [DayShort(late=91)]}, "4970000"),  # 1.5 %
    ({"days": [DayShort(late=480)]}, "4970000"),
    ({"days": [DayShort(has_no_record=True)]}, "4970000"),
    # A day without a record does not count for its minutes, too.
    ({"days": [DayShort(late=480, has_no_record=True)]}, "4970000"),
    ({"days": [DayShort(missed_assembly=True)]}, "4960000"),  # 2 %
    ({"days": [DayShort(late=5, missed_assembly=True)]}, "4950000"),
    # 3 days from 1 minute (30,000), 2 from 61 (50,000), 1 assembly (40,000).
    ({"days": [DayShort(late=5)] * 3 + [DayShort(late=61), DayShort(late=70, missed_assembly=True)]}, "4880000"),
    ({"predicate": Predicate.VERY_GOOD}, "5000000"),
    ({"predicate": Predicate.NEEDS_IMPROVEMENT}, "4100000"),  # 70 % of 3,000,000 + 2,000,000
    ({"predicate": Predicate.POOR}, "3200000"),
    ({"predicate": Predicate.VERY_POOR}, "2000000"),
    ({"predicate": Predicate.VERY_POOR, "days": [DayShort(late=91)] * 4}, "1880000"),
]


@pytest.mark.parametrize(("inputs", "result"), TULANG_BAWANG)
def test_tulang_bawang(inputs, result):
    found = simulated(content("tulang_bawang", c9="5000000"), **inputs)

    assert found.result == D(result)


PERMENTAN = [
    # Basis 4,000,000, all of it for attendance.
    ({}, "4000000"),
    ({"absent_days": 1}, "3840000"),  # 4 %
    ({"absent_days": 3}, "3520000"),
    ({"absent_days": 25}, "0"),
    ({"absent_days": 26}, "0"),  # not below nought
    ({"days": [DayShort(late=10), DayShort(early=31), DayShort(late=61, early=91)]}, "3800000"),  # 0.5+1+1.5+2 %
    ({"sanctions": [SanctionKnown("LIGHT_1", 0)]}, "3200000"),  # 20 % for one month
    ({"sanctions": [SanctionKnown("LIGHT_1", 1, still_lasts=False)]}, "4000000"),
    ({"sanctions": [SanctionKnown("HEAVY_2", 11)]}, "800000"),  # 80 % for twelve
    ({"sanctions": [SanctionKnown("HEAVY_2", 12)]}, "4000000"),
    # Both together take no more than there is.
    ({"sanctions": [SanctionKnown("HEAVY_2", 0), SanctionKnown("LIGHT_1", 0), SanctionKnown("LIGHT_1", 0)]}, "0"),
    ({"absent_days": 1, "sanctions": [SanctionKnown("LIGHT_1", 0)]}, "3040000"),  # 4 % and 20 % of all
]


@pytest.mark.parametrize(("inputs", "result"), PERMENTAN)
def test_permentan_68_of_2012(inputs, result):
    found = simulated(content("permentan_68_2012", c9="4000000"), **inputs)

    assert found.result == D(result)


@pytest.mark.parametrize(("predicate", "result"), [(Predicate.GOOD, "3000000"), (Predicate.VERY_POOR, "1200000")])
def test_in_kepahiang_whoever_is_present_but_does_not_work_gets_forty_percent(predicate, result):
    assert simulated(content("kepahiang", c9="3000000"), predicate=predicate).result == D(result)


def test_each_step_says_what_of_and_how_often():
    found = simulated(
        content("tulang_bawang", c9="5000000"),
        predicate=Predicate.POOR,
        days=[DayShort(late=40), DayShort(late=45), DayShort(missed_assembly=True)],
    )

    assert [(s.kind.value, s.detail, s.base, s.percent, s.count, s.amount) for s in found.steps] == [
        ("PERFORMANCE_PART", "", D(5000000), D(60), None, D(3000000)),
        ("PREDICATE", "POOR", D(3000000), D(60), 1, D(-1800000)),
        ("DISCIPLINE_PART", "", D(5000000), D(40), None, D(2000000)),
        ("LATE", "31", D(2000000), D(1), 2, D(-40000)),
        ("MISSED_ASSEMBLY", "", D(2000000), D(2), 1, D(-40000)),
    ]
    assert (found.basis, found.result, found.missing) == (D(5000000), D(3120000), ())


@pytest.mark.parametrize(
    ("code", "inputs", "gap", "detail"),
    [
        ("tulang_bawang", {"key": "10"}, AllowanceGap.BASIS, "10"),
        ("tulang_bawang", {"key": None}, AllowanceGap.BASIS, ""),
        ("tulang_bawang", {"key": None, "has_position": False}, AllowanceGap.POSITION, ""),
        ("tulang_bawang", {"predicate": None}, AllowanceGap.PREDICATE, ""),
        ("tulang_bawang", {"unknown_days": 2}, AllowanceGap.ATTENDANCE, "2"),
        ("tulang_bawang", {"is_month_over": False}, AllowanceGap.MONTH_NOT_OVER, ""),
        ("tulang_bawang", {"absent_days": 1}, AllowanceGap.SHARE_OF_ABSENCE, ""),
        ("tulang_bawang", {"days": [DayShort(early=1)]}, AllowanceGap.SHARE_OF_EARLINESS, ""),
        ("kepahiang", {"days": [DayShort(late=1)]}, AllowanceGap.SHARE_OF_LATENESS, ""),
        ("kepahiang", {"days": [DayShort(has_no_record=True)]}, AllowanceGap.SHARE_OF_NO_RECORD, ""),
        ("kepahiang", {"days": [DayShort(missed_assembly=True)]}, AllowanceGap.SHARE_OF_ASSEMBLY, ""),
        ("tulang_bawang", {"leave_days": {LeaveKind.SICK: 1}}, AllowanceGap.SHARE_OF_LEAVE, "SICK"),
        ("tulang_bawang", {"sanctions": [SanctionKnown("LIGHT_1", 0)]}, AllowanceGap.SHARE_OF_SANCTION, "LIGHT_1"),
    ],
)
def test_what_is_missing_is_said_and_not_guessed(code, inputs, gap, detail):
    found = simulated(content(code, c9="5000000"), **inputs)

    assert found.result is None
    assert [(one.gap, one.detail) for one in found.missing] == [(gap, detail)]


def test_what_the_table_is_silent_about_does_not_matter_where_it_did_not_happen():
    found = simulated(
        content("kepahiang", c9="3000000"),
        days=[DayShort()] * 20,
        leave_days={LeaveKind.SICK: 0},
        sanctions=[SanctionKnown("LIGHT_2", 40, still_lasts=False)],
    )

    assert (found.result, found.missing) == (D(3000000), ())


@pytest.mark.parametrize(
    ("to", "mode", "basis", "result"),
    [
        # 99 % of the basis by one absent day of 1 %.
        ("1", "HALF_UP", "1050", "1040"),  # 1039.5
        ("1", "HALF_EVEN", "1050", "1040"),
        ("1", "HALF_EVEN", "950", "940"),  # 940.5
        ("1", "HALF_UP", "950", "941"),
        ("1", "DOWN", "1099", "1088"),  # 1088.01
        ("1", "UP", "1099", "1089"),
        ("100", "HALF_UP", "1050", "1000"),
        ("100", "UP", "1050", "1100"),
        ("0.01", "HALF_UP", "1.05", "1.04"),  # 1.0395
        ("0.01", "DOWN", "1.05", "1.03"),
        ("0.0001", "DOWN", "1.05", "1.0395"),
    ],
)
def test_rounding_of_the_result(to, mode, basis, result):
    found = content("permentan_68_2012", c9=basis)
    found["attendance"]["absent_day"] = "1"
    found["rounding"] = {"to": to, "mode": mode, "each_step": False}

    calculation = simulated(found, absent_days=1)

    assert calculation.result == D(result)
    assert sum(step.amount for step in calculation.steps) == calculation.result


def test_rounding_of_each_step_may_differ_from_that_of_the_result():
    found = content("tulang_bawang", c9="101")
    days = [DayShort(late=1)]
    # 60.6 + 40.4 - 0.202 = 100.798
    assert simulated(found, days=days).result == D(101)
    found["rounding"] = {"to": "1", "mode": "DOWN", "each_step": True}
    # 60 + 40 - 0
    assert amounts(simulated(found, days=days)) == [
        ("PERFORMANCE_PART", "", D(60)), ("PREDICATE", "GOOD", D(0)), ("DISCIPLINE_PART", "", D(40)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("floor", "ceiling", "absent", "result", "last"),
    [
        ("0", None, 30, "0", "ATTENDANCE_CAP"),
        ("500", None, 30, "500", "FLOOR"),
        ("500", None, 0, "1000", "DISCIPLINE_PART"),
        ("0", "800", 0, "800", "CEILING"),
        ("0", "1000", 0, "1000", "DISCIPLINE_PART"),
        ("800", "800", 10, "800", "FLOOR"),
        # Rounding comes before the floor, which therefore holds to the last digit.
        ("55", None, 30, "55", "FLOOR"),
    ],
)
def test_floor_and_ceiling(floor, ceiling, absent, result, last):
    found = content("permentan_68_2012", c9="1000")
    found |= {"floor": floor, "ceiling": ceiling}
    found["rounding"]["to"] = "100"

    calculation = simulated(found, absent_days=absent)

    assert calculation.result == D(result)
    assert calculation.steps[-1].kind.value == last


@pytest.mark.parametrize(
    ("order", "percent_of", "result"),
    [
        # 1000, two absent days of 4 % and a sanction of 20 %.
        (["attendance", "sanctions"], "PARTS", "720"),
        (["sanctions", "attendance"], "PARTS", "720"),
        (["attendance", "sanctions"], "REMAINING", "736"),  # 920 - 184
        (["sanctions", "attendance"], "REMAINING", "720"),  # 1000 - 200 - 80
        (["attendance", "sanctions"], "BASIS", "720"),
        (["attendance", "sanctions"], "PERFORMANCE", "920"),
    ],
)
def test_the_order_and_the_base_of_deductions_are_the_tables(order, percent_of, result):
    found = content("permentan_68_2012", c9="1000")
    found["order"], found["sanctions"]["percent_of"] = order, percent_of

    assert simulated(found, absent_days=2, sanctions=[SanctionKnown("LIGHT_1", 0)]).result == D(result)


def test_a_cap_on_deductions_for_attendance_gives_the_rest_back():
    found = content("tulang_bawang", c9="1000")
    found["attendance"]["cap"] = "3"

    calculation = simulated(found, days=[DayShort(missed_assembly=True)] * 2)

    assert amounts(calculation)[-2:] == [("MISSED_ASSEMBLY", "", D(-16)), ("ATTENDANCE_CAP", "", D(4))]
    assert calculation.result == D(988)


def test_leave_takes_by_its_working_days():
    found = content("tulang_bawang", c9="1000")
    found["attendance"]["leave_day"] = {"ANNUAL": "0", "SICK": "2.5", "UNPAID": "5"}

    calculation = simulated(found, leave_days={LeaveKind.ANNUAL: 5, LeaveKind.SICK: 2, LeaveKind.UNPAID: 1})

    assert amounts(calculation)[-2:] == [("LEAVE", "SICK", D(-20)), ("LEAVE", "UNPAID", D(-20))]
    assert calculation.result == D(960)


# ---- what makes a table usable

WRONG = [
    (("basis", "by"), "NIP", "basis.by"),
    (("basis", "amounts"), [], "basis.amounts"),
    (("basis", "amounts"), {"9": 5.0}, "basis.amounts.9"),
    (("basis", "amounts"), {"9": "-1"}, "basis.amounts.9"),
    (("basis", "amounts"), {"9": "1.00001"}, "basis.amounts.9"),
    (("basis", "amounts"), {"9": "NaN"}, "basis.amounts.9"),
    (("shares",), {"performance": "60"}, "shares"),
    (("shares",), {"performance": "61", "discipline": "40"}, "shares"),
    (("shares", "performance"), "sixty", "shares.performance"),
    (("predicates",), {"GOOD": "100"}, "predicates"),
    (("predicates", "POOR"), "101", "predicates.POOR"),
    (("predicate_of",), "MONTH", "predicate_of"),
    (("attendance",), None, "attendance"),
    (("attendance", "month_offset"), -1, "attendance.month_offset"),
    (("attendance", "month_offset"), True, "attendance.month_offset"),
    (("attendance", "unrecorded_day"), "ABSENT", "attendance.unrecorded_day"),
    (("attendance", "percent_of"), "TPP", "attendance.percent_of"),
    (("attendance", "absent_day"), 4, "attendance.absent_day"),
    (("attendance", "late"), {}, "attendance.late"),
    (("attendance", "late"), [{"from": 0, "percent": "1"}], "attendance.late.0.from"),
    (("attendance", "late"), [{"from": 5, "percent": "1"}, {"from": 5, "percent": "2"}], "attendance.late.1.from"),
    (("attendance", "late"), [{"from": 5, "percent": "2"}, {"from": 6, "percent": "1"}], "attendance.late.1.percent"),
    (("attendance", "early"), [{"from": 5}], "attendance.early.0.percent"),
    (("attendance", "leave_day"), {"HOLIDAY": "1"}, "attendance.leave_day"),
    (("attendance", "leave_day"), {"SICK": "-1"}, "attendance.leave_day.SICK"),
    (("attendance", "cap"), None, "attendance.cap"),
    (("attendance", "no_record_replaces_minutes"), 1, "attendance.no_record_replaces_minutes"),
    (("sanctions",), {}, "sanctions.percent_of"),
    (("sanctions", "lines"), [], "sanctions.lines"),
    (("sanctions", "lines"), {"LIGHT_1": {"months": 1}}, "sanctions.lines.LIGHT_1.percent"),
    (("sanctions", "lines"), {"LIGHT_1": {"percent": "1", "months": 0}}, "sanctions.lines.LIGHT_1.months"),
    (("sanctions", "lines"), {"LIGHT_1": {"percent": "1"}}, "sanctions.lines.LIGHT_1.months"),
    (("order",), ["attendance"], "order"),
    (("order",), "attendance", "order"),
    (("rounding",), None, "rounding"),
    (("rounding", "to"), "0", "rounding.to"),
    (("rounding", "to"), "3", "rounding.to"),
    (("rounding", "mode"), "CEIL", "rounding.mode"),
    (("rounding", "each_step"), "yes", "rounding.each_step"),
    (("floor",), None, "floor"),
    (("ceiling",), "-1", "ceiling"),
]


@pytest.mark.parametrize(("place", "value", "fault"), WRONG)
def test_a_table_that_cannot_be_used_is_named_at_its_place(place, value, fault):
    found = content("tulang_bawang", c9="5000000")
    at = found
    for name in place[:-1]:
        at = at[name]
    at[place[-1]] = value

    assert fault_of(found) == fault


@pytest.mark.parametrize("name", ["basis", "shares", "predicates", "predicate_of", "attendance", "sanctions", "order",
                                  "rounding", "floor", "ceiling"])  # fmt: skip
def test_nothing_of_a_table_has_a_default(name):
    found = content("tulang_bawang", c9="5000000")
    del found[name]

    assert fault_of(found).partition(".")[0] == name


def test_a_ceiling_below_the_floor_is_no_ceiling():
    assert fault_of(content("tulang_bawang") | {"floor": "5", "ceiling": "4"}) == "ceiling"


def test_the_examples_are_usable_say_where_they_come_from_and_hold_no_amounts():
    assert [(one.code, one.confidence) for one in examples()] == [
        ("kepahiang", "M"), ("tulang_bawang", "L"), ("permentan_68_2012", "L"),
    ]  # fmt: skip
    for one in examples():
        assert fault_of(one.content) is None
        assert one.content["basis"]["amounts"] == {}
        assert len(one.source) > 100
    files = Path("plugins/rewards/allowance/data").glob("*.json")
    assert all("valid_from" not in json.loads(path.read_text()) for path in files)


# ---- what always holds

PERCENT = st.decimals(0, 100, places=2).map(str)
SHARES = st.integers(0, 100).flatmap(lambda p: st.tuples(st.just(str(p)), st.integers(0, 100 - p).map(str)))
DAYS = st.builds(
    DayShort, late=st.integers(0, 480), early=st.integers(0, 480), has_no_record=st.booleans(),
    missed_assembly=st.booleans(),
)  # fmt: skip


@st.composite
def tables(draw):
    """Any usable table that is silent about nothing."""

    def bands():
        percents = sorted(draw(st.lists(st.decimals(0, 100, places=2), min_size=1, max_size=4)))
        starts = sorted(
            draw(st.lists(st.integers(1, 400), min_size=len(percents), max_size=len(percents), unique=True))
        )
        return [{"from": start, "percent": str(p)} for start, p in zip(starts, percents, strict=True)]

    bases = st.sampled_from([base.value for base in ShareBase])
    performance, discipline = draw(SHARES)
    floor = draw(st.decimals(0, 10_000, places=4))
    ceiling = draw(st.none() | st.decimals(floor, 10**8, places=4))
    return {
        "basis": {"by": "JOB_CLASS", "amounts": {"9": str(draw(st.decimals(0, 10**8, places=4)))}},
        "shares": {"performance": performance, "discipline": discipline},
        "predicates": {one.value: draw(PERCENT) for one in Predicate},
        "predicate_of": "WINDOW",
        "attendance": {
            "month_offset": 1, "unrecorded_day": "PRESENT", "percent_of": draw(bases), "late": bands(),
            "early": bands(), "no_record": draw(PERCENT), "absent_day": draw(PERCENT),
            "missed_assembly": draw(PERCENT), "leave_day": {kind.value: draw(PERCENT) for kind in LeaveKind},
            "cap": draw(PERCENT), "no_record_replaces_minutes": False,
        },
        "sanctions": {
            "percent_of": draw(bases),
            "lines": {code: {"percent": draw(PERCENT), "months": None} for code in ("LIGHT_1", "HEAVY_1")},
        },
        "order": draw(st.permutations(["attendance", "sanctions"])),
        "rounding": {
            "to": draw(st.sampled_from(["0.01", "1", "100"])), "mode": draw(st.sampled_from(Rounding)).value,
            "each_step": draw(st.booleans()),
        },
        "floor": str(floor),
        "ceiling": None if ceiling is None else str(ceiling),
    }  # fmt: skip


INPUTS = st.builds(
    AllowanceInputs, key=st.just("9"), predicate=st.sampled_from(Predicate), days=st.lists(DAYS, max_size=23),
    absent_days=st.integers(0, 23),
    leave_days=st.dictionaries(st.sampled_from(LeaveKind), st.integers(1, 10), max_size=2),
    sanctions=st.lists(
        st.builds(SanctionKnown, st.sampled_from(["LIGHT_1", "HEAVY_1"]), st.integers(0, 12)), max_size=2
    ),
)  # fmt: skip


@given(tables(), INPUTS)
def test_the_steps_add_up_exactly_and_the_result_keeps_its_limits(found, inputs):
    assert fault_of(found) is None
    table = table_of(found)
    calculation = calculate(table, inputs)

    assert calculation.missing == ()
    assert sum((step.amount for step in calculation.steps), D(0)) == calculation.result
    assert calculation.result >= table.floor
    assert table.ceiling is None or calculation.result <= table.ceiling
    assert all(isinstance(step.amount, Decimal) for step in calculation.steps)


@given(tables(), INPUTS, st.sampled_from(["late", "absent", "assembly", "no_record"]))
def test_whoever_is_deducted_more_never_gets_more(found, inputs, more):
    table = table_of(found)
    days = list(inputs.days)
    worse = {
        "late": {"days": [*days, DayShort(late=480)]},
        "absent": {"absent_days": inputs.absent_days + 1},
        "assembly": {"days": [*days, DayShort(missed_assembly=True)]},
        "no_record": {"days": [*days, DayShort(has_no_record=True)]},
    }[more]

    assert calculate(table, AllowanceInputs(**{**vars(inputs), **worse})).result <= calculate(table, inputs).result


@given(tables(), INPUTS)
def test_a_better_predicate_never_gives_less_where_its_share_is_not_smaller(found, inputs):
    table = table_of(found)
    best = max(Predicate, key=lambda one: table.predicates[one])
    assume(table.attendance_of is not ShareBase.PERFORMANCE or not found["rounding"]["each_step"])
    # A table may take more than the whole of a part, attendance and sanctions together: then more of it loses more.
    taken = sum(table.sanctions[one.code].percent for one in inputs.sanctions if one.code in table.sanctions)
    assume(table.attendance_cap + taken <= 100)

    better = calculate(table, AllowanceInputs(**{**vars(inputs), "predicate": best}))

    assert better.result >= calculate(table, inputs).result
