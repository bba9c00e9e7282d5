"""Answers reads from planned statements; whatever it does not know it leaves to graphql-core."""

from collections import OrderedDict
from collections.abc import Hashable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from threading import Lock
from typing import TYPE_CHECKING, Any

import orjson
import peewee as pw
import strawberry
import structlog
from graphql import FragmentDefinitionNode, GraphQLError, GraphQLSchema, OperationDefinitionNode, OperationType
from graphql.execution.values import VariableValues, get_variable_values

from core import policy
from core.context import Context
from core.database import database, is_sqlite
from core.errors import Refused
from core.plan_cache import plan_once
from core.registry import active_registry
from core.statement_time import is_overrun
from schema.engine.catalogue import Catalogue
from schema.engine.planned import computed, functions
from schema.engine.planned.builder import Builder
from schema.engine.planned.dialects import Dialect, Json, Literal
from schema.engine.planned.marks import HOLE, POISON, RAW
from schema.engine.planned.pieces import Call, sql
from schema.engine.planned.postgresql import Postgresql
from schema.engine.planned.raw import printed
from schema.engine.planned.reasons import Declined, Stopped
from schema.engine.planned.roots import root
from schema.engine.planned.rows import row
from schema.engine.planned.selecting import TYPENAME, collected
from schema.engine.planned.sqlite import Sqlite
from schema.engine.planned.statement import Statement, Statements
from schema.engine.planned.variables import Shaping, shaping
from schema.engine.selection import Run, fragments_of

if TYPE_CHECKING:
    from schema.documents import Document

log = structlog.get_logger(__name__)

_OPERATIONS = 500
_STATEMENTS = 400
_TOO_DEEP = "parser stack overflow"


@dataclass(frozen=True, eq=False)
class _Operation:
    """One operation of one document; it holds the document, so that its identity is not reused."""

    document: "Document"
    node: OperationDefinitionNode
    fragments: dict[str, FragmentDefinitionNode]
    shaping: Shaping


