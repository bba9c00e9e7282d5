"""Characters that no JSON text contains, set into the answer where Python has still to do something."""

POISON = "\x01"
"""A value that the other way would tell as an error: the whole answer is given up."""

HOLE, HOLE_END = "\x02", "\x03"
"""The parent of a computed field, in whose place the field's value comes."""

RAW, RAW_END = "\x04", "\x05"
"""Stored JSON as the database prints it."""

ALL = frozenset({POISON, HOLE, RAW})
