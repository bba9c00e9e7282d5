"""The small city with the plugin `rewards` on, on both databases."""

import pytest

from core.migrating import migrate_everything
from core.plugin_host import build_registry, start
from tests.support.city import build_city


@pytest.fixture
def registry(db):
    """The application with this plugin, without Flask, and its tables."""
    migrate_everything(build_registry(db, ["rewards"], web=False).migration_sources)
    return start(db, ["rewards"], web=False)


@pytest.fixture
def city(registry):
    """The small city."""
    return build_city()
