"""Every query of the documentation passes the limits as they are delivered, and the page of limits is true."""

import re
from pathlib import Path

import pytest
from graphql import OperationDefinitionNode

from core.actor import Actor
from core.context import Context
from core.database import utc_now
from core.settings import Settings
from schema.cost import check_cost
from tests.support import limits_page

ROOT = Path(__file__).parents[2]
SETTINGS = Settings(secret_key="x" * 40)
LIMITS = ("graphql_max_", "graphql_statement", "rate_")


@pytest.fixture(scope="module")
def schema():
    return limits_page.schema()


def documented():
    return [
        pytest.param(query, id=f"{page.relative_to(ROOT)}-{number}")
        for page in sorted([*ROOT.glob("docs/**/*.md"), *ROOT.glob("*.md")])
        for number, query in enumerate(re.findall(r"```graphql\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL))
    ]


@pytest.mark.parametrize("query", documented())
def test_every_documented_query_passes(schema, query):
    document = schema.documents.read(query, SETTINGS)
    ctx = Context(actor=Actor(today=utc_now().date()), settings=SETTINGS)
    operations = [node for node in document.tree.definitions if isinstance(node, OperationDefinitionNode)]

    for node in operations:
        cost = check_cost(schema.catalogue, ctx, document, {}, node.name.value if node.name else None)
        assert cost["extensions"]["cost"]["requested"] <= SETTINGS.graphql_max_cost


def test_the_page_of_limits_is_that_of_the_program():
    assert limits_page.PAGE.read_text(encoding="utf-8") == limits_page.page()


def test_every_limit_is_on_the_page():
    assert {name for name in Settings.model_fields if name.startswith(LIMITS)} <= set(limits_page.CODES)
