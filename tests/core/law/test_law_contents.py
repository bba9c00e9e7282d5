"""What the content of a rule set must look like."""

import copy
import json
from pathlib import Path

import pytest

from core.law import contents, reference

FILES = {
    json.loads(path.read_text(encoding="utf-8"))["kind"]: json.loads(path.read_text(encoding="utf-8"))["content"]
    for path in (Path(reference.__file__).parent / "data").glob("*.json")
}


@pytest.mark.parametrize("kind", sorted(FILES))
def test_the_content_of_each_file_is_usable(kind):
    assert contents.fault_of(kind, FILES[kind]) is None


def changed(kind, *path, to):
    content = copy.deepcopy(FILES[kind])
    place = content
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = to
    return content


@pytest.mark.parametrize(
    ("kind", "content", "fault"),
    [
        ("predicate_matrix", None, "content"),
        ("predicate_matrix", {}, "content"),
        ("predicate_matrix", {"other": 1}, "cells"),
        ("predicate_matrix", changed("predicate_matrix", "cells", "ABOVE", to="x"), "cells.ABOVE"),
        ("predicate_matrix", changed("predicate_matrix", "cells", "ABOVE", "MEETS", to="FINE"), "cells.ABOVE.MEETS"),
        ("predicate_matrix", changed("predicate_matrix", "cells", "BELOW", to={"ABOVE": "GOOD"}), "cells.BELOW"),
        ("predicate_matrix", changed("predicate_matrix", "cells", "TOP", to={}), "cells"),
        ("head_result_rating", {"ratings": {"GOOD": "MEETS"}}, "ratings"),
        ("head_result_rating", changed("head_result_rating", "ratings", "GOOD", to="GOOD"), "ratings.GOOD"),
        ("distribution", changed("distribution", "clauses", "GOOD", to={}), "clauses.GOOD"),
        ("distribution", changed("distribution", "clauses", "GOOD", to=[1]), "clauses.GOOD.0"),
        (
            "distribution",
            changed("distribution", "clauses", "GOOD", to=[{"predicates": []}]),
            "clauses.GOOD.0.predicates",
        ),
        (
            "distribution",
            changed("distribution", "clauses", "GOOD", 0, "predicates", to=["A"]),
            "clauses.GOOD.0.predicates",
        ),
        ("distribution", changed("distribution", "clauses", "GOOD", to=[{"predicates": ["GOOD"]}]), "clauses.GOOD.0"),
        ("distribution", changed("distribution", "clauses", "GOOD", 0, "most", to="7"), "clauses.GOOD.0"),
        (
            "distribution",
            changed("distribution", "clauses", "GOOD", 0, "majority", to=False),
            "clauses.GOOD.0.majority",
        ),
        (
            "distribution",
            changed("distribution", "clauses", "GOOD", 0, "at_most_percent", to="101"),
            "clauses.GOOD.0.at_most_percent",
        ),
        (
            "distribution",
            changed("distribution", "clauses", "GOOD", 1, "at_least_count", to=0),
            "clauses.GOOD.1.at_least_count",
        ),
        ("credit_points", changed("credit_points", "percentages", "CUKUP", to="75"), "percentages"),
        ("credit_points", changed("credit_points", "percentages", "GOOD", to="abc"), "percentages.GOOD"),
        ("credit_points", changed("credit_points", "percentages", "GOOD", to="NaN"), "percentages.GOOD"),
        ("credit_points", changed("credit_points", "coefficients", to={}), "coefficients"),
        ("credit_points", changed("credit_points", "coefficients", "MAHIR", to="-1"), "coefficients.MAHIR"),
        ("credit_points", changed("credit_points", "coefficients", "MAHIR", to=12.5), "coefficients.MAHIR"),
        ("objection", {"days": True, "day_kind": "calendar"}, "days"),
        ("objection", {"days": 14, "day_kind": "lunar"}, "day_kind"),
        ("numeric_scale", {"anything": 1}, None),
    ],
)
def test_the_place_of_a_fault_is_named(kind, content, fault):
    assert contents.fault_of(kind, content) == fault
