"""Back office: the start page with the cards of plugins, the log-in and the log-out."""

from typing import Any

from flask import flash, redirect, request, url_for
from flask_admin import AdminIndexView, expose

from admin import access
from admin.overview import own_facts
from admin.views import ScopedView
from core.actor import EVERYWHERE
from core.contributions import DashboardCard, Figure
from core.errors import Refused
from core.faults import isolated, recent_faults
from core.i18n import N_, translate
from core.registry import active_registry

_FORM_TOO_OLD = N_("The form was too old. Fill it in again.")


class HomeView(AdminIndexView):
    """The first page of the back office."""

    def __init__(self) -> None:
        """Stand at /admin/."""
        super().__init__(name=N_("Start"), endpoint="admin", url="/admin", template="backoffice/home.html")

    @expose("/")
    def index(self) -> Any:
        """Show the cards to whoever is logged in, the log-in to everybody else."""
        who = access.actor()
        if not who.is_known:
            return redirect(url_for("admin.login"))
        cards = [(card.title, _figures(card)) for card in active_registry().dashboard_cards]
        faults = recent_faults() if who.holds("system.manage", EVERYWHERE) else ()
        return self.render(
            "backoffice/home.html", facts=own_facts(access.context()), views=self._views(), cards=cards, faults=faults
        )

    def _views(self) -> list[tuple[ScopedView, int | None]]:
        """Return the views of the menu, each with how many rows the caller sees."""
        views = [view for view in self.admin._views if isinstance(view, ScopedView)]  # noqa: SLF001 - no public list
        return [(view, view.visible_count() if view.is_counted else None) for view in views]

    @expose("/login", methods=("GET", "POST"))
    def login(self) -> Any:
        """Ask for name and password, and go on where the person wanted to."""
        target = access.local_target(request.values.get("next"), url_for("admin.index"))
        username = request.form.get("username", "").strip()
        status = 200
        if request.method == "POST":
            try:
                if access.has_form_token():
                    access.log_in(username, request.form.get("password", ""))
                    return redirect(target)
                flash(translate(_FORM_TOO_OLD))
            except Refused as refusal:
                for problem in refusal.problems:
                    flash(problem.message())
            status = 403
        return self.render("backoffice/login.html", username=username, target=target), status

    @expose("/logout", methods=("POST",))
    def logout(self) -> Any:
        """End the session."""
        if not access.has_form_token():
            flash(translate(_FORM_TOO_OLD))
            return redirect(url_for("admin.index"))
        access.log_out()
        return redirect(url_for("admin.login"))


def _figures(card: DashboardCard) -> list[Figure] | None:
    """Return the figures of a card, None when it failed."""
    with isolated(card.name, "dashboard") as outcome:
        figures = list(card.figures(access.context()))
    return None if outcome.error else figures
