"""Declarations that do not fit together."""


class SchemaClash(Exception):  # noqa: N818 - the name says what happened
    """Two owners declare the same name, or a declaration leads nowhere; start-up stops."""
