"""Back office: the start page; the log-in and the log-out stand beside it."""

from typing import Any

from flask import redirect, request, url_for
from flask_admin import AdminIndexView, expose

from admin import access
from admin.account.log_in import LogInPages
from admin.dashboard.page import start_page
from admin.dashboard.pictures import answer
from admin.views import ScopedView
from core.i18n import N_

_DOORS = ("employee", "work_unit", "position", "plan", "progress_record", "evaluation", "history")


class HomeView(LogInPages, AdminIndexView):
    """The first page of the back office."""

    def __init__(self) -> None:
        """Stand at /admin/."""
        super().__init__(name=N_("Start"), endpoint="admin", url="/admin", template="backoffice/home.html")

    @expose("/")
    def index(self) -> Any:
        """Show the start page to whoever is logged in, the log-in to everybody else."""
        who = access.actor()
        if not who.is_known:
            return redirect(url_for("admin.login"))
        return self.render("backoffice/home.html", views=self._views(), **start_page(access.context(), request.args))

    @expose("/charts/<picture>.<ending>")
    def chart(self, picture: str, ending: str) -> Any:
        """Answer a chart of the start page as a picture or a file."""
        if not access.actor().is_known:
            return redirect(url_for("admin.login"))
        return answer(access.context(), picture, ending, request.args)

    def _views(self) -> list[tuple[ScopedView, int | None]]:
        """Return the views that people look at most, each with how many rows the caller sees."""
        known = {view.endpoint: view for view in self.admin._views if isinstance(view, ScopedView)}  # noqa: SLF001 - no public list
        views = [known[name] for name in _DOORS if name in known]
        return [(view, view.visible_count() if view.is_counted else None) for view in views]
