"""Every code and text of foresight is listed, explained in both languages, and stands in the README."""

import re
import string
from pathlib import Path

from core.i18n import has_translation, load_translations, translate
from plugins.queueing.error_codes import CODES, FORESIGHT

PLUGIN = Path(__file__).parents[4] / "plugins" / "queueing"
SAID = re.compile(r"(?:refuse|Problem)\(\s*\"([A-Z_]+)\"")


def gaps(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_every_code_is_listed_translated_and_in_the_readme():
    load_translations(PLUGIN / "translations")
    readme = (PLUGIN / "README.md").read_text()
    sources = [(PLUGIN / "reading" / f"{name}.py").read_text() for name in ("staffing", "what_if")]

    assert {code for source in sources for code in SAID.findall(source)} == set(FORESIGHT)
    for code, text in FORESIGHT.items():
        assert CODES[code] == text
        assert has_translation(text, "id"), text
        assert gaps(text) == gaps(translate(text, "id"))
        assert f"`{code}`" in readme
