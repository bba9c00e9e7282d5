"""Back office: accounts, roles, log-ins and tokens."""

from admin.columns import STAMPS, VALIDITY
from admin.readable import listed
from admin.related import Related
from admin.views import ScopedView, Shown
from core.i18n import translate
from core.identity.models import Account, ApiToken, LoginSession, RecoveryCode, RoleGrant, SecondFactor
from core.organisation.models import Employee, WorkUnit
from core.plugin_api import N_, AdminView
from core.registry import active_registry
from core.webhooks.models import Webhook


def role_title(name: str) -> str:
    """Return the title of a role in the caller's language, its name where its plugin is off."""
    titles = {role.name: role.title for role in active_registry().roles}
    return translate(titles.get(name, name))


class AccountView(ScopedView):
    """Who can log in."""

    group = N_("System")
    order = ("username", False)
    columns = (
        Shown("username", N_("User name"), is_searched=True),
        Shown("display_name", N_("Name"), is_searched=True),
        Shown("employee", N_("Employee"), label=Employee.name),
        Shown("is_active", N_("Can log in")),
        Shown("last_login_at", N_("Last log-in at")),
        Shown("language", N_("Language"), is_listed=False),
        Shown("failed_logins", N_("Failed log-ins in a row"), is_listed=False),
        Shown("locked_until", N_("Locked until"), is_listed=False),
        *STAMPS,
    )
    related = (
        Related(N_("Roles"), RoleGrant, "account", "role_grant"),
        Related(N_("Log-ins"), LoginSession, "account", "login_session"),
        Related(N_("Tokens"), ApiToken, "account", "api_token"),
        Related(N_("Webhooks"), Webhook, "account", "webhook"),
    )


class RoleGrantView(ScopedView):
    """Which account holds which role where."""

    group = N_("System")
    order = ("valid_from", True)
    columns = (
        Shown("account", N_("Account"), label=Account.username, is_searched=True),
        Shown("role", N_("Role"), write=role_title),
        Shown("unit", N_("Unit"), label=WorkUnit.name),
        *VALIDITY,
        *STAMPS,
    )


class LoginSessionView(ScopedView):
    """Log-ins that are or were open."""

    group = N_("System")
    is_counted = False
    order = ("id", True)
    columns = (
        Shown("account", N_("Account"), label=Account.username, is_searched=True),
        Shown("created_at", N_("Began at")),
        Shown("last_seen_at", N_("Last used at")),
        Shown("expires_at", N_("Expires at")),
        Shown("revoked_at", N_("Ended at")),
        Shown("user_agent", N_("Program"), is_listed=False),
    )


class ApiTokenView(ScopedView):
    """Tokens of client applications, without what makes them valid."""

    group = N_("System")
    order = ("id", True)
    columns = (
        Shown("name", N_("Name"), is_searched=True),
        Shown("account", N_("Account"), label=Account.username, is_searched=True),
        Shown("prefix", N_("Begins with")),
        Shown("expires_at", N_("Expires at")),
        Shown("last_used_at", N_("Last used at")),
        Shown("revoked_at", N_("Ended at")),
        Shown("scopes", N_("Scopes"), is_listed=False, write=listed),
        *STAMPS,
    )


class SecondFactorView(ScopedView):
    """Accounts that log in with a code of a device beside the password, without what makes the codes."""

    group = N_("System")
    is_listed_in_menu = False
    is_counted = False
    order = ("id", True)
    columns = (Shown("account", N_("Account"), label=Account.username, is_searched=True), *STAMPS)


class RecoveryCodeView(ScopedView):
    """Codes that stand once for a device, without the codes."""

    group = N_("System")
    is_listed_in_menu = False
    is_counted = False
    order = ("id", True)
    columns = (
        Shown("account", N_("Account"), label=Account.username, is_searched=True),
        Shown("created_at", N_("Entered at")),
        Shown("used_at", N_("Used at")),
    )


VIEWS = [
    AdminView("account", lambda: AccountView(Account, N_("Accounts"), "account")),
    AdminView("role_grant", lambda: RoleGrantView(RoleGrant, N_("Roles"), "role_grant")),
    AdminView("login_session", lambda: LoginSessionView(LoginSession, N_("Log-ins"), "login_session")),
    AdminView("api_token", lambda: ApiTokenView(ApiToken, N_("Tokens"), "api_token")),
    AdminView("second_factor", lambda: SecondFactorView(SecondFactor, N_("Second factors"), "second_factor")),
    AdminView("recovery_code", lambda: RecoveryCodeView(RecoveryCode, N_("Recovery codes"), "recovery_code")),
]
