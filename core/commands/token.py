"""`kinerja token`: API tokens for client applications."""

from typing import Annotated

import typer

from core.commands.shared import deployment, operator_context, print_json, say
from core.commands.user import account_named
from core.i18n import N_, translate
from core.identity.services import api_tokens

_JSON = typer.Option("--json", help=N_("Print the answer as JSON."))


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(no_args_is_help=True)
    group.command("create", help=N_("Make a token; it is shown this once only."))(_create)
    group.command("list", help=N_("List tokens."))(_list)
    group.command("revoke", help=N_("End a token at once."))(_revoke)
    app.add_typer(group, name="token", help=N_("API tokens for client applications."))


def _create(
    username: Annotated[str, typer.Argument(metavar="USERNAME", help=N_("Account that the token speaks for."))],
    name: Annotated[str, typer.Argument(metavar="NAME", help=N_("What uses the token."))],
    scope: Annotated[
        list[str] | None, typer.Option(help=N_("read, write, or one act such as planning.submit; may be repeated."))
    ] = None,
    days: Annotated[int, typer.Option(help=N_("Life in days (default: the longest allowed)."), min=0)] = 0,
    as_json: Annotated[bool, _JSON] = False,
) -> None:
    with deployment() as registry:
        made = api_tokens.create_api_token(
            operator_context(registry.settings),
            name=name,
            scopes=scope or ["read"],
            days=days or None,
            account_id=account_named(username).id,
        )
    if as_json:
        print_json(
            {"id": made.row.id, "token": made.token, "scopes": made.row.scopes, "expires_at": made.row.expires_at}
        )
        return
    say(
        N_("Token {id}, valid until {end}. Keep it now, it is not shown again:"),
        id=made.row.id,
        end=made.row.expires_at,
    )
    say("{token}", token=made.token)


def _list(
    username: Annotated[str, typer.Argument(metavar="USERNAME", help=N_("Only those of this account."))] = "",
    as_json: Annotated[bool, _JSON] = False,
) -> None:
    with deployment() as registry:
        account_id = account_named(username).id if username else None
        found = api_tokens.list_api_tokens(operator_context(registry.settings), account_id)
    rows = [
        {
            "id": token.id,
            "username": token.account.username,
            "name": token.name,
            "begins_with": token.prefix,
            "scopes": token.scopes,
            "expires_at": token.expires_at,
            "last_used_at": token.last_used_at,
            "revoked_at": token.revoked_at,
        }
        for token in found
    ]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        ended = translate(N_("(ended)")) if row["revoked_at"] else ""
        say("{id:5} {username:24} {name:32} {expires_at:%Y-%m-%d} {ended}", **row, ended=ended)


def _revoke(
    token_id: Annotated[int, typer.Argument(metavar="ID", help=N_("Number of the token in the list."))],
) -> None:
    with deployment() as registry:
        api_tokens.revoke_api_token(operator_context(registry.settings), token_id)
    say(N_("Token {id} is ended."), id=token_id)
