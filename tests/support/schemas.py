"""The schema of core, for tests that ask it and leave it as it is."""

from functools import cache

from core.plugin_host import build_registry
from core.settings import Settings
from schema.application import application_schema
from schema.build import Schema


@cache
def core_schema() -> Schema:
    """Return the schema of an application without plugins: built when it is first asked for, once for all tests."""
    return application_schema(build_registry(Settings(secret_key="x" * 40), [], web=True))
