"""What a document may cost before anything of it runs: counted once, with memory, so that no document can explode."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    ListValueNode,
    ObjectValueNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    ValueNode,
)

from core.i18n import N_
from core.settings import Settings
from schema.engine.faults import RequestFault
from schema.engine.selection import fragments_of


@dataclass(frozen=True)
class Measure:
    """Size of a selection with every fragment spread out: nesting, fields, aliases, and fields selected again.

    `keys` counts the response keys of the selection itself, `repeats` what is selected again further down.
    """

    depth: int = 0
    fields: int = 0
    aliases: int = 0
    repeats: int = 0
    keys: Mapping[str, int] = field(default_factory=dict)

    @property
    def root_fields(self) -> int:
        """Number of fields of the selection itself."""
        return sum(self.keys.values())

    @property
    def all_repeats(self) -> int:
        """Number of fields that are selected again, here and further down."""
        return self.repeats + self.root_fields - len(self.keys)


class _Measurer:
    """Measures every fragment once; a fragment that spreads itself is refused here already."""

    def __init__(self, document: DocumentNode) -> None:
        self._fragments = fragments_of(document)
        self._known: dict[str, Measure | None] = {}
        self.entries = 0

    def selection(self, selections: SelectionSetNode) -> Measure:
        if not selections.selections:
            # graphql-core lets it pass, the specification does not.
            raise RequestFault("EMPTY_SELECTION", N_("A pair of braces selects nothing. Name a field in it."))
        depth = fields = aliases = repeats = 0
        keys: Counter[str] = Counter()
        for part in self._parts(selections):
            depth = max(depth, part.depth)
            fields += part.fields
            aliases += part.aliases
            repeats += part.repeats
            keys.update(part.keys)
        return Measure(depth, fields, aliases, repeats, keys)

    def _parts(self, selections: SelectionSetNode) -> Iterator[Measure]:
        for node in selections.selections:
            if isinstance(node, FieldNode):
                self.entries += sum(_entries(argument.value) for argument in node.arguments or ())
                inner = self.selection(node.selection_set) if node.selection_set else Measure()
                yield Measure(
                    depth=inner.depth + 1,
                    fields=inner.fields + 1,
                    aliases=inner.aliases + (node.alias is not None),
                    repeats=inner.all_repeats,
                    keys={(node.alias or node.name).value: 1},
                )
            elif isinstance(node, FragmentSpreadNode):
                yield self._fragment(node.name.value)
            elif isinstance(node, InlineFragmentNode):
                yield self.selection(node.selection_set)

    def _fragment(self, name: str) -> Measure:
        if name in self._known:
            found = self._known[name]
            if found is None:
                raise RequestFault(
                    "FRAGMENT_CYCLE", N_("The fragment {name} spreads itself. Remove the cycle."), name=name
                )
            return found
        node = self._fragments.get(name)
        if node is None:
            # Validation names the fragment that is not there.
            return Measure()
        self._known[name] = None
        measure = self.selection(node.selection_set)
        self._known[name] = measure
        return measure


def _entries(value: ValueNode) -> int:
    if isinstance(value, ListValueNode):
        return len(value.values) + sum(_entries(part) for part in value.values)
    if isinstance(value, ObjectValueNode):
        return sum([_entries(part.value) for part in value.fields])
    return 0


@dataclass(frozen=True)
class Size:
    """Size of a document: the largest figure among its operations.

    `changes` are the root fields of mutations, `entries` those of all lists written into the document.
    """

    depth: int
    fields: int
    aliases: int
    root_fields: int
    repeats: int
    changes: int = 0
    entries: int = 0
    definitions: int = 1


def measure(document: DocumentNode) -> Size:
    """Return the largest measure among the document's operations."""
    measurer = _Measurer(document)
    operations = [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]
    found = [measurer.selection(node.selection_set) for node in operations]
    defaults = [given.default_value for node in operations for given in node.variable_definitions or ()]
    entries = measurer.entries + sum(_entries(value) for value in defaults if value is not None)
    changing = [
        one.root_fields for node, one in zip(operations, found, strict=True) if node.operation is OperationType.MUTATION
    ]
    return Size(
        depth=max((one.depth for one in found), default=0),
        fields=max((one.fields for one in found), default=0),
        aliases=max((one.aliases for one in found), default=0),
        root_fields=max((one.root_fields for one in found), default=0),
        repeats=sum(one.all_repeats for one in found),
        changes=max(changing, default=0),
        entries=entries,
        definitions=len(document.definitions),
    )


