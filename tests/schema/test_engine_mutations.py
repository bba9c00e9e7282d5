"""Mutations: payloads, problems, inputs."""

import pytest

from core.i18n import speaking
from schema.execution import execute
from tests.schema import toy

RENAME = """mutation ($input: RenamePersonInput!) { renamePerson(input: $input) {
  person { name mood office { name } tasks(first: 1) { nodes { title } } }
  note all { name } problems { path code message } } }"""


def test_the_changed_object_is_read_again_under_the_selection(ask, town):
    data = ask(RENAME, input={"id": "ToyPerson:1", "name": "Ana"})

    assert data["renamePerson"] == {
        "person": {"name": "Ana", "mood": "GLAD", "office": {"name": "Head"}, "tasks": {"nodes": [{"title": "a1"}]}},
        "note": "done",
        "all": [{"name": "Ana"}, {"name": "Budi"}, {"name": "Cici"}, {"name": "Dedi"}, {"name": "50%_\\ off"}],
        "problems": [],
    }


def test_what_is_not_given_differs_from_null(ask, town):
    ask(RENAME, input={"id": "ToyPerson:1", "name": "A"})
    assert toy.Person.get_by_id(1).mood == "glad"
    ask(RENAME, input={"id": "ToyPerson:1", "name": "A", "mood": "SAD"})
    assert toy.Person.get_by_id(1).mood == "sad"
    ask(RENAME, input={"id": "ToyPerson:1", "name": "A", "mood": None})
    assert toy.Person.get_by_id(1).mood is None


def test_refusals_are_problems_with_path_code_and_remedy(ask, town):
    data = ask(RENAME, input={"id": "ToyPerson:1", "name": ""})

    assert data["renamePerson"] == {
        "person": None,
        "note": None,
        "all": None,
        "problems": [{"path": ["input", "name"], "code": "EMPTY", "message": "The name is empty. Give 1."}],
    }
    assert toy.Person.get_by_id(1).name == "Ani"


def test_a_hidden_row_and_a_wrong_id_are_problems(ask, town):
    hidden = ask(RENAME, input={"id": "ToyPerson:5", "name": "A"})["renamePerson"]["problems"]
    wrong = ask(RENAME, input={"id": "ToyOffice:1", "name": "A"})["renamePerson"]["problems"]

    assert [(problem["code"], problem["path"]) for problem in hidden + wrong] == [
        ("NOT_FOUND", ["input", "id"]),
        ("BAD_ID", ["input", "id"]),
    ]
    assert toy.Person.get_by_id(5).name == "Hidden"


def test_problems_speak_the_callers_language(toy_schema, toy_ctx, town):
    toy_ctx.language = "id"

    with speaking("en"):
        response = execute(toy_schema, toy_ctx, RENAME, {"input": {"id": "x", "name": "A"}})

    message = response["data"]["renamePerson"]["problems"][0]["message"]
    assert message == "x bukan id ToyPerson. Pakailah id seperti yang diberikan API, misalnya ToyPerson:12."


def test_input_of_the_wrong_type_runs_nothing(fault, town):
    error = fault(RENAME, input={"id": "ToyPerson:1"})

    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert toy.Person.get_by_id(1).name == "Ani"


@pytest.mark.parametrize(("name", "code"), [("A\x1b[31m", "BAD_CHARACTER"), ("A\u202eB", "BAD_CHARACTER")])
def test_a_text_with_a_hidden_control_character_is_refused_in_both_languages(toy_schema, toy_ctx, town, name, code):
    messages = []
    for toy_ctx.language in ("en", "id"):
        response = execute(toy_schema, toy_ctx, RENAME, {"input": {"id": "ToyPerson:1", "name": name}})
        (problem,) = response["data"]["renamePerson"]["problems"]
        assert (problem["code"], problem["path"]) == (code, ["input", "name"])
        messages.append(problem["message"])

    assert "Remove it" in messages[0]
    assert "Hapuslah" in messages[1]
    assert toy.Person.get_by_id(1).name == "Ani"


@pytest.mark.parametrize("name", ["\u200b", "\u00a0\u2060\ufeff"])
def test_a_text_in_which_nothing_is_seen_counts_as_empty(ask, town, name):
    data = ask(RENAME, input={"id": "ToyPerson:1", "name": name})

    assert [problem["code"] for problem in data["renamePerson"]["problems"]] == ["EMPTY"]
    assert toy.Person.get_by_id(1).name == "Ani"


def test_letters_joined_invisibly_and_lines_are_kept(ask, town):
    ask(RENAME, input={"id": "ToyPerson:1", "name": "A\u200dB\n\tC"})

    assert toy.Person.get_by_id(1).name == "A\u200dB\n\tC"


def test_a_value_of_the_wrong_type_is_refused_in_the_callers_language(toy_schema, toy_ctx, town):
    messages = []
    for toy_ctx.language in ("en", "id"):
        response = execute(toy_schema, toy_ctx, RENAME, {"input": {"id": "ToyPerson:1", "name": ["A"]}})
        (error,) = response["errors"]
        assert error["extensions"]["code"] == "BAD_USER_INPUT"
        messages.append(error["message"])

    assert messages[0].startswith("The document or its variables do not fit the schema: ")
    assert messages[1].startswith("Dokumen atau variabelnya tidak sesuai dengan skema: ")
    assert toy.Person.get_by_id(1).name == "Ani"
