"""What holds for every verb: its permission is known, its texts are Indonesian, and it is done in a test."""

from pathlib import Path

import pytest

from core.i18n import has_translation, load_translations
from core.policy import acts
from core.registry import active_registry
from core.verbs.declare import Does, FieldKind
from tests.core.verbs import (
    test_appraisal,
    test_archiving,
    test_attendance,
    test_facts,
    test_house,
    test_organisation,
    test_planning,
    test_progress,
)

OURS = {
    "appraisal", "attendance", "exchange", "facts", "identity", "law", "operations", "organisation", "planning",
    "progress", "webhooks", "workdays",
}  # fmt: skip
"""Areas whose verbs are done here; those of the bin and of history are done where these are tested."""
ROOT = Path(__file__).parents[3]
AREAS = (
    test_appraisal,
    test_archiving,
    test_attendance,
    test_facts,
    test_house,
    test_organisation,
    test_planning,
    test_progress,
)
DONE_ELSEWHERE = {
    "appraisal.hand_on_objection",
    "exchange.undo_import",
    "identity.reset_second_factor",
    "identity.revoke_sessions",
    "planning.split_plan",
    "webhooks.replay_dead",
    "webhooks.resume",
}
"""Verbs with a test of their own."""


@pytest.fixture(autouse=True)
def spoken(world):
    """The words of the pages, which are shared with the verbs."""
    for owner in ("core", "admin"):
        load_translations(ROOT / owner / "translations")


def test_every_verb_is_done_in_a_test(world):
    done = {case.name for area in AREAS for case in area.CASES} | DONE_ELSEWHERE

    assert {verb.name for verb in active_registry().verbs if verb.name.partition(".")[0] in OURS} == done


def test_every_permission_is_known(world):
    known = acts() | {permission.name for permission in active_registry().permissions}

    assert [verb.name for verb in active_registry().verbs if verb.permission not in known] == []
    assert [
        verb.name for verb in active_registry().verbs if verb.does is not Does.CREATE and verb.permission not in acts()
    ] == []


def test_every_text_is_there_in_indonesian(world):
    texts = [
        (verb.name, text)
        for verb in active_registry().verbs
        if verb.name.partition(".")[0] in OURS
        for text in (verb.title, verb.help, *(part for one in verb.fields for part in (one.title, one.help)))
        if text
    ]

    assert len(texts) > 400
    assert [(name, text) for name, text in texts if not has_translation(text, "id")] == []


def test_every_choice_is_spoken_in_both_languages(world):
    ctx = world.context("hr_admin")
    values = set()
    for verb in active_registry().verbs:
        for one in verb.fields:
            if one.kind is not FieldKind.CHOICE:
                continue
            if isinstance(one.choices, type):
                values |= {(member.value, code) for member in one.choices for code in ("id", "en")}
            else:
                values |= {(title, "id") for _, title in one.choices(ctx)}

    assert sorted(text for text, code in values if not has_translation(text, code)) == []


def test_the_same_field_of_a_table_is_called_the_same_everywhere(world):
    titles = {}
    for verb in active_registry().verbs:
        for one in verb.fields:
            titles.setdefault((verb.model, one.name), set()).add(one.title)

    assert {key: found for key, found in titles.items() if len(found) > 1} == {}
