"""Random read operations over any schema, drawn by hypothesis: what clients write, and some of what they should not.

Everything is read from the built schema, so that the types of plugins come in by themselves.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson
from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLUnionType,
    get_named_type,
    get_nullable_type,
    is_composite_type,
    print_ast,
)
from hypothesis import strategies as st

from schema.build import Schema
from schema.engine.fields import Batch, Computed, RootValue

DEEPEST = 4


@dataclass
class Operation:
    """An operation as a client sends it."""

    text: str
    variables: dict[str, Any]
    caller: str


@dataclass
class Pool:
    """What there is in the database: global ids by type, cursors by type, and texts."""

    ids: Mapping[str, Sequence[str]]
    cursors: Mapping[str, Sequence[str]]
    texts: Sequence[str]
    callers: Sequence[str]


@dataclass
class _Scope:
    """The response keys of one place, so that what is written twice merges."""

    kinds: dict[str, tuple[str, str, "_Scope"]] = field(default_factory=dict)


class _Writer:
    def __init__(self, draw: Any, schema: Schema, pool: Pool) -> None:
        self.draw = draw
        self.schema = schema
        self.pool = pool
        self.definitions: list[str] = []
        self.fragments: list[str] = []
        self.variables: dict[str, Any] = {}
        self.names = 0

    def chance(self, percent: int) -> bool:
        # Hypothesis likes small numbers: they stand for what is not out of the ordinary.
        return bool(self.draw(st.integers(0, 99)) >= 100 - percent)

    def pick(self, options: Sequence[Any]) -> Any:
        return options[self.draw(st.integers(0, len(options) - 1))]

    def name(self, letter: str) -> str:
        self.names += 1
        return f"{letter}{self.names}"

    def operation(self) -> Operation:
        query = self.schema.graphql.query_type
        assert query is not None
        roots = [name for name in query.fields if name != "node"]
        scope = _Scope()
        parts = []
        for _ in range(self.draw(st.integers(1, 3))):
            if self.chance(15):
                parts.append(self.node(query.fields["node"]))
            else:
                parts.append(self.field(query, self.root(roots), scope, 0))
        if self.chance(10):
            parts.append("__typename")
        body = "{ " + " ".join(parts) + " }"
        head = f"query Q({', '.join(self.definitions)}) " if self.definitions else ""
        return Operation(" ".join([head + body, *self.fragments]), self.variables, self.pick(self.pool.callers))

    def root(self, names: Sequence[str]) -> str:
        names = self.usual("Query", names)
        name = self.pick(names)
        source = self.schema.catalogue.types["Query"].fields[name].source
        return str(self.pick(names)) if isinstance(source, RootValue) and not self.chance(30) else str(name)

    def usual(self, kind: str, names: Sequence[str]) -> Sequence[str]:
        """Leave aggregates out most of the time: there are as many as lists, and graphql-core alone answers them."""
        fields = self.schema.catalogue.types[kind].fields
        rest = [name for name in names if not isinstance(fields[name].source, Computed)]
        return names if not rest or self.chance(3) else rest

    def node(self, field_: GraphQLField) -> str:
        kinds = self.schema.graphql.get_possible_types(self.schema.graphql.type_map["Node"])  # type: ignore[arg-type]
        kind = self.pick(sorted(kinds, key=lambda kind: kind.name))
        known = self.pool.ids.get(kind.name) or [f"{kind.name}:1"]
        wanted = (
            self.pick(known) if not self.chance(10) else self.pick(["x", "Employee:", f"{kind.name}:999999", "Node:1"])
        )
        argument = self.given(field_.args["id"], (orjson.dumps(wanted).decode(), wanted))
        scope = _Scope()
        parts = ["id"] if self.chance(50) else ["__typename"]
        parts += [f"... on {kind.name} {self.selection(kind, scope, 1)}"] if self.chance(80) else []
        return f"{self.name('n')}: node(id: {argument}) {{ {' '.join(parts)} }}"

    def selection(self, kind: Any, scope: _Scope, depth: int) -> str:
        parts = []
        if isinstance(kind, GraphQLUnionType | GraphQLInterfaceType):
            members = self.schema.graphql.get_possible_types(kind)
            member = self.pick(members)
            return f"{{ __typename ... on {member.name} {self.selection(member, scope, depth + 1)} }}"
        if "pageInfo" in kind.fields and "nodes" in kind.fields and not self.chance(1):
            parts.append(self.field(kind, self.pick(["nodes", "edges", "totalCount"]), scope, depth))
        most = 5 if depth < 3 else 3
        parts += [self.part(kind, scope, depth) for _ in range(self.draw(st.integers(0 if parts else 1, most)))]
        return "{ " + " ".join(parts) + " }"

    def part(self, kind: GraphQLObjectType, scope: _Scope, depth: int) -> str:
        form = 99 - self.draw(st.integers(0, 99))
        if form < 5:
            return f"__typename{self.directive()}"
        if form < 12 and depth <= DEEPEST:
            condition = self.pick(["", f" on {kind.name}"])
            return f"...{condition}{self.directive()} {self.selection(kind, scope, depth + 1)}"
        if form < 17 and depth <= DEEPEST:
            fragment = self.name("F")
            made = self.selection(kind, scope, depth + 1)
            self.fragments.append(f"fragment {fragment} on {kind.name} {made}")
            return " ".join([f"...{fragment}{self.directive()}"] * self.draw(st.integers(1, 2)))
        names = list(kind.fields)
        if depth >= DEEPEST:
            names = [name for name in names if not is_composite_type(get_named_type(kind.fields[name].type))]
        if not names:
            return "__typename"
        names = self.usual(kind.name, names)
        name = self.pick(names)
        if isinstance(self.schema.catalogue.types[kind.name].fields[name].source, Batch) and self.chance(60):
            name = self.pick(names)
        return self.field(kind, name, scope, depth)

    def field(self, kind: GraphQLObjectType, name: str, scope: _Scope, depth: int) -> str:
        declared = kind.fields[name]
        arguments = self.arguments(declared, at_root=depth == 0)
        key = self.name("a") if self.chance(20) else name
        kept = scope.kinds.get(key)
        if kept is not None and kept[:2] != (name, arguments):
            key = self.name("a")
            kept = None
        inner = kept[2] if kept is not None else _Scope()
        scope.kinds[key] = (name, arguments, inner)
        alias = "" if key == name else f"{key}: "
        target = get_named_type(declared.type)
        below = f" {self.selection(target, inner, depth + 1)}" if is_composite_type(target) else ""
        return f"{alias}{name}{arguments}{self.directive()}{below}"

    def directive(self) -> str:
        if not self.chance(8):
            return ""
        value = self.chance(50)
        text = "true" if value else "false"
        if self.chance(60):
            name = self.name("b")
            default = self.pick(["", " = true", " = false"])
            self.definitions.append(f"${name}: Boolean{'!' if not default else ''}{default}")
            if not default or self.chance(50):
                self.variables[name] = value
            text = f"${name}"
        return f" @{self.pick(['skip', 'include'])}(if: {text})"

    def arguments(self, declared: GraphQLField, *, at_root: bool) -> str:
        given = []
        paged = "first" in declared.args and "orderBy" in declared.args
        for argument, info in declared.args.items():
            needed = isinstance(info.type, GraphQLNonNull)
            # Most cursors of the pool are of the order that root fields have.
            often = (10 if at_root else 2) if argument in {"after", "before", "asOf"} else 30
            if not needed and not self.chance(often):
                continue
            if paged and argument in {"first", "last", "after", "before"}:
                made = self.of_page(argument, declared)
            else:
                made = self.value(info.type, 0)
            if (
                paged
                and argument == "last"
                and any(text.startswith("first:") for text in given)
                and not self.chance(10)
            ):
                continue
            given.append(f"{argument}: {self.given(info, made)}")
        return f"({', '.join(given)})" if given else ""

    def of_page(self, argument: str, declared: GraphQLField) -> tuple[str, Any]:
        if argument in {"first", "last"}:
            value = self.draw(st.integers(0, 6)) if not self.chance(3) else self.pick([-1, 201])
            return str(value), value
        connection: Any = get_named_type(declared.type)
        rows = get_named_type(connection.fields["nodes"].type).name
        cursors = self.pool.cursors.get(rows) or ["AAAA"]
        value = self.pick(cursors) if not self.chance(5) else "AAAA"
        return orjson.dumps(value).decode(), value

    def given(self, info: GraphQLArgument, made: tuple[str, Any]) -> str:
        """Return a value as a literal, or as a variable that is there, left out or null."""
        text, value = made
        if not self.chance(30):
            return text
        name = self.name("v")
        default = ""
        if self.chance(20) and text != "null":
            default = f" = {text}"
        self.definitions.append(f"${name}: {info.type}{default}")
        optional = not isinstance(info.type, GraphQLNonNull)
        form = 9 - self.draw(st.integers(0, 9))
        if form == 0 and (optional or default):
            return f"${name}"
        self.variables[name] = None if form == 1 and optional else value
        return f"${name}"

    def value(self, kind: Any, depth: int) -> tuple[str, Any]:
        """Return a value of an input type as a literal and as JSON."""
        if not isinstance(kind, GraphQLNonNull) and self.chance(4):
            return "null", None
        kind = get_nullable_type(kind)
        if isinstance(kind, GraphQLList):
            items = [self.value(kind.of_type, depth) for _ in range(self.draw(st.integers(0, 2)))]
            return "[" + ", ".join(text for text, _ in items) + "]", [value for _, value in items]
        if isinstance(kind, GraphQLInputObjectType):
            return self.object(kind, depth)
        if isinstance(kind, GraphQLEnumType):
            name = self.pick(list(kind.values))
            return name, name
        value = self.scalar(kind)
        return orjson.dumps(value).decode(), value

    def object(self, kind: GraphQLInputObjectType, depth: int) -> tuple[str, Any]:
        names = [
            name
            for name, info in kind.fields.items()
            if depth < 2 or not isinstance(get_named_type(info.type), GraphQLInputObjectType)
        ]
        needed = [name for name, info in kind.fields.items() if isinstance(info.type, GraphQLNonNull)]
        # An order names one field, a filter seldom more than two.
        many = 1 if kind.name.endswith("Order") or self.chance(70) else 2
        chosen = list(dict.fromkeys([*needed, *(self.pick(names) for _ in range(many))])) if names else needed
        if kind.name.endswith("Filter") and not self.chance(5):
            chosen = [one for one in chosen if one != "isNull"]
        members = {name: self.member(kind, name, depth) for name in chosen}
        if kind.name.endswith("Order") and any(value is None for _, value in members.values()) and not self.chance(10):
            return self.object(kind, depth)
        text = "{" + ", ".join(f"{name}: {text}" for name, (text, _) in members.items()) + "}"
        return text, {name: value for name, (_, value) in members.items()}

    def member(self, kind: GraphQLInputObjectType, name: str, depth: int) -> tuple[str, Any]:
        known = self.pool.ids.get(kind.name.removesuffix("Filter"))
        if name != "id" or not kind.name.endswith("Filter") or not known or self.chance(5):
            return self.value(kind.fields[name].type, depth + 1)
        value = self.pick(known)
        return f"{{eq: {orjson.dumps(value).decode()}}}", {"eq": value}

    def scalar(self, kind: GraphQLScalarType) -> Any:
        if kind.name == "ID":
            every = [one for known in self.pool.ids.values() for one in known[:3]]
            return self.pick(every) if not self.chance(10) else self.pick(["x", "Employee:0", ""])
        simple: dict[str, Sequence[Any]] = {
            "Int": [0, 1, 2, 3, 2026, -5],
            "Float": [0.0, 1.5],
            "Boolean": [True, False],
            "Decimal": ["0", "1", "12.5", "100", "-3.25"],
            "Date": ["2025-12-31", "2026-01-01", "2026-01-15", "2026-02-28"],
            "DateTime": ["2026-01-15T05:00:00Z", "2026-01-01T00:00:00+07:00"],
            "JSON": [{"a": 1}],
        }
        return self.pick(simple[kind.name]) if kind.name in simple else self.pick(self.pool.texts)


def operations(schema: Schema, pool: Pool) -> st.SearchStrategy[Operation]:
    """Return random operations over the schema with values from the pool."""

    @st.composite
    def one(draw: Any) -> Operation:
        return _Writer(draw, schema, pool).operation()

    return one()


def formatted(text: str) -> str:
    """Return an operation over several lines, to be read."""
    from graphql import parse

    return print_ast(parse(text))
