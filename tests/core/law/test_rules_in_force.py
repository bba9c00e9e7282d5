"""Law is data with dates: which version holds on which day, and how versions come in."""

import json
from datetime import date

import pytest

from core.actor import Actor
from core.context import Context
from core.errors import CannotStart, Refused
from core.history.models import HistoryRecord
from core.law import reference
from core.law.in_force import find_rule, rule_in_force
from core.law.models import RuleVersion
from core.law.services import NewRuleVersion, add_rule_version
from tests.support.calls import call_as
from tests.support.city import build_city


@pytest.fixture(autouse=True)
def rule_sets_as_they_were(db):
    """Rule versions are reference data that the tests of other files read."""
    before = list(RuleVersion.select().dicts())
    yield
    RuleVersion.delete().execute()
    RuleVersion.insert_many(before).execute()


def absence(valid_from, valid_to, regulation, sanction):
    return {
        "kind": "absence_sanction", "regulation": regulation, "source": "test", "confidence": "M",
        "valid_from": valid_from, "valid_to": valid_to, "content": {"12": sanction},
    }  # fmt: skip


def new_rule(**values):
    matrix = rule_in_force("predicate_matrix", date(2026, 12, 31))
    return NewRuleVersion(
        **{
            "kind": "predicate_matrix", "regulation": "PermenPANRB 9/2027", "source": "JDIH", "confidence": "H",
            "valid_from": date(2027, 1, 1), "valid_to": None, "content": matrix.content, **values,
        }
    )  # fmt: skip


def codes(refusal):
    return [(problem.code, problem.path) for problem in refusal.value.problems]


@pytest.mark.parametrize(
    ("kind", "day", "revision"),
    [
        ("predicate_matrix", date(2021, 12, 31), None),
        ("predicate_matrix", date(2022, 1, 1), 1),
        ("predicate_matrix", date(2026, 12, 31), 1),
        ("numeric_scale", date(2021, 12, 31), 1),
        ("numeric_scale", date(2022, 1, 1), None),
        ("numeric_scale", date(2019, 4, 25), None),
        ("distribution", date(2023, 1, 30), None),
        ("distribution", date(2023, 1, 31), 1),
        ("credit_points", date(2022, 12, 31), None),
        ("credit_points", date(2023, 1, 1), 1),
        ("objection", date(2019, 4, 26), 1),
        ("head_result_rating", date(2024, 6, 30), 1),
        ("no_such_rule", date(2024, 6, 30), None),
    ],
)
def test_a_rule_set_has_one_version_on_a_day_or_none(kind, day, revision):
    rule = find_rule(kind, day)
    assert (rule.revision if rule else None) == revision


def test_a_missing_rule_is_refused_by_kind_and_day(db):
    with pytest.raises(Refused) as refusal:
        rule_in_force("predicate_matrix", date(2010, 5, 1), "input", "evaluationId")
    [problem] = refusal.value.problems
    assert (problem.code, problem.path) == ("NO_RULE_IN_FORCE", ("input", "evaluationId"))
    assert "predicate_matrix" in problem.message("en")
    assert "2010-05-01" in problem.message("en")


def test_the_day_of_the_event_chooses_the_regulation(db):
    """R15: 12 unexcused days are one thing in 2015 and another in 2024."""
    RuleVersion.create(revision=1, **absence(date(2010, 6, 6), date(2021, 8, 30), "PP 53/2010", "DISSATISFACTION"))
    RuleVersion.create(revision=2, **absence(date(2021, 8, 31), None, "PP 94/2021", "MEDIUM_1"))
    assert rule_in_force("absence_sanction", date(2015, 5, 10)).content["12"] == "DISSATISFACTION"
    assert rule_in_force("absence_sanction", date(2024, 5, 10)).content["12"] == "MEDIUM_1"
    assert rule_in_force("absence_sanction", date(2021, 8, 30)).regulation == "PP 53/2010"
    assert rule_in_force("absence_sanction", date(2021, 8, 31)).regulation == "PP 94/2021"


def test_a_snapshot_holds_all_of_the_rule_as_json(db):
    snapshot = rule_in_force("numeric_scale", date(2021, 6, 30)).snapshot()
    assert json.loads(json.dumps(snapshot)) == snapshot
    assert snapshot["revision"] == 1
    assert snapshot["regulation"] == "PP 30/2019 Pasal 41"
    assert (snapshot["valid_from"], snapshot["valid_to"]) == ("2019-04-26", "2021-12-31")
    assert snapshot["content"]["highest_score"] == "120"


def test_loading_again_changes_nothing(db):
    before = list(RuleVersion.select().order_by(RuleVersion.id).dicts())
    reference.load()
    assert list(RuleVersion.select().order_by(RuleVersion.id).dicts()) == before


def write_file(folder, **changes):
    original = json.loads((reference._DATA / "objection-1.json").read_text(encoding="utf-8"))
    path = folder / "objection-1.json"
    path.write_text(json.dumps({**original, **changes}), encoding="utf-8")
    return folder


