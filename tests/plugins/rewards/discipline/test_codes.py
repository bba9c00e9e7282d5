"""Every code and text of discipline is listed, and explained in both languages."""

import re
import string
from pathlib import Path

import pytest

from core.error_codes import ERROR_CODES
from core.i18n import has_translation, load_translations, translate
from plugins.rewards.discipline.checks import CHECKS
from plugins.rewards.discipline.error_codes import CODES
from plugins.rewards.discipline.jobs import JOBS
from plugins.rewards.discipline.roles import PERMISSIONS, ROLES
from plugins.rewards.discipline.rule_sets import RULE_SETS
from plugins.rewards.discipline.rules.team import TeamFault
from plugins.rewards.discipline.settings import DisciplineSettings
from plugins.rewards.discipline.terms import CaseState

PLUGIN = Path(__file__).parents[4] / "plugins" / "rewards"
SAID = re.compile(r"(?:refuse|Problem)\(\s*\"([A-Z_]+)\"")


@pytest.fixture(scope="module", autouse=True)
def texts():
    load_translations(PLUGIN / "translations")


def gaps(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_every_code_is_listed_and_none_is_left_over():
    said = {code for path in (PLUGIN / "discipline").rglob("*.py") for code in SAID.findall(path.read_text())}
    of_teams = {f"DISCIPLINE_TEAM_{fault.value}" for fault in TeamFault}

    assert (said - set(ERROR_CODES)) | of_teams == set(CODES)


def test_every_text_is_there_in_indonesian():
    titles = [one.title for one in (*JOBS, *CHECKS, *PERMISSIONS, *ROLES, *RULE_SETS)]

    for text in (*CODES.values(), *titles):
        assert has_translation(text, "id"), text
        assert gaps(text) == gaps(translate(text, "id"))


@pytest.mark.parametrize("guide", ["discipline.md", "discipline.id.md"])
def test_the_guides_name_every_setting_rule_set_and_state(guide):
    text = (PLUGIN / "docs" / guide).read_text(encoding="utf-8")

    names = [*DisciplineSettings.model_fields, *CaseState]
    assert [name for name in names if f"`{name}`" not in text] == []
    assert [one.name for one in RULE_SETS if one.name.rpartition("_")[0] not in text] == []
