"""Every code of programmes is listed and explained, and both guides name it."""

import re
from pathlib import Path

import pytest

from core.error_codes import ERROR_CODES
from plugins.rewards.error_codes import CODES as ALL
from plugins.rewards.programmes.error_codes import CODES

PLUGIN = Path(__file__).parents[4] / "plugins" / "rewards"
SAID = re.compile(r'(?:refuse|Problem)\(\s*"([A-Z]+(?:_[A-Z]+)*)"')


def test_every_code_of_the_area_is_listed_and_none_is_left_over():
    files = sorted((PLUGIN / "programmes").rglob("*.py"))
    said = {code for file in files for code in SAID.findall(file.read_text(encoding="utf-8"))}

    assert said - set(ERROR_CODES) == set(CODES)
    assert set(CODES) <= set(ALL)


@pytest.mark.parametrize("guide", ["programmes.md", "programmes.id.md"])
def test_the_guides_name_every_code(guide):
    text = (PLUGIN / "docs" / guide).read_text(encoding="utf-8")

    assert [code for code in CODES if f"`{code}`" not in text] == []
