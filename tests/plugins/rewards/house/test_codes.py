"""Every code with which innovations and compliance refuse is listed with its meaning, and none is left over."""

import re
from pathlib import Path

import pytest

from core.error_codes import ERROR_CODES
from plugins.rewards.compliance.error_codes import CODES as OF_COMPLIANCE
from plugins.rewards.error_codes import CODES
from plugins.rewards.innovations.error_codes import CODES as OF_INNOVATIONS

PLUGIN = Path(__file__).parents[4] / "plugins" / "rewards"
SAID = re.compile(r'(?:refuse|Problem)\(\s*"([A-Z][A-Z_]+)"')


@pytest.mark.parametrize(("area", "listed"), [("innovations", OF_INNOVATIONS), ("compliance", OF_COMPLIANCE)])
def test_every_code_is_listed_and_none_is_left_over(area, listed):
    files = [file for file in (PLUGIN / area).rglob("*.py") if file.name != "error_codes.py"]
    said = {code for file in files for code in SAID.findall(file.read_text(encoding="utf-8"))}

    assert said - set(ERROR_CODES) == set(listed)
    assert set(listed) <= set(CODES)
