"""`kinerja schema`: the GraphQL schema as text, and whether the committed one still holds."""

from difflib import unified_diff
from pathlib import Path
from typing import Annotated, Protocol, runtime_checkable

import typer

from core.commands.shared import Exit, print_json, say
from core.errors import refuse
from core.i18n import N_
from core.plugin_host import build_registry, installed
from core.settings import load_settings

COMMITTED = Path(__file__).parents[2] / "schema" / "schema.graphql"


@runtime_checkable
class SchemaText(Protocol):
    """The ability `schema.sdl@1`: gives the schema of a registry as SDL."""

    def __call__(self, registry: object) -> str:
        """Return the SDL."""
        ...


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("schema", help=N_("Print the GraphQL schema (SDL) of this deployment."))(_schema)


def _schema(
    check: Annotated[
        bool,
        typer.Option(
            "--check", help=N_("Compare schema/schema.graphql, all first-party plugins on; ends with 1 if it differs.")
        ),
    ] = False,
    write: Annotated[
        bool, typer.Option("--write", help=N_("Write schema/schema.graphql, all first-party plugins on."))
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help=N_("Print the answer as JSON."))] = False,
) -> None:
    if not check and not write:
        text = _sdl(None)
        if as_json:
            print_json({"sdl": text})
        else:
            print(text, end="")  # noqa: T201 - an answer on stdout
        return
    text = _sdl(_first_party())
    if write:
        COMMITTED.write_text(text, encoding="utf-8")
        say(N_("{file} is written."), file=COMMITTED)
        return
    committed = COMMITTED.read_text(encoding="utf-8") if COMMITTED.exists() else ""
    difference = list(
        unified_diff(committed.splitlines(), text.splitlines(), "committed", "declared", lineterm="", n=1)
    )
    if as_json:
        print_json({"same": not difference, "difference": difference})
    elif difference:
        print("\n".join(difference))  # noqa: T201 - an answer on stdout
        say(N_("The schema has changed. If that is meant, run: kinerja schema --write"))
    else:
        say(N_("The committed schema is the declared one."))
    if difference:
        raise typer.Exit(Exit.PROBLEM)


def _sdl(plugins: list[str] | None) -> str:
    registry = build_registry(load_settings(), plugins, web=True)
    text = registry.capability("schema.sdl@1", SchemaText)
    if text is None:
        raise refuse("SCHEMA_ABSENT", N_("The GraphQL schema is not part of this installation. Install Kinerja whole."))
    return text(registry)


def _first_party() -> list[str]:
    return [name for name in installed() if (COMMITTED.parents[1] / "plugins" / name).is_dir()]
