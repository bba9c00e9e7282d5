"""`kinerja operations`: the operations that clients run by hash or by name."""

from pathlib import Path
from typing import Annotated, Any

import orjson
import typer

from core.commands.shared import deployment, operator_context, print_json, say
from core.errors import refuse
from core.i18n import N_, translate
from core.operations.models import RegisteredOperation
from core.operations.services import find_operation, list_operations, register_operation, retire_operation
from core.work import unit_of_work

_JSON = typer.Option("--json", help=N_("Print the answer as JSON."))
_MANIFEST = "apollo-persisted-query-manifest"


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(no_args_is_help=True)
    group.command("register", help=N_("Register the operations in files, all or none."))(_register)
    group.command("list", help=N_("List registered operations."))(_list)
    group.command("retire", help=N_("Let registered operations run no more, at once."))(_retire)
    app.add_typer(group, name="operations", help=N_("Operations that clients run by hash or by name."))


def _register(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE…", help=N_("A document of one operation each, or a manifest of many (.json).")),
    ],
    name: Annotated[str, typer.Option(help=N_("Name, for a single file (default: that of the operation)."))] = "",
    description: Annotated[str, typer.Option(help=N_("What it is for."))] = "",
    replace: Annotated[
        bool, typer.Option("--replace", help=N_("Take names over from other documents, which still run by their hash."))
    ] = False,
    as_json: Annotated[bool, _JSON] = False,
) -> None:
    documents = [found for file in files for found in _documents(file)]
    if name and len(documents) != 1:
        raise typer.BadParameter(name, param_hint="--name")
    with deployment() as registry:
        ctx = operator_context(registry.settings)
        with unit_of_work(ctx):
            rows = [
                register_operation(
                    ctx, document=document, name=name or given, description=description, replaces=replace
                )
                for given, document in documents
            ]
    _show(rows, as_json=as_json)


def _list(
    retired: Annotated[bool, typer.Option("--retired", help=N_("Those that run no more, too."))] = False,
    as_json: Annotated[bool, _JSON] = False,
) -> None:
    with deployment() as registry:
        rows = list_operations(operator_context(registry.settings), with_retired=retired)
    _show(rows, as_json=as_json)


def _retire(
    keys: Annotated[list[str], typer.Argument(metavar="NAME…", help=N_("Names or hashes."))],
) -> None:
    with deployment() as registry:
        ctx = operator_context(registry.settings)
        with unit_of_work(ctx):
            for key in keys:
                row = find_operation(key)
                if row is None:
                    raise refuse(
                        "OPERATION_UNKNOWN", N_("No operation {name} is registered. Check the name."), name=key
                    )
                retire_operation(ctx, row.id)
    for key in keys:
        say(N_("Operation {name} runs no more."), name=key)


def _documents(file: Path) -> list[tuple[str | None, str]]:
    """Return the documents in a file, each with the name that the file gives it (None: the operation's own)."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise refuse("FILE_UNREADABLE", N_("The file {name} cannot be read. Check the path."), name=file) from None
    if file.suffix != ".json":
        return [(None, text.strip())]
    try:
        manifest = orjson.loads(text)
        operations: Any = manifest["operations"] if manifest["format"] == _MANIFEST else None
        return [(one.get("name"), str(one["body"])) for one in operations]
    except (orjson.JSONDecodeError, KeyError, TypeError, AttributeError):
        raise refuse(
            "MANIFEST_BROKEN",
            N_("The file {name} is no manifest of operations. Write one of the format {format}."),
            name=file,
            format=_MANIFEST,
        ) from None


def _show(rows: list[RegisteredOperation], *, as_json: bool) -> None:
    shown: list[dict[str, Any]] = [
        {
            "id": row.id,
            "name": row.name,
            "kind": row.kind,
            "sha256": row.sha256,
            "description": row.description,
            "created_at": row.created_at,
            "retired_at": row.retired_at,
        }
        for row in rows
    ]
    if as_json:
        print_json(shown)
        return
    for row in shown:
        ended = translate(N_("(ended)")) if row["retired_at"] else ""
        say("{sha256} {kind:12} {name} {ended}", **row, ended=ended)
