"""Every code and text of figures is listed, explained in both languages, and stands in the README."""

import re
import string
from pathlib import Path

from core.i18n import has_translation, load_translations, translate
from plugins.queueing.error_codes import CODES, FIGURES
from plugins.queueing.facts import FACTS
from plugins.queueing.services.retention import retention_job

PLUGIN = Path(__file__).parents[4] / "plugins" / "queueing"
SAID = re.compile(r"(?:refuse|_warning)\(\s*\"([A-Z_]+)\"")


def gaps(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_every_code_is_listed_translated_and_in_the_readme():
    load_translations(PLUGIN / "translations")
    readme = (PLUGIN / "README.md").read_text()

    assert set(SAID.findall((PLUGIN / "reading" / "comparison.py").read_text())) == set(FIGURES)
    for code, text in FIGURES.items():
        assert CODES[code] == text
        assert f"| `{code}` | {text} |" in readme
        assert gaps(text) == gaps(translate(text, "id"))
    for text in (*FIGURES.values(), *(fact.title for fact in FACTS), retention_job().title):
        assert has_translation(text, "id"), text
    for fact in FACTS:
        assert fact.name.removeprefix("queueing.") in readme
