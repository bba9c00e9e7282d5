"""GraphQL of identity: logging in, the caller itself, accounts, roles, sessions and tokens."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import strawberry
from flask import has_request_context, request

from core.context import Context
from core.errors import forbidden
from core.i18n import translate
from core.identity import models, services
from core.identity.actors import grants_of, headed_units_of
from core.registry import active_registry
from schema.engine import (
    Connection,
    Node,
    SchemaParts,
    batch,
    column,
    decode_id,
    entity,
    mutation,
    pages,
    payload,
    relation,
    root_pages,
    root_value,
)

if TYPE_CHECKING:
    from schema.organisation import Employee, WorkUnit

_Employee = Annotated["Employee", strawberry.lazy("schema.organisation")]
_WorkUnit = Annotated["WorkUnit", strawberry.lazy("schema.organisation")]
_Account = Annotated["Account", strawberry.lazy("schema.identity")]


def _role_titles(ctx: Context, grants: list[Any]) -> list[str]:
    titles = {role.name: role.title for role in active_registry().roles}
    return [translate(titles.get(grant.role, grant.role), ctx.language) for grant in grants]


@entity(models.RoleGrant, order=("-valid_from",))
class RoleGrant(Node):
    """A role given to an account over a unit and all below it, from a day to a day."""

    account: _Account | None = relation(models.RoleGrant.account, "Whose role it is.")
    role: str = column(models.RoleGrant.role, "Name of the role, such as hr_officer.")
    title: str = batch(_role_titles, "Title of the role in the caller's language.", needs=[models.RoleGrant.role])
    unit: _WorkUnit | None = relation(models.RoleGrant.unit, "The unit, with all below; null: the whole institution.")
    valid_from: date = column(models.RoleGrant.valid_from, "First day.")
    valid_to: date | None = column(models.RoleGrant.valid_to, "Last day; null: open.")
    version: int = column(models.RoleGrant.version, "Version, for changes.")


@entity(models.LoginSession, order=("-created_at",))
class LoginSession(Node):
    """A log-in that lasts until it is ended or no longer refreshed."""

    account: _Account | None = relation(models.LoginSession.account, "Who is logged in.")
    created_at: datetime = column(models.LoginSession.created_at, "When it began.")
    refreshed_at: datetime = column(models.LoginSession.refreshed_at, "When it was last prolonged.")
    expires_at: datetime = column(models.LoginSession.expires_at, "When it ends unless it is prolonged.")
    revoked_at: datetime | None = column(models.LoginSession.revoked_at, "When it was ended; null: not yet.")
    user_agent: str = column(models.LoginSession.user_agent, "The program that logged in, as it calls itself.")


@entity(models.ApiToken, order=("-created_at",))
class ApiToken(Node):
    """A token by which a client application speaks for an account; the token itself is shown once, when it is made."""

    account: _Account | None = relation(models.ApiToken.account, "For whom it speaks.")
    name: str = column(models.ApiToken.name, "What uses it.")
    prefix: str = column(models.ApiToken.prefix, "Its first characters, to tell tokens apart.")
    scopes: list[str] = batch(
        lambda _ctx, tokens: [list(token.scopes) for token in tokens],
        "What it may be used for: read, write or names of acts.",
        needs=[models.ApiToken.scopes],
    )
    created_at: datetime = column(models.ApiToken.created_at, "When it was made.")
    expires_at: datetime = column(models.ApiToken.expires_at, "When it ends.")
    last_used_at: datetime | None = column(models.ApiToken.last_used_at, "When it was last used, to five minutes.")
    revoked_at: datetime | None = column(models.ApiToken.revoked_at, "When it was ended; null: not yet.")


@entity(models.Account, order=("username",))
class Account(Node):
    """Somebody or something that can log in."""

    username: str = column(models.Account.username, "Name to log in with, lower case.")
    display_name: str = column(models.Account.display_name, "Name to show.")
    language: str = column(models.Account.language, "Language of its pages: id or en.")
    is_active: bool = column(models.Account.is_active, "Whether it may log in.")
    employee: _Employee | None = relation(models.Account.employee, "Whose account it is; null for programs.")
    locked_until: datetime | None = column(
        models.Account.locked_until, "After wrong passwords: until when nobody can log in."
    )
    last_login_at: datetime | None = column(models.Account.last_login_at, "When somebody last logged in.")
    version: int = column(models.Account.version, "Version, for changes.")
    grants: Connection[RoleGrant] = pages(models.RoleGrant.account, "Its roles.")
    sessions: Connection[LoginSession] = pages(models.LoginSession.account, "Its log-ins.")
    api_tokens: Connection[ApiToken] = pages(models.ApiToken.account, "Its tokens.")


@strawberry.type(description="A role that can be given.")
class Role:
    """A role that can be given."""

    name: str = strawberry.field(description="Name, as grantRole takes it.")
    title: str = strawberry.field(description="Title in the caller's language.")
    permissions: list[str] = strawberry.field(description="Names of what it permits.")


@strawberry.type(description="A role that the caller holds today.")
class HeldRole:
    """A role that the caller holds today."""

    role: str = strawberry.field(description="Name of the role.")
    title: str = strawberry.field(description="Title in the caller's language.")
    unit: _WorkUnit | None = strawberry.field(description="The unit, with all below; null: the whole institution.")


@strawberry.type(description="Who the caller is and what it may do today.")
class Me:
    """The caller."""

    account: Account | None = strawberry.field(description="The caller's account.")
    employee: _Employee | None = strawberry.field(description="The employee whose account it is; null for programs.")
    roles: list[HeldRole] = strawberry.field(description="Roles held today.")
    permissions: list[str] = strawberry.field(description="What these roles permit somewhere.")
    units_headed: list[_WorkUnit] = strawberry.field(
        description="Units headed today, definitively, as Plt or as Plh (unit yang dipimpin)."
    )
    scopes: list[str] | None = strawberry.field(description="What the API token is limited to; null without a token.")


def _me(ctx: Context) -> Me | None:
    actor = ctx.actor
    if actor.account_id is None:
        return None
    titles = {role.name: translate(role.title, ctx.language) for role in active_registry().roles}
    return Me(
        account=actor.account_id,  # type: ignore[arg-type]  # the engine loads the rows of these keys
        employee=actor.employee_id,  # type: ignore[arg-type]
        roles=[
            HeldRole(role=role, title=titles.get(role, role), unit=unit_id)  # type: ignore[arg-type]
            for role, unit_id in grants_of(actor.account_id, ctx.today)
        ],
        permissions=sorted({permission for grant in actor.grants for permission in grant.permissions}),
        units_headed=headed_units_of(actor.employee_id, ctx.today),  # type: ignore[arg-type]
        scopes=None if actor.token_scopes is None else sorted(actor.token_scopes),
    )


def _roles(ctx: Context) -> list[Role]:
    if not ctx.actor.is_known:
        raise forbidden()
    return [
        Role(name=role.name, title=translate(role.title, ctx.language), permissions=sorted(role.permissions))
        for role in active_registry().roles
    ]


class Query:
    """Root fields of identity."""

    me: Me | None = root_value(_me, "Who the caller is; null for a stranger.")
    roles: list[Role] = root_value(_roles, "The roles that can be given.")
    accounts: Connection[Account] = root_pages("Accounts: the caller's own, and those that it manages.")
    role_grants: Connection[RoleGrant] = root_pages("Roles given: the caller's own, and those that it manages.")
    api_tokens: Connection[ApiToken] = root_pages("Tokens: the caller's own, and those that it manages.")
    login_sessions: Connection[LoginSession] = root_pages("Log-ins: the caller's own, and those that it manages.")


@strawberry.input(description="Username and password.")
class LoginInput:
    """Input of login."""

    username: str = strawberry.field(description="Username, in any case.")
    password: str = strawberry.field(description="Password.")


@strawberry.input(description="A refresh token.")
class RefreshInput:
    """Input of refresh."""

    refresh_token: str = strawberry.field(description="The latest refresh token; each is good for one use.")


@strawberry.input(description="A new account.")
class CreateAccountInput:
    """Input of createAccount."""

    username: str = strawberry.field(description="3 to 64 letters, digits, dots, hyphens, underscores or @.")
    password: str | None = strawberry.field(description="First password; without one nobody can log in.", default=None)
    employee_id: strawberry.ID | None = strawberry.field(description="Employee whose account it is.", default=None)
    display_name: str = strawberry.field(description="Name to show; empty: the employee's.", default="")
    language: str = strawberry.field(description="Language of its pages: id or en.", default="id")


@strawberry.input(description="A new password for somebody else's account.")
class SetPasswordInput:
    """Input of setPassword."""

    account_id: strawberry.ID = strawberry.field(description="The account.")
    password: str = strawberry.field(description="The new password, at least 10 characters.")


@strawberry.input(description="A new password of one's own.")
class ChangePasswordInput:
    """Input of changePassword."""

    current_password: str = strawberry.field(description="The present password.")
    new_password: str = strawberry.field(description="The new password, at least 10 characters.")


@strawberry.input(description="An account that shall log in no more.")
class DeactivateAccountInput:
    """Input of deactivateAccount."""

    account_id: strawberry.ID = strawberry.field(description="The account.")


@strawberry.input(description="An account that shall log in again.")
class ReactivateAccountInput:
    """Input of reactivateAccount."""

    account_id: strawberry.ID = strawberry.field(description="The account.")


@strawberry.input(description="Whose log-ins to end.")
class RevokeSessionsInput:
    """Input of revokeSessions."""

    account_id: strawberry.ID | None = strawberry.field(description="The account; null: one's own.", default=None)


@strawberry.input(description="A role for an account.")
class GrantRoleInput:
    """Input of grantRole."""

    account_id: strawberry.ID = strawberry.field(description="The account.")
    role: str = strawberry.field(description="Name of the role.")
    unit_id: strawberry.ID | None = strawberry.field(
        description="The unit, with all below; null: the whole institution.", default=None
    )
    valid_from: date | None = strawberry.field(description="First day; null: today.", default=None)
    valid_to: date | None = strawberry.field(description="Last day; null: open.", default=None)


@strawberry.input(description="A role to take away.")
class RevokeGrantInput:
    """Input of revokeGrant."""

    grant_id: strawberry.ID = strawberry.field(description="The grant.")


@strawberry.input(description="A token for a client application.")
class CreateApiTokenInput:
    """Input of createApiToken."""

    name: str = strawberry.field(description="What will use it.")
    scopes: list[str] = strawberry.field(
        description="read, write, or names of acts such as planning.submit; read is always added.",
        default_factory=lambda: ["read"],
    )
    days: int | None = strawberry.field(description="Life in days; null: the longest that is allowed.", default=None)
    account_id: strawberry.ID | None = strawberry.field(
        description="The account for which it speaks; null: one's own.", default=None
    )


@strawberry.input(description="A token to end.")
class RevokeApiTokenInput:
    """Input of revokeApiToken."""

    token_id: strawberry.ID = strawberry.field(description="The token.")


def _shown(tokens: services.Tokens) -> dict[str, Any]:
    return {
        "access_token": tokens.access_token,
        "refresh_token": tokens.refresh_token,
        "expires_in": tokens.expires_in,
    }


def _login(ctx: Context, input: LoginInput) -> dict[str, Any]:
    user_agent = request.headers.get("User-Agent", "") if has_request_context() else ""
    return _shown(services.login(ctx, input.username, input.password, user_agent))


def _refresh(ctx: Context, input: RefreshInput) -> dict[str, Any]:
    return _shown(services.refresh(ctx, input.refresh_token))


def _logout(ctx: Context) -> dict[str, Any]:
    services.logout(ctx)
    return {}


def _account(value: str) -> int:
    return decode_id("Account", value, "input", "accountId")


def _create_account(ctx: Context, input: CreateAccountInput) -> dict[str, Any]:
    employee = input.employee_id
    account = services.create_account(
        ctx,
        username=input.username,
        password=input.password,
        employee_id=None if employee is None else decode_id("Employee", employee, "input", "employeeId"),
        display_name=input.display_name,
        language=input.language,
    )
    return {"account": account}


def _set_password(ctx: Context, input: SetPasswordInput) -> dict[str, Any]:
    return {"account": services.set_password(ctx, _account(input.account_id), input.password)}


def _change_password(ctx: Context, input: ChangePasswordInput) -> dict[str, Any]:
    return {"account": services.change_password(ctx, input.current_password, input.new_password)}


def _deactivate_account(ctx: Context, input: DeactivateAccountInput) -> dict[str, Any]:
    return {"account": services.deactivate_account(ctx, _account(input.account_id))}


def _reactivate_account(ctx: Context, input: ReactivateAccountInput) -> dict[str, Any]:
    return {"account": services.reactivate_account(ctx, _account(input.account_id))}


def _revoke_sessions(ctx: Context, input: RevokeSessionsInput) -> dict[str, Any]:
    key = (ctx.actor.account_id or 0) if input.account_id is None else _account(input.account_id)
    return {"count": services.revoke_sessions(ctx, key)}


def _grant_role(ctx: Context, input: GrantRoleInput) -> dict[str, Any]:
    grant = services.grant_role(
        ctx,
        account_id=_account(input.account_id),
        role=input.role,
        unit_id=None if input.unit_id is None else decode_id("WorkUnit", input.unit_id, "input", "unitId"),
        valid_from=input.valid_from,
        valid_to=input.valid_to,
    )
    return {"grant": grant}


def _revoke_grant(ctx: Context, input: RevokeGrantInput) -> dict[str, Any]:
    grant = services.revoke_grant(ctx, decode_id("RoleGrant", input.grant_id, "input", "grantId"))
    return {"account": grant.account}


def _create_api_token(ctx: Context, input: CreateApiTokenInput) -> dict[str, Any]:
    made = services.create_api_token(
        ctx,
        name=input.name,
        scopes=input.scopes,
        days=input.days,
        account_id=None if input.account_id is None else _account(input.account_id),
    )
    return {"token": made.token, "api_token": made.row}


def _revoke_api_token(ctx: Context, input: RevokeApiTokenInput) -> dict[str, Any]:
    key = decode_id("ApiToken", input.token_id, "input", "tokenId")
    return {"api_token": services.revoke_api_token(ctx, key)}


_TOKENS = {
    "access_token": (str, "Token for the Authorization header: Bearer …; null when refused."),
    "refresh_token": (str, "Token for the next refresh; null when refused."),
    "expires_in": (int, "Life of the access token in seconds; null when refused."),
}


class Mutation:
    """Mutations of identity."""

    login = mutation(
        _login, input=LoginInput, payload=payload("LoginPayload", **_TOKENS), description="Log in (masuk)."
    )
    refresh = mutation(
        _refresh,
        input=RefreshInput,
        payload=payload("RefreshPayload", **_TOKENS),
        description="Get new tokens for a refresh token; one used twice ends the session.",
    )
    logout = mutation(_logout, payload=payload("LogoutPayload"), description="End the session of this call (keluar).")
    create_account = mutation(
        _create_account,
        input=CreateAccountInput,
        payload=payload("CreateAccountPayload", account=(Account, "The new account; null when refused.")),
        description="Open an account for an employee or a program.",
    )
    set_password = mutation(
        _set_password,
        input=SetPasswordInput,
        payload=payload("SetPasswordPayload", account=(Account, "The account; null when refused.")),
        description="Set the password of somebody else's account and end its sessions.",
    )
    change_password = mutation(
        _change_password,
        input=ChangePasswordInput,
        payload=payload("ChangePasswordPayload", account=(Account, "The caller's account; null when refused.")),
        description="Change one's own password and end one's other sessions.",
    )
    deactivate_account = mutation(
        _deactivate_account,
        input=DeactivateAccountInput,
        payload=payload("DeactivateAccountPayload", account=(Account, "The closed account; null when refused.")),
        description="Close an account; its sessions and tokens end at once.",
    )
    reactivate_account = mutation(
        _reactivate_account,
        input=ReactivateAccountInput,
        payload=payload("ReactivateAccountPayload", account=(Account, "The account; null when refused.")),
        description="Open a closed account again.",
    )
    revoke_sessions = mutation(
        _revoke_sessions,
        input=RevokeSessionsInput,
        payload=payload("RevokeSessionsPayload", count=(int, "How many sessions were ended; null when refused.")),
        description="Log out everywhere.",
    )
    grant_role = mutation(
        _grant_role,
        input=GrantRoleInput,
        payload=payload("GrantRolePayload", grant=(RoleGrant, "The grant; null when refused.")),
        description="Give a role over a unit and all below it; nobody gives more than he holds.",
    )
    revoke_grant = mutation(
        _revoke_grant,
        input=RevokeGrantInput,
        payload=payload("RevokeGrantPayload", account=(Account, "Who held the role; null when refused.")),
        description="Take a role away at once.",
    )
    create_api_token = mutation(
        _create_api_token,
        input=CreateApiTokenInput,
        payload=payload(
            "CreateApiTokenPayload",
            token=(str, "The token, shown only now; null when refused."),
            api_token=(ApiToken, "What is kept of it; null when refused."),
        ),
        description="Make a token for a client application.",
    )
    revoke_api_token = mutation(
        _revoke_api_token,
        input=RevokeApiTokenInput,
        payload=payload("RevokeApiTokenPayload", api_token=(ApiToken, "The ended token; null when refused.")),
        description="End a token at once.",
    )


PARTS = SchemaParts(query=Query, mutation=Mutation)
