"""Back office: the log-in in its steps, and the log-out."""

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, request, session, url_for
from flask_admin import expose
from werkzeug.wrappers import Response

from admin import access
from admin.account import provider
from admin.account.showing import in_groups, qr_code, unkept
from admin.show import filled
from core.errors import Problem, Refused
from core.i18n import N_, translate
from core.identity import services
from core.identity.services import Need, Pending, Tokens
from core.registry import active_registry

_TICKET, _NEED, _NEXT, _SEALED = "ticket", "need", "next", "sealed"
"""What the cookie holds of somebody half-way, all of it signed, the secret of the device encrypted as well."""

_STATUSES = {"TOO_MANY_TRIES": 429, "OIDC_AWAY": 502, "OIDC_NOT_BELIEVED": 502}
_STEPS = {Need.CODE: "admin.code", Need.ENROLMENT: "admin.set_up"}


class LogInPages:
    """The pages of the log-in, below /admin; the view that has them gives `render`."""

    render: Any

    @expose("/login", methods=("GET", "POST"))
    def login(self) -> Any:
        """Ask for name and password, and go on where the person wanted to."""
        target = access.local_target(request.values.get("next"), url_for("admin.index"))
        if request.method == "GET":
            return self._first(target)
        if not access.has_form_token():
            flash(translate(access.FORM_TOO_OLD))
            return self._first(target, status=403)
        username, password = request.form.get("username", "").strip(), request.form.get("password", "")
        try:
            outcome = services.begin_login(access.context(), username, password, access.user_agent())
        except Refused as refusal:
            return self._first(target, refusal.problems)
        return self._next(outcome, target)

    @expose("/login/provider")
    def provider(self) -> Any:
        """Send the browser to the provider of the institution."""
        target = access.local_target(request.args.get("next"), url_for("admin.index"))
        if not provider.is_offered():
            return redirect(url_for("admin.login"))
        try:
            answer = provider.send_there()
        except Refused as refusal:
            return self._first(target, refusal.problems)
        session[_NEXT] = target
        return answer

    @expose("/login/provider/back")
    def provider_back(self) -> Any:
        """Let in whom the provider sends back."""
        target = access.local_target(session.get(_NEXT), url_for("admin.index"))
        if not provider.is_offered():
            return redirect(url_for("admin.login"))
        try:
            outcome = services.login_by_provider(access.context(), provider.username_told(), access.user_agent())
        except Refused as refusal:
            return self._first(target, refusal.problems)
        return self._next(outcome, target)

    @expose("/login/code", methods=("GET", "POST"))
    def code(self) -> Any:
        """Ask for the code of the device, or for a recovery code."""
        ticket = session.get(_TICKET)
        if ticket is None or session.get(_NEED) != Need.CODE:
            return redirect(url_for("admin.login"))
        target = access.local_target(session.get(_NEXT), url_for("admin.index"))
        problems: Sequence[Problem] = ()
        if request.method == "POST" and access.has_form_token():
            try:
                tokens, left = services.login_with_code(
                    access.context(), ticket, request.form.get("code", "")[:100], access.user_agent()
                )
            except Refused as refusal:
                if _is_over(refusal):
                    return self._again(refusal)
                problems = refusal.problems
            else:
                access.enter(tokens)
                if left is not None:
                    text = N_("You used a recovery code. {left} are left; new ones are on the page of your account.")
                    flash(filled(text, left=str(left)), "warn")
                return redirect(target)
        elif request.method == "POST":
            flash(translate(access.FORM_TOO_OLD))
        page = self.render("backoffice/account/code.html", problems=problems, is_recovery="recovery" in request.values)
        return unkept(page, _status(problems))

    @expose("/login/set-up", methods=("GET", "POST"))
    def set_up(self) -> Any:
        """Have a device set up by somebody whose role needs a second factor, before anything else opens."""
        ticket = session.get(_TICKET)
        if ticket is None or session.get(_NEED) != Need.ENROLMENT:
            return redirect(url_for("admin.login"))
        ctx, target = access.context(), access.local_target(session.get(_NEXT), url_for("admin.index"))
        problems: Sequence[Problem] = ()
        try:
            enrolment = services.enrolment_at_login(ctx, ticket, session.get(_SEALED))
            session[_SEALED] = enrolment.sealed
            if request.method == "POST" and access.has_form_token():
                code = request.form.get("code", "")
                tokens, codes = services.login_with_enrolment(ctx, ticket, enrolment.sealed, code, access.user_agent())
                access.enter(tokens)
                return unkept(self.render("backoffice/account/codes.html", codes=codes, target=target))
            if request.method == "POST":
                flash(translate(access.FORM_TOO_OLD))
        except Refused as refusal:
            if _is_over(refusal):
                return self._again(refusal)
            problems = refusal.problems
        page = self.render(
            "backoffice/account/set_up.html",
            problems=problems,
            picture=qr_code(enrolment.address),
            secret=in_groups(enrolment.secret),
            action=url_for("admin.set_up"),
            back=url_for("admin.login"),
            is_demanded=True,
        )
        return unkept(page, _status(problems))

    @expose("/logout", methods=("POST",))
    def logout(self) -> Any:
        """End the session."""
        if not access.has_form_token():
            flash(translate(access.FORM_TOO_OLD))
            return redirect(url_for("admin.index"))
        access.leave()
        return redirect(url_for("admin.login"))

    def _next(self, outcome: Tokens | Pending, target: str) -> Any:
        if isinstance(outcome, Tokens):
            access.enter(outcome)
            return redirect(target)
        # Whoever used this browser until now leaves it.
        access.leave()
        session.update({_TICKET: outcome.ticket, _NEED: outcome.need.value, _NEXT: target})
        return redirect(url_for(_STEPS[outcome.need]))

    def _first(self, target: str, problems: Sequence[Problem] = (), status: int = 0) -> Response:
        page = self.render(
            "backoffice/account/login.html",
            username=request.form.get("username", "").strip(),
            target=target,
            problems=problems,
            provider=active_registry().settings.oidc_name if provider.is_offered() else "",
        )
        return unkept(page, status or _status(problems))

    def _again(self, refusal: Refused) -> Any:
        target = session.get(_NEXT)
        session.clear()
        for problem in refusal.problems:
            flash(problem.message())
        return redirect(url_for("admin.login", next=target))


def _is_over(refusal: Refused) -> bool:
    """Whether the step cannot be repeated: the log-in begins again."""
    return refusal.problems[0].code in {"LOGIN_STEP_OVER", "ENROLMENT_OVER", "SECOND_FACTOR_SET"}


def _status(problems: Sequence[Problem]) -> int:
    return _STATUSES.get(problems[0].code, 403) if problems else 200
