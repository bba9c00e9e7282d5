"""Every code and text of tickets is listed, explained in both languages, and every setting stands in the README."""

import re
import string
from pathlib import Path

import pytest

from core.error_codes import ERROR_CODES
from core.i18n import has_translation, load_translations, translate
from plugins.queueing.error_codes import CODES, TICKETS
from plugins.queueing.jobs import JOBS
from plugins.queueing.settings import QueueSettings

PLUGIN = Path(__file__).parents[4] / "plugins" / "queueing"
OF_TICKETS = ("access", "counters", "issuing", "offline", "recording", "sweeping", "tickets")
SAID = re.compile(r"refuse\(\s*\"([A-Z_]+)\"")


@pytest.fixture(scope="module", autouse=True)
def texts():
    load_translations(PLUGIN / "translations")


def gaps(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_every_code_of_tickets_is_listed_and_none_is_left_over():
    said = {code for name in OF_TICKETS for code in SAID.findall((PLUGIN / "services" / f"{name}.py").read_text())}

    assert said - set(ERROR_CODES) == set(TICKETS)
    assert set(CODES).isdisjoint(ERROR_CODES)


def test_every_text_is_there_in_indonesian():
    for text in (*CODES.values(), *(job.title for job in JOBS)):
        assert has_translation(text, "id"), text
        assert gaps(text) == gaps(translate(text, "id"))


def test_the_readme_names_every_setting_and_code():
    readme = (PLUGIN / "README.md").read_text()

    for name in (*QueueSettings.model_fields, *TICKETS):
        assert f"`{name}`" in readme, name
