"""What is generated from the schema and committed is what the generators write today, and fits the types around it."""

import json
import subprocess
import sys

import pytest

from tests.support import client_code
from tests.support.services import need

AGAIN = "Write it again: .venv/bin/python -m tests.support.client_code"


@pytest.mark.parametrize("name", list(client_code.SOURCES))
def test_the_python_client_is_that_of_the_schema(name):
    file = client_code.PYTHON / "kinerja_client" / f"{name}.py"

    assert file.read_text(encoding="utf-8") == client_code.python_module(name), AGAIN


@pytest.mark.parametrize("name", list(client_code.SOURCES))
def test_the_typescript_client_is_that_of_the_schema(name, tmp_path):
    need("node")
    file = client_code.TYPESCRIPT / "src" / f"{name}.ts"

    assert file.read_text(encoding="utf-8") == client_code.typescript_module(name, tmp_path), AGAIN


def test_the_typescript_client_needs_nothing_when_it_runs(compiled):
    package = json.loads((client_code.TYPESCRIPT / "package.json").read_text(encoding="utf-8"))
    imports = [
        line
        for file in compiled.glob("*.js")
        for line in file.read_text(encoding="utf-8").splitlines()
        if line.startswith(("import ", "export * from"))
    ]

    assert "dependencies" not in package
    assert imports
    assert [line for line in imports if '"./' not in line] == []


def test_the_python_client_needs_nothing_but_python():
    program = f"import sys; sys.path.append({str(client_code.PYTHON)!r}); import kinerja_client.operations"
    answer = subprocess.run([sys.executable, "-I", "-S", "-c", program], check=False, capture_output=True, text=True)

    assert answer.returncode == 0, answer.stderr


def test_the_lock_of_the_typescript_tools_names_no_address_of_a_package():
    lock = json.loads((client_code.TYPESCRIPT / "package-lock.json").read_text(encoding="utf-8"))

    packages = {name: package for name, package in lock["packages"].items() if name}
    assert [name for name, package in packages.items() if "resolved" in package] == []
    assert [name for name, package in packages.items() if not package.get("integrity")] == []


GENERATED = """
type Query { node(id: ID!): Node things(kind: Kind = BIG, given: Given): [Thing] }
interface Node { id: ID! }
type Thing implements Node { id: ID! amount: Decimal! kind: Kind }
type Other implements Node { id: ID! }
input Given { name: String! size: Int = 3 inner: Given }
enum Kind { BIG SMALL }
scalar Decimal
"""
QUERY = """
# Things of a kind.
query Things($kind: Kind, $given: Given, $from: ID!, $more: Boolean!) {
  other: things(kind: $kind, given: $given) { ...Parts }
  node(id: $from) { __typename id ... on Thing { kind @include(if: $more) } }
}
fragment Parts on Thing { id amount }
"""


@pytest.mark.usefixtures("python_client")
def test_the_python_generator_knows_fragments_unions_and_defaults(tmp_path):
    from kinerja_client.generate import generated

    (tmp_path / "schema.graphql").write_text(GENERATED, encoding="utf-8")
    (tmp_path / "things.graphql").write_text(QUERY, encoding="utf-8")
    text = generated(tmp_path / "schema.graphql", [tmp_path / "things.graphql"])
    space = {}
    exec(text, space)  # it is what a client team would import

    assert space["ThingsOther"].__annotations__ == {"id": str, "amount": str}
    assert "other: list[ThingsOther | None] | None" in text
    assert "node: ThingsNodeThing | ThingsNodeOther | None" in text
    assert '__typename: Literal["Thing"]' in text or '"__typename": Literal["Thing"]' in text
    assert "NotRequired[Kind | None]" in text
    assert space["Given"].__required_keys__ == {"name"}
    call = space["things"](from_="Thing:1", more=True)
    assert call.body["variables"] == {"from": "Thing:1", "more": True}
    assert "fragment Parts on Thing" in call.text
    assert space["things"].__doc__ == "Things of a kind."


@pytest.mark.usefixtures("python_client")
def test_the_python_generator_says_what_does_not_fit_the_schema(tmp_path):
    from kinerja_client.generate import generated

    (tmp_path / "schema.graphql").write_text(GENERATED, encoding="utf-8")
    (tmp_path / "wrong.graphql").write_text("query Wrong { nothing }", encoding="utf-8")

    with pytest.raises(SystemExit, match="Cannot query field 'nothing'"):
        generated(tmp_path / "schema.graphql", [tmp_path / "wrong.graphql"])
