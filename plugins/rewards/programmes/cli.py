"""`kinerja rewards programmes …`: templates, programmes from them, runs, and their results."""

from datetime import date
from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from core.commands.shared import Exit, deployment, operator_context, out, print_json, say
from core.i18n import language
from core.organisation.models import Employee
from core.plugin_api import N_, not_found, refuse, translate
from plugins.rewards.programmes.models import EligibilityResult, EligibilityRun, RewardProgramme, RewardRound
from plugins.rewards.programmes.rules.texts import sentence
from plugins.rewards.programmes.services.programmes import create_programme
from plugins.rewards.programmes.services.running import perform, start_run
from plugins.rewards.programmes.templates import templates

_Json = Annotated[bool, typer.Option("--json", help=N_("Print the answer as JSON."))]


def add_to(app: typer.Typer) -> None:
    """Add the commands of this area to the group of the plugin."""
    app.command("templates", help=N_("List the programmes that come with the plugin."))(_templates)
    app.command("adopt", help=N_("Set up a programme from a template."))(_adopt)
    app.command("run", help=N_("Find out who is eligible in the open round of a programme."))(_run)
    app.command("results", help=N_("Show the newest run of a programme, and why somebody is eligible or not."))(
        _results
    )


def _templates(json: _Json = False) -> int:
    with deployment():
        found = list(templates().values())
        if json:
            print_json(found)
            return Exit.OK
        table = Table(translate(N_("Code")), translate(N_("Name")), translate(N_("Legal basis")))
        for one in found:
            table.add_row(one["code"], escape(one["name"]), escape(one["legal_basis"]))
        out().print(table)
    return Exit.OK


def _adopt(
    template: Annotated[str, typer.Argument(help=N_("Code of the template."))],
    code: Annotated[
        str, typer.Option("--code", help=N_("Code of the programme (default: that of the template)."))
    ] = "",
) -> int:
    with deployment() as registry:
        made = create_programme(operator_context(registry.settings), code=code or template, template=template)
        say(N_("The programme {name} is set up."), name=made.name)
    return Exit.OK


def _run(
    code: Annotated[str, typer.Argument(help=N_("Code of the programme."))],
    as_of: Annotated[str, typer.Option("--as-of", help=N_("The day, such as 2026-08-17 (default: today)."))] = "",
    json: _Json = False,
) -> int:
    with deployment() as registry:
        ctx = operator_context(registry.settings)
        round_ = _round(code)
        run = perform(ctx, start_run(ctx, round_id=round_.id, as_of=_day(as_of)).id)
        _show(run, json=json)
    return Exit.OK


def _results(
    code: Annotated[str, typer.Argument(help=N_("Code of the programme."))],
    number: Annotated[str, typer.Option("--nip", help=N_("Show the reasons for the employee with this NIP."))] = "",
    json: _Json = False,
) -> int:
    with deployment():
        run = EligibilityRun.select().where(EligibilityRun.round == _round(code).id).order_by(EligibilityRun.id.desc())
        newest = run.first()
        if newest is None:
            raise not_found("run", id=code)
        if not number:
            _show(newest, json=json)
            return Exit.OK
        employee = Employee.get_or_none(Employee.nip == number)
        result = EligibilityResult.get_or_none(
            (EligibilityResult.run == newest.id) & (EligibilityResult.employee == (employee.id if employee else 0))
        )
        if result is None:
            raise not_found("nip", id=number)
        lines = [sentence(one, language.get()) for one in result.findings]
        if json:
            print_json({"eligible": result.is_eligible, "why": lines})
        else:
            for one, line in zip(result.findings, lines, strict=True):
                out().print(f"{one['outcome']:8} {escape(line)}")
    return Exit.OK


def _show(run: EligibilityRun, *, json: bool) -> None:
    values: dict[str, Any] = {
        "run": run.id,
        "as_of": run.as_of,
        "state": run.state.value,
        "people": run.people,
        "eligible": run.eligible,
        "undecided": run.undecided,
    }
    if json:
        print_json(values)
    else:
        say(N_("{people} people on {as_of}: {eligible} eligible, {undecided} cannot be told."), **values)


def _round(code: str) -> RewardRound:
    programme = RewardProgramme.get_or_none(RewardProgramme.code == code)
    if programme is None:
        raise not_found("code", id=code)
    rounds = RewardRound.select().where(RewardRound.programme == programme.id).order_by(RewardRound.starts_on.desc())
    round_: RewardRound | None = rounds.first()
    if round_ is None:
        text = N_("The programme {name} has no round. Open one first.")
        raise refuse("ROUND_MISSING", text, "code", name=programme.name)
    return round_


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        text_of = N_("{value} is no date. Give it as year-month-day.")
        raise refuse("BAD_DATE", text_of, "as_of", value=text[:40]) from None
