"""Types of identity: accounts, roles, sessions, tokens and the caller itself."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from core.context import Context
from core.i18n import translate
from core.identity import models
from core.registry import active_registry
from schema.engine import Connection, Node, batch, column, entity, pages, relation

if TYPE_CHECKING:
    from schema.organisation import Employee, WorkUnit

_Employee = Annotated["Employee", strawberry.lazy("schema.organisation")]
_WorkUnit = Annotated["WorkUnit", strawberry.lazy("schema.organisation")]
_Account = Annotated["Account", strawberry.lazy("schema.identity_types")]


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
