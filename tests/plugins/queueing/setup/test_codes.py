"""Every code of the set-up is listed and explained, and the README names it."""

import re
from pathlib import Path

from core.error_codes import ERROR_CODES
from plugins.queueing.error_codes import CODES, SETUP, TICKETS

PLUGIN = Path(__file__).parents[4] / "plugins" / "queueing"
SAID = re.compile(r'"([A-Z]+(?:_[A-Z]+)+)"')


def test_every_code_of_the_set_up_is_listed_and_none_is_left_over():
    files = [PLUGIN / "services" / name for name in ("calendar.py", "people.py")]
    files += sorted((PLUGIN / "services").glob("setup*.py"))
    said = {code for file in files for code in SAID.findall(file.read_text(encoding="utf-8"))}

    assert said - set(ERROR_CODES) == set(SETUP)
    assert set(TICKETS).isdisjoint(SETUP)
    assert set(SETUP) <= set(CODES)


def test_the_readme_names_every_code_of_the_set_up():
    readme = (PLUGIN / "README.md").read_text(encoding="utf-8")

    assert [code for code in SETUP if f"`{code}`" not in readme] == []
