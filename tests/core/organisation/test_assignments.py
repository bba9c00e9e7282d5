from datetime import date

import pytest

from core.organisation.models import Assignment, Delegation, Employee, Position, ReportingLine
from core.organisation.services.assignments import assign, end_assignment, withdraw_assignment
from core.organisation.services.delegations import create_delegation, end_delegation, withdraw_delegation
from core.organisation.services.reporting import (
    Difference,
    bring_up_to_date,
    differing_lines,
    lines_may_change,
    rebuild_lines,
)
from core.organisation.terms import AssignmentKind, EmployeeState
from core.registry import active_registry
from core.work import unit_of_work
from tests.support.calls import call_as

START = date(2026, 1, 1)
JULY = date(2026, 7, 1)
JUNE_END = date(2026, 6, 30)


def given(city, who="officer", position="other", **changes):
    return {
        "employee_id": getattr(city, who).id,
        "position_id": city.positions[position].id,
        "valid_from": JULY,
        **changes,
    }


@pytest.fixture
def told(monkeypatch):
    """The events announced, as (name, values)."""
    found = []
    monkeypatch.setattr("core.work.store", lambda events, at: found.extend(events) or [])
    return found


def test_a_move_ends_the_previous_primary_and_changes_the_superior(ctx, city, lines, held, told):
    earlier = Assignment.get(Assignment.employee == city.officer)
    made = assign(ctx, **given(city, decree_number=" SK 1/2026 ", ends_previous=True))

    assert (made.unit_id, made.decree_number, made.is_primary) == (city.archive.id, "SK 1/2026", True)
    assert held(city.officer) == [(city.registry.id, START, JUNE_END), (city.archive.id, JULY, None)]
    assert lines(city.officer) == [
        (START, JUNE_END, city.chief.id, "HEAD"),
        (JULY, None, city.other_chief.id, "HEAD"),
    ]
    assert told == [
        (
            "organisation.employee_moved",
            {
                "employee_id": city.officer.id,
                "from_assignment": earlier.id,
                "to_assignment": made.id,
                "on": "2026-07-01",
            },
        ),
        (
            "organisation.superior_changed",
            {
                "employee_id": city.officer.id,
                "from": city.chief.id,
                "to": city.other_chief.id,
                "on": "2026-07-01",
            },
        ),
    ]
    assert differing_lines() == []


def test_a_move_in_two_steps_is_a_move_too(ctx, city, told):
    earlier = Assignment.get(Assignment.employee == city.officer)
    end_assignment(ctx, earlier.id, 1, last_day=JUNE_END)
    assert told == []

    assign(ctx, **given(city))

    assert [(name, values["on"]) for name, values in told] == [
        ("organisation.employee_moved", "2026-07-01"),
        ("organisation.superior_changed", "2026-07-01"),
    ]


def test_only_the_lines_that_differ_are_written(ctx, city):
    before = dict(ReportingLine.select(ReportingLine.id, ReportingLine.employee).tuples())
    assign(
        ctx,
        **given(city, "other_chief", "chief", kind=AssignmentKind.PLH, valid_to=date(2026, 7, 31)),
    )

    after = dict(ReportingLine.select(ReportingLine.id, ReportingLine.employee).tuples())
    assert set(before.values()) - {before[key] for key in before if key in after} == {city.officer.id, city.clerk.id}


def test_an_acting_head_supervises_while_acting(ctx, city, lines, told):
    made = assign(ctx, **given(city, "other_chief", "chief", kind=AssignmentKind.PLH, valid_to=date(2026, 7, 31)))

    assert made.is_primary is False
    assert lines(city.officer) == [
        (START, JUNE_END, city.chief.id, "HEAD"),
        (JULY, date(2026, 7, 31), city.other_chief.id, "ACTING_PLH"),
        (date(2026, 8, 1), None, city.chief.id, "HEAD"),
    ]
    assert lines(city.chief) == [(START, None, city.head.id, "HEAD")]
    changes = [(v["employee_id"], v["from"], v["to"], v["on"]) for name, v in told]
    assert changes == [
        (city.officer.id, city.chief.id, city.other_chief.id, "2026-07-01"),
        (city.officer.id, city.other_chief.id, city.chief.id, "2026-08-01"),
        (city.clerk.id, city.chief.id, city.other_chief.id, "2026-07-01"),
        (city.clerk.id, city.other_chief.id, city.chief.id, "2026-08-01"),
    ]


