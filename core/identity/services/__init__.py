"""Accounts, log-ins, tokens and roles: the verbs of the area, by subject."""

from core.identity.services.accounts import (
    change_password,
    create_account,
    deactivate_account,
    find_account,
    list_accounts,
    reactivate_account,
    set_password,
)
from core.identity.services.api_tokens import NewApiToken, create_api_token, list_api_tokens, revoke_api_token
from core.identity.services.grants import grant_role, list_grants, revoke_grant
from core.identity.services.sessions import Tokens, list_sessions, login, logout, refresh, revoke_sessions

__all__ = [
    "NewApiToken",
    "Tokens",
    "change_password",
    "create_account",
    "create_api_token",
    "deactivate_account",
    "find_account",
    "grant_role",
    "list_accounts",
    "list_api_tokens",
    "list_grants",
    "list_sessions",
    "login",
    "logout",
    "reactivate_account",
    "refresh",
    "revoke_api_token",
    "revoke_grant",
    "revoke_sessions",
    "set_password",
]
