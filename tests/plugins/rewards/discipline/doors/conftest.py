"""A small city with the rules of discipline in force, and people who ask through GraphQL on chosen days."""

from types import SimpleNamespace

import pytest

from core.plugin_host import build_registry
from core.workdays.reference import load as load_holidays
from schema.application import application_schema
from schema.execution import execute
from tests.support.calls import call_as, on
from tests.support.city import build_city

CASE = "disciplineCase { id version state nextSteps }"


@pytest.fixture(scope="session")
def schema_of_rewards():
    """Return the function that gives the schema with this plugin, made once."""
    made = {}

    def give(settings):
        if not made:
            made["schema"] = application_schema(build_registry(settings, ["rewards"], web=True))
        return made["schema"]

    return give


@pytest.fixture
def town(registry, schema_of_rewards):
    """The small city; `town.ask` asks and `town.act` acts as somebody on a day."""
    load_holidays()
    city = build_city()
    settings = registry.settings
    schema = schema_of_rewards(settings)

    def context(who, day):
        return call_as(settings, getattr(city, who).id, on(day))

    def ask(who, day, query, **variables):
        response = execute(schema, context(who, day), query, variables)
        assert "errors" not in response, response["errors"]
        return response["data"]

    def act(who, day, mutation, selection=CASE, **given):
        kind = mutation[0].upper() + mutation[1:] + "Input"
        problems = "problems { code path message }"
        query = f"mutation ($input: {kind}!) {{ {mutation}(input: $input) {{ {selection} {problems} }} }}"
        answer = ask(who, day, query, input=given)[mutation]
        found = answer.pop("problems")
        assert all(problem["message"] and problem["path"][0] == "input" for problem in found), found
        return [problem["code"] for problem in found] or next(iter(answer.values()))

    return SimpleNamespace(city=city, settings=settings, schema=schema, context=context, ask=ask, act=act)
