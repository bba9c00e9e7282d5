"""`kinerja webhooks`: who is told of events, what failed, and sending it once more."""

from pathlib import Path
from typing import Annotated

import typer

from core.commands.shared import deployment, operator_context, print_json, say
from core.commands.user import account_named
from core.i18n import N_
from core.webhooks import services

_JSON = typer.Option("--json", help=N_("Print the answer as JSON."))
_ID = typer.Argument(metavar="ID", help=N_("Number of the webhook in the list."))


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(no_args_is_help=True)
    group.command("create", help=N_("Make a webhook; its secret is shown this once only."))(_create)
    group.command("list", help=N_("List webhooks."))(_list)
    group.command("dead", help=N_("List deliveries that were given up."))(_dead)
    group.command("replay", help=N_("Send again what was given up: all of a webhook, or one delivery."))(_replay)
    group.command("pause", help=N_("Let a webhook send nothing until it is resumed."))(_pause)
    group.command("resume", help=N_("Let a webhook send again."))(_resume)
    group.command("delete", help=N_("End a webhook and forget its deliveries."))(_delete)
    app.add_typer(group, name="webhooks", help=N_("Events sent to other programs."))


def _create(
    username: Annotated[str, typer.Argument(metavar="USERNAME", help=N_("The owner, as whom its query runs."))],
    name: Annotated[str, typer.Argument(metavar="NAME", help=N_("What receives it."))],
    url: Annotated[str, typer.Argument(metavar="URL", help=N_("Where it sends."))],
    query: Annotated[Path, typer.Option(help=N_("File with the query that shapes what is sent."), exists=True)],
    event: Annotated[list[str], typer.Option(help=N_("Name of an event; may be repeated."))],
    as_json: Annotated[bool, _JSON] = False,
) -> None:
    with deployment() as registry:
        made = services.create_webhook(
            operator_context(registry.settings),
            name=name,
            url=url,
            events=event,
            document=query.read_text(encoding="utf-8"),
            account_id=account_named(username).id,
        )
    if as_json:
        print_json({"id": made.row.id, "secret": made.secret, "events": made.row.events})
        return
    say(N_("Webhook {id}. Keep its secret now, it is not shown again:"), id=made.row.id)
    say("{secret}", secret=made.secret)


def _list(as_json: Annotated[bool, _JSON] = False) -> None:
    with deployment() as registry:
        found = services.list_webhooks(operator_context(registry.settings))
    rows = [
        {
            "id": row.id,
            "owner": row.account.username,
            "name": row.name,
            "url": row.url,
            "events": row.events,
            "state": row.state.value,
            "paused_reason": row.paused_reason.value,
        }
        for row in found
    ]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        say("{id:5} {state:7} {owner:24} {name:32} {url}", **row)


def _dead(
    webhook_id: Annotated[int, typer.Option("--webhook", help=N_("Only those of this webhook."))] = 0,
    as_json: Annotated[bool, _JSON] = False,
) -> None:
    with deployment() as registry:
        found = services.dead_letters(operator_context(registry.settings), webhook_id or None)
    rows = [
        {
            "id": row.id,
            "webhook_id": row.webhook_id,
            "event_id": row.event_id,
            "event": row.event_name,
            "finished_at": row.finished_at,
            "last_status": row.last_status,
            "last_error": row.last_error,
        }
        for row in found
    ]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        say("{id:7} {webhook_id:5} {finished_at:%Y-%m-%d %H:%M} {event:40} {last_error}", **row)


def _replay(
    webhook_id: Annotated[int, typer.Option("--webhook", help=N_("All dead ones of this webhook."))] = 0,
    delivery_id: Annotated[int, typer.Option("--delivery", help=N_("This delivery."))] = 0,
) -> None:
    with deployment() as registry:
        count = services.replay(
            operator_context(registry.settings), webhook_id=webhook_id or None, delivery_id=delivery_id or None
        )
    say(N_("Deliveries that the worker sends again: {count}."), count=count)


def _pause(webhook_id: Annotated[int, _ID]) -> None:
    with deployment() as registry:
        services.pause_webhook(operator_context(registry.settings), webhook_id)
    say(N_("Webhook {id} is paused."), id=webhook_id)


def _resume(webhook_id: Annotated[int, _ID]) -> None:
    with deployment() as registry:
        services.resume_webhook(operator_context(registry.settings), webhook_id)
    say(N_("Webhook {id} sends again."), id=webhook_id)


def _delete(webhook_id: Annotated[int, _ID]) -> None:
    with deployment() as registry:
        services.delete_webhook(operator_context(registry.settings), webhook_id)
    say(N_("Webhook {id} is deleted."), id=webhook_id)