def test_a_changed_file_needs_a_new_revision(db, tmp_path):
    with pytest.raises(CannotStart) as stop:
        reference.load(write_file(tmp_path, content={"days": 30, "day_kind": "calendar"}))
    [problem] = stop.value.problems
    assert problem.code == "RULE_VERSION_CHANGED"
    assert problem.params == {"file": "objection-1.json", "fields": "content", "kind": "objection", "revision": 1}
    assert rule_in_force("objection", date(2026, 1, 1)).content["days"] == 14


def test_a_file_may_set_the_last_day_of_an_open_version(db, tmp_path):
    reference.load(write_file(tmp_path, valid_to="2026-12-31"))
    assert rule_in_force("objection", date(2026, 12, 31)).revision == 1
    assert find_rule("objection", date(2027, 1, 1)) is None
    reference.load()
    assert find_rule("objection", date(2027, 1, 1)) is None


@pytest.mark.parametrize(
    "changes",
    [
        {"revision": 0},
        {"revision": 1001},
        {"valid_to": "2019-04-25"},
        {"valid_from": "yesterday"},
        {"content": {"days": 0, "day_kind": "calendar"}},
    ],
)
def test_an_unusable_file_stops_with_its_name(db, tmp_path, changes):
    with pytest.raises(CannotStart) as stop:
        reference.load(write_file(tmp_path, **changes))
    [problem] = stop.value.problems
    assert (problem.code, problem.params["file"]) == ("RULE_FILE_UNUSABLE", "objection-1.json")


def test_a_new_version_ends_the_open_one_the_day_before(ctx):
    made = add_rule_version(ctx, new_rule())
    assert made.revision == 1001
    assert find_rule("predicate_matrix", date(2026, 12, 31)).revision == 1
    assert find_rule("predicate_matrix", date(2027, 1, 1)).revision == 1001
    records = HistoryRecord.select().where(HistoryRecord.subject_type == "RuleVersion")
    assert sorted(record.action for record in records) == ["create", "update"]
    reference.load()
    assert find_rule("predicate_matrix", date(2027, 1, 1)).revision == 1001


def test_a_second_new_version_is_numbered_on(ctx):
    add_rule_version(ctx, new_rule())
    assert add_rule_version(ctx, new_rule(valid_from=date(2028, 1, 1))).revision == 1002


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"kind": "horoscope"}, [("UNKNOWN_RULE_KIND", ("input", "kind"))]),
        ({"regulation": " "}, [("TEXT_MISSING", ("input", "regulation"))]),
        ({"source": ""}, [("TEXT_MISSING", ("input", "source"))]),
        ({"confidence": "X"}, [("BAD_CONFIDENCE", ("input", "confidence"))]),
        ({"valid_to": date(2026, 12, 31)}, [("DATES_REVERSED", ("input", "validTo"))]),
        ({"content": {"cells": {}}}, [("BAD_RULE_CONTENT", ("input", "content"))]),
        ({"valid_from": date(2022, 1, 1)}, [("RULE_OVERLAP", ("input", "validFrom"))]),
        ({"valid_from": date(2020, 1, 1)}, [("RULE_OVERLAP", ("input", "validFrom"))]),
        (
            {"kind": "numeric_scale", "valid_from": date(2021, 1, 1), "valid_to": date(2021, 12, 31)},
            [("RULE_OVERLAP", ("input", "validFrom"))],
        ),
        (
            {"regulation": "", "confidence": ""},
            [("TEXT_MISSING", ("input", "regulation")), ("BAD_CONFIDENCE", ("input", "confidence"))],
        ),
    ],
)
def test_an_unusable_version_is_refused_with_every_fault(ctx, values, expected):
    before = RuleVersion.select().count()
    with pytest.raises(Refused) as refusal:
        add_rule_version(ctx, new_rule(**values))
    assert codes(refusal) == expected
    assert RuleVersion.select().count() == before
    assert HistoryRecord.select().count() == 0


def test_a_version_before_all_others_is_accepted(ctx):
    made = add_rule_version(ctx, new_rule(valid_from=date(2021, 7, 1), valid_to=date(2021, 12, 31)))
    assert find_rule("predicate_matrix", date(2021, 8, 1)).revision == made.revision


def test_only_who_keeps_the_law_may_add_a_version(db):
    city = build_city()
    for person in (city.secretary, city.head, city.officer):
        with pytest.raises(Refused) as refusal:
            add_rule_version(call_as(db, person.id), new_rule())
        assert codes(refusal) == [("FORBIDDEN", ("input",))]
    anonymous = Context(actor=Actor(today=date(2026, 1, 15)), settings=db, language="en")
    with pytest.raises(Refused):
        add_rule_version(anonymous, new_rule())
    assert find_rule("predicate_matrix", date(2027, 1, 1)).revision == 1
