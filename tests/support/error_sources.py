"""Reads the program for codes of refusals and faults: each with the texts that stand beside it, and where."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import zip_longest
from pathlib import Path

from werkzeug.exceptions import default_exceptions

ROOT = Path(__file__).parents[2]
OWNERS = ("core", "schema", "admin")
LIST = ROOT / "core" / "error_codes"
CODE = re.compile(r"[A-Z][A-Z0-9]+(?:_[A-Z0-9]+)*")
REFUSING = frozenset(
    {"refuse", "Problem", "RequestFault", "BadRequest", "_fault", "_error_page", "_masked", "_shown", "_code"}
)
"""Calls of which the first code among the arguments is what is refused with, text beside it or not."""

CLASSES = ("Fault", "Warning")
"""Ends of the names of enumerations whose values are codes."""

HTTP_NAMES = frozenset(error().name.upper().replace(" ", "_").replace("'", "") for error in default_exceptions.values())
"""Codes that pages answer with, made from the name of the status."""


@cache
def sources() -> tuple[tuple[Path, ast.Module], ...]:
    """Return every file of core, schema and admin but the list itself."""
    return tuple(
        (path, ast.parse(path.read_text(encoding="utf-8")))
        for owner in OWNERS
        for path in sorted((ROOT / owner).rglob("*.py"))
        if "migrations" not in path.parts and LIST not in path.parents
    )


@cache
def found_codes() -> dict[str, dict[str | None, list[str]]]:
    """Return the codes of the program: for each its texts (None where the text comes from elsewhere) with places."""
    found: dict[str, dict[str | None, list[str]]] = defaultdict(lambda: defaultdict(list))
    for path, tree in sources():
        texts = _named_texts(tree)
        for node in ast.walk(tree):
            for code, text in _said(node, texts):
                found[code][text].append(f"{path.relative_to(ROOT)}:{node.lineno}")
    return found


def written() -> set[str]:
    """Return every text constant of the program that looks like a code."""
    return {
        node.value
        for _, tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value)
    }


def _said(node: ast.AST, texts: dict[str, list[tuple[int, str]]]) -> Iterator[tuple[str, str | None]]:
    if isinstance(node, ast.Call):
        yield from _beside(node.args, node.lineno, texts, strict=_name(node.func) not in REFUSING)
    elif isinstance(node, ast.Tuple):
        yield from _beside(node.elts, node.lineno, texts, strict=True)
    elif isinstance(node, ast.Dict):
        for key, value in zip(node.keys, node.values, strict=True):
            if isinstance(key, ast.Constant) and key.value == "code" and (code := _code(value)):
                yield code, None
    elif isinstance(node, ast.ClassDef) and node.name.endswith(CLASSES):
        for part in node.body:
            if isinstance(part, ast.Assign) and (code := _code(part.value)):
                yield code, None


def _beside(
    parts: Sequence[ast.expr], line: int, texts: dict[str, list[tuple[int, str]]], *, strict: bool
) -> Iterator[tuple[str, str | None]]:
    for part, after in zip_longest(parts, parts[1:]):
        code = _code(part)
        if code is None:
            continue
        text = _text(after, line, texts)
        if text is not None or not strict:
            yield code, text


def _text(node: ast.expr | None, line: int, texts: dict[str, list[tuple[int, str]]]) -> str | None:
    if isinstance(node, ast.Call) and _name(node.func) == "N_":
        node = node.args[0]
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and ". " in node.value:
        return node.value
    if isinstance(node, ast.Name):
        before = [text for place, text in texts.get(node.id, ()) if place <= line and ". " in text]
        return before[-1] if before else None
    return None


def _named_texts(tree: ast.Module) -> dict[str, list[tuple[int, str]]]:
    named: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            value = node.value
            if isinstance(value, ast.Call) and _name(value.func) == "N_" and isinstance(value.args[0], ast.Constant):
                named[node.targets[0].id].append((node.lineno, str(value.args[0].value)))
    return {name: sorted(places) for name, places in named.items()}


def _code(node: ast.expr) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
        return node.value if len(node.value) > 3 else None
    return None


def _name(function: ast.expr) -> str:
    return getattr(function, "id", None) or getattr(function, "attr", "")
