"""The small city with people of several roles, and what a browser does with forms."""

import re
from html import unescape

import pytest

from core.organisation.models import Employee
from core.registry import active_registry
from core.verbs.declare import Does, Verb
from tests.support.city import build_city
from tests.support.office import Person, add_people

PEOPLE = {"officer": None, "chief": None, "auditor": "auditor", "hradmin": "hr_admin", "second": "hr_admin"}


@pytest.fixture
def city(db):
    """The small city with accounts; `registrar` is an HR officer of one division only."""
    city = build_city()
    add_people(city, PEOPLE | {"registrar": "hr_officer"}, registrar=city.registry)
    return city


@pytest.fixture
def add_verbs(app, monkeypatch):
    """Add verbs to those of the application, in place of those of the same name."""

    def add(*verbs):
        registry = active_registry()
        names = {verb.name for verb in verbs}
        others = [verb for verb in registry.verbs if verb.name not in names]
        monkeypatch.setattr(type(registry), "verbs", [*others, *verbs])

    return add


@pytest.fixture
def verb(add_verbs):
    """Add a verb that tries something out on an employee."""

    def add(*fields, **values):
        does = {"does": Does.ACT, "run": lambda ctx, target, given: None, **values}
        add_verbs(Verb("organisation.try_out", "Try out", Employee, fields=fields, **does))

    return add


@pytest.fixture
def with_settings(app):
    """Change settings of the application while it runs."""

    def change(**values):
        changed = active_registry().settings.model_copy(update=values)
        object.__setattr__(active_registry(), "settings", changed)

    return change


class Writer(Person):
    """A person who fills forms in."""

    def filled(self, path):
        """What the form at `path` would send as it is."""
        return inputs_of(self.get(path))


@pytest.fixture
def enter(app):
    """Log somebody in."""
    return lambda username, language="en": Writer(app, username, language)


def inputs_of(page):
    """Names and values of the writing form of a page, without its token; several values as a list."""
    form = re.search(r'<form class="(?:fields )?writing".*?</form>', page.text, re.DOTALL).group(0)
    found = {}

    def note(name, value):
        found.setdefault(unescape(name), []).append(unescape(value))

    for tag in re.findall(r"<input[^>]*>", form):
        attributes = dict(re.findall(r'([a-z-]+)="([^"]*)"', tag))
        is_off = attributes.get("type") in {"checkbox", "radio"} and " checked" not in tag
        if "name" in attributes and not is_off:
            note(attributes["name"], attributes.get("value", ""))
    for name, text in re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>\n?(.*?)</textarea>', form, re.DOTALL):
        note(name, text)
    for name, inside in re.findall(r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.findall(r'<option value="([^"]*)" selected', inside)
        for value in chosen or [""]:
            note(name, value)
    found.pop("token", None)
    return {name: values[0] if len(values) == 1 else values for name, values in found.items()}


def said(page):
    """The messages and problems on a page, in order."""
    parts = re.findall(r'<p class="(?:message[^"]*|field__problem)"[^>]*>(.*?)</p>', page.text, re.DOTALL)
    return [unescape(re.sub(r"<[^>]+>", "", part)).strip() for part in parts]


def facts(page):
    """Title and text of each fact of a page."""
    found = re.findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", page.text, re.DOTALL)
    return {title: re.sub(r"<[^>]+>", "", text).strip() for title, text in found}
