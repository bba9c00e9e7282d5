"""Every query on the pages about aggregates, days and charts is run as it stands there."""

import re
from functools import cache
from pathlib import Path

import pytest

from core.plugin_host import build_registry
from core.settings import Settings
from schema.execution import execute
from schema.plugin import application_schema
from tests.support.calls import call_as
from tests.support.city import build_city

DOCS = Path(__file__).parents[2] / "docs" / "clients"
PAGES = ("aggregates", "as-of", "charts")
QUERIES = [
    (page, query)
    for page in PAGES
    for query in re.findall(r"```graphql\n(.*?)```", (DOCS / f"{page}.md").read_text("utf-8"), re.DOTALL)
]


@cache
def whole_schema():
    return application_schema(build_registry(Settings(secret_key="x" * 40), [], web=True))


@pytest.mark.parametrize(("page", "query"), QUERIES)
def test_the_examples_of_the_pages_run(db, page, query):
    city = build_city()
    variables = {"plan": "PerformancePlan:1", "period": f"EvaluationPeriod:{city.period.id}", "day": "2026-06-30"}

    answer = execute(whole_schema(), call_as(db, city.head.id), query, variables)

    assert "errors" not in answer
    assert len(answer["data"]) == 1
