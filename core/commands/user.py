"""`kinerja user`: accounts and their roles."""

import secrets
import sys
from datetime import date
from typing import Annotated, Any

import typer

from core.commands.shared import deployment, operator_context, print_json, say
from core.context import Context
from core.errors import refuse
from core.i18n import N_, translate
from core.identity.models import Account, RoleGrant
from core.identity.services import accounts, grants, second_factor
from core.organisation.models import Employee, WorkUnit

_NAME = typer.Argument(metavar="USERNAME", help=N_("Name that the person logs in with."))
_JSON = typer.Option("--json", help=N_("Print the answer as JSON."))
_GENERATE = typer.Option(help=N_("Make up a password and print it."))
_STDIN = typer.Option("--password-stdin", help=N_("Read the password from standard input, for scripts."))
_ROLE = typer.Argument(metavar="ROLE", help=N_("hr_officer, hr_admin, auditor, system_admin, or a role of a plugin."))
_UNIT = typer.Option(help=N_("Code of the unit; the role holds there and below (default: the whole institution)."))


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(no_args_is_help=True)
    group.command("create", help=N_("Open an account."))(_create)
    group.command("password", help=N_("Give an account a new password and end its sessions."))(_password)
    reset_help = N_("Take the second factor from an account whose device is lost, and end its sessions.")
    group.command("reset-second-factor", help=reset_help)(_reset_second_factor)
    group.command("grant", help=N_("Give an account a role."))(_grant)
    group.command("revoke", help=N_("Take a role from an account."))(_revoke)
    group.command("close", help=N_("Close an account; its sessions and tokens end at once."))(_close)
    group.command("open", help=N_("Open a closed account again."))(_open)
    group.command("list", help=N_("List accounts with their roles."))(_list)
    app.add_typer(group, name="user", help=N_("Accounts and their roles."))


def account_named(username: str) -> Account:
    """Return the account of `username`, or refuse."""
    account = accounts.find_account(username)
    if account is None:
        text = N_("There is no account {username}. See the names with: kinerja user list")
        raise refuse("ACCOUNT_UNKNOWN", text, username=username)
    return account


def _create(
    username: Annotated[str, _NAME],
    nip: Annotated[str, typer.Option(help=N_("NIP of the employee whose account it is."))] = "",
    name: Annotated[str, typer.Option(help=N_("Name to show (default: the employee's)."))] = "",
    language: Annotated[str, typer.Option(help=N_("Language of messages: id or en."))] = "id",
    role: Annotated[
        list[str] | None, typer.Option(help=N_("Role over the whole institution; may be repeated."))
    ] = None,
    generate: Annotated[bool, _GENERATE] = False,
    password_stdin: Annotated[bool, _STDIN] = False,
    as_json: Annotated[bool, _JSON] = False,
) -> None:
    password = _asked_password(generate=generate, stdin=password_stdin)
    with deployment() as registry:
        ctx = operator_context(registry.settings)
        account = _opened(ctx, username, password, nip, name, language, role or [])
    _tell(account, N_("Account {username} is open."), password if generate else None, as_json=as_json)


def _opened(
    ctx: Context, username: str, password: str, nip: str, name: str, language: str, roles: list[str]
) -> Account:
    """Open the account with its roles, all or nothing."""
    from core.work import unit_of_work

    with unit_of_work(ctx):
        account = accounts.create_account(
            ctx,
            username=username,
            password=password,
            employee_id=_employee_id(nip),
            display_name=name,
            language=language,
        )
        for role in roles:
            grants.grant_role(ctx, account_id=account.id, role=role)
    return account


def _password(
    username: Annotated[str, _NAME],
    generate: Annotated[bool, _GENERATE] = False,
    password_stdin: Annotated[bool, _STDIN] = False,
    as_json: Annotated[bool, _JSON] = False,
) -> None:
    password = _asked_password(generate=generate, stdin=password_stdin)
    with deployment() as registry:
        account = accounts.set_password(operator_context(registry.settings), account_named(username).id, password)
    _tell(account, N_("Account {username} has a new password."), password if generate else None, as_json=as_json)


def _reset_second_factor(
    username: Annotated[str, _NAME], reason: Annotated[str, typer.Option(help=N_("How you know who asks."))]
) -> None:
    with deployment() as registry:
        ctx = operator_context(registry.settings)
        ctx.reason = reason
        second_factor.reset_second_factor(ctx, account_named(username).id)
    say(N_("Account {username} has no second factor any more."), username=username)


