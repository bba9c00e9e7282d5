"""The base of the pages about the system: for most people there is no such page."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, request, url_for
from flask_admin import BaseView

from admin import access
from admin.readable import cleaned
from admin.show import shown
from core.actor import EVERYWHERE, Actor
from core.digits import whole_number
from core.errors import Problem, Refused, not_found
from core.i18n import N_, translate
from core.registry import active_registry

_KILO = 1000
_UNITS = ("B", "kB", "MB", "GB", "TB")


class SystemPage(BaseView):
    """A page that is open to whoever `is_open_to` lets in, and absent for everybody else."""

    group = N_("System")
    covers: tuple[str, ...] = ()
    """Endpoints of lists whose place in the menu this page takes for whoever may open it."""

    def __init__(self, title: str, name: str) -> None:
        """Stand at /admin/system/<name>/ under a marked title."""
        super().__init__(name=title, endpoint=f"system_{name}", url=f"/admin/system/{name}")

    def is_open_to(self, who: Actor) -> bool:
        """Whether this person may open the page; by default, who may see the system's state."""
        return runs_system(who)

    def is_accessible(self) -> bool:
        """Whether the caller may open the page."""
        who = access.actor()
        return who.is_known and self.is_open_to(who)

    def inaccessible_callback(self, name: str, **kwargs: Any) -> Any:  # noqa: ARG002 - Flask-Admin's signature
        """Send a stranger to the log-in; for everybody else there is no such page."""
        if access.actor().is_known:
            raise not_found(id=request.path)
        return redirect(url_for("admin.login", next=request.full_path))

    def page(self, template: str, **values: Any) -> str:
        """Return a page of this folder, with what all of them write values with."""
        given = {"moment": _moment, "clean": cleaned, "size": size, "lists": self._lists(), **values}
        text: str = self.render(f"backoffice/system/{template}.html", **given)
        return text

    def _lists(self) -> list[tuple[str, str]]:
        """Return title and address of the covered lists that the caller may open."""
        views = {view.endpoint: view for view in self.admin._views}  # noqa: SLF001 - no public list
        found = [views[name] for name in self.covers if name in views and views[name].is_accessible()]
        return [(translate(view.name), url_for(f"{view.endpoint}.index_view")) for view in found]

    def act(self, deed: Callable[[], str], target: str) -> Any:
        """Do what a button asks for, say what came of it, and go on to `target`; 403 without the form's token."""
        if not access.has_form_token():
            return self.page("too_old", message=translate(access.FORM_TOO_OLD), back=target), 403
        try:
            flash(deed(), "ok")
        except Refused as refused:
            for problem in refused.problems:
                flash(problem.message(), "bad")
        return redirect(target)


def runs_system(who: Actor) -> bool:
    """Whether this person may see the system's state."""
    return EVERYWHERE in who.paths("system.manage")


def number_given(name: str) -> int:
    """Return the id that the caller gives under `name`, 0 where it is none."""
    return whole_number(request.values.get(name, "")) or 0


def at_fields(problems: list[Problem]) -> dict[str, list[Problem]]:
    """Return problems by the name of their field; those of the whole form under nothing."""
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        name = str(problem.path[1]) if len(problem.path) > 1 else ""
        found.setdefault(name, []).append(problem)
    return found


def size(count: float) -> str:
    """Return a number of bytes as a person reads it."""
    for unit in _UNITS:
        if count < _KILO or unit == _UNITS[-1]:
            break
        count /= _KILO
    text = shown(round(count), active_registry().settings)
    return f"{text} {unit}"


def _moment(value: Any) -> str:
    return shown(value, active_registry().settings)
