"""The small city with people of several roles who open lists, and what is read off a page."""

import re
from html import unescape

import pytest

from tests.support.city import build_city
from tests.support.office import Person, add_people

ROLES = {"officer": None, "chief": None, "auditor": "auditor", "hradmin": "hr_admin", "sysadmin": "system_admin"}


@pytest.fixture
def city(db):
    """The small city with accounts; `registrar` is an HR officer of one division only."""
    city = build_city()
    add_people(city, ROLES | {"registrar": "hr_officer"}, registrar=city.registry)
    return city


class Reader(Person):
    """A person who reads lists."""

    def names(self, path, **parameters):
        """What stands in the first column of a list, row by row."""
        page = self.get(path, **parameters)
        assert page.status_code == 200, page.text
        return names_of(page)


def names_of(page):
    found = re.findall(r'<th scope="row" role="rowheader"><a href="[^"]+"[^>]*>([^<]*)</a>', page.text)
    return [unescape(name) for name in found]


@pytest.fixture
def enter(app):
    """Log somebody in."""
    return lambda username, language="en": Reader(app, username, language)