def check(size: Size, settings: Settings) -> None:
    """Refuse a document beyond the limits; the error names limit, value and remedy."""
    if size.definitions > settings.graphql_max_definitions:
        raise RequestFault(
            "TOO_MANY_DEFINITIONS",
            N_("The document has {value} operations and fragments, {limit} are allowed. Send those that are used."),
            value=size.definitions,
            limit=settings.graphql_max_definitions,
        )
    if size.depth > settings.graphql_max_depth:
        raise RequestFault(
            "TOO_DEEP",
            N_("The query is {value} fields deep, {limit} are allowed. Ask for the deeper parts in a second query."),
            value=size.depth,
            limit=settings.graphql_max_depth,
        )
    if size.aliases > settings.graphql_max_aliases:
        raise RequestFault(
            "TOO_MANY_ALIASES",
            N_("The query has {value} aliases, {limit} are allowed. Use a filter with `in`, or several requests."),
            value=min(size.aliases, 2**31 - 1),
            limit=settings.graphql_max_aliases,
        )
    if size.root_fields > settings.graphql_max_root_fields:
        raise RequestFault(
            "TOO_MANY_ROOT_FIELDS",
            N_("The query has {value} root fields, {limit} are allowed. Send several requests."),
            value=min(size.root_fields, 2**31 - 1),
            limit=settings.graphql_max_root_fields,
        )
    if size.fields > settings.graphql_max_fields:
        raise RequestFault(
            "TOO_MANY_FIELDS",
            N_("The query selects {value} fields with its fragments, {limit} are allowed. Select fewer at once."),
            value=min(size.fields, 2**31 - 1),
            limit=settings.graphql_max_fields,
        )
    if size.repeats > settings.graphql_max_repeats:
        raise RequestFault(
            "TOO_MANY_REPEATS",
            N_("The query selects {value} fields again in the same place, {limit} are allowed. Select each once."),
            value=min(size.repeats, 2**31 - 1),
            limit=settings.graphql_max_repeats,
        )
    _check_entries(size.entries, settings)


def check_values(values: Mapping[str, Any], settings: Settings) -> None:
    """Refuse variables whose lists are too long in sum, or that are nested too deeply to be looked through."""
    entries = 0
    level: list[Any] = [values] if values else []
    depth = 0
    while level:
        depth += 1
        if depth > settings.graphql_max_value_depth:
            raise RequestFault(
                "VALUES_TOO_DEEP",
                N_("The variables are nested deeper than {limit} levels. Make them flatter."),
                limit=settings.graphql_max_value_depth,
            )
        inner: list[Any] = []
        for value in level:
            if isinstance(value, dict):
                inner += [part for part in value.values() if isinstance(part, dict | list)]
            else:
                entries += len(value)
                inner += [part for part in value if isinstance(part, dict | list)]
        _check_entries(entries, settings)
        level = inner


def _check_entries(entries: int, settings: Settings) -> None:
    if entries > settings.graphql_max_list_items:
        raise RequestFault(
            "LISTS_TOO_LONG",
            N_("The lists of the request have {value} entries, {limit} are allowed. Send several requests."),
            value=entries,
            limit=settings.graphql_max_list_items,
        )


def too_many_tokens(settings: Settings) -> RequestFault:
    """Return the fault of a document with more tokens than allowed."""
    return RequestFault(
        "TOO_MANY_TOKENS",
        N_("The query has more than {limit} tokens. Put long lists into variables, or send several requests."),
        limit=settings.graphql_max_tokens,
    )


def far_too_deep(settings: Settings) -> RequestFault:
    """Return the fault of a document that is nested too deeply even to be read."""
    return RequestFault(
        "TOO_DEEP",
        N_("The query is nested far too deep; {limit} fields are allowed. Make it flatter."),
        limit=settings.graphql_max_depth,
    )
