"""Writes typed operations from the SDL and from .graphql files; needs graphql-core, which the client itself does not.

python kinerja_client/generate.py SCHEMA OUTPUT FILE_OR_FOLDER…
"""

import keyword
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from graphql import (
    DirectiveNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLScalarType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    TokenKind,
    Undefined,
    build_schema,
    concat_ast,
    get_named_type,
    get_nullable_type,
    is_abstract_type,
    is_list_type,
    parse,
    print_ast,
    type_from_ast,
    validate,
    visit,
)
from graphql.language.visitor import Visitor

SCALARS = {"ID": "str", "String": "str", "Int": "int", "Float": "float", "Boolean": "bool", "JSON": "object"}
"""Every other scalar is text: days, moments, and amounts, which are exact decimals."""

HEAD = '''"""Typed operations, written by kinerja_client.generate; not to be edited."""

# ruff: noqa: D101
# fmt: off

from typing import {words}

from kinerja_client.operation import Call
'''


class Writer:
    """Collects the types that the operations of one document need, each once."""

    def __init__(self, schema: GraphQLSchema, document: DocumentNode) -> None:
        self._schema = schema
        self._document = document
        self._fragments = {
            node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)
        }
        self._shared: dict[str, str] = {}
        self._own: list[str] = []

    def write(self) -> str:
        """Return the module."""
        made = [
            self._operation(node) for node in self._document.definitions if isinstance(node, OperationDefinitionNode)
        ]
        shared = [self._shared[name] for name in sorted(self._shared)]
        body = "\n\n\n".join([*shared, *self._own, *made])
        words = [word for word in ("Literal", "NotRequired", "TypedDict") if re.search(rf"\b{word}\b", body)]
        # As the linter wants it: one empty line before a value, two before a class.
        return HEAD.format(words=", ".join(words)) + ("\n" if shared else "\n\n") + f"{body}\n"

    def _operation(self, node: OperationDefinitionNode) -> str:
        if node.name is None:
            raise SystemExit("An operation has no name. Give each one a name of its own.")
        name = node.name.value
        root = self._schema.get_root_type(node.operation)
        if root is None:
            raise SystemExit(f"{name}: the schema has no {node.operation.value}.")
        self._object(f"{name}Data", root, [node.selection_set])
        taken, given = [], []
        for variable in node.variable_definitions or ():
            kind = type_from_ast(self._schema, variable.type)
            word = variable.variable.name.value
            is_needed = isinstance(kind, GraphQLNonNull) and variable.default_value is None
            shown = self._input(get_nullable_type(kind))  # type: ignore[arg-type]  # the document is valid
            shown = shown.removesuffix(" | None")
            argument = f"{word}_" if keyword.iskeyword(word) else word
            taken.append(f"{argument}: {shown}" if is_needed else f"{argument}: {shown} | None = None")
            given.append(f'"{word}": {argument}')
        taken.sort(key=lambda argument: argument.endswith(" = None"))
        text = "\n\n".join(print_ast(part) for part in (node, *self._used(node)))
        function = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
        return (
            f'_{function.upper()} = """{text}"""\n\n\n'
            f"def {function}({', '.join(['*', *taken]) if taken else ''}) -> Call[{name}Data]:\n"
            f'    """{_title(node)}."""\n'
            f'    return Call("{name}", "{node.operation.value}", _{function.upper()}, {{{", ".join(given)}}})'
        )

    def _used(self, node: OperationDefinitionNode | FragmentDefinitionNode) -> list[FragmentDefinitionNode]:
        found: dict[str, FragmentDefinitionNode] = {}

        class Spreads(Visitor):
            """Follows fragments into fragments."""

            def enter_fragment_spread(_self, spread: FragmentSpreadNode, *_: object) -> None:  # noqa: N805
                name = spread.name.value
                if name not in found:
                    found[name] = self._fragments[name]
                    visit(self._fragments[name], Spreads())

        visit(node, Spreads())
        return list(found.values())

    def _object(self, name: str, kind: GraphQLObjectType, sets: Sequence[SelectionSetNode]) -> str:
        fields: list[tuple[str, str, bool]] = []
        for key, nodes, always in self._fields(kind, sets):
            word = nodes[0].name.value
            if word == "__typename":
                fields.append((key, f'Literal["{kind.name}"]', always))
                continue
            below = [node.selection_set for node in nodes if node.selection_set is not None]
            made = self._output(f"{name.removesuffix('Data')}{_capital(key)}", kind.fields[word].type, below)
            fields.append((key, made, always))
        self._own.append(_typed_dict(name, fields))
        return name

    def _fields(
        self, kind: GraphQLObjectType, sets: Sequence[SelectionSetNode]
    ) -> Iterator[tuple[str, list[FieldNode], bool]]:
        found: dict[str, tuple[list[FieldNode], list[bool]]] = {}

        def walk(selections: SelectionSetNode, *, always: bool) -> None:
            for node in selections.selections:
                fixed = always and not _is_conditional(node.directives)
                if isinstance(node, FieldNode):
                    nodes, when = found.setdefault((node.alias or node.name).value, ([], []))
                    nodes.append(node)
                    when.append(fixed)
                    continue
                if isinstance(node, FragmentSpreadNode):
                    inner: FragmentDefinitionNode | InlineFragmentNode = self._fragments[node.name.value]
                else:
                    assert isinstance(node, InlineFragmentNode)  # noqa: S101 - there is no fourth kind
                    inner = node
                if self._fits(kind, inner):
                    walk(inner.selection_set, always=fixed)

        for selections in sets:
            walk(selections, always=True)
        for key, (nodes, when) in found.items():
            yield key, nodes, any(when)

    def _fits(self, kind: GraphQLObjectType, fragment: FragmentDefinitionNode | InlineFragmentNode) -> bool:
        if fragment.type_condition is None:
            return True
        wanted = self._schema.type_map[fragment.type_condition.name.value]
        return wanted is kind or (is_abstract_type(wanted) and self._schema.is_sub_type(wanted, kind))

    def _output(self, name: str, kind: GraphQLOutputType, below: Sequence[SelectionSetNode]) -> str:
        plain = get_nullable_type(kind)
        suffix = "" if isinstance(kind, GraphQLNonNull) else " | None"
        if is_list_type(plain):
            return f"list[{self._output(name, plain.of_type, below)}]{suffix}"
        if is_abstract_type(plain):
            return f"{self._choices(name, sorted(self._schema.get_possible_types(plain), key=str), below)}{suffix}"
        if isinstance(plain, GraphQLObjectType):
            return f"{self._object(name, plain, below)}{suffix}"
        return f"{self._leaf(plain)}{suffix}"

    def _choices(self, name: str, kinds: Iterable[GraphQLObjectType], below: Sequence[SelectionSetNode]) -> str:
        """Name one type for each kind that a fragment names, and one for all others together."""
        named = {
            node.type_condition.name.value
            for selections in below
            for node in selections.selections
            if isinstance(node, InlineFragmentNode) and node.type_condition is not None
        } | {
            self._fragments[node.name.value].type_condition.name.value
            for selections in below
            for node in selections.selections
            if isinstance(node, FragmentSpreadNode)
        }
        made: list[str] = []
        others = [kind for kind in kinds if kind.name not in named]
        made = [self._object(f"{name}{kind.name}", kind, below) for kind in kinds if kind.name in named]
        if others:
            made.append(self._object(f"{name}Other", others[0], below))
            if '__typename: Literal["' in self._own[-1]:
                self._own[-1] = self._own[-1].replace(f'Literal["{others[0].name}"]', "str")
        return " | ".join(made)

    def _input(self, kind: GraphQLInputType) -> str:
        plain = get_nullable_type(kind)
        suffix = "" if isinstance(kind, GraphQLNonNull) else " | None"
        if is_list_type(plain):
            return f"list[{self._input(plain.of_type)}]{suffix}"
        named = get_named_type(plain)
        if not isinstance(named, GraphQLInputObjectType):
            return f"{self._leaf(named)}{suffix}"
        if named.name not in self._shared:
            self._shared[named.name] = ""  # an input may hold itself
            fields = [
                (key, self._input(field.type), isinstance(field.type, GraphQLNonNull) and not _has_default(field))
                for key, field in named.fields.items()
            ]
            self._shared[named.name] = _typed_dict(named.name, fields, quoted=True)
        return f"{named.name}{suffix}"

    def _leaf(self, kind: object) -> str:
        if isinstance(kind, GraphQLEnumType):
            words = "".join(f'    "{word}",\n' for word in kind.values)
            self._shared[kind.name] = f"{kind.name} = Literal[\n{words}]"
            return kind.name
        assert isinstance(kind, GraphQLScalarType)  # noqa: S101 - nothing else is a leaf
        return SCALARS.get(kind.name, "str")


