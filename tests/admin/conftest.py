"""People at the pages of the back office; which people there are, the fixture `city` of each folder says."""

import pytest

from tests.support.apps import app_of
from tests.support.office import Person


@pytest.fixture
def app(db, city):
    return app_of(db)


@pytest.fixture
def enter(app):
    """Log somebody in."""
    return lambda username, language="en": Person(app, username, language)
