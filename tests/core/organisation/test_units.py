from datetime import date

import pytest

from core.history.models import HistoryRecord
from core.organisation.models import Assignment, Delegation, Position, WorkUnit, WorkUnitRevision
from core.organisation.services.assignments import end_assignment
from core.organisation.services.positions import close_position
from core.organisation.services.reporting import differing_lines
from core.organisation.services.units import (
    close_unit,
    create_unit,
    merge_unit,
    move_unit,
    rename_unit,
    update_unit,
)

START = date(2026, 1, 1)
TENTH = date(2026, 1, 10)
NINTH = date(2026, 1, 9)


def revisions(unit):
    query = WorkUnitRevision.select().where(WorkUnitRevision.unit == unit).order_by(WorkUnitRevision.valid_from)
    return [(row.name, row.parent_id, row.valid_from, row.valid_to) for row in query]


def test_a_unit_is_created_below_another(ctx, city):
    made = create_unit(
        ctx, code=" 13 ", name=" Bidang Data ", parent_id=city.agency.id, kind="Bidang", valid_from=TENTH
    )

    found = WorkUnit.get_by_id(made.id)
    assert (found.code, found.name, found.kind, found.depth, found.version) == ("13", "Bidang Data", "Bidang", 2, 1)
    assert found.path == city.agency.path + f"{made.id:08d}"
    assert revisions(made) == [("Bidang Data", city.agency.id, TENTH, None)]
    assert [row.action for row in HistoryRecord.select()] == ["create", "create"]


def test_a_root_is_created_without_parent(ctx, db):
    made = create_unit(ctx, code="00", name="Kota", valid_from=START)

    assert (made.path, made.depth, made.parent_id) == (f"{made.id:08d}", 0, None)


@pytest.mark.parametrize(
    ("changes", "problems"),
    [
        ({"code": "11"}, [("UNIT_CODE_TAKEN", "input.code")]),
        ({"code": "  ", "name": ""}, [("TEXT_MISSING", "input.code"), ("TEXT_MISSING", "input.name")]),
        ({"code": "x" * 65}, [("TEXT_TOO_LONG", "input.code")]),
        ({"name": "a\x00"}, [("TEXT_INVALID", "input.name")]),
        (
            {"valid_from": date(1800, 1, 1)},
            [("DATE_OUT_OF_RANGE", "input.validFrom"), ("OUTSIDE_UNIT", "input.parentId")],
        ),
        ({"valid_from": date(2025, 12, 31)}, [("OUTSIDE_UNIT", "input.parentId")]),
        ({"valid_to": NINTH}, [("PERIOD_REVERSED", "input.validTo")]),
        ({"parent_id": 999}, [("NOT_FOUND", "input.parentId")]),
    ],
)
def test_a_wrong_unit_is_refused(ctx, city, refused, changes, problems):
    values = {"code": "13", "name": "Bidang Data", "parent_id": city.agency.id, "valid_from": TENTH, **changes}

    assert refused(create_unit, ctx, **values) == problems


def test_the_tree_has_a_deepest_level(ctx, city, refused):
    parent = city.registry
    for depth in range(3, 20):
        parent = create_unit(ctx, code=f"d{depth}", name="x", parent_id=parent.id, valid_from=START)
    assert (parent.depth, len(parent.path)) == (19, 160)

    assert refused(create_unit, ctx, code="d20", name="x", parent_id=parent.id, valid_from=START) == [
        ("UNIT_TOO_DEEP", "input.parentId")
    ]
    assert refused(move_unit, ctx, city.agency.id, 1, parent_id=city.archive.id, valid_from=TENTH) == [
        ("UNIT_CYCLE", "input.parentId"),
        ("UNIT_TOO_DEEP", "input.parentId"),
    ]


