"""The command line `kinerja`: its tree of commands, its language and its exit codes."""

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from importlib.metadata import version
from typing import Annotated, Any, cast

import typer
from typer.exceptions import Abort, TyperException

from core.commands.shared import Exit, complain, err, out
from core.commands.words import split_language, translate_help, usage_message
from core.errors import CannotStart, Refused
from core.i18n import N_, speaking, translate
from core.plugin_host import build_registry
from core.settings import load_settings

MODULES = (
    "demo",
    "serve",
    "live",
    "worker",
    "migrate",
    "user",
    "token",
    "plugins",
    "schema",
    "exchange",
    "documents",
    "history",
    "doctor",
    "operations",
    "webhooks",
)
"""Modules of core.commands in the order of the help; each adds its commands with `register(app)`."""

EPILOG = N_(
    "Exit codes: 0 done; 1 a problem was found or the act was refused; 2 wrong usage; 3 not ready "
    "(settings, database or migrations; the message names the remedy); 130 interrupted."
)


def build_app() -> typer.Typer:
    """Return the whole tree of commands: core's own, then those of the plugins that are on."""
    app = typer.Typer(
        name="kinerja",
        help=N_("Kinerja: plans, progress and evaluations of civil servants."),
        epilog=EPILOG,
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["--help", "-h"]},
    )
    app.callback()(_root)
    for name in MODULES:
        import_module(f"core.commands.{name}").register(app)
    # A deployment that cannot start must still be able to ask its doctor.
    with suppress(CannotStart):
        for command in build_registry(load_settings(), web=False).commands:
            app.add_typer(cast("typer.Typer", command.build()), name=command.name, help=command.help)
    return app


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code."""
    rest, spoken = split_language(arguments)
    with speaking(spoken):
        command: Any = typer.main.get_command(build_app())
        translate_help(command)
        try:
            result = command.main(args=rest, prog_name="kinerja", standalone_mode=False)
        except Refused as refusal:
            complain(refusal.problems)
            return Exit.PROBLEM
        except CannotStart as stop:
            complain(stop.problems)
            return Exit.NOT_READY
        except TyperException as wrong:
            return _usage(wrong)
        except (Abort, KeyboardInterrupt):
            err().print(translate(N_("Interrupted.")))
            return Exit.INTERRUPTED
        return result if isinstance(result, int) else Exit.OK


def main() -> None:
    """Be the console script."""
    # Databases, exports and evidence hold personal data: only the user that runs Kinerja reads what it writes.
    os.umask(0o077)
    sys.exit(run(sys.argv[1:]))


def _usage(wrong: TyperException) -> int:
    if type(wrong).__name__ == "NoArgsIsHelpError":
        err().print(wrong.format_message(), markup=False)
        return Exit.USAGE
    err().print(usage_message(wrong.format_message()), markup=False)
    context = getattr(wrong, "ctx", None)
    if context is not None:
        text = N_("See: {command} --help")
        err().print(translate(text).format(command=context.command_path), markup=False)
    return Exit.USAGE


def _show_version(is_wanted: bool) -> None:
    if is_wanted:
        out().print(version("kinerja"))
        raise typer.Exit


def _root(
    lang: Annotated[
        str,
        typer.Option(help=N_("Language of help and messages: id (Indonesian) or en (English).")),
    ] = "",
    _version: Annotated[
        bool, typer.Option("--version", help=N_("Show the version and stop."), is_eager=True, callback=_show_version)
    ] = False,
) -> None:
    # A good value was read and taken out before, wherever it stood.
    if lang:
        raise typer.BadParameter("id, en", param_hint="--lang")


if __name__ == "__main__":
    main()
