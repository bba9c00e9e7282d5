"""Back office: tokens for programs, made for oneself or for accounts of programs that one manages."""

from typing import Any

from flask import flash, make_response, request, url_for
from flask_admin import expose

from admin import access
from admin.system.page import SystemPage, at_fields, number_given, runs_system
from core.actor import Actor
from core.context import Context
from core.digits import whole_number
from core.errors import Refused
from core.i18n import N_, translate
from core.identity import services
from core.identity.models import Account
from core.identity.rules import READ, WRITE
from core.policy import acts, as_condition, may, visible

_MOST_ACCOUNTS = 200
_OPENING = ("identity.manage", "operations.manage", "webhooks.manage")


class TokensPage(SystemPage):
    """Tokens that the caller sees, and the form for a new one."""

    covers = ("api_token",)

    def __init__(self) -> None:
        """Stand at /admin/system/tokens/."""
        super().__init__(N_("API tokens"), "tokens")

    def is_open_to(self, who: Actor) -> bool:
        """Let in who runs the system, manages accounts or connects programs."""
        return runs_system(who) or any(who.paths(permission) for permission in _OPENING)

    @expose("/")
    def index(self) -> Any:
        """List them and offer a new one."""
        return self._page({}, [])

    @expose("/new", methods=("POST",))
    def create(self) -> Any:
        """Make a token and show it this one time."""
        if not access.has_form_token():
            flash(translate(access.FORM_TOO_OLD), "bad")
            return self._page(request.form, []), 403
        ctx = access.context()
        days = request.form.get("days", "").strip()
        try:
            made = services.create_api_token(
                ctx,
                name=request.form.get("name", ""),
                scopes=[*request.form.getlist("scopes"), *request.form.get("acts", "").split()],
                # What is no number is outside the range that the service names.
                days=(whole_number(days) or 0) if days else None,
                account_id=number_given("account_id") or None,
            )
        except Refused as refused:
            return self._page(request.form, refused.problems), 422
        answer = make_response(self.page("token", made=made))
        answer.headers["Cache-Control"] = "no-store"
        return answer

    @expose("/revoke", methods=("POST",))
    def revoke(self) -> Any:
        """End a token."""

        def deed() -> str:
            services.revoke_api_token(access.context(), number_given("id"))
            return translate(N_("The token is ended. Programs that use it are refused from now on."))

        return self.act(deed, url_for(".index"))

    def _page(self, given: Any, problems: Any) -> str:
        ctx = access.context()
        tokens = services.list_api_tokens(ctx)
        return self.page(
            "tokens",
            tokens=[(token, may(ctx.actor, "identity.revoke_api_token", token)) for token in tokens],
            now=ctx.now,
            accounts=_accounts(ctx),
            longest=ctx.settings.api_token_days,
            scopes=[(READ, translate(N_("read"))), (WRITE, translate(N_("read and write")))],
            acts=sorted(acts()),
            given=given,
            problems=at_fields(list(problems)),
        )


def _accounts(ctx: Context) -> list[tuple[int, str]]:
    """Return the accounts for which the caller may make a token, the own one first."""
    of_programs = (
        Account.select()
        .where(Account.employee.is_null() & Account.is_active & as_condition(visible(ctx.actor, Account)))
        .order_by(Account.username)
        .limit(_MOST_ACCOUNTS)
    )
    own = Account.get_by_id(ctx.actor.account_id)
    others = [account for account in of_programs if account.id != own.id]
    chosen = [account for account in (own, *others) if may(ctx.actor, "identity.create_api_token", account)]
    return [(account.id, account.display_name or account.username) for account in chosen]