def _title(node: OperationDefinitionNode) -> str:
    """Return the first line of the comment above an operation, or its name."""
    token = node.loc.start_token.prev if node.loc else None
    title = node.name.value if node.name else ""
    while token is not None and token.kind is TokenKind.COMMENT:
        title = (token.value or "").strip()
        token = token.prev
    return title.rstrip(".")


def _has_default(field: object) -> bool:
    return getattr(field, "default_value", Undefined) is not Undefined


def _is_conditional(directives: Sequence[DirectiveNode] | None) -> bool:
    return any(directive.name.value in {"include", "skip"} for directive in directives or ())


def _capital(word: str) -> str:
    return word[0].upper() + word[1:]


def _typed_dict(name: str, fields: Sequence[tuple[str, str, bool]], *, quoted: bool = False) -> str:
    rows = []
    for key, kind, always in fields:
        shown = f'"{kind}"' if quoted else kind
        rows.append(f"    {key}: {shown if always else f'NotRequired[{shown}]'}")
    if not rows:
        return f"class {name}(TypedDict):\n    pass"
    if any(re.fullmatch(r"__.*|from|in|not|or|and|is|if|else|class|None|True|False", key) for key, _, _ in fields):
        pairs = "".join(
            f'        "{key}": {kind if always else f"NotRequired[{kind}]"},\n' for key, kind, always in fields
        )
        return f'{name} = TypedDict(\n    "{name}",\n    {{\n{pairs}    }},\n)'
    return f"class {name}(TypedDict):\n" + "\n".join(rows)


def read(sources: Iterable[Path]) -> DocumentNode:
    """Return all operations of files and folders as one document, in the order of file names."""
    files = [file for path in sources for file in (path.glob("*.graphql") if path.is_dir() else [path])]
    return concat_ast([parse(file.read_text(encoding="utf-8")) for file in sorted(files, key=lambda file: file.name)])


def generated(schema: Path, sources: Iterable[Path]) -> str:
    """Return the module for the operations in `sources`; stop with a message where they do not fit the schema."""
    built = build_schema(schema.read_text(encoding="utf-8"))
    document = read(sources)
    errors = validate(built, document)
    if errors:
        raise SystemExit("\n".join(str(error) for error in errors))
    return Writer(built, document).write()


if __name__ == "__main__":
    schema_file, output, *given = map(Path, sys.argv[1:])
    output.write_text(generated(schema_file, given), encoding="utf-8")