def test_a_plh_comes_before_a_plt_and_a_plt_alone_heads_a_vacant_unit(ctx, city, lines):
    chief = Assignment.get(Assignment.employee == city.chief)
    end_assignment(ctx, chief.id, 1, last_day=JUNE_END)
    assign(ctx, **given(city, "other_chief", "chief", kind=AssignmentKind.PLT))
    assign(ctx, **given(city, "head", "chief", kind=AssignmentKind.PLH, valid_to=JULY))

    assert lines(city.clerk) == [
        (START, JUNE_END, city.chief.id, "HEAD"),
        (JULY, JULY, city.head.id, "ACTING_PLH"),
        (date(2026, 7, 2), None, city.other_chief.id, "ACTING_PLT"),
    ]
    assert lines(city.chief) == [(START, JUNE_END, city.head.id, "HEAD")]


def test_a_head_entered_late_is_told_for_the_days_that_had_none(ctx, city, told):
    chief = Assignment.get(Assignment.employee == city.chief)
    Assignment.delete().where(Assignment.id == chief.id).execute()
    rebuild_lines(ctx)
    told.clear()

    assign(ctx, **given(city, "chief", "chief", valid_from=START))

    assert [(v["employee_id"], v["from"], v["to"], v["on"]) for _, v in told] == [
        (city.officer.id, city.head.id, city.chief.id, "2026-01-01"),
        (city.clerk.id, city.head.id, city.chief.id, "2026-01-01"),
    ]


def test_a_named_superior_overrules_the_head(ctx, city, lines):
    assign(ctx, **given(city, named_superior_id=city.head.id, ends_previous=True))

    assert lines(city.officer)[-1] == (JULY, None, city.head.id, "NAMED")


def test_a_second_job_changes_no_superior(ctx, city, lines):
    assign(ctx, **given(city, is_primary=False))

    assert lines(city.officer) == [(START, None, city.chief.id, "HEAD")]


@pytest.mark.parametrize(
    ("who", "position", "changes", "problems"),
    [
        ("officer", "other", {}, [("PRIMARY_OVERLAPS", "input.validFrom")]),
        ("officer", "officer", {"is_primary": False}, [("ASSIGNMENT_TWICE", "input.positionId")]),
        ("officer", "chief", {"ends_previous": True}, [("UNIT_HAS_HEAD", "input.positionId")]),
        (
            "officer",
            "other",
            {"valid_from": date(2025, 12, 31)},
            [
                ("OUTSIDE_POSITION", "input.positionId"),
                ("OUTSIDE_UNIT", "input.positionId"),
                ("PRIMARY_OVERLAPS", "input.validFrom"),
            ],
        ),
        ("officer", "other", {"valid_to": JUNE_END}, [("PERIOD_REVERSED", "input.validTo")]),
        ("officer", "other", {"valid_from": date(1066, 1, 1)}, [("DATE_OUT_OF_RANGE", "input.validFrom")]),
        (
            "officer",
            "other",
            {"decree_number": "x" * 129, "is_primary": False},
            [("TEXT_TOO_LONG", "input.decreeNumber")],
        ),
        ("officer", "other", {"employee_id": 999}, [("NOT_FOUND", "input.employeeId")]),
        ("officer", "other", {"position_id": 999}, [("NOT_FOUND", "input.positionId")]),
        ("officer", "other", {"named_superior_id": 999}, [("NOT_FOUND", "input.namedSuperiorId")]),
        # Ending the previous one is no cure for one that begins on the same day or later.
        ("officer", "other", {"valid_from": START, "ends_previous": True}, [("PRIMARY_OVERLAPS", "input.validFrom")]),
    ],
)
def test_a_wrong_assignment_is_refused(ctx, city, refused, who, position, changes, problems):
    assert refused(assign, ctx, **given(city, who, position, **changes)) == problems


def test_nobody_is_his_own_superior(ctx, city, refused):
    wrong = given(city, named_superior_id=city.officer.id, is_primary=False)

    assert refused(assign, ctx, **wrong) == [("SUPERIOR_IS_SELF", "input.namedSuperiorId")]


def test_days_outside_the_position_are_refused(ctx, city, refused):
    Position.update(valid_to=date(2026, 12, 31)).where(Position.id == city.positions["other"].id).execute()
    wrong = given(city, is_primary=False)

    assert refused(assign, ctx, **wrong) == [("OUTSIDE_POSITION", "input.positionId")]
    assert assign(ctx, **wrong, valid_to=date(2026, 12, 31)).valid_to == date(2026, 12, 31)


def test_who_has_left_is_not_assigned(ctx, city, refused):
    Employee.update(state=EmployeeState.LEFT, left_on=JUNE_END).where(Employee.id == city.other.id).execute()

    assert refused(assign, ctx, **given(city, "other", "clerk", is_primary=False)) == [
        ("EMPLOYEE_LEFT", "input.validTo")
    ]


