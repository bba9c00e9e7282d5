"""People at the pages of the back office; which people there are, the fixture `city` of each folder says."""

import pytest

from core.app import create_app
from tests.support.office import Person


@pytest.fixture
def app(db, city):
    return create_app(db, [])


@pytest.fixture
def enter(app):
    """Log somebody in."""
    return lambda username, language="en": Person(app, username, language)
