"""Innovations from the proposal to their end, their authors, evidence and measured effects."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest

from core.errors import Refused
from core.facts.rules.measuring import Span
from core.history.models import HistoryRecord
from core.i18n import translate
from core.live.models import LiveEvent
from core.progress.services.evidence import sweep_files
from core.progress.services.keeping import SentFile, kept_file
from plugins.rewards.innovations.models import (
    Innovation,
    InnovationAuthor,
    InnovationEffect,
    InnovationEvidence,
    InnovationStep,
    InnovationUnit,
)
from plugins.rewards.innovations.reading_effects import said_by
from plugins.rewards.innovations.services.authors import remove_author, set_author
from plugins.rewards.innovations.services.deciding import (
    adopt_innovation,
    decline_innovation,
    end_innovation,
    try_innovation,
)
from plugins.rewards.innovations.services.evidence import add_file, add_link, remove_evidence
from plugins.rewards.innovations.services.measuring import EffectAsked, measure_effect
from plugins.rewards.innovations.services.proposing import change_innovation, propose_innovation, set_units
from plugins.rewards.innovations.terms import AuthorRole, EffectCaution, EffectDirection, InnovationStage
from tests.support.calls import call_as, on
from tests.support.facts import CALLS, SPEED, Source, facts_on, value
from tests.support.grants import give_role

TODAY = date(2026, 7, 1)
TEXTS = {
    "title": "Antrean daring",
    "problem": "Antrean lama",
    "description": "Nomor diambil dari rumah",
    "category": "TATA_KELOLA",
    "group": "UMUM",
}


@pytest.fixture
def world(city, db):
    """Ask as somebody on 1 July 2026, and the usual steps."""

    class World:
        def ctx(self, who, day=TODAY):
            return call_as(db, who.id, on(day))

        def proposed(self, **more):
            unit_id = more.pop("unit_id", city.registry.id)
            return propose_innovation(self.ctx(city.officer), **{"unit_id": unit_id, **TEXTS, **more})

        def adopted(self, **more):
            row = self.proposed(proposed_on=date(2026, 2, 2), **more)
            row = try_innovation(self.ctx(city.chief), row.id, row.version, day=date(2026, 3, 2))
            return adopt_innovation(self.ctx(city.chief), row.id, row.version, day=date(2026, 5, 4))

    found = World()
    found.city, found.db = city, db
    return found


def refused(*codes):
    return pytest.raises(Refused, match=f"^{'; '.join(f'{code}:.*' for code in codes)}$")


def test_whoever_works_in_the_unit_proposes_and_is_its_leading_author(world):
    city = world.city
    row = world.proposed(unit_ids=[city.archive.id, city.registry.id], proposed_on=date(2026, 6, 1))

    assert (row.stage, row.proposed_on, row.proposed_by_id) == (
        InnovationStage.PROPOSED,
        date(2026, 6, 1),
        city.officer.id,
    )
    assert row.rule["content"]["groups"][0]["minimum_years"] == 2
    assert [(one.employee_id, one.role) for one in InnovationAuthor.select()] == [(city.officer.id, AuthorRole.LEADER)]
    assert [one.unit_id for one in InnovationUnit.select()] == [city.archive.id]
    assert [(one.stage, one.day) for one in InnovationStep.select()] == [(InnovationStage.PROPOSED, date(2026, 6, 1))]
    assert LiveEvent.select().where(LiveEvent.name == "rewards.innovation_proposed").count() == 1
    assert HistoryRecord.select().where(HistoryRecord.subject_type == "Innovation").count() == 1


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"title": " "}, ["TEXT_MISSING"]),
        ({"problem": "x" * 20_001}, ["TEXT_TOO_LONG"]),
        ({"category": "LAIN"}, ["INNOVATION_CATEGORY"]),
        ({"group": "LAIN"}, ["INNOVATION_GROUP"]),
        ({"group": "REPLIKASI"}, ["INNOVATION_ORIGIN_MISSING"]),
        ({"proposed_on": date(2026, 7, 2)}, ["DATE_IN_FUTURE"]),
        ({"proposed_on": date(2020, 7, 2)}, ["NO_RULE_IN_FORCE"]),
        ({"origin_id": 999_999}, ["NOT_FOUND"]),
    ],
)
def test_what_cannot_be_proposed_is_refused_and_leaves_nothing(world, changes, codes):
    with refused(*codes):
        world.proposed(**changes)

    assert not Innovation.select().exists()
    assert not InnovationAuthor.select().exists()


def test_nobody_proposes_for_a_unit_where_he_does_not_work_unless_he_manages_innovations(world):
    city = world.city
    with refused("FORBIDDEN"):
        world.proposed(unit_id=city.archive.id)
    give_role(city.officer, "rewards.innovation_officer", city.archive)

    assert world.proposed(unit_id=city.archive.id).unit_id == city.archive.id


def test_a_replication_takes_over_what_was_adopted(world):
    city = world.city
    first = world.adopted()
    second = world.proposed(group="REPLIKASI", origin_id=first.id)
    third = world.proposed(group="REPLIKASI", origin_note="Kota lain")

    assert second.origin_id == first.id
    assert third.origin_note == "Kota lain"
    with refused("INNOVATION_ORIGIN"):
        world.proposed(origin_id=second.id)
    with refused("INNOVATION_ORIGIN_MISSING"):
        change_innovation(world.ctx(city.officer), second.id, second.version, {"origin_id": None})


def test_the_way_from_the_proposal_to_the_end_is_kept_step_by_step(world):
    city = world.city
    row = world.adopted()
    assert (row.stage, row.tried_on, row.adopted_on, row.implemented_on) == (
        InnovationStage.ADOPTED,
        date(2026, 3, 2),
        date(2026, 5, 4),
        date(2026, 5, 4),
    )
    told = LiveEvent.get(LiveEvent.name == "rewards.innovation_adopted").payload
    assert f'"employee_ids":[{city.officer.id}]' in told

    row = end_innovation(world.ctx(city.head), row.id, row.version, reason="Diganti", day=date(2026, 6, 30))

    assert (row.stage, row.closed_on, row.closing_reason) == (InnovationStage.ENDED, date(2026, 6, 30), "Diganti")
    assert [(one.stage, one.day, one.decided_by_id) for one in InnovationStep.select().order_by(InnovationStep.id)] == [
        (InnovationStage.PROPOSED, date(2026, 2, 2), city.officer.id),
        (InnovationStage.TRIED, date(2026, 3, 2), city.chief.id),
        (InnovationStage.ADOPTED, date(2026, 5, 4), city.chief.id),
        (InnovationStage.ENDED, date(2026, 6, 30), city.head.id),
    ]


def test_it_may_have_been_in_use_before_it_was_adopted_not_after(world):
    city = world.city
    row = world.proposed(proposed_on=date(2026, 2, 2))
    row = try_innovation(world.ctx(city.chief), row.id, row.version, day=date(2026, 3, 2))
    with refused("INNOVATION_NOT_IN_USE"):
        adopt_innovation(
            world.ctx(city.chief), row.id, row.version, day=date(2026, 5, 4), implemented_on=date(2026, 5, 5)
        )

    row = adopt_innovation(world.ctx(city.chief), row.id, row.version, implemented_on=date(2023, 1, 2))

    assert (row.adopted_on, row.implemented_on) == (TODAY, date(2023, 1, 2))


def test_nobody_decides_on_his_own_innovation_and_no_stranger_does(world):
    city = world.city
    row = world.proposed()
    give_role(city.officer, "rewards.innovation_officer")
    with refused("INNOVATION_OWN"):
        try_innovation(world.ctx(city.officer), row.id, row.version)
    set_author(world.ctx(city.officer), row.id, city.chief.id)
    with refused("INNOVATION_OWN"):
        try_innovation(world.ctx(city.chief), row.id, None)
    with refused("NOT_FOUND"):
        try_innovation(world.ctx(city.other), row.id, None)

    assert Innovation.get_by_id(row.id).stage is InnovationStage.PROPOSED
    assert try_innovation(world.ctx(city.head), row.id, None).stage is InnovationStage.TRIED


def test_without_an_author_nothing_is_adopted(world):
    city = world.city
    row = world.proposed()
    try_innovation(world.ctx(city.chief), row.id, None)
    InnovationAuthor.delete().execute()

    with refused("INNOVATION_AUTHOR_MISSING"):
        adopt_innovation(world.ctx(city.chief), row.id, None)


def test_declining_wants_a_reason_which_is_kept(world):
    city = world.city
    row = world.proposed()
    with refused("REASON_MISSING"):
        decline_innovation(world.ctx(city.chief), row.id, row.version, reason=" ")

    row = decline_innovation(world.ctx(city.chief), row.id, row.version, reason="Terlalu mahal")

    assert (row.stage, row.closing_reason, row.closed_on) == (InnovationStage.DECLINED, "Terlalu mahal", TODAY)
    with refused("INNOVATION_STEP"):
        try_innovation(world.ctx(city.chief), row.id, row.version)


def test_two_who_decide_at_once_do_not_both_decide(world):
    city = world.city
    row = world.proposed()
    seen = row.version
    try_innovation(world.ctx(city.chief), row.id, seen)

    with refused("STALE_VERSION"):
        decline_innovation(world.ctx(city.head), row.id, seen, reason="Mahal")


def test_authors_change_what_they_wrote_until_it_is_adopted(world):
    city = world.city
    row = world.proposed()
    row = change_innovation(
        world.ctx(city.officer), row.id, row.version, {"title": " Antrean kota "}, [city.archive.id]
    )
    assert row.title == "Antrean kota"
    assert [one.unit_id for one in InnovationUnit.select()] == [city.archive.id]
    row = set_units(world.ctx(city.officer), row.id, row.version, [])
    assert not InnovationUnit.select().exists()
    with refused("FORBIDDEN"):
        change_innovation(world.ctx(city.chief), row.id, row.version, {"title": "Lain"})

    adopted = world.adopted()
    with refused("INNOVATION_SETTLED"):
        change_innovation(world.ctx(city.officer), adopted.id, adopted.version, {"title": "Lain"})
    give_role(city.head, "rewards.innovation_officer", city.agency)

    assert change_innovation(world.ctx(city.head), adopted.id, adopted.version, {"title": "Lain"}).title == "Lain"


def test_shares_are_a_hundred_percent_at_most_and_one_author_stays(world):
    city = world.city
    row, ctx = world.proposed(), world.ctx(city.officer)
    set_author(ctx, row.id, city.officer.id, AuthorRole.LEADER, Decimal(60))
    clerk = set_author(ctx, row.id, city.clerk.id, AuthorRole.MEMBER, Decimal("39.5"))
    for share, code in (("40.6", "INNOVATION_SHARES"), ("0", "INNOVATION_SHARE"), ("100.1", "INNOVATION_SHARE")):
        with refused(code):
            set_author(ctx, row.id, city.clerk.id, AuthorRole.MEMBER, Decimal(share))

    set_author(ctx, row.id, city.clerk.id, AuthorRole.HELPER, Decimal(40))
    assert {(one.employee_id, one.role, one.share) for one in InnovationAuthor.select()} == {
        (city.officer.id, AuthorRole.LEADER, Decimal(60)),
        (city.clerk.id, AuthorRole.HELPER, Decimal(40)),
    }

    (leader,) = InnovationAuthor.select().where(InnovationAuthor.employee == city.officer.id)
    assert remove_author(ctx, clerk.id, None) == clerk.id
    with refused("INNOVATION_LAST_AUTHOR"):
        remove_author(ctx, leader.id, leader.version)


def test_links_and_files_prove_it_and_files_in_use_are_never_swept(world, tmp_path):
    city = world.city
    row, ctx = world.proposed(), world.ctx(city.officer)
    add_link(ctx, row.id, "https://example.go.id/laporan")
    stored = add_file(
        ctx, row.id, SentFile(BytesIO(b"tanggal;tunggu\n2026-01-02;12\n"), "ukur.csv", "text/csv", "Ukuran")
    )
    with refused("URL_INVALID"):
        add_link(ctx, row.id, "javascript:alert(1)")
    with refused("FILE_TYPE_NOT_ACCEPTED"):
        add_file(ctx, row.id, SentFile(BytesIO(b"\x7fELF\x00"), "a.pdf", "application/pdf"))

    found, path = kept_file(world.ctx(city.chief), InnovationEvidence, stored.id)
    assert (found.title, path.read_bytes()[:7]) == ("Ukuran", b"tanggal")
    with refused("NOT_FOUND"):
        kept_file(world.ctx(city.other), InnovationEvidence, stored.id)
    assert sweep_files(world.ctx(city.officer, date(2100, 1, 1))) == 0
    assert path.exists()

    remove_evidence(ctx, stored.id, stored.version)

    assert [one.kind.value for one in InnovationEvidence.select()] == ["LINK"]
    assert sweep_files(world.ctx(city.officer, date(2100, 1, 1))) == 1
    assert not path.exists()


BEFORE, AFTER = Span(date(2026, 2, 1), date(2026, 2, 28)), Span(date(2026, 6, 1), date(2026, 6, 28))


def test_a_measured_effect_is_kept_with_its_days_cases_and_query(world):
    city = world.city
    row = world.adopted()
    answers = {BEFORE.first: value("41.5", 812), AFTER.first: value("26.2", 12)}
    asked = EffectAsked(CALLS, EffectDirection.LOWER, BEFORE, AFTER)
    with facts_on(Source(lambda _subject, first, _last: answers[first])) as source:
        made = measure_effect(world.ctx(city.officer), row.id, asked)
        said = said_by(InnovationEffect.get_by_id(made.id))

    assert [(subject, first, last) for _, subject, first, last in source.asked] == [
        (city.registry.id, BEFORE.first, BEFORE.last),
        (city.registry.id, AFTER.first, AFTER.last),
    ]
    kept = InnovationEffect.get_by_id(made.id)
    assert (kept.before_value, kept.before_cases, kept.after_value, kept.after_cases) == (
        Decimal("41.5"), 812, Decimal("26.2"), 12,
    )  # fmt: skip
    assert kept.before_evidence["query"] == "tickets"
    assert (kept.title, kept.unit_of_measure, kept.fewest_cases, kept.unit_id) == (
        translate("Calls", "id"), translate("calls", "id"), 30, city.registry.id,
    )  # fmt: skip
    assert (said.change, said.change_percent, said.is_better) == (Decimal("-15.3"), Decimal("-36.87"), True)
    assert said.cautions == [EffectCaution.FEW_CASES]


def test_with_the_plugin_off_what_was_measured_stays_with_a_caution_and_is_not_measured_again(world):
    city = world.city
    row = world.adopted()
    asked = EffectAsked(CALLS, EffectDirection.LOWER, BEFORE, AFTER)
    with facts_on(Source(lambda *_: value("4", 50))):
        measure_effect(world.ctx(city.officer), row.id, asked)

    assert said_by(InnovationEffect.get()).cautions == [EffectCaution.FACT_NOT_OFFERED]
    with refused("FACT_UNKNOWN"):
        measure_effect(world.ctx(city.officer), row.id, asked)
    assert InnovationEffect.select().count() == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"after": Span(date(2026, 2, 28), date(2026, 3, 31))}, "EFFECT_SPANS_OVERLAP"),
        ({"after": Span(date(2026, 6, 1), date(2026, 7, 2))}, "DATE_IN_FUTURE"),
        ({"before": Span(date(2026, 2, 2), date(2026, 2, 1))}, "EFFECT_SPAN"),
        ({"before": Span(date(2024, 2, 2), date(2025, 2, 2))}, "EFFECT_SPAN"),
        ({"unit_id": "archive"}, "EFFECT_UNIT_ELSEWHERE"),
        ({"fact": SPEED}, "EFFECT_NOT_AUTHOR"),
        ({"fact": SPEED, "employee_id": "clerk"}, "EFFECT_NOT_AUTHOR"),
        ({"fact": "dummy.gone"}, "FACT_UNKNOWN"),
    ],
)
def test_what_cannot_be_compared_is_refused(world, changes, code):
    city = world.city
    row = world.adopted()
    changes = {name: getattr(city, one).id if isinstance(one, str) and name.endswith("_id") else one
               for name, one in changes.items()}  # fmt: skip
    asked = EffectAsked(
        **{"fact": CALLS, "direction": EffectDirection.LOWER, "before": BEFORE, "after": AFTER, **changes}
    )
    with facts_on(Source(lambda *_: value())), refused(code):
        measure_effect(world.ctx(city.officer), row.id, asked)

    assert not InnovationEffect.select().exists()


def test_a_side_without_cases_has_no_value_and_two_such_sides_are_refused(world):
    city = world.city
    row = world.adopted()
    asked = EffectAsked(SPEED, EffectDirection.HIGHER, BEFORE, AFTER, employee_id=city.officer.id)
    with facts_on(Source(lambda _s, first, _l: value("3", 40) if first == AFTER.first else None)):
        made = measure_effect(world.ctx(city.chief), row.id, asked)
    assert (made.before_value, made.before_cases, made.after_value, made.employee_id) == (
        None, 0, Decimal(3), city.officer.id,
    )  # fmt: skip

    with facts_on(Source(lambda *_: None)), refused("EFFECT_NO_CASES"):
        measure_effect(world.ctx(city.chief), row.id, asked)
    with facts_on(Source(lambda *_: 1 / 0)), refused("FACT_FAILED"):
        measure_effect(world.ctx(city.chief), row.id, asked)
    with facts_on(Source(lambda *_: value())), refused("NOT_FOUND"):
        measure_effect(world.ctx(city.other_chief), world.proposed().id, asked)
