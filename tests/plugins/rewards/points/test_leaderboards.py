"""Leaderboards name only who consented, and sums are told only where nobody's own points follow from them."""

from datetime import UTC, date, datetime
from itertools import combinations

import pytest
from hypothesis import given as chosen
from hypothesis import strategies as st

from core.errors import Refused
from core.settings import Settings
from core.work import unit_of_work
from plugins.rewards.points.models import LeaderboardConsent
from plugins.rewards.points.reading import leaderboard, points_of_units, span_of
from plugins.rewards.points.rules.ranks import ranked
from plugins.rewards.points.rules.small_groups import Crowd, GroupNode, told_groups
from plugins.rewards.points.services.consent import set_consent
from plugins.rewards.points.services.earning import take_back_of
from plugins.rewards.points.services.ledger import Coming, credit, hold_account
from plugins.rewards.points.terms import PointMovement
from tests.support.calls import NOON, call_as, system_context
from tests.support.city import person, post, report
from tests.support.statements import counted_statements

FEBRUARY = datetime(2026, 2, 10, 5, 0, tzinfo=UTC)


@pytest.fixture
def crowd(db, city):
    """Ten more people in the registry."""
    people = []
    for number in range(10):
        one = person(f"19900{number % 9 + 1}172015031{number + 10:03}", f"Pegawai {number:02}")
        post(one, city.registry, f"Staf {number}", "PELAKSANA", is_head=False)
        report(one, city.chief)
        people.append(one)
    return people


def earn(db, employee, points, key, day=date(2026, 1, 15)):
    with unit_of_work(system_context(db)) as work:
        account = hold_account(employee.id)
        credit(
            work, account, PointMovement.EARNED, [Coming(points)], key=key, day=day, subject_type="Deed",
            subject_id=employee.id,
        )  # fmt: skip


def consent(db, *people):
    for one in people:
        set_consent(call_as(db, one.id), is_given=True)


def board(db, city, month=1, at=FEBRUARY):
    found = leaderboard(call_as(db, city.clerk.id, at), city.registry.id, 2026, month)
    return found.is_withheld, [(one.rank, one.name, one.points) for one in found.places]


