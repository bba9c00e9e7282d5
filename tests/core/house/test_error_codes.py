"""The one list of codes is that of the program: nothing is missing, nothing is left over, and the page shows it."""

import string

import pytest

from core import app
from core.error_codes import AREAS, ERROR_CODES, STATUSES
from core.i18n import has_translation, translate
from schema import files
from tests.support import errors_page
from tests.support.error_sources import HTTP_NAMES, found_codes, written


@pytest.fixture(scope="module")
def page():
    # Loads the Indonesian texts of every owner as well.
    return errors_page.page()


def gaps(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_every_code_of_the_program_is_in_the_list():
    assert errors_page.missing() == []


def test_every_code_of_the_list_is_one_of_the_program():
    assert set(ERROR_CODES) - written() - HTTP_NAMES == set()
    assert len(ERROR_CODES) == sum(len(codes) for codes in AREAS.values())
    assert set(STATUSES) <= set(ERROR_CODES)


def test_a_code_with_one_wording_has_it_in_the_list_too():
    differing = {
        code: (ERROR_CODES[code], texts)
        for code, texts in found_codes().items()
        if len(texts) == 1 and None not in texts and code in ERROR_CODES and ERROR_CODES[code] not in texts
    }

    assert differing == {}


def test_every_code_says_fault_and_remedy_in_both_languages(page):
    for code, text in ERROR_CODES.items():
        assert has_translation(text, "id"), code
        assert gaps(text) == gaps(translate(text, "id")), code
        if code != "SCHEMA_CLASH":
            # Its fault is a sentence of its own.
            assert ". " in text, code
            assert ". " in translate(text, "id"), code


def test_the_statuses_are_those_of_the_pages():
    # Files have one more: whatever is no id has no file.
    pages = app._STATUS_OF_REFUSAL | {code: status for code, status in files._STATUS.items() if code != "BAD_ID"}

    assert {code: STATUSES.get(code) for code in pages} == pages


def test_the_page_of_errors_is_that_of_the_program(page):
    assert errors_page.PAGE.read_text(encoding="utf-8") == page
