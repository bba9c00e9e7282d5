"""Back office: what everybody does with the own account: password, second factor, sessions, language."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import flash, redirect, request, session, url_for
from flask_admin import BaseView, expose
from werkzeug.wrappers import Response

from admin import access
from admin.account.showing import device_of, in_groups, password_rules, qr_code, unkept
from admin.show import shown
from core.app import LANGUAGE_COOKIE
from core.digits import whole_number
from core.errors import Problem, Refused
from core.i18n import LANGUAGES, N_, translate
from core.identity import services
from core.identity.models import Account
from core.plugin_api import AdminView
from core.registry import active_registry

_SEALED = "sealed"
_A_YEAR = 365 * 24 * 3600


class OwnAccountView(BaseView):
    """My account, at /admin/me; not in the menu: its door is the person's name."""

    is_listed_in_menu = False

    def __init__(self) -> None:
        """Stand at /admin/me."""
        super().__init__(name=N_("My account"), endpoint="own_account", url="/admin/me")

    def is_visible(self) -> bool:
        """Stay out of the menu."""
        return False

    def is_accessible(self) -> bool:
        """Whether somebody is logged in."""
        return access.actor().is_known

    def inaccessible_callback(self, name: str, **kwargs: Any) -> Any:  # noqa: ARG002 - Flask-Admin's signature
        """Send a stranger to the log-in and back to the first page afterwards."""
        return redirect(url_for("admin.login", next=url_for(".index")))

    @expose("/")
    def index(self) -> Any:
        """Show the account with its forms."""
        return self._page()

    @expose("/password", methods=("POST",))
    def password(self) -> Any:
        """Change the password."""
        new = request.form.get("newPassword", "")
        if new != request.form.get("repeated", "") and access.has_form_token():
            text = N_("The two new passwords differ. Type the same one twice.")
            return self._page("password", [Problem("PASSWORDS_DIFFER", text, ("input", "repeated"))])
        return self._done(
            "password",
            lambda: services.change_password(access.context(), request.form.get("currentPassword", ""), new),
            N_("Your password is changed. Your other sessions have ended."),
        )

    @expose("/language", methods=("POST",))
    def language(self) -> Any:
        """Change the language, of the account and of this browser."""
        code = request.form.get("language", "")
        answer = self._done("language", lambda: services.change_language(access.context(), code))
        if code in LANGUAGES and answer.status_code == 302:
            is_secure = active_registry().settings.production
            answer.set_cookie(LANGUAGE_COOKIE, code, max_age=_A_YEAR, httponly=True, samesite="Lax", secure=is_secure)
        return answer

    @expose("/second-factor/begin", methods=("POST",))
    def begin(self) -> Any:
        """Begin to set up a device."""

        def begun() -> None:
            enrolment = services.begin_enrolment(access.context(), request.form.get("password", ""))
            session[_SEALED] = enrolment.sealed

        return self._done("begin", begun, place=".set_up")

    @expose("/second-factor", methods=("GET", "POST"))
    def set_up(self) -> Any:
        """Show the QR code of the device, and take its first code."""
        if _SEALED not in session:
            return redirect(url_for(".index"))
        problems: Sequence[Problem] = ()
        ctx = access.context()
        try:
            enrolment = services.continue_enrolment(ctx, session[_SEALED])
            if request.method == "POST" and access.has_form_token():
                codes = services.confirm_enrolment(ctx, enrolment.sealed, request.form.get("code", ""))
                del session[_SEALED]
                return self._codes(codes)
            if request.method == "POST":
                flash(translate(access.FORM_TOO_OLD))
        except Refused as refusal:
            if refusal.problems[0].code != "SECOND_FACTOR_WRONG":
                del session[_SEALED]
                return self._page("begin", refusal.problems)
            problems = refusal.problems
        page = self.render(
            "backoffice/account/set_up.html",
            problems=problems,
            picture=qr_code(enrolment.address),
            secret=in_groups(enrolment.secret),
            action=url_for(".set_up"),
            back=url_for(".index"),
            is_demanded=False,
        )
        return unkept(page, 422 if problems else 200)

    @expose("/second-factor/off", methods=("POST",))
    def turn_off(self) -> Any:
        """Turn the second factor off."""
        return self._done(
            "off",
            lambda: services.turn_off_second_factor(access.context(), request.form.get("password", "")),
            N_("The second factor is off."),
        )

    @expose("/second-factor/codes", methods=("POST",))
    def codes(self) -> Any:
        """Give new recovery codes."""
        made: list[str] = []
        answer = self._done(
            "codes",
            lambda: made.extend(services.renew_recovery_codes(access.context(), request.form.get("password", ""))),
        )
        return self._codes(made) if made else answer

    @expose("/sessions/end", methods=("POST",))
    def end_session(self) -> Any:
        """End one session."""
        key = whole_number(request.form.get("id", "")) or 0
        return self._done("sessions", lambda: services.end_session(access.context(), key), N_("The session has ended."))

    @expose("/sessions/end-others", methods=("POST",))
    def end_others(self) -> Any:
        """End all sessions but this one."""
        return self._done(
            "sessions", lambda: services.end_other_sessions(access.context()), N_("Your other sessions have ended.")
        )

    def _done(self, form: str, act: Callable[[], object], text: str = "", place: str = ".index") -> Response:
        """Do what a form asks, say so and go on; with its problems, show the page again."""
        if not access.has_form_token():
            flash(translate(access.FORM_TOO_OLD))
            return self._page(status=403)
        try:
            act()
        except Refused as refusal:
            return self._page(form, refusal.problems)
        if text:
            flash(translate(text), "ok")
        return redirect(url_for(place))

    def _codes(self, codes: list[str]) -> Response:
        return unkept(self.render("backoffice/account/codes.html", codes=codes, target=url_for(".index")))

    def _page(self, form: str = "", problems: Sequence[Problem] = (), status: int = 0) -> Response:
        ctx = access.context()
        settings = active_registry().settings
        account = Account.get_by_id(ctx.actor.account_id)
        sessions = [
            {
                "id": one.id,
                "device": device_of(one),
                "began": shown(one.created_at, settings),
                "seen": shown(one.last_seen_at, settings),
                "is_this": one.id == ctx.actor.session_id,
            }
            for one in services.running_sessions(ctx)
        ]
        factor = services.factor_state(ctx)
        page = self.render(
            "backoffice/account/own.html",
            account=account,
            has_password=bool(account.password_hash),
            factor=factor,
            since=shown(factor.since, settings),
            sessions=sessions,
            rules=password_rules(),
            form=form,
            problems=problems,
        )
        return unkept(page, status or (422 if problems else 200))


VIEWS = [AdminView("own_account", OwnAccountView)]
