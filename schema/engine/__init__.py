"""Declarations of the API and the engine that answers from them: what schema modules import."""

from schema.connections import Connection
from schema.engine.declare import (
    Node,
    batch,
    column,
    entity,
    expression,
    pages,
    relation,
    root_one,
    root_pages,
    root_value,
)
from schema.engine.enums import describe_values
from schema.engine.ids import decode_id, encode_id
from schema.engine.mutations import mutation, payload
from schema.engine.parts import SchemaParts, TypeExtension, joined, together
from schema.live_declare import stream
from schema.problems import Problem, show

__all__ = [
    "Connection",
    "Node",
    "Problem",
    "SchemaParts",
    "TypeExtension",
    "batch",
    "column",
    "decode_id",
    "describe_values",
    "encode_id",
    "entity",
    "expression",
    "joined",
    "mutation",
    "pages",
    "payload",
    "relation",
    "root_one",
    "root_pages",
    "root_value",
    "show",
    "stream",
    "together",
]
