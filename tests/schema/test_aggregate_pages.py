"""Every query on the pages about aggregates, days and charts is run as it stands there."""

import re
from pathlib import Path

from schema.execution import execute
from tests.support.calls import call_as
from tests.support.city import build_city
from tests.support.schemas import core_schema

DOCS = Path(__file__).parents[2] / "docs" / "clients"
PAGES = ("aggregates", "as-of", "charts")
QUERIES = [
    (page, query)
    for page in PAGES
    for query in re.findall(r"```graphql\n(.*?)```", (DOCS / f"{page}.md").read_text("utf-8"), re.DOTALL)
]


def test_the_examples_of_the_pages_run(db):
    city = build_city()
    schema = core_schema()
    variables = {"plan": "PerformancePlan:1", "period": f"EvaluationPeriod:{city.period.id}", "day": "2026-06-30"}

    answers = [(page, execute(schema, call_as(db, city.head.id), query, variables)) for page, query in QUERIES]

    assert len(answers) > 6
    for page, answer in answers:
        assert "errors" not in answer, (page, answer["errors"])
        assert len(answer["data"]) == 1
