import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.organisation.rules.supervision import (
    NO_ASSIGNMENT,
    Facts,
    Handover,
    Headship,
    Line,
    Place,
    Placement,
    Supervision,
    lines_of,
    superior_on,
)
from core.organisation.terms import AssignmentKind, SupervisionBasis, SupervisionGap

START = date(2026, 1, 1)
ROOT, AGENCY, DIVISION, OTHER = 1, 2, 3, 4
MAYOR, HEAD, CHIEF, CLERK, GUEST, SECOND = 10, 20, 30, 40, 50, 60
DEFINITIVE, PLT, PLH = AssignmentKind.DEFINITIVE, AssignmentKind.PLT, AssignmentKind.PLH
JULY = date(2026, 7, 1)


def always(cls, *args, **kwargs):
    return cls(START, None, *args, **kwargs)


def organisation(*, placements=None, headships=None, handovers=None, places=None):
    return Facts(
        placements={
            MAYOR: [always(Placement, ROOT)],
            HEAD: [always(Placement, AGENCY)],
            CHIEF: [always(Placement, DIVISION)],
            CLERK: [always(Placement, DIVISION)],
            GUEST: [always(Placement, OTHER)],
            **(placements or {}),
        },
        headships={
            ROOT: [always(Headship, MAYOR)],
            AGENCY: [always(Headship, HEAD)],
            DIVISION: [always(Headship, CHIEF)],
            **(headships or {}),
        },
        places={
            ROOT: [always(Place, None)],
            AGENCY: [always(Place, ROOT)],
            DIVISION: [always(Place, AGENCY)],
            OTHER: [always(Place, AGENCY)],
            **(places or {}),
        },
        handovers=handovers or {},
    )


def by(superior, basis=SupervisionBasis.HEAD):
    return Supervision(superior, basis)


def gap(name):
    return Supervision(gap=SupervisionGap(name))