def test_an_assignment_ends_within_its_days(ctx, city, refused, lines):
    key = Assignment.get(Assignment.employee == city.officer).id

    assert refused(end_assignment, ctx, key, 1, last_day=date(2025, 1, 1)) == [("PERIOD_REVERSED", "input.lastDay")]
    assert refused(end_assignment, ctx, key, 9, last_day=JUNE_END) == [("STALE_VERSION", "input.version")]
    assert end_assignment(ctx, key, 1, last_day=JUNE_END).version == 2
    assert lines(city.officer) == [(START, JUNE_END, city.chief.id, "HEAD")]
    assert refused(end_assignment, ctx, key, 2, last_day=JULY) == [("ENDED_ALREADY", "input.lastDay")]


def test_the_end_of_a_head_brings_the_next_one_up(ctx, city, lines):
    end_assignment(ctx, Assignment.get(Assignment.employee == city.chief).id, 1, last_day=JUNE_END)

    assert lines(city.officer) == [(START, JUNE_END, city.chief.id, "HEAD"), (JULY, None, city.head.id, "HEAD")]


def test_an_assignment_that_has_not_begun_is_withdrawn(ctx, city, refused, lines):
    made = assign(ctx, **given(city, "other_chief", "chief", kind=AssignmentKind.PLT))
    assert len(lines(city.officer)) == 2

    withdraw_assignment(ctx, made.id, 1)

    assert lines(city.officer) == [(START, None, city.chief.id, "HEAD")]
    begun = Assignment.get(Assignment.employee == city.officer).id
    assert refused(withdraw_assignment, ctx, begun, 1) == [("ASSIGNMENT_BEGUN", "input.id")]


def test_only_who_writes_in_both_units_assigns(city, officer_of, refused):
    ours = officer_of(city.clerk, city.registry)
    theirs = officer_of(city.clerk, city.archive)
    both = officer_of(city.clerk, city.agency)
    wanted = given(city, ends_previous=True)

    assert refused(assign, ours, **wanted) == [("FORBIDDEN", "input.positionId")]
    assert refused(assign, theirs, **wanted) == [("FORBIDDEN", "input.employeeId")]
    key = Assignment.get(Assignment.employee == city.officer).id
    assert refused(end_assignment, theirs, key, 1, last_day=JUNE_END) == [("NOT_FOUND", "input.id")]
    assert assign(both, **wanted).unit_id == city.archive.id


def test_a_delegate_supervises_in_the_superiors_place(ctx, city, lines, told):
    made = create_delegation(
        ctx, delegator_id=city.chief.id, delegate_id=city.officer.id, valid_from=JULY, decree_number="SK 2"
    )

    assert lines(city.clerk) == [
        (START, JUNE_END, city.chief.id, "HEAD"),
        (JULY, None, city.officer.id, "DELEGATION"),
    ]
    assert lines(city.officer) == [(START, None, city.chief.id, "HEAD")]
    end_delegation(ctx, made.id, 1, last_day=date(2026, 7, 31))
    assert lines(city.clerk)[1:] == [
        (JULY, date(2026, 7, 31), city.officer.id, "DELEGATION"),
        (date(2026, 8, 1), None, city.chief.id, "HEAD"),
    ]
    assert [(v["from"], v["to"], v["on"]) for _, v in told] == [
        (city.chief.id, city.officer.id, "2026-07-01"),
        (city.officer.id, city.chief.id, "2026-08-01"),
    ]
    assert differing_lines() == []


def test_a_delegation_for_a_unit_covers_that_unit_only(ctx, city, lines):
    create_delegation(
        ctx, delegator_id=city.head.id, delegate_id=city.other.id, unit_id=city.registry.id, valid_from=JULY
    )

    assert lines(city.chief)[-1] == (JULY, None, city.other.id, "DELEGATION")
    assert lines(city.other_chief) == [(START, None, city.head.id, "HEAD")]


@pytest.mark.parametrize(
    ("changes", "problems"),
    [
        ({"delegate": "chief"}, [("DELEGATE_IS_SELF", "input.delegateId")]),
        ({"valid_to": JUNE_END}, [("PERIOD_REVERSED", "input.validTo")]),
        ({"decree_number": "x" * 129}, [("TEXT_TOO_LONG", "input.decreeNumber")]),
        ({"unit_id": 999}, [("NOT_FOUND", "input.unitId")]),
        ({"valid_from": date(2026, 2, 1)}, [("DELEGATION_OVERLAPS", "input.validFrom")]),
        ({"valid_from": date(2026, 2, 1), "valid_to": date(2026, 4, 1)}, [("DELEGATION_OVERLAPS", "input.validFrom")]),
    ],
)
def test_a_wrong_delegation_is_refused(ctx, city, refused, changes, problems):
    Delegation.create(
        delegator=city.chief, delegate=city.officer, valid_from=date(2026, 3, 1), valid_to=date(2026, 3, 31)
    )
    values = {"delegate": "clerk", "valid_from": JULY, **changes}
    delegate = getattr(city, values.pop("delegate"))

    assert refused(create_delegation, ctx, delegator_id=city.chief.id, delegate_id=delegate.id, **values) == problems


