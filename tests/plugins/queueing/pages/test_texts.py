"""Every text of a template is there in Indonesian, with the same gaps."""

import re
from pathlib import Path

from core.i18n import load_translations, translate

PLUGIN = Path(__file__).parents[4] / "plugins" / "queueing"
TEXT = re.compile(r"""\bt\((?:"([^"]+)"|'([^']+)')\)""")


def test_every_text_of_a_template_is_there_in_indonesian_with_its_gaps():
    load_translations(PLUGIN / "translations")
    pages = [path.read_text(encoding="utf-8") for path in sorted((PLUGIN / "templates").rglob("*.html"))]
    texts = {first or second for page in pages for first, second in TEXT.findall(page)}

    assert len(texts) > 100
    same = {text for text in texts if translate(text, "id") == text}
    assert same <= {"{label}: {problem}"}
    assert [t for t in texts if re.findall(r"\{\w+\}", t) != re.findall(r"\{\w+\}", translate(t, "id"))] == []
