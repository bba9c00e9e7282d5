"""Verbs of periods, plans, what stands in them, and templates."""

from datetime import date
from decimal import Decimal

import pytest

from core.errors import Refused
from core.organisation.models import Assignment
from core.planning.models import Indicator, PerformancePlan, PlanTemplate, WorkResult
from core.planning.services.correcting import correct_window
from core.planning.services.single import change_indicator, change_work_result
from core.planning.terms import Frequency, PeriodState, PlanApproach, PlanState, WorkResultKind
from tests.support.verbs import GONE, Case, check, do

TODAY = "2026-01-15"
SMALL = '{"work_results": [{"statement": "Arsip rapi", "indicators": [{"statement": "Jumlah"}]}]}'


def key(world, label):
    return world.rows[label].id


CASES = [
    Case(
        "planning.create_period", "hr_admin",
        texts=lambda _w: {
            "code": "2028", "name": "Tahun 2028", "starts_on": "2028-01-01", "ends_on": "2028-12-31",
            "frequency": "MONTHLY", "plan_deadline": "", "evaluation_deadline": "",
        },
        expected={"code": "2028", "frequency": Frequency.MONTHLY, "state": PeriodState.PLANNED},
    ),
    Case(
        "planning.correct_period", "hr_admin", "period.next",
        lambda _w: {"name": "SKP 2027", "plan_deadline": "2027-02-28"},
        {"name": "SKP 2027", "plan_deadline": date(2027, 2, 28), "code": "2027"},
    ),
    Case(
        "planning.open_period", "hr_admin", "period.old", lambda _w: {"reason": "Belum selesai"},
        {"state": PeriodState.OPEN},
    ),
    Case("planning.close_period", "hr_admin", "period.next", expected={"state": PeriodState.CLOSED}),
    Case(
        "planning.correct_window", "hr_admin", "window", lambda _w: {"name": "TW I", "ends_on": "2026-03-30"},
        {"name": "TW I", "ends_on": date(2026, 3, 30)},
    ),
    Case(
        "planning.create_plan", "hr_officer",
        texts=lambda w: {
            "employee_id": key(w, "employee.clerk"), "period_id": key(w, "period.next"), "approach": "QUALITATIVE",
            "starts_on": "", "ends_on": "", "evaluator_id": "",
        },
        expected={"approach": PlanApproach.QUALITATIVE, "state": PlanState.DRAFT},
    ),
    Case(
        "planning.update_plan", "clerk", "plan.clerk", lambda _w: {"support_needed": "Pelatihan"},
        {"support_needed": "Pelatihan", "consequences": ""},
    ),
    Case("planning.submit_plan", "clerk", "plan.clerk", expected={"state": PlanState.SUBMITTED}),
    Case("planning.approve_plan", "head", "plan.other_chief", expected={"state": PlanState.APPROVED, "revision": 1}),
    Case(
        "planning.return_plan", "head", "plan.other_chief", lambda _w: {"note": "Perbaiki ukuran"},
        {"state": PlanState.RETURNED, "return_note": "Perbaiki ukuran"},
    ),
    Case(
        "planning.revise_plan", "chief", "plan.officer", lambda _w: {"reason": "Tugas berubah"},
        {"state": PlanState.DRAFT},
    ),
    Case(
        "planning.change_evaluator", "hr_officer", "plan.officer",
        lambda w: {"evaluator_id": key(w, "employee.clerk"), "on": TODAY}, {"state": PlanState.APPROVED},
    ),
    Case(
        "planning.add_work_result", "clerk",
        texts=lambda w: {"plan_id": key(w, "plan.clerk"), "statement": "Data mutakhir", "kind": "ADDITIONAL"},
        expected={"statement": "Data mutakhir", "kind": WorkResultKind.ADDITIONAL, "sequence": 2},
    ),
    Case(
        "planning.change_work_result", "clerk", "result.clerk", lambda _w: {"success_measure": "Tanpa galat"},
        {"success_measure": "Tanpa galat", "statement": "Hasil clerk"},
    ),
    Case("planning.remove_work_result", "chief", "result.empty", expected=GONE),
    Case(
        "planning.link_work_result", "other", "result.other.unlinked",
        lambda w: {"parent_id": key(w, "result.other_chief")}, {"statement": "Tugas tambahan"},
    ),
    Case("planning.unlink_work_result", "officer", "result.officer", expected={"parent": None}),
    Case(
        "planning.add_indicator", "clerk",
        texts=lambda w: {
            "work_result_id": key(w, "result.clerk"), "statement": "Ketepatan", "target_min": "90.5",
            "target_max": "100", "direction": "HIGHER_IS_BETTER", "pattern": "POSITION", "unit_of_measure": "%",
        },
        expected={"statement": "Ketepatan", "target_min": Decimal("90.5"), "unit_of_measure": "%", "sequence": 2},
    ),
    Case(
        "planning.change_indicator", "clerk", "indicator.clerk", lambda _w: {"target_max": "7"},
        {"target_max": Decimal(7), "target_min": Decimal(1)},
    ),
    Case("planning.remove_indicator", "clerk", "indicator.spare", expected=GONE),
    Case(
        "planning.set_expectation", "chief", "expectation.clerk", lambda _w: {"expectation": "Ramah"},
        {"expectation": "Ramah"},
    ),
    Case(
        "planning.create_template", "hr_officer",
        texts=lambda _w: {"code": "T2", "name": "Templat", "approach": "QUANTITATIVE", "content": SMALL},
        expected={"code": "T2", "name": "Templat"},
    ),
    Case(
        "planning.update_template", "hr_officer", "template", lambda _w: {"name": "Lain", "content": SMALL},
        {"name": "Lain"},
    ),
    Case(
        "planning.template_of_plan", "hr_officer", "plan.officer", lambda _w: {"code": "T3", "name": "Dari SKP"},
        {"code": "T3", "name": "Dari SKP"}, of=PlanTemplate,
    ),
    Case(
        "planning.assign_template", "chief", "template",
        lambda w: {
            "period_id": key(w, "period.next"), "unit_id": key(w, "unit.registry"), "starts_on": "",
            "position_kind_ids": [w.rows["position.clerk"].kind_id],
        },
        {"state": PlanState.DRAFT}, of=PerformancePlan,
    ),
]  # fmt: skip


