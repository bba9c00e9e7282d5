"""How a file's headers are read as columns: guessed, remembered per person, and checked before anything is tried."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from core.context import Context
from core.errors import Problem
from core.exchange.kinds import ImportKind, map_columns
from core.exchange.models import ImportMapping
from core.exchange.services import twice_mapped
from core.i18n import N_


def suggestion(ctx: Context, kind: ImportKind, headers: Sequence[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return header → column (empty: not read) and column → constant, as the caller last chose or as headers suggest.

    The same set of headers is read as last time; of another file of this kind the headers that were there last time.
    """
    mine = ImportMapping.select().where(
        (ImportMapping.account == ctx.actor.account_id) & (ImportMapping.kind == kind.name)
    )
    # The same headers come first, then what was used last.
    is_same = (ImportMapping.headers_key == _key(headers)).desc()
    last: Any = mine.order_by(is_same, ImportMapping.used_at.desc(), ImportMapping.id.desc()).first()
    wanted = {} if last is None else {str(k).casefold(): str(v) for k, v in last.mapping.items()}
    known = {column.name for column in kind.columns} | {""}
    chosen = {header: wanted[header.casefold()] for header in headers if wanted.get(header.casefold()) in known}
    found, _, _ = map_columns(kind, headers, chosen)
    is_the_same = last is not None and last.headers_key == _key(headers)
    constants = {name: text for name, text in last.constants.items() if name in known} if is_the_same else {}
    return {header: found.get(header, "") for header in headers if header}, constants


def remember(ctx: Context, kind: ImportKind, mapping: Mapping[str, str], constants: Mapping[str, str]) -> None:
    """Keep how the caller read these headers, for the next file."""
    values = {"mapping": dict(mapping), "constants": dict(constants), "used_at": ctx.now}
    found = (
        (ImportMapping.account == ctx.actor.account_id)
        & (ImportMapping.kind == kind.name)
        & (ImportMapping.headers_key == _key(list(mapping)))
    )
    if ImportMapping.update(values).where(found).execute() == 0:
        ImportMapping.create(
            account=ctx.actor.account_id, kind=kind.name, headers_key=_key(list(mapping)), **values
        )  # fmt: skip


def column_problems(kind: ImportKind, mapping: Mapping[str, str], constants: Mapping[str, str]) -> list[Problem]:
    """Return what stands against reading a file so: a column filled twice, or a needed one not at all."""
    given = {name for name in mapping.values() if name} | {name for name, text in constants.items() if text}
    text = N_("The column {column} is needed. Choose the header that holds it, or type one value for all rows.")
    missing = [
        Problem("COLUMN_MISSING", text, ("mapping", column.name), {"column": column.name})
        for column in kind.columns
        if column.is_required and column.name not in given
    ]
    return [*twice_mapped(mapping), *missing]


def _key(headers: Sequence[str]) -> str:
    text = "\n".join(sorted(header.casefold() for header in headers if header))
    return sha256(text.encode()).hexdigest()