class Planner:
    """Plans the reads of one schema and keeps the plans."""

    def __init__(self, schema: strawberry.Schema, graphql: GraphQLSchema, catalogue: Catalogue) -> None:
        self._schema = schema
        self._graphql = graphql
        self._catalogue = catalogue
        self._operations: OrderedDict[tuple[int, str | None], _Operation | None] = OrderedDict()
        self._statements: OrderedDict[Hashable, Statement | Declined] = OrderedDict()
        self._rendered = Statements()
        self._in_force: tuple[Any, ...] = ()
        self._lock = Lock()

    def answer(
        self, ctx: Context, document: "Document", variables: Mapping[str, Any], operation: str | None
    ) -> orjson.Fragment:
        """Return the `data` of a read.

        Raise Declined when graphql-core is to answer, Stopped when the database took too long.
        """
        self._forget_the_past()
        asked = self._operation(document, operation)
        if asked is None:
            raise Declined("no query")
        given = self._variables(asked, variables)
        try:
            statement = self._statement(asked, ctx, given)
        except GraphQLError as fault:
            raise Declined(f"a fault of the request: {fault.message}") from None
        try:
            if statement.most_rows > ctx.settings.graphql_max_rows:
                raise Declined("it may read more rows than are allowed")
            if statement.is_too_deep:
                raise Declined("nested too deeply for SQLite")
            return self._run(statement, Call(ctx, given))
        except GraphQLError as fault:
            raise Declined(f"a fault of the request: {fault.message}") from None
        except Refused:
            raise Declined("a refusal") from None
        except pw.DatabaseError as error:
            if isinstance(error, pw.OperationalError) and is_overrun(error):
                raise Stopped(statement.first, error) from error
            if _TOO_DEEP in str(error):
                statement.is_too_deep = True
                raise Declined("nested too deeply for SQLite") from None
            log.warning("the database refused a planned statement", error=str(error)[:500])
            raise Declined("the database refused the statement") from None

    def _forget_the_past(self) -> None:
        registry = None
        with suppress(LookupError, RuntimeError):
            registry = active_registry()
        in_force = (policy.edition(), database.obj, registry)
        if len(self._in_force) != len(in_force) or any(
            kept is not now and kept != now for kept, now in zip(self._in_force, in_force, strict=True)
        ):
            with self._lock:
                self._operations.clear()
                self._statements.clear()
                self._rendered = Statements()
                self._in_force = in_force

    def _operation(self, document: "Document", name: str | None) -> _Operation | None:
        key = (id(document), name)
        with self._lock:
            if key in self._operations:
                self._operations.move_to_end(key)
                return self._operations[key]
        node = document.operation(name)
        made = None
        if node is not None and node.operation is OperationType.QUERY:
            made = _Operation(document, node, fragments_of(document.tree), shaping(document.tree))
            with self._lock:
                self._operations[key] = made
                while len(self._operations) > _OPERATIONS:
                    self._operations.popitem(last=False)
        return made

    def _variables(self, asked: _Operation, given: Mapping[str, Any]) -> VariableValues:
        values = get_variable_values(self._graphql, asked.node.variable_definitions or (), dict(given), max_errors=1)
        if isinstance(values, list):
            raise Declined("variables that do not fit")
        return values

    def _statement(self, asked: _Operation, ctx: Context, variables: VariableValues) -> Statement:
        settings = ctx.settings
        key = (asked, asked.shaping.key(variables), settings.graphql_page_size, settings.graphql_max_page_size)
        with self._lock:
            found = self._statements.get(key)
            if found is not None:
                self._statements.move_to_end(key)
        if found is None:
            try:
                found = self._plan(asked, ctx, variables)
            except Declined as declined:
                found = declined
            with self._lock:
                self._statements[key] = found
                while len(self._statements) > _STATEMENTS:
                    self._statements.popitem(last=False)
        if isinstance(found, Declined):
            raise Declined(found.reason)
        return found

    def _plan(self, asked: _Operation, ctx: Context, variables: VariableValues) -> Statement:
        catalogue = self._catalogue
        run = Run(catalogue, ctx, asked.fragments, variables)
        builder = Builder(self._schema, run, _dialect(), row)
        query = self._graphql.query_type
        assert query is not None  # noqa: S101 - every schema has one
        kind = catalogue.types[query.name]
        parts: Json = []
        fields = collected(run, kind, [asked.node.selection_set])
        for response_key, nodes in fields.items():
            parts.append(Literal(f'{"," if parts else "{"}"{response_key}":'))
            name = nodes[0].name.value
            if name == TYPENAME:
                parts.append(Literal(f'"{kind.name}"'))
            elif name.startswith("__"):
                raise Declined("introspection")
            else:
                parts += root(builder, kind.fields[name], nodes)
        parts.append(Literal("}" if parts else "{}"))
        text = sql("SELECT ", builder.words.concat(parts))
        # Whoever planned it leaves nothing in the plan: what is asked of it later must come from the call.
        run.ctx = run.variables = None  # type: ignore[assignment]
        return Statement(text, builder.holes, run, builder.most_rows, first=next(iter(fields), ""))

    def _run(self, statement: Statement, call: Call) -> orjson.Fragment:
        text, values = self._rendered.render(statement, call)
        if is_sqlite():
            functions.install(database.obj)
        plan_once(wanted=True)
        answer: str = database.execute_sql(text, values).fetchone()[0]
        if POISON in answer:
            raise Declined("a value that is told as an error")
        if RAW in answer:
            answer = printed(answer)
        if statement.holes and HOLE in answer:
            answer = computed.filled(
                answer, statement.holes, replace(statement.run, ctx=call.ctx, variables=call.variables)
            )
        return orjson.Fragment(answer)


def _dialect() -> Dialect:
    return Sqlite() if is_sqlite() else Postgresql()
