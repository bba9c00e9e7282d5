from datetime import date

import pytest

from core.organisation.models import Assignment, Position, PositionKind
from core.organisation.services.assignments import end_assignment
from core.organisation.services.positions import close_position, create_position, update_position

START = date(2026, 1, 1)


def kind(code):
    return PositionKind.get(PositionKind.code == code).id


def values(city, **changes):
    return {
        "code": "P1",
        "title": "Analis Data",
        "kind_id": kind("PELAKSANA"),
        "unit_id": city.registry.id,
        "valid_from": START,
        **changes,
    }


def test_a_position_is_created(ctx, city):
    made = create_position(ctx, **values(city, job_class=7, echelon=" III.b ", is_head=True))

    found = Position.get_by_id(made.id)
    assert (found.title, found.job_class, found.echelon, found.is_head, found.version) == (
        "Analis Data",
        7,
        "III.b",
        True,
        1,
    )


@pytest.mark.parametrize(
    ("changes", "problems"),
    [
        ({"code": "11-Operator Layanan"}, [("POSITION_CODE_TAKEN", "input.code")]),
        ({"title": " "}, [("TEXT_MISSING", "input.title")]),
        ({"echelon": "x" * 9}, [("TEXT_TOO_LONG", "input.echelon")]),
        ({"job_class": 0}, [("JOB_CLASS_UNKNOWN", "input.jobClass")]),
        ({"job_class": 18}, [("JOB_CLASS_UNKNOWN", "input.jobClass")]),
        ({"kind_id": 999}, [("NOT_FOUND", "input.kindId")]),
        ({"unit_id": 999}, [("NOT_FOUND", "input.unitId")]),
        ({"valid_from": date(2025, 1, 1)}, [("OUTSIDE_UNIT", "input.unitId")]),
        ({"valid_to": date(2025, 12, 31)}, [("PERIOD_REVERSED", "input.validTo")]),
    ],
)
def test_a_wrong_position_is_refused(ctx, city, refused, changes, problems):
    assert refused(create_position, ctx, **values(city, **changes)) == problems


def test_a_position_is_corrected(ctx, city, refused):
    key = city.positions["clerk"].id
    changed = update_position(ctx, key, 1, {"title": "Operator", "kind_id": kind("TERAMPIL"), "job_class": 5})

    assert (changed.title, changed.kind_id, changed.job_class, changed.version) == ("Operator", kind("TERAMPIL"), 5, 2)
    assert update_position(ctx, key, 2, {"job_class": None}).job_class is None
    assert update_position(ctx, key, 3, {"is_head": False, "unit_id": city.registry.id}).version == 3
    assert refused(update_position, ctx, key, 3, {"code": "12-Arsiparis Ahli Pertama", "kind_id": 999}) == [
        ("POSITION_CODE_TAKEN", "input.code"),
        ("NOT_FOUND", "input.kindId"),
    ]


def test_unit_and_headship_of_a_held_position_stay(ctx, city, refused):
    key = city.positions["clerk"].id

    assert refused(update_position, ctx, key, 1, {"is_head": True, "unit_id": city.archive.id}) == [
        ("POSITION_HELD", "input.unitId"),
        ("POSITION_HELD", "input.isHead"),
    ]


def test_a_position_that_nobody_has_held_may_move(ctx, city):
    made = create_position(ctx, **values(city))

    changed = update_position(ctx, made.id, 1, {"is_head": True, "unit_id": city.archive.id})

    assert (changed.is_head, changed.unit_id) == (True, city.archive.id)


def test_a_position_is_closed_when_nobody_holds_it(ctx, city, refused):
    key = city.positions["clerk"].id
    day = date(2026, 6, 30)
    assert refused(close_position, ctx, key, 1, last_day=day) == [("POSITION_HELD_AFTER", "input.lastDay")]
    end_assignment(ctx, Assignment.get(Assignment.employee == city.clerk).id, 1, last_day=day)

    assert close_position(ctx, key, 1, last_day=day).valid_to == day
    assert refused(close_position, ctx, key, 2, last_day=date(2026, 7, 1)) == [("ENDED_ALREADY", "input.lastDay")]
    assert refused(close_position, ctx, key, 2, last_day=date(2025, 7, 1)) == [("PERIOD_REVERSED", "input.lastDay")]


def test_only_who_writes_in_the_unit_changes_positions(city, officer_of, refused):
    ours = officer_of(city.clerk, city.archive)

    assert refused(create_position, ours, **values(city)) == [("FORBIDDEN", "input.unitId")]
    assert refused(update_position, ours, city.positions["clerk"].id, 1, {"title": "x"}) == [("FORBIDDEN", "input.id")]
    assert refused(update_position, ours, city.positions["other"].id, 1, {"unit_id": city.registry.id}) == [
        ("FORBIDDEN", "input.unitId")
    ]
    assert refused(close_position, ours, city.positions["clerk"].id, 1, last_day=START) == [("FORBIDDEN", "input.id")]
    assert update_position(ours, city.positions["other"].id, 1, {"title": "Arsiparis"}).title == "Arsiparis"
