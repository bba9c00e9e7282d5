"""Every text that a person sees is there in Indonesian, with the same gaps, and every refusal says what to do."""

import ast
import string
from collections import defaultdict
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from core.i18n import has_translation, load_translations, translate

ROOT = Path(__file__).parents[2]
OWNERS = ("core", "schema", "admin", "plugins/rewards", "plugins/training", "plugins/queueing")
SPOKEN = {"N_": 0, "Problem": 1, "refuse": 1}
"""Calls whose argument at this place is a text for people."""


def spoken_texts():
    """Yield file, line, the call's name and its text for every literal text in the program."""
    for owner in OWNERS:
        for path in sorted((ROOT / owner).rglob("*.py")):
            if "migrations" in path.parts:
                continue
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                name = getattr(getattr(node, "func", None), "id", None)
                place = SPOKEN.get(name)
                if place is None or len(node.args) <= place:
                    continue
                text = node.args[place]
                if getattr(getattr(text, "func", None), "id", None) == "N_":
                    text = text.args[0]
                if isinstance(text, ast.Constant) and isinstance(text.value, str):
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", name, text.value


def gaps(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.fixture(scope="module")
def catalogue():
    for owner in OWNERS:
        load_translations(ROOT / owner / "translations")


def test_every_text_has_an_indonesian_one_with_the_same_gaps(catalogue):
    found = list(spoken_texts())

    missing = [(place, text) for place, _, text in found if not has_translation(text, "id")]
    different = [(place, text) for place, _, text in found if gaps(text) != gaps(translate(text, "id"))]

    assert len(found) > 500
    assert missing == []
    assert different == []


def test_a_text_reads_the_same_whichever_catalogue_is_loaded_last():
    read = defaultdict(lambda: defaultdict(set))
    catalogues = [path for owner in OWNERS for path in (ROOT / owner / "translations").rglob("*.po")]
    for path in catalogues:
        language = "en" if "en" in (path.stem, path.parent.name) else "id"
        with path.open("rb") as file:
            messages = list(read_po(file, locale=language))
        for message in messages:
            if message.id and message.string:
                read[language, message.id][message.string].add(str(path.relative_to(ROOT)))

    assert len(catalogues) > 40
    assert {text: dict(found) for text, found in read.items() if len(found) > 1} == {}


def test_every_refusal_names_a_remedy_after_the_fault(catalogue):
    """A refusal has at least two sentences: what is wrong, and what to do about it."""
    refusals = [(place, text) for place, name, text in spoken_texts() if name in {"Problem", "refuse"}]
    lacking = [place for place, text in refusals if ". " not in text]
    lacking += [place for place, text in refusals if ". " not in translate(text, "id")]

    assert lacking == []