def test_code_and_kind_are_corrected(ctx, city, refused):
    changed = update_unit(ctx, city.registry.id, 1, {"code": "11", "kind": "Bidang"})
    assert (changed.kind, changed.version) == ("Bidang", 2)

    assert refused(update_unit, ctx, city.registry.id, 2, {"code": "12"}) == [("UNIT_CODE_TAKEN", "input.code")]
    assert refused(update_unit, ctx, city.registry.id, 2, {"code": ""}) == [("TEXT_MISSING", "input.code")]
    assert refused(update_unit, ctx, city.registry.id, 1, {"code": "x"}) == [("STALE_VERSION", "input.version")]


def test_a_rename_keeps_the_earlier_name_with_its_days(ctx, city):
    renamed = rename_unit(ctx, city.registry.id, 1, name="Bidang Pelayanan", short_name="Yan", valid_from=TENTH)
    again = rename_unit(ctx, city.registry.id, 2, name="Bidang Pelayanan Sipil", valid_from=TENTH)

    assert (renamed.name, again.version) == ("Bidang Pelayanan", 3)
    assert WorkUnit.get_by_id(city.registry.id).short_name == "Yan"
    assert revisions(city.registry) == [
        ("Bidang Pencatatan Sipil", city.agency.id, START, NINTH),
        ("Bidang Pelayanan Sipil", city.agency.id, TENTH, None),
    ]


@pytest.mark.parametrize(
    ("name", "valid_from", "problems"),
    [
        ("", TENTH, [("TEXT_MISSING", "input.name")]),
        ("x", date(2026, 1, 16), [("DATE_IN_FUTURE", "input.validFrom")]),
        ("x", date(2025, 12, 31), [("DATE_TOO_EARLY", "input.validFrom")]),
    ],
)
def test_a_wrong_rename_is_refused(ctx, city, refused, name, valid_from, problems):
    assert refused(rename_unit, ctx, city.registry.id, 1, name=name, valid_from=valid_from) == problems


def test_a_moved_unit_takes_its_subtree_and_people_along(ctx, city, lines):
    section = create_unit(ctx, code="111", name="Seksi Akta", parent_id=city.registry.id, valid_from=START)

    moved = move_unit(ctx, city.registry.id, 1, parent_id=city.root.id, valid_from=TENTH)

    below = WorkUnit.get_by_id(section.id)
    assert (moved.path, moved.depth) == (city.root.path + f"{moved.id:08d}", 1)
    assert (below.path, below.depth) == (moved.path + f"{below.id:08d}", 2)
    assert revisions(city.registry) == [
        ("Bidang Pencatatan Sipil", city.agency.id, START, NINTH),
        ("Bidang Pencatatan Sipil", city.root.id, TENTH, None),
    ]
    assert lines(city.chief) == [(START, NINTH, city.head.id, "HEAD"), (TENTH, None, city.secretary.id, "HEAD")]
    assert lines(city.officer) == [(START, None, city.chief.id, "HEAD")]
    assert differing_lines() == []


def test_a_unit_moves_to_the_top(ctx, city, lines):
    moved = move_unit(ctx, city.agency.id, None, parent_id=None, valid_from=TENTH)

    assert (moved.path, moved.depth, moved.parent_id) == (f"{moved.id:08d}", 0, None)
    assert WorkUnit.get_by_id(city.registry.id).path == moved.path + f"{city.registry.id:08d}"
    assert lines(city.head)[-1] == (TENTH, None, None, "TOP_OF_INSTITUTION")


@pytest.mark.parametrize("target", ["agency", "registry"])
def test_a_ring_in_the_tree_is_refused(ctx, city, refused, target):
    problems = refused(move_unit, ctx, city.agency.id, 1, parent_id=getattr(city, target).id, valid_from=TENTH)

    assert problems == [("UNIT_CYCLE", "input.parentId")]


def test_a_ring_on_an_earlier_day_is_refused(ctx, city, refused):
    move_unit(ctx, city.registry.id, 1, parent_id=city.root.id, valid_from=date(2026, 1, 12))

    # Until the 11th the registry was below the agency.
    assert refused(move_unit, ctx, city.agency.id, 1, parent_id=city.registry.id, valid_from=TENTH) == [
        ("UNIT_CYCLE", "input.parentId")
    ]
    assert move_unit(ctx, city.agency.id, 1, parent_id=city.registry.id, valid_from=date(2026, 1, 12)).depth == 2


