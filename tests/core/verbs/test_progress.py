"""Verbs of progress, evidence, feedback, rounds and dialogues."""

from datetime import date
from decimal import Decimal

import pytest

from core.errors import Refused
from core.progress.models import Feedback, FeedbackRequest
from core.progress.services.rounds import change_round
from core.progress.terms import FeedbackTone
from tests.support.verbs import GONE, Case, check

TODAY = "2026-01-15"


def key(world, label):
    return world.rows[label].id


CASES = [
    Case(
        "progress.record_progress", "officer",
        texts=lambda w: {
            "indicator_id": key(w, "indicator.officer"), "work_result_id": "", "happened_on": TODAY, "quantity": "2.5",
            "note": "Terbit",
        },
        expected={"quantity": Decimal("2.5"), "note": "Terbit", "happened_on": date(2026, 1, 15)},
    ),
    Case(
        "progress.correct_progress", "officer", "progress.officer", lambda _w: {"quantity": "3"},
        {"quantity": Decimal(3), "happened_on": date(2026, 1, 15)},
    ),
    Case("progress.remove_progress", "hr_officer", "progress.officer", lambda _w: {"reason": "Dobel"}, GONE),
    Case(
        "progress.add_evidence_link", "officer",
        texts=lambda w: {"progress_record_id": key(w, "progress.officer"), "url": "https://example.id/a", "title": ""},
        expected={"url": "https://example.id/a", "title": "https://example.id/a"},
    ),
    Case("progress.remove_evidence", "officer", "evidence.officer", expected=GONE),
    Case(
        "progress.give_feedback", "chief",
        texts=lambda w: {
            "employee_id": key(w, "employee.officer"), "tone": "CONSTRUCTIVE", "text": "Lebih rinci",
            "behavior_value": "", "work_result_id": "",
        },
        expected={"tone": FeedbackTone.CONSTRUCTIVE, "text": "Lebih rinci", "given_on": date(2026, 1, 15)},
    ),
    Case(
        "progress.answer_request", "clerk", "request.open",
        lambda _w: {"tone": "POSITIVE", "text": "Teliti", "behavior_value": "HARMONIOUS"}, {"text": "Teliti"},
        of=Feedback,
    ),
    Case(
        "progress.start_round", "hr_officer",
        texts=lambda w: {
            "name": "Putaran", "period_id": key(w, "period"), "unit_id": key(w, "unit.registry"), "opens_on": TODAY,
            "closes_on": "2026-02-15", "asks_superiors": "1", "asks_peers": "", "peers": "",
        },
        expected={"name": "Putaran", "closes_on": date(2026, 2, 15)},
    ),
    Case(
        "progress.change_round", "hr_officer", "round.registry", lambda _w: {"closes_on": "2026-02-15"},
        {"name": "Januari", "closes_on": date(2026, 2, 15)},
    ),
    Case(
        "progress.record_dialogue", "chief",
        texts=lambda w: {
            "plan_id": key(w, "plan.officer"), "held_on": TODAY, "topic": "Awal", "summary": "Sepakat",
            "agreed_actions": "",
        },
        expected={"topic": "Awal", "summary": "Sepakat"},
    ),
    Case("progress.change_dialogue", "chief", "dialogue.officer", lambda _w: {"topic": "Lain"}, {"topic": "Lain"}),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_verb_does_what_it_says_and_others_are_refused(world, case):
    asked = world.rows["request.officer.clerk"]
    FeedbackRequest.update(answered_at=None).where(FeedbackRequest.id == asked.id).execute()
    world.rows["request.open"] = FeedbackRequest.get_by_id(asked.id)

    check(world, case)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": " "}, "NAME_INVALID"),
        ({"closes_on": date(2025, 12, 1)}, "DATES_REVERSED"),
        ({"closes_on": date(2026, 1, 14)}, "DATE_IN_PAST"),
    ],
)
def test_a_round_is_not_changed_into_one_that_cannot_be_held(world, changes, code):
    row = world.rows["round.registry"]

    with pytest.raises(Refused) as refusal:
        change_round(world.context("hr_officer"), row.id, row.version, changes)

    assert [problem.code for problem in refusal.value.problems] == [code]
    assert type(row).get_by_id(row.id).version == row.version