@pytest.fixture
def world(world):
    plan = world.rows["plan.clerk"]
    world.rows["result.empty"] = WorkResult.create(plan=plan, kind=WorkResultKind.ADDITIONAL, statement="Kosong")
    world.rows["indicator.spare"] = Indicator.create(work_result=world.rows["result.empty"], statement="Cadangan")
    return world


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_verb_does_what_it_says_and_others_are_refused(world, case):
    if case.name in {"planning.add_work_result", "planning.submit_plan"}:
        world.rows["indicator.spare"].delete_instance()
        world.rows["result.empty"].delete_instance()

    check(world, case)


def test_a_plan_is_split_at_the_move_of_its_holder(world):
    # Written as rows, since the events of a move split the plan by themselves.
    held = world.rows["assignment.officer"]
    Assignment.update(valid_to=date(2026, 1, 14)).where(Assignment.id == held.id).execute()
    vacant = world.rows["position.vacant"]
    Assignment.create(employee=held.employee, position=vacant, unit=vacant.unit, valid_from=date(2026, 1, 15))
    split = Case(
        "planning.split_plan", "hr_officer", "plan.officer", lambda _w: {"on": TODAY}, {"state": PlanState.DRAFT},
        of=PerformancePlan,
    )  # fmt: skip

    check(world, split)

    assert PerformancePlan.get_by_id(key(world, "plan.officer")).state is PlanState.ENDED


def test_a_fault_of_one_row_is_named_at_its_own_fields(world):
    with pytest.raises(Refused) as refusal:
        change_indicator(world.context("clerk"), key(world, "indicator.clerk"), None, {"target_min": Decimal(9)})

    assert [(problem.code, problem.path) for problem in refusal.value.problems] == [
        ("TARGET_REVERSED", ("input", "targetMin"))
    ]


def test_a_row_that_was_changed_in_the_meantime_is_not_overwritten(world):
    row = world.rows["result.clerk"]
    change_work_result(world.context("clerk"), row.id, row.version, {"statement": "Satu"})

    with pytest.raises(Refused) as refusal:
        change_work_result(world.context("clerk"), row.id, row.version, {"statement": "Dua"})

    assert refusal.value.problems[0].code == "STALE_VERSION"
    assert WorkResult.get_by_id(row.id).statement == "Satu"


def test_results_of_an_agreed_plan_stand(world):
    with pytest.raises(Refused) as refusal:
        change_work_result(world.context("officer"), key(world, "result.officer"), None, {"statement": "Dua"})

    assert refusal.value.problems[0].code == "PLAN_NOT_EDITABLE"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"starts_on": date(2026, 1, 2)}, "WINDOW_HAS_BEGUN"),
        ({"ends_on": date(2026, 4, 2)}, "WINDOWS_OVERLAP"),
        ({"ends_on": date(2027, 4, 2)}, "DATE_OUTSIDE_PERIOD"),
        ({"name": " "}, "EMPTY"),
    ],
)
def test_a_window_keeps_its_past_and_leaves_others_their_days(world, changes, code):
    before = world.rows["window"]

    with pytest.raises(Refused) as refusal:
        correct_window(world.context("hr_admin"), before.id, None, changes)

    assert code in [problem.code for problem in refusal.value.problems]
    after = type(before).get_by_id(before.id)
    assert (after.name, after.starts_on, after.ends_on) == (before.name, before.starts_on, before.ends_on)


@pytest.mark.parametrize("content", ['{"work_results": [1]}', '{"work_results": [{"kind": "MAIN"}]}', '["x"]', "7"])
def test_content_that_is_none_is_refused(world, content):
    case = Case(
        "planning.create_template", "hr_officer",
        texts=lambda _w: {"code": "T9", "name": "x", "approach": "QUANTITATIVE", "content": content},
    )  # fmt: skip

    with pytest.raises(Refused) as refusal:
        do(world, case)

    assert refusal.value.problems[0].code == "BAD_CONTENT"
    assert PlanTemplate.select().count() == 1
