"""GraphQL of identity: logging in, the caller itself, accounts, roles, sessions and tokens."""

from typing import Any

from flask import has_request_context, request

from core.context import Context
from core.errors import forbidden
from core.i18n import translate
from core.identity import services
from core.identity.actors import grants_of, headed_units_of
from core.registry import active_registry
from schema.engine import Connection, SchemaParts, decode_id, mutation, payload, root_pages, root_value
from schema.identity_inputs import (
    ChangePasswordInput,
    CreateAccountInput,
    CreateApiTokenInput,
    DeactivateAccountInput,
    GrantRoleInput,
    LoginInput,
    ReactivateAccountInput,
    RefreshInput,
    RevokeApiTokenInput,
    RevokeGrantInput,
    RevokeSessionsInput,
    SetPasswordInput,
)
from schema.identity_types import (
    Account,
    ApiToken,
    HeldRole,
    LoginSession,
    Me,
    Role,
    RoleGrant,
)


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


def _shown(tokens: services.Tokens) -> dict[str, Any]:
    return {
        "access_token": tokens.access_token,
        "refresh_token": tokens.refresh_token,
        "expires_in": tokens.expires_in,
    }


def _login(ctx: Context, input: LoginInput) -> dict[str, Any]:
    user_agent = request.headers.get("User-Agent", "") if has_request_context() else ""
    return _shown(services.login(ctx, input.username, input.password, user_agent, input.code))


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