def test_who_has_left_receives_no_delegation(ctx, city, refused):
    Employee.update(state=EmployeeState.LEFT, left_on=START).where(Employee.id == city.other.id).execute()

    problems = refused(create_delegation, ctx, delegator_id=city.chief.id, delegate_id=city.other.id, valid_from=JULY)

    assert problems == [("EMPLOYEE_LEFT", "input.delegateId")]


def test_a_delegation_ends_or_is_withdrawn(ctx, city, refused, lines):
    values = {"delegator_id": city.chief.id, "delegate_id": city.officer.id}
    later = create_delegation(ctx, **values, valid_from=JULY)
    begun = create_delegation(ctx, **values, valid_from=START, valid_to=JUNE_END)

    assert refused(withdraw_delegation, ctx, begun.id, 1) == [("DELEGATION_BEGUN", "input.id")]
    assert refused(end_delegation, ctx, begun.id, 1, last_day=JULY) == [("ENDED_ALREADY", "input.lastDay")]
    withdraw_delegation(ctx, later.id, 1)
    assert lines(city.clerk) == [
        (START, JUNE_END, city.officer.id, "DELEGATION"),
        (JULY, None, city.chief.id, "HEAD"),
    ]


def test_a_superior_delegates_his_own_supervision_and_nobody_elses(city, refused, db):
    chief = call_as(db, city.chief.id)
    made = create_delegation(chief, delegator_id=city.chief.id, delegate_id=city.officer.id, valid_from=JULY)
    assert end_delegation(chief, made.id, 1, last_day=JULY).valid_to == JULY
    officer = call_as(db, city.officer.id)
    values = {"delegator_id": city.chief.id, "delegate_id": city.officer.id, "valid_from": date(2026, 8, 1)}
    assert refused(create_delegation, officer, **values) == [("FORBIDDEN", "input.delegatorId")]
    assert refused(end_delegation, officer, made.id, 2, last_day=JULY) == [("FORBIDDEN", "input.id")]
    assert refused(withdraw_delegation, officer, made.id, 2) == [("FORBIDDEN", "input.id")]


def test_lines_can_be_brought_up_to_date_within_the_transaction(ctx, city, lines):
    with unit_of_work(ctx) as work:
        assign(ctx, **given(city, ends_previous=True))
        assert len(lines(city.officer)) == 1
        bring_up_to_date(work)
        assert len(lines(city.officer)) == 2
        lines_may_change(work, [city.officer.id])
    assert len(lines(city.officer)) == 2


def test_the_doctor_sees_a_line_that_is_not_the_rules(ctx, city):
    ReportingLine.update(superior=city.head).where(ReportingLine.employee == city.clerk).execute()

    found = differing_lines()
    assert [(type(row), row.employee_id) for row in found] == [(Difference, city.clerk.id)]
    assert [line.answer.superior for line in (*found[0].stored, *found[0].expected)] == [city.head.id, city.chief.id]

    assert rebuild_lines(ctx) == 2
    assert differing_lines() == []
    assert rebuild_lines(ctx) == 0


def test_a_refused_part_leaves_no_lines_behind(ctx, city, lines):
    def refused_part(work):
        with work.attempt():
            assign(ctx, **given(city, "clerk", ends_previous=True))
            bring_up_to_date(work)
            raise ZeroDivisionError

    with unit_of_work(ctx) as work:
        assign(ctx, **given(city, ends_previous=True))
        with pytest.raises(ZeroDivisionError):
            refused_part(work)

    assert lines(city.clerk) == [(START, None, city.chief.id, "HEAD")]
    assert lines(city.officer)[-1] == (JULY, None, city.other_chief.id, "HEAD")
    assert differing_lines() == []


def test_the_doctor_names_whose_lines_differ_and_the_night_puts_them_right(ctx, city):
    assert active_registry().checks[0].name == "organisation.reporting_lines"
    ReportingLine.update(superior=city.head).where(ReportingLine.employee == city.clerk).execute()

    found = [problem for check in active_registry().checks for problem in check.run(ctx)]
    assert [(problem.code, problem.params) for problem in found] == [
        ("REPORTING_LINES_DIFFER", {"count": 1, "names": "Rina Wulandari"})
    ]

    for job in active_registry().jobs:
        if job.name == "organisation.rebuild_lines":
            job.run(ctx)
    assert [problem for check in active_registry().checks for problem in check.run(ctx)] == []
