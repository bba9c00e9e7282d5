"""`kinerja doctor`: what is wrong with this deployment, each fault with its remedy."""

from typing import Annotated, Any

import typer
from rich.markup import escape

from core.commands.shared import check_exit, connected, operator_context, out, print_json
from core.health import Finding, examine
from core.i18n import N_, translate


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("doctor", help=N_("Examine this deployment; ends with 1 if something is wrong."))(_doctor)


def _doctor(as_json: Annotated[bool, typer.Option("--json", help=N_("Print the answer as JSON."))] = False) -> None:
    findings = examine(connected, operator_context)
    if as_json:
        print_json([_as_json(finding) for finding in findings])
    else:
        for finding in findings:
            mark = "[red]✗[/]" if finding.problems else "[green]✓[/]"
            out().print(f"{mark} {escape(translate(finding.title))}")
            for problem in finding.problems:
                out().print(f"    {problem.code}: {escape(problem.message())}")
    check_exit(found=any(finding.problems for finding in findings))


def _as_json(finding: Finding) -> dict[str, Any]:
    problems = [{"code": problem.code, "message": problem.message()} for problem in finding.problems]
    return {"name": finding.name, "ok": not finding.problems, "problems": problems}