def test_a_merged_unit_leaves_everything_to_its_successor(ctx, city, lines, held):
    section = create_unit(ctx, code="111", name="Seksi Akta", parent_id=city.registry.id, valid_from=START)
    delegation = Delegation.create(delegator=city.head, delegate=city.other_chief, unit=city.registry, valid_from=START)

    merged = merge_unit(ctx, city.registry.id, 1, successor_id=city.archive.id, valid_from=TENTH)

    assert (merged.valid_to, merged.successor_id, merged.version) == (NINTH, city.archive.id, 2)
    assert revisions(city.registry) == [("Bidang Pencatatan Sipil", city.agency.id, START, NINTH)]
    assert WorkUnit.get_by_id(section.id).path == city.archive.path + f"{section.id:08d}"
    for person in (city.chief, city.officer, city.clerk):
        assert held(person) == [(city.registry.id, START, NINTH), (city.archive.id, TENTH, None)]
    assert lines(city.officer) == [(START, NINTH, city.chief.id, "HEAD"), (TENTH, None, city.other_chief.id, "HEAD")]
    assert lines(city.chief)[-1] == (TENTH, None, city.other_chief.id, "HEAD")
    assert Delegation.get_by_id(delegation.id).valid_to == NINTH
    former = Position.get_by_id(city.positions["chief"].id)
    later = Assignment.get((Assignment.employee == city.chief) & (Assignment.valid_from == TENTH)).position
    assert (former.is_head, former.valid_to, former.unit_id) == (True, NINTH, city.registry.id)
    assert (later.is_head, later.title, later.unit_id, later.code) == (
        False,
        former.title,
        city.archive.id,
        f"{former.code}-12",
    )
    assert Position.get_by_id(city.positions["officer"].id).unit_id == city.archive.id
    assert differing_lines() == []


def test_assignments_that_begin_later_go_straight_to_the_successor(ctx, city, held):
    Assignment.update(valid_from=date(2026, 2, 1)).where(Assignment.employee == city.officer).execute()

    merge_unit(ctx, city.registry.id, 1, successor_id=city.archive.id, valid_from=TENTH)

    assert held(city.officer) == [(city.archive.id, date(2026, 2, 1), None)]
    assert differing_lines() == []


@pytest.mark.parametrize(
    ("successor", "valid_from", "problems"),
    [
        ("registry", TENTH, [("UNIT_CYCLE", "input.successorId")]),
        ("archive", date(2026, 1, 16), [("DATE_IN_FUTURE", "input.validFrom")]),
        ("archive", START, [("DATE_TOO_EARLY", "input.validFrom")]),
    ],
)
def test_a_wrong_merger_is_refused(ctx, city, refused, successor, valid_from, problems):
    target = getattr(city, successor).id

    assert refused(merge_unit, ctx, city.registry.id, 1, successor_id=target, valid_from=valid_from) == problems


def test_a_unit_cannot_go_into_one_below_it(ctx, city, refused):
    assert refused(merge_unit, ctx, city.agency.id, 1, successor_id=city.registry.id, valid_from=TENTH) == [
        ("UNIT_CYCLE", "input.successorId")
    ]


def test_a_unit_with_people_is_not_closed(ctx, city, refused):
    assert refused(close_unit, ctx, city.archive.id, 1, last_day=TENTH) == [("UNIT_NOT_EMPTY", "input.lastDay")]
    assert refused(close_unit, ctx, city.agency.id, 1, last_day=TENTH) == [("UNIT_NOT_EMPTY", "input.lastDay")]