@pytest.mark.parametrize(
    ("changes", "employee", "answer"),
    [
        ({}, CLERK, by(CHIEF)),
        ({}, CHIEF, by(HEAD)),
        ({}, HEAD, by(MAYOR)),
        ({}, MAYOR, gap("TOP_OF_INSTITUTION")),
        ({}, GUEST, by(HEAD)),  # the unit has no head
        ({}, SECOND, gap("NO_ASSIGNMENT")),
        # Acting heads come before the definitive one.
        (
            {"headships": {DIVISION: [always(Headship, CHIEF), always(Headship, GUEST, PLT)]}},
            CLERK,
            by(GUEST, SupervisionBasis.ACTING_PLT),
        ),
        (
            {
                "headships": {
                    DIVISION: [
                        always(Headship, CHIEF),
                        always(Headship, GUEST, PLT),
                        always(Headship, SECOND, PLH),
                    ]
                }
            },
            CLERK,
            by(SECOND, SupervisionBasis.ACTING_PLH),
        ),
        # Whoever heads a unit, even while another acts for it, is supervised from above.
        ({"headships": {DIVISION: [always(Headship, CHIEF), always(Headship, CLERK, PLH)]}}, CHIEF, by(HEAD)),
        ({"headships": {DIVISION: [always(Headship, CHIEF), always(Headship, CLERK, PLH)]}}, CLERK, by(HEAD)),
        ({"headships": {ROOT: [always(Headship, HEAD, PLT)]}}, HEAD, gap("TOP_OF_INSTITUTION")),
        # Acting at the top, one is not supervised by those below.
        ({"headships": {ROOT: [always(Headship, CLERK, PLT)]}}, CLERK, gap("TOP_OF_INSTITUTION")),
        # Two at the same precedence are nobody's answer.
        (
            {"headships": {DIVISION: [always(Headship, CHIEF), always(Headship, HEAD)]}},
            CLERK,
            gap("SEVERAL_HEADS"),
        ),
        (
            {"headships": {DIVISION: [always(Headship, GUEST, PLH), always(Headship, SECOND, PLH)]}},
            CLERK,
            gap("SEVERAL_HEADS"),
        ),
        (
            {"headships": {DIVISION: [always(Headship, GUEST, PLH), always(Headship, GUEST, PLH)]}},
            CLERK,
            by(GUEST, SupervisionBasis.ACTING_PLH),
        ),
        ({"headships": {ROOT: [], AGENCY: [], DIVISION: []}}, CLERK, gap("NO_HEAD")),
        ({"headships": {ROOT: []}}, HEAD, gap("NO_HEAD")),
        # A named superior overrules the head; naming oneself does not.
        (
            {"placements": {CLERK: [always(Placement, DIVISION, GUEST)]}},
            CLERK,
            by(GUEST, SupervisionBasis.NAMED),
        ),
        ({"placements": {CLERK: [always(Placement, DIVISION, CLERK)]}}, CLERK, by(CHIEF)),
        ({"placements": {MAYOR: [always(Placement, ROOT, HEAD)]}}, MAYOR, by(HEAD, SupervisionBasis.NAMED)),
        # Delegations: for everybody, for a unit, the nearest unit first, never oneself, one step only.
        ({"handovers": {CHIEF: [always(Handover, GUEST)]}}, CLERK, by(GUEST, SupervisionBasis.DELEGATION)),
        ({"handovers": {CHIEF: [always(Handover, CLERK)]}}, CLERK, by(CHIEF)),
        ({"handovers": {CHIEF: [always(Handover, CHIEF)]}}, CLERK, by(CHIEF)),
        (
            {"handovers": {HEAD: [always(Handover, SECOND, DIVISION)]}},
            CHIEF,
            by(SECOND, SupervisionBasis.DELEGATION),
        ),
        ({"handovers": {HEAD: [always(Handover, SECOND, DIVISION)]}}, GUEST, by(HEAD)),
        (
            {"handovers": {HEAD: [always(Handover, SECOND, AGENCY), always(Handover, CLERK, DIVISION)]}},
            CHIEF,
            by(CLERK, SupervisionBasis.DELEGATION),
        ),
        (
            {"handovers": {HEAD: [always(Handover, SECOND), always(Handover, CLERK, AGENCY)]}},
            CHIEF,
            by(CLERK, SupervisionBasis.DELEGATION),
        ),
        (
            {"handovers": {CHIEF: [always(Handover, GUEST)], GUEST: [always(Handover, SECOND)]}},
            CLERK,
            by(GUEST, SupervisionBasis.DELEGATION),
        ),
        (
            {"handovers": {CHIEF: [always(Handover, GUEST), always(Handover, SECOND)]}},
            CLERK,
            gap("SEVERAL_HEADS"),
        ),
        (
            {
                "placements": {CLERK: [always(Placement, DIVISION, GUEST)]},
                "handovers": {GUEST: [always(Handover, SECOND)]},
            },
            CLERK,
            by(SECOND, SupervisionBasis.DELEGATION),
        ),
        # The later of two primary assignments counts, should they ever overlap.
        (
            {"placements": {CLERK: [always(Placement, DIVISION), Placement(date(2026, 2, 1), None, OTHER)]}},
            CLERK,
            by(HEAD),
        ),
        # A ring in the tree and a unit that is not there on the day end the walk.
        (
            {"places": {AGENCY: [always(Place, DIVISION)]}, "headships": {AGENCY: [], DIVISION: []}},
            CLERK,
            gap("NO_HEAD"),
        ),
        ({"places": {DIVISION: []}, "headships": {DIVISION: []}}, CLERK, gap("NO_HEAD")),
        ({"places": {DIVISION: []}}, CHIEF, gap("NO_HEAD")),
    ],
)
def test_the_superior_on_a_day(changes, employee, answer):
    assert superior_on(organisation(**changes), employee, JULY) == answer


def test_before_the_first_assignment_there_is_none():
    assert superior_on(organisation(), CLERK, date(2025, 12, 31)) == NO_ASSIGNMENT


