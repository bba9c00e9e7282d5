"""Adopted innovations per author and period."""

from datetime import date

import pytest

from plugins.rewards.innovations.models import Innovation, InnovationAuthor
from plugins.rewards.innovations.reading import AdoptedInnovation, adopted_innovations, adopters
from plugins.rewards.innovations.terms import InnovationStage

FIRST, LAST = date(2026, 3, 1), date(2026, 3, 31)


def innovation(city, title, *authors, adopted_on=None, stage=InnovationStage.ADOPTED):
    row = Innovation.create(
        unit=city.registry,
        title=title,
        problem="-",
        description="-",
        category="TATA_KELOLA",
        group="UMUM",
        stage=stage,
        proposed_on=date(2026, 1, 5),
        adopted_on=adopted_on,
        rule={},
    )
    for author in authors:
        InnovationAuthor.create(innovation=row, employee=author)
    return row


@pytest.mark.parametrize(
    ("day", "is_in"), [(date(2026, 2, 28), False), (FIRST, True), (LAST, True), (date(2026, 4, 1), False)]
)
def test_only_what_was_adopted_in_the_period_counts_first_and_last_day_included(city, day, is_in):
    row = innovation(city, "Antrean daring", city.officer, city.clerk, adopted_on=day)

    found = adopted_innovations(None, FIRST, LAST)

    both = [AdoptedInnovation(one.id, row.id, "Antrean daring", day) for one in (city.officer, city.clerk)]
    assert found == (both if is_in else [])
    assert {key for (key,) in adopters(FIRST, LAST).tuples()} == ({city.officer.id, city.clerk.id} if is_in else set())


def test_only_those_asked_for_are_given(city):
    row = innovation(city, "Antrean daring", city.officer, city.clerk, adopted_on=FIRST)

    assert adopted_innovations([city.clerk.id], FIRST, LAST) == [
        AdoptedInnovation(city.clerk.id, row.id, "Antrean daring", FIRST)
    ]
    assert adopted_innovations([], FIRST, LAST) == []


def test_what_was_only_proposed_or_declined_counts_nowhere_what_ended_later_does(city):
    innovation(city, "Usul", city.officer, stage=InnovationStage.PROPOSED)
    innovation(city, "Ditolak", city.officer, stage=InnovationStage.DECLINED)
    innovation(city, "Selesai", city.officer, stage=InnovationStage.ENDED, adopted_on=LAST)

    assert [one.title for one in adopted_innovations(None, FIRST, LAST)] == ["Selesai"]
