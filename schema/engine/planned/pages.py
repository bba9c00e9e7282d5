"""Connections as JSON: a page of rows, cut out by LIMIT before anything is printed, with cursors and totals."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import peewee as pw

from schema.engine.catalogue import FieldInfo, TypeInfo
from schema.engine.conditions import row_type
from schema.engine.cursors import signature
from schema.engine.fields import Pages
from schema.engine.paging import Page
from schema.engine.planned import sources, values
from schema.engine.planned.arguments import PageArguments, read_page
from schema.engine.planned.builder import Builder
from schema.engine.planned.dialects import Json, Literal
from schema.engine.planned.pieces import Call, CallPart, Sql, compiled, entity_alias, listed, sql
from schema.engine.planned.reasons import Declined
from schema.engine.planned.selecting import TYPENAME, selected
from schema.engine.selection import Nodes
from schema.engine.sql import all_of

PAGE_ARGUMENTS = ("first", "after", "last", "before", "filter", "order_by")

_PLACE, _COUNT = '"_n"', '"_c"'


def nested(builder: Builder, info: FieldInfo, source: Pages, nodes: Nodes, parent: str, most: int) -> Sql:
    """Return the connection of the rows that point to the row `parent`, one of at most `most`."""
    builder.takes_only(info, nodes, *PAGE_ARGUMENTS)
    writer = _writer(builder, info, nodes, source.order, most)
    parent_key = sql(sources.column(writer.model, writer.alias, source.field), f' = "{parent}"."id"')
    conditions = [parent_key, *writer.conditions]
    if source.where is not None:
        conditions.append(sql("(", compiled(source.where(entity_alias(writer.model, writer.alias))), ")"))
    return writer.shown(conditions)


def at_root(
    builder: Builder, info: FieldInfo, nodes: Nodes, order: Sequence[str], narrow: Callable[[Call, Any], Any] | None
) -> Sql:
    """Return a root connection; `narrow` is a condition of the declaration."""
    writer = _writer(builder, info, nodes, order, 1)
    conditions = list(writer.conditions)
    if narrow is not None:
        table = entity_alias(writer.model, writer.alias)
        conditions.append(sql("(", CallPart(lambda call: all_of([narrow(call, table)])), ")"))
    return writer.shown(conditions)


def _writer(builder: Builder, info: FieldInfo, nodes: Nodes, order: Sequence[str], most: int) -> "_Writer":
    kind = builder.run.catalogue.types[str(info.target)]
    target = builder.run.catalogue.types[row_type(builder.run.catalogue, info)]
    alias = builder.alias()
    given = read_page(builder, info, target, nodes, order, alias)
    assert target.model is not None  # noqa: S101 - connections lead to entities; checked at start
    conditions = [sources.visible_rows(target.model, alias)]
    if given.filter is not None:
        conditions.append(given.filter)
    return _Writer(builder, kind, target, target.model, nodes, alias, given, given.page, conditions, most)


@dataclass
class _Writer:
    """Writes one connection; `most` bounds the rows that it belongs to."""

    builder: Builder
    kind: TypeInfo
    target: TypeInfo
    model: type[pw.Model]
    nodes: Nodes
    alias: str
    given: PageArguments
    page: Page
    conditions: list[Sql]
    most: int
    needs_more: bool = False
    is_read: bool = False
    is_placed: bool = False

    def shown(self, conditions: list[Sql]) -> Sql:
        """Return the connection as JSON for one parent."""
        fields = selected(self.builder.run, self.kind, self.nodes)
        names = {found[0].name.value for found in fields.values()}
        self._look_ahead([found for found in fields.values() if found[0].name.value == "pageInfo"])
        has_rows = self.is_read or bool(names & {"nodes", "edges"})
        if not has_rows and (self.given.bounds is not None or "totalCount" not in names):
            # The other way reads the arguments all the same, and refuses those that are wrong.
            raise Declined("nothing of a list is read")
        if has_rows:
            self.builder.count(self.most * (self.page.size + 1))
        made = self.builder.words.concat(
            self._object(fields, self.kind, lambda name, found: self._part(name, found, conditions))
        )
        return sql("(SELECT ", made, *([" FROM ", *self._source(conditions)] if has_rows else []), ")")

    def _look_ahead(self, infos: Sequence[Nodes]) -> None:
        """Find out whether rows need their place in the page, and whether one more than the page is read."""
        kind = self._type("pageInfo")
        names = {found[0].name.value for nodes in infos for found in selected(self.builder.run, kind, nodes).values()}
        self.needs_more = ("hasPreviousPage" if self.page.backward else "hasNextPage") in names
        self.is_read = self.needs_more or bool(names & {"startCursor", "endCursor"})
        self.is_placed = self.is_read or self.page.backward

    def _type(self, name: str) -> TypeInfo:
        return self.builder.run.catalogue.types[str(self.kind.fields[name].target)]

    def _object(self, fields: dict[str, Nodes], kind: TypeInfo, part: Callable[[str, Nodes], Json]) -> Json:
        result: Json = []
        for response_key, found in fields.items():
            result.append(Literal(f'{"," if result else "{"}"{response_key}":'))
            name = found[0].name.value
            result.extend([Literal(f'"{kind.name}"')] if name == TYPENAME else part(name, found))
        return [*result, Literal("}" if result else "{}")]

    def _part(self, name: str, nodes: Nodes, conditions: list[Sql]) -> Json:
        if name == "totalCount":
            return [sql("(SELECT count(*) FROM ", self._table(), " WHERE ", listed(conditions, " AND "), ")")]
        if name == "nodes":
            return self._list(self._row(nodes))
        if name == "edges":
            edge = self._type("edges")
            fields = selected(self.builder.run, edge, nodes)
            return self._list(self._object(fields, edge, self._of_edge))
        if name != "pageInfo":
            raise Declined(f"{self.kind.name}.{name} is of another sort")
        kind = self._type("pageInfo")
        fields = selected(self.builder.run, kind, nodes)
        return self._object(fields, kind, lambda field, _nodes: self._of_page(field))

    def _row(self, nodes: Nodes) -> Json:
        return self.builder.row(self.builder, self.target, nodes, self.alias, self.most * self.page.size)

    def _list(self, parts: Json) -> Json:
        cut = f" FILTER (WHERE {_PLACE} <= {self.page.size})" if self.needs_more else ""
        return [Literal("["), self.builder.words.gathered(parts, cut), Literal("]")]

    def _of_edge(self, name: str, nodes: Nodes) -> Json:
        return [self._cursor()] if name == "cursor" else self._row(nodes)

    def _of_page(self, name: str) -> Json:
        page = self.page
        if name in {"hasNextPage", "hasPreviousPage"}:
            if (name == "hasNextPage") is page.backward:
                return [Literal("true" if (page.has_before if page.backward else page.has_after) else "false")]
            return [sql(f"CASE WHEN count(*) > {page.size} THEN 'true' ELSE 'false' END")]
        if (name == "startCursor") is not page.backward:
            place = f"{_PLACE} = 1 AND {page.size} > 0"
        else:
            place = f"{_PLACE} = {'min' if self.builder.words.is_sqlite else 'least'}({_COUNT}, {page.size})"
        return [sql("coalesce(max(", self._cursor(), f") FILTER (WHERE {place}), 'null')")]

    def _cursor(self) -> Sql:
        parts: Json = [Literal(f'["{signature(self.given.keys)}"')]
        for number, key in enumerate(self.given.keys):
            text = values.for_cursor(self.builder.words, key.kind, self.given.key(number), None)
            parts += [Literal(","), text]
        return self.builder.words.cursor([*parts, Literal("]")])

    def _table(self) -> str:
        return f'"{self.model._meta.table_name}" AS "{self.alias}"'

    def _source(self, conditions: list[Sql]) -> Sql:
        wanted = [*conditions, *([] if self.given.bounds is None else [self.given.bounds])]
        limit = self.page.size + 1 if self.needs_more else self.page.size
        inner = sql(
            "(SELECT ", f'"{self.alias}".* FROM ', self._table(), " WHERE ", listed(wanted, " AND "),
            " ORDER BY ", self.given.order, f" LIMIT {limit})",
        )  # fmt: skip
        if self.is_placed:
            # Aggregates read rows in the order in which a subquery gives them; with a limit SQLite keeps that order.
            turned = f" ORDER BY {_PLACE} DESC LIMIT {limit}" if self.page.backward else ""
            inner = sql(
                "(SELECT ", f"q.*, row_number() OVER () AS {_PLACE}, count(*) OVER () AS {_COUNT} FROM ", inner,
                f" q{turned})",
            )  # fmt: skip
        return sql(inner, f' AS "{self.alias}"')
