"""`kinerja history`: check that nobody has changed the record of changes."""

from typing import Annotated

import typer

from core.commands.shared import check_exit, deployment, print_json, say
from core.history.services import verify
from core.i18n import N_

_FAULTS = {
    "content": N_("Row {id}: the content is not the one that was recorded."),
    "predecessor": N_("Row {id}: a row before it was removed, added or changed."),
    "sealed": N_("Row {id}: it was there at the last check and is gone or changed now. Compare with a backup."),
}

_FAULTS = {
    "content": N_("Row {id}: the content is not the one that was recorded."),
    "predecessor": N_("Row {id}: a row before it was removed, added or changed."),
    "sealed": N_("Row {id}: the last check found it at the end of the history; now it is gone or another."),
}


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(no_args_is_help=True)
    group.command("verify", help=N_("Check the hash chain of the history; ends with 1 if a row was tampered with."))(
        _verify
    )
    app.add_typer(group, name="history", help=N_("The record of all changes."))


def _verify(as_json: Annotated[bool, typer.Option("--json", help=N_("Print the answer as JSON."))] = False) -> None:
    with deployment() as registry:
        found = verify(registry.settings)
    if as_json:
        faults = [{"id": fault.record_id, "fault": fault.kind} for fault in found.faults]
        print_json({"rows": found.rows, "last_id": found.last_id, "last_hash": found.last_hash, "broken": faults})
    else:
        for fault in found.faults:
            say(_FAULTS[fault.kind], id=fault.record_id)
        if found.is_whole:
            say(N_("{rows} rows, all intact. Last hash: {hash}"), rows=found.rows, hash=found.last_hash)
    check_exit(found=not found.is_whole)
