"""Tokens for client applications."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from core.context import Context
from core.errors import Problem, Refused
from core.i18n import N_
from core.identity.models import Account, ApiToken
from core.identity.rules import READ, WRITE, token_scopes
from core.identity.tokens import SHOWN_LENGTH, hashed, make_api_token
from core.policy import acts, as_condition, fetch, require, visible
from core.work import UnitOfWork, unit_of_work

_LONGEST_NAME = 96


@dataclass(frozen=True)
class NewApiToken:
    """A token just made: `token` is readable only now, `row` is what is kept of it."""

    token: str
    row: ApiToken


def create_api_token(
    ctx: Context, *, name: str, scopes: Iterable[str] = (READ,), days: int | None = None, account_id: int | None = None
) -> NewApiToken:
    """Make a token that speaks for an account (default: the caller's), for reading, writing or single acts.

    `days` is its life, at most and by default the setting `api_token_days`.
    """
    longest = ctx.settings.api_token_days
    wanted = token_scopes(scopes)
    with unit_of_work(ctx) as work:
        key = account_id if account_id is not None else ctx.actor.account_id
        account = fetch(Account, key or 0, ctx, "input", "accountId")
        require(ctx, "identity.create_api_token", account, "input", "accountId")
        problems = [*_name_problems(name.strip()), *_scope_problems(wanted)]
        if days is not None and not 1 <= days <= longest:
            problems.append(
                Problem(
                    "BAD_TOKEN_LIFE",
                    N_("A token lives 1 to {longest} days here. Choose a number in that range."),
                    ("input", "days"),
                    {"longest": longest},
                )
            )
        if not account.is_active:
            problems.append(account_closed("input", "accountId"))
        if problems:
            raise Refused(problems)
        token = make_api_token()
        row = work.create(
            ApiToken,
            account=account,
            name=name.strip(),
            token_hash=hashed(token),
            prefix=token[:SHOWN_LENGTH],
            scopes=wanted,
            expires_at=ctx.now + timedelta(days=days or longest),
        )
        return NewApiToken(token, row)


def revoke_api_token(ctx: Context, token_id: int) -> ApiToken:
    """End a token at once."""
    with unit_of_work(ctx) as work:
        token = fetch(ApiToken, token_id, ctx, "input", "tokenId")
        require(ctx, "identity.revoke_api_token", token, "input", "tokenId")
        return token if token.revoked_at else work.update(token, revoked_at=ctx.now)


def list_api_tokens(ctx: Context, account_id: int | None = None) -> list[ApiToken]:
    """Return the tokens that the caller sees, latest first; of one account, if named."""
    query = ApiToken.select(ApiToken, Account).join(Account).where(as_condition(visible(ctx.actor, ApiToken)))
    if account_id is not None:
        query = query.where(ApiToken.account == account_id)
    return list(query.order_by(ApiToken.id.desc()))


def end_api_tokens(work: UnitOfWork, account_id: int) -> None:
    """End all tokens of an account."""
    for token in ApiToken.select().where((ApiToken.account == account_id) & ApiToken.revoked_at.is_null()):
        work.update(token, revoked_at=work.ctx.now)


def account_closed(*path: str) -> Problem:
    """Return the problem of doing something for a closed account."""
    return Problem("ACCOUNT_CLOSED", N_("This account is closed. Open it again first."), path)


def _name_problems(name: str) -> list[Problem]:
    if 1 <= len(name) <= _LONGEST_NAME:
        return []
    return [
        Problem(
            "BAD_TOKEN_NAME",
            N_("A token needs a name of at most {longest} characters that tells what uses it. Give it one."),
            ("input", "name"),
            {"longest": _LONGEST_NAME},
        )
    ]


def _scope_problems(scopes: Iterable[str]) -> list[Problem]:
    known = {READ, WRITE, *acts()}
    return [
        Problem(
            "UNKNOWN_SCOPE",
            N_("There is no scope {scope}. Use read, write or the name of an act, such as {example}."),
            ("input", "scopes"),
            {"scope": scope, "example": "planning.submit"},
        )
        for scope in scopes
        if scope not in known
    ]