def test_lines_split_where_the_answer_changes_and_only_there():
    facts = organisation(
        placements={
            CLERK: [
                Placement(START, date(2026, 3, 31), DIVISION),
                Placement(date(2026, 4, 1), date(2026, 6, 30), DIVISION),
                Placement(date(2026, 8, 1), date(2026, 9, 30), OTHER),
            ]
        },
        headships={
            DIVISION: [always(Headship, CHIEF), Headship(date(2026, 2, 1), date(2026, 2, 10), GUEST, PLH)],
        },
        handovers={HEAD: [Handover(date(2026, 9, 15), date(2026, 12, 31), SECOND)]},
    )

    assert lines_of(facts, CLERK) == [
        Line(START, date(2026, 1, 31), by(CHIEF)),
        Line(date(2026, 2, 1), date(2026, 2, 10), by(GUEST, SupervisionBasis.ACTING_PLH)),
        Line(date(2026, 2, 11), date(2026, 6, 30), by(CHIEF)),
        Line(date(2026, 7, 1), date(2026, 7, 31), NO_ASSIGNMENT),
        Line(date(2026, 8, 1), date(2026, 9, 14), by(HEAD)),
        Line(date(2026, 9, 15), date(2026, 9, 30), by(SECOND, SupervisionBasis.DELEGATION)),
    ]


def test_a_moved_unit_takes_its_people_to_another_superior():
    facts = organisation(
        places={DIVISION: [Place(START, date(2026, 6, 30), AGENCY), Place(JULY, None, ROOT)]},
    )

    assert lines_of(facts, CHIEF) == [
        Line(START, date(2026, 6, 30), by(HEAD)),
        Line(JULY, None, by(MAYOR)),
    ]


def test_the_end_of_time_is_an_end_like_any_other():
    facts = organisation(placements={CLERK: [Placement(START, date.max, DIVISION)]})

    assert lines_of(facts, CLERK) == [Line(START, date.max, by(CHIEF))]


def test_nobody_without_assignment_has_lines():
    assert lines_of(organisation(), SECOND) == []


UNITS, PEOPLE, DAYS = range(1, 6), range(10, 16), 20
units = st.sampled_from(UNITS)
people = st.sampled_from(PEOPLE)
days = st.integers(0, DAYS - 1)


@st.composite
def periods(draw):
    first = draw(days)
    length = draw(st.one_of(st.none(), st.integers(0, DAYS)))
    begin = START + timedelta(days=first)
    return begin, None if length is None else begin + timedelta(days=length)


@st.composite
def organisations(draw):
    def rows(key, make, most):
        table = {}
        for _ in range(draw(st.integers(0, most))):
            table.setdefault(draw(key), []).append(make(*draw(periods())))
        return table

    return Facts(
        placements=rows(people, lambda a, b: Placement(a, b, draw(units), draw(st.one_of(st.none(), people))), most=12),
        headships=rows(units, lambda a, b: Headship(a, b, draw(people), draw(st.sampled_from(AssignmentKind))), most=8),
        places=rows(units, lambda a, b: Place(a, b, draw(st.one_of(st.none(), units))), most=12),
        handovers=rows(people, lambda a, b: Handover(a, b, draw(people), draw(st.one_of(st.none(), units))), most=5),
    )


@settings(max_examples=100, deadline=None)
@given(organisations())
def test_lines_equal_the_rule_on_every_day_of_any_organisation(facts):
    for employee in PEOPLE:
        lines = lines_of(facts, employee)
        for earlier, later in itertools.pairwise(lines):
            assert earlier.valid_to is not None
            assert earlier.valid_to + timedelta(days=1) == later.valid_from
            assert earlier.answer != later.answer
        for number in range(-1, DAYS * 2 + 2):
            day = START + timedelta(days=number)
            answer = superior_on(facts, employee, day)
            found = [
                line for line in lines if line.valid_from <= day and (line.valid_to is None or day <= line.valid_to)
            ]
            assert [line.answer for line in found] in ([answer], [] if answer == NO_ASSIGNMENT else [answer])
            assert (answer.superior is None) is (answer.basis is None) is (answer.gap is not None)
            assert answer.superior != employee
            has_place = any(
                row.valid_from <= day and (row.valid_to is None or day <= row.valid_to)
                for row in facts.placements.get(employee, ())
            )
            assert has_place is (answer != NO_ASSIGNMENT)
