"""The same people as at the pages of the system."""

from tests.admin.system.conftest import city  # noqa: F401 - a fixture