def test_only_who_consented_is_ranked_and_ties_share_a_rank(db, city, crowd):
    for number, one in enumerate(crowd):
        earn(db, one, 100 - number // 2 * 10, f"k{number}")
    consent(db, *crowd[2:7])

    assert board(db, city) == (
        False,
        [
            (1, "Pegawai 02", 90), (1, "Pegawai 03", 90), (3, "Pegawai 04", 80), (3, "Pegawai 05", 80),
            (5, "Pegawai 06", 70),
        ],
    )  # fmt: skip


def test_below_the_smallest_group_nobody_is_named(db, city, crowd):
    consent(db, *crowd[:4])
    assert board(db, city) == (True, [])
    consent(db, crowd[4])
    assert board(db, city)[0] is False
    # Consent is withdrawn at once.
    set_consent(call_as(db, crowd[0].id), is_given=False)
    assert board(db, city) == (True, [])


def test_consent_is_the_own_and_not_given_by_default(db, city, crowd):
    assert LeaderboardConsent.select().count() == 0
    with pytest.raises(Refused) as refusal:
        set_consent(system_context(db), is_given=True)
    assert [problem.code for problem in refusal.value.problems] == ["FORBIDDEN"]
    row = set_consent(call_as(db, crowd[0].id), is_given=True)
    assert set_consent(call_as(db, crowd[0].id), is_given=True).version == row.version == 1


def test_what_was_taken_back_or_earned_in_another_month_does_not_count(db, city, crowd):
    consent(db, *crowd[:5])
    earn(db, crowd[0], 40, "a")
    earn(db, crowd[1], 30, "b")
    earn(db, crowd[2], 20, "c", date(2026, 2, 1))
    take_back_of(system_context(db), "Deed", crowd[0].id, "-")

    assert [(name, points) for _, name, points in board(db, city)[1] if points] == [("Pegawai 01", 30)]
    assert [(name, points) for _, name, points in board(db, city, 2)[1] if points] == [("Pegawai 02", 20)]
    year = leaderboard(call_as(db, city.clerk.id), city.registry.id, 2026)
    assert sum(one.points for one in year.places) == 50


@pytest.mark.parametrize(("year", "month"), [(1999, None), (2200, None), (2026, 0), (2026, 13)])
def test_a_month_that_does_not_exist(db, city, year, month):
    with pytest.raises(Refused) as refusal:
        leaderboard(call_as(db, city.clerk.id), city.registry.id, year, month)
    assert [problem.code for problem in refusal.value.problems] == ["NO_SUCH_MONTH"]


def test_spans():
    assert (span_of(2026, 12).first, span_of(2026, 12).last) == (date(2026, 12, 1), date(2026, 12, 31))
    assert (span_of(2024, 2).last, span_of(2026, None).last) == (date(2024, 2, 29), date(2026, 12, 31))


def sums(db, city, at=FEBRUARY):
    units = {"root": city.root, "agency": city.agency, "registry": city.registry, "archive": city.archive}
    found = points_of_units(system_context(db, at), [unit.id for unit in units.values()], 2026, 1)
    return {name: found[unit.id].points for name, unit in units.items()}


def test_sums_of_units_are_told_where_nobody_follows_from_them(db, city, crowd):
    for number, one in enumerate([*crowd, city.other, city.secretary]):
        earn(db, one, 10, f"k{number}")
    # The archive has two people, and with the heads above they would be what is left of the whole: the registry, whose
    # sum would tell it, stays untold.
    assert sums(db, city) == {"root": 120, "agency": None, "registry": None, "archive": None}
    # A month that is not over is told of nobody.
    assert set(sums(db, city, NOON).values()) == {None}


def test_a_few_who_did_not_consent_are_not_told_by_the_others(db, city, crowd):
    for number, one in enumerate(crowd):
        earn(db, one, 10, f"k{number}")
    everybody = [*crowd, city.officer, city.clerk, city.chief, city.other, city.other_chief, city.head, city.secretary]
    consent(db, *everybody[:-1])
    # One alone did not: of the whole sum, all others' points are known.
    assert sums(db, city) == {"root": None, "agency": None, "registry": None, "archive": None}
    consent(db, everybody[-1])
    assert sums(db, city)["root"] == 100


def test_sums_of_many_units_take_as_many_statements_as_of_one(db, city, crowd):
    ctx = system_context(db, FEBRUARY)

    def count(*units):
        with counted_statements() as found:
            points_of_units(ctx, [unit.id for unit in units], 2026, 1)
        return len(found)

    assert count(city.root) == count(city.root, city.agency, city.registry, city.archive) == 3


def test_the_smallest_group_is_a_setting(db, city, crowd):
    consent(db, *crowd[:3])
    few = Settings(**{**db.model_dump(exclude={"sections"}), "sections": {"rewards": {"leaderboard_min_group": 3}}})

    found = leaderboard(call_as(few, city.clerk.id, FEBRUARY), city.registry.id, 2026, 1)

    assert (found.is_withheld, len(found.places)) == (False, 3)


def test_ranks():
    assert ranked({1: 5, 2: 9, 3: 5, 4: 9, 5: 1}) == [(1, 2, 9), (1, 4, 9), (3, 1, 5), (3, 3, 5), (5, 5, 1)]
    assert ranked({}) == []


CROWDS = st.integers(0, 9).flatmap(lambda people: st.builds(Crowd, st.just(people), st.integers(0, people)))


@st.composite
def trees(draw):
    """A tree of up to nine units with their own people."""
    count = draw(st.integers(1, 9))
    parents = [draw(st.integers(0, number - 1)) for number in range(1, count)]
    return {
        unit: GroupNode(draw(CROWDS), tuple(n + 1 for n, parent in enumerate(parents) if parent == unit))
        for unit in range(count)
    }


@chosen(trees(), st.integers(3, 5))
def test_nobody_follows_from_all_sums_together(units, fewest):
    told = told_groups(units, [0], fewest)

    def inside(unit):
        return {unit}.union(*(inside(child) for child in units[unit].below))

    # Whatever can be worked out is a sum over units that are together in the same sums.
    together = {}
    for unit in units:
        signature = frozenset(one for one in told if unit in inside(one))
        together.setdefault(signature, []).append(unit)
    together.pop(frozenset(), None)
    for group in together.values():
        people = sum(units[unit].own.people for unit in group)
        hidden = sum(units[unit].own.hidden for unit in group)
        assert people == 0 or people >= fewest
        assert hidden == 0 or hidden >= fewest
    # Differences of any two sums as well.
    for one, other in combinations(sorted(told), 2):
        if inside(other) < inside(one):
            rest = inside(one) - inside(other)
            hidden = sum(units[unit].own.hidden for unit in rest)
            assert hidden == 0 or hidden >= fewest
