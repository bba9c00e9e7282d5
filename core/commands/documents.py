"""`kinerja documents`: the official forms as files."""

from pathlib import Path
from typing import Annotated

import typer

from core.commands.shared import deployment, operator_context, say
from core.documents.services import evaluation_document, plan_document
from core.i18n import N_


def register(app: typer.Typer) -> None:
    """Add the commands."""
    documents = typer.Typer(help=N_("The official forms as PDF."), no_args_is_help=True)
    documents.command("plan", help=N_("Write a plan (SKP) as PDF."))(_plan)
    documents.command("evaluation", help=N_("Write an evaluation with its document as PDF."))(_evaluation)
    app.add_typer(documents, name="documents")


def _plan(
    number: Annotated[int, typer.Argument(help=N_("Number of the plan."))],
    file: Annotated[Path, typer.Argument(help=N_("The PDF to write."))],
) -> None:
    with deployment() as registry:
        _write(file, plan_document(operator_context(registry.settings), number))


def _evaluation(
    number: Annotated[int, typer.Argument(help=N_("Number of the evaluation."))],
    file: Annotated[Path, typer.Argument(help=N_("The PDF to write."))],
) -> None:
    with deployment() as registry:
        _write(file, evaluation_document(operator_context(registry.settings), number))


def _write(file: Path, data: bytes) -> None:
    file.write_bytes(data)
    say(N_("Written to {file}."), file=file)
