"""Inputs of the mutations of identity."""

from datetime import date

import strawberry


@strawberry.input(description="Username and password, and a code where the account has a second factor.")
class LoginInput:
    """Input of login."""

    username: str = strawberry.field(description="Username, in any case.")
    password: str = strawberry.field(description="Password.")
    code: str | None = strawberry.field(
        description="Code of the device or a recovery code; asked for with SECOND_FACTOR_NEEDED.", default=None
    )


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