def test_an_empty_unit_is_closed_and_stays_so(ctx, city, refused):
    for name in ("other", "other_chief"):
        assignment = Assignment.get(Assignment.employee == getattr(city, name))
        end_assignment(ctx, assignment.id, 1, last_day=NINTH)
        close_position(ctx, city.positions[name].id, 1, last_day=NINTH)

    closed = close_unit(ctx, city.archive.id, 1, last_day=NINTH)

    assert closed.valid_to == NINTH
    assert revisions(city.archive)[-1][3] == NINTH
    assert refused(rename_unit, ctx, city.archive.id, 2, name="x", valid_from=TENTH) == [("UNIT_CLOSED", "input.id")]
    assert refused(close_unit, ctx, city.archive.id, 2, last_day=TENTH) == [("UNIT_CLOSED", "input.id")]
    assert refused(create_unit, ctx, code="x", name="x", parent_id=city.archive.id, valid_from=TENTH) == [
        ("OUTSIDE_UNIT", "input.parentId")
    ]


@pytest.mark.parametrize(
    ("last_day", "problems"),
    [
        (date(2025, 12, 31), [("DATE_TOO_EARLY", "input.lastDay")]),
        (date(2026, 1, 16), [("DATE_IN_FUTURE", "input.lastDay")]),
    ],
)
def test_a_wrong_last_day_is_refused(ctx, city, refused, last_day, problems):
    assert refused(close_unit, ctx, city.archive.id, 1, last_day=last_day) == problems


def test_only_who_writes_in_the_unit_changes_it(city, officer_of, refused):
    ours = officer_of(city.clerk, city.registry)
    values = {"code": "x", "name": "x", "valid_from": TENTH}
    target = {"successor_id": city.archive.id, "valid_from": TENTH}

    assert create_unit(ours, parent_id=city.registry.id, **values).depth == 3
    values["code"] = "y"
    assert refused(create_unit, ours, parent_id=city.archive.id, **values) == [("FORBIDDEN", "input.parentId")]
    assert refused(create_unit, ours, **values) == [("FORBIDDEN", "input.parentId")]
    assert refused(update_unit, ours, city.archive.id, 1, {"kind": "x"}) == [("FORBIDDEN", "input.id")]
    assert refused(rename_unit, ours, city.agency.id, 1, name="x", valid_from=TENTH) == [("FORBIDDEN", "input.id")]
    assert refused(move_unit, ours, city.archive.id, 1, parent_id=city.registry.id, valid_from=TENTH) == [
        ("FORBIDDEN", "input.id")
    ]
    assert refused(move_unit, ours, city.registry.id, 1, parent_id=city.archive.id, valid_from=TENTH) == [
        ("FORBIDDEN", "input.parentId")
    ]
    assert refused(merge_unit, ours, city.registry.id, 1, **target) == [("FORBIDDEN", "input.successorId")]
    assert refused(close_unit, ours, city.archive.id, 1, last_day=TENTH) == [("FORBIDDEN", "input.id")]


def test_a_merger_ends_what_was_delegated_for_the_unit_and_finds_a_free_code(ctx, city):
    later = Delegation.create(delegator=city.head, delegate=city.other, unit=city.registry, valid_from=date(2026, 3, 1))
    head = city.positions["chief"]
    Position.update(code=f"{head.code}-12").where(Position.id == city.positions["clerk"].id).execute()

    merge_unit(ctx, city.registry.id, 1, successor_id=city.archive.id, valid_from=TENTH)

    assert Delegation.select().where(Delegation.id == later.id).count() == 0
    like = Assignment.get((Assignment.employee == city.chief) & (Assignment.valid_from == TENTH)).position
    assert like.code == f"{head.code}-12-2"


def test_a_second_job_moves_along_without_counting_as_a_move(ctx, city, held):
    Assignment.create(
        employee=city.other,
        position=city.positions["clerk"],
        unit=city.registry,
        is_primary=False,
        valid_from=START,
    )

    merge_unit(ctx, city.registry.id, 1, successor_id=city.archive.id, valid_from=TENTH)

    assert (city.archive.id, TENTH, None) in held(city.other)
    assert differing_lines() == []
