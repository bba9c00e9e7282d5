"""Registering, finding and retiring operations."""

import re
from hashlib import sha256
from typing import Any

import peewee as pw

from core.context import Context
from core.errors import Problem, Refused, refuse
from core.i18n import N_
from core.operations.language import inspect
from core.operations.models import RegisteredOperation
from core.operations.policies import MANAGE
from core.policy import as_condition, fetch, require, visible
from core.work import unit_of_work

LONGEST_NAME = 64
LONGEST_DESCRIPTION = 2000

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,63}")
_HASH = re.compile(r"[0-9a-f]{64}")


def hash_of(document: str) -> str:
    """Return the hash under which a document runs: SHA-256 of its UTF-8, 64 hexadecimal digits."""
    return sha256(document.encode()).hexdigest()


def is_hash(text: str) -> bool:
    """Whether a text can be the hash of a document."""
    return _HASH.fullmatch(text) is not None


def register_operation(
    ctx: Context, *, document: str, name: str | None = None, description: str = "", replaces: bool = False
) -> RegisteredOperation:
    """Register a document of one operation; its name is by default that of the operation.

    The same document again gives the row that is there, in force again if it was retired. With `replaces` the name
    stands for this document from now on, while the former one still runs by its hash.
    """
    with unit_of_work(ctx) as work:
        require(ctx, MANAGE, None, "input")
        found = inspect(document)
        chosen = (found.name if name is None else name).strip()
        problems = [*_faults(found.faults), *_description_problems(description)]
        if name is not None or not found.faults:
            problems += _name_problems(chosen)
        if problems:
            raise Refused(problems)
        digest = hash_of(document)
        known = RegisteredOperation.get_or_none(RegisteredOperation.sha256 == digest)
        holder = find_by_name(chosen)
        if holder is not None and holder.sha256 != digest and not replaces:
            raise refuse(
                "OPERATION_NAME_TAKEN",
                N_("Another document is registered as {name}. Choose another name, or say that this one replaces it."),
                "input",
                "name",
                name=chosen,
            )
        if known is None:
            try:
                with work.attempt():
                    return work.create(
                        RegisteredOperation,
                        name=chosen,
                        kind=found.kind,
                        document=document,
                        sha256=digest,
                        description=description,
                        account=ctx.actor.account_id,
                    )
            except pw.IntegrityError:
                # Somebody registered the same document a moment before.
                known = RegisteredOperation.get(RegisteredOperation.sha256 == digest)
        if known.name != chosen:
            raise refuse(
                "OPERATION_REGISTERED",
                N_("This document is registered as {name}. Use it under that name."),
                "input",
                "name",
                name=known.name,
            )
        return work.update(known, retired_at=None, description=description or known.description)


def retire_operation(ctx: Context, operation_id: int) -> RegisteredOperation:
    """Let a registered operation run no more, at once; a former document of the same name stands for it again."""
    with unit_of_work(ctx) as work:
        row = fetch(RegisteredOperation, operation_id, ctx, "input", "operationId")
        require(ctx, MANAGE, row, "input", "operationId")
        return row if row.retired_at else work.update(row, retired_at=ctx.now)


def list_operations(ctx: Context, *, with_retired: bool = False) -> list[RegisteredOperation]:
    """Return the operations that the caller sees, by name, the latest of a name first."""
    query = RegisteredOperation.select().where(as_condition(visible(ctx.actor, RegisteredOperation)))
    if not with_retired:
        query = query.where(RegisteredOperation.retired_at.is_null())
    return list(query.order_by(RegisteredOperation.name, RegisteredOperation.id.desc()))


def find_by_hash(digest: str) -> RegisteredOperation | None:
    """Return the operation in force with that hash, whoever asks."""
    found: RegisteredOperation | None = _in_force(RegisteredOperation.sha256 == digest).first()
    return found


def find_by_name(name: str) -> RegisteredOperation | None:
    """Return the latest operation in force of that name, whoever asks."""
    latest = RegisteredOperation.id.desc()
    found: RegisteredOperation | None = _in_force(RegisteredOperation.name == name).order_by(latest).first()
    return found


def find_operation(key: str) -> RegisteredOperation | None:
    """Return the operation in force with that hash or name."""
    return find_by_hash(key) if is_hash(key) else find_by_name(key)


def _in_force(where: Any) -> Any:
    return RegisteredOperation.select().where(where & RegisteredOperation.retired_at.is_null())


def _faults(faults: tuple[str, ...]) -> list[Problem]:
    text = N_("The operation does not fit the API. Correct this: {fault}")
    return [Problem("OPERATION_INVALID", text, ("input", "document"), {"fault": fault}) for fault in faults]


def _name_problems(name: str) -> list[Problem]:
    # A name of 64 hexadecimal digits would be taken for a hash.
    if _NAME.fullmatch(name) and not is_hash(name):
        return []
    return [
        Problem(
            "OPERATION_NAME_INVALID",
            N_(
                "An operation is called by 1 to {longest} letters, digits, _ or -, first a letter. Give it such a name."
            ),
            ("input", "name"),
            {"longest": LONGEST_NAME},
        )
    ]


def _description_problems(description: str) -> list[Problem]:
    if len(description) <= LONGEST_DESCRIPTION:
        return []
    return [
        Problem(
            "DESCRIPTION_TOO_LONG",
            N_("The description has more than {longest} characters. Shorten it."),
            ("input", "description"),
            {"longest": LONGEST_DESCRIPTION},
        )
    ]