def _grant(
    username: Annotated[str, _NAME],
    role: Annotated[str, _ROLE],
    unit: Annotated[str, _UNIT] = "",
    first: Annotated[str, typer.Option("--from", help=N_("First day, as 2026-01-31 (default: today)."))] = "",
    last: Annotated[str, typer.Option("--to", help=N_("Last day (default: no end)."))] = "",
) -> None:
    valid_from, valid_to = _day(first, "--from"), _day(last, "--to")
    with deployment() as registry:
        grants.grant_role(
            operator_context(registry.settings),
            account_id=account_named(username).id,
            role=role,
            unit_id=_unit_id(unit),
            valid_from=valid_from,
            valid_to=valid_to,
        )
    say(N_("Account {username} now has the role {role}."), username=username, role=role)


def _revoke(username: Annotated[str, _NAME], role: Annotated[str, _ROLE], unit: Annotated[str, _UNIT] = "") -> None:
    with deployment() as registry:
        ctx = operator_context(registry.settings)
        unit_id = _unit_id(unit)
        held = [
            grant
            for grant in grants.list_grants(ctx, account_named(username).id)
            if grant.role == role and grant.__data__["unit"] == unit_id and not _is_over(grant, ctx.today)
        ]
        if not held:
            text = N_("Account {username} has no role {role} there. See its roles with: kinerja user list")
            raise refuse("GRANT_UNKNOWN", text, username=username, role=role)
        for grant in held:
            grants.revoke_grant(ctx, grant.id)
    say(N_("Account {username} no longer has the role {role}."), username=username, role=role)


def _close(username: Annotated[str, _NAME]) -> None:
    with deployment() as registry:
        accounts.deactivate_account(operator_context(registry.settings), account_named(username).id)
    say(N_("Account {username} is closed."), username=username)


def _open(username: Annotated[str, _NAME]) -> None:
    with deployment() as registry:
        accounts.reactivate_account(operator_context(registry.settings), account_named(username).id)
    say(N_("Account {username} is open."), username=username)


def _list(as_json: Annotated[bool, _JSON] = False) -> None:
    with deployment() as registry:
        ctx = operator_context(registry.settings)
        roles: dict[int, list[RoleGrant]] = {}
        for grant in grants.list_grants(ctx):
            if not _is_over(grant, ctx.today):
                roles.setdefault(grant.__data__["account"], []).append(grant)
        rows = [_row(account, roles.get(account.id, [])) for account in accounts.list_accounts(ctx)]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        state = "" if row["active"] else translate(N_("(closed)"))
        held = ", ".join(f"{grant['role']}@{grant['unit'] or '*'}" for grant in row["roles"])
        say(
            "{username:24} {name:32} {roles} {state}",
            username=row["username"],
            name=row["name"],
            roles=held,
            state=state,
        )


def _row(account: Account, held: list[RoleGrant]) -> dict[str, Any]:
    return {
        "username": account.username,
        "name": account.display_name,
        "active": account.is_active,
        "last_login_at": account.last_login_at,
        "roles": [
            {
                "role": grant.role,
                "unit": grant.unit.code if grant.unit else None,
                "from": grant.valid_from,
                "to": grant.valid_to,
            }
            for grant in held
        ],
    }


def _tell(account: Account, text: str, password: str | None, *, as_json: bool) -> None:
    if as_json:
        print_json({"username": account.username, "password": password})
        return
    say(text, username=account.username)
    if password:
        say(N_("Password: {password}"), password=password)


def _asked_password(*, generate: bool, stdin: bool) -> str:
    if generate:
        return secrets.token_urlsafe(12)
    if stdin:
        return sys.stdin.readline().rstrip("\n")
    return str(typer.prompt(translate(N_("Password")), hide_input=True, confirmation_prompt=True, err=True))


def _employee_id(nip: str) -> int | None:
    if not nip:
        return None
    employee = Employee.get_or_none(Employee.nip == "".join(nip.split()))
    if employee is None:
        raise refuse("EMPLOYEE_UNKNOWN", N_("There is no employee with NIP {nip}. Check the number."), nip=nip)
    return int(employee.id)


def _unit_id(code: str) -> int | None:
    if not code:
        return None
    unit = WorkUnit.get_or_none(WorkUnit.code == code)
    if unit is None:
        raise refuse("UNIT_UNKNOWN", N_("There is no unit with code {unit}. Check the code."), unit=code)
    return int(unit.id)


def _day(text: str, option: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise typer.BadParameter(translate(N_("write the day as 2026-01-31")), param_hint=option) from None


def _is_over(grant: RoleGrant, today: date) -> bool:
    return grant.valid_to is not None and grant.valid_to < today
