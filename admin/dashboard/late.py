"""Who is late: the compliance board of a unit, person by person, with reminders at a click."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import flash, redirect, request, url_for
from flask_admin import BaseView, expose

from admin import access
from admin.dashboard.charts import late_url
from admin.dashboard.duties import lines_of
from admin.dashboard.page import late_cells
from admin.dashboard.scope import Choice, key_in, read_choice, scope_paths
from core.context import Context
from core.errors import Refused, not_found
from core.i18n import N_, translate
from core.overview.duties import Board
from core.overview.months import months_of
from core.overview.policies import remind_paths
from core.overview.reminders import Thing, order_reminders, remind
from core.overview.rules import ReportingSpan
from core.overview.services import unit_standing
from core.overview.terms import DutyKind
from core.plugin_api import AdminView

_PAGE = 50
_MOST_PAGES = 100_000
_REMINDED = N_("Reminded. The person reads it on the start page; no e-mail is sent.")
_ORDERED = N_("Everybody on this list will be reminded within some minutes, whoever was reminded today excepted.")


class LateView(BaseView):
    """The people who owe something."""

    group = N_("Performance")

    def __init__(self) -> None:
        """Stand at /admin/late/."""
        super().__init__(name=N_("Who is late"), endpoint="late", url="/admin/late")

    def is_accessible(self) -> bool:
        """Whether somebody is logged in who reads or heads a unit."""
        return bool(scope_paths(access.actor()))

    def inaccessible_callback(self, name: str, **kwargs: Any) -> Any:  # noqa: ARG002 - Flask-Admin's signature
        """Send a stranger to the log-in; to anybody else there is no such page."""
        if access.actor().is_known:
            raise not_found(id="late")
        return redirect(url_for("admin.login", next=request.full_path))

    @expose("/")
    def index_view(self) -> Any:
        """Show who owes what."""
        return self._page(request.args)

    @expose("/remind", methods=("POST",))
    def remind(self) -> Any:
        """Remind one person of one thing, and come back to the list."""
        if not access.has_form_token():
            return self._too_old()
        ctx = access.context()
        kind = _kind(request.form)
        about, period = key_in(request.form, "about"), key_in(request.form, "period")
        if kind is None or about is None or period is None:
            raise not_found(id="-")
        try:
            remind(ctx, Thing(kind, about, period, key_in(request.form, "number") or 0))
            flash(translate(_REMINDED), "ok")
        except Refused as refusal:
            _tell(refusal)
        return redirect(_back())

    @expose("/remind-all", methods=("POST",))
    def remind_all(self) -> Any:
        """Let everybody on the list be reminded in the background, and come back to the list."""
        if not access.has_form_token():
            return self._too_old()
        unit, period = key_in(request.form, "unit"), key_in(request.form, "period")
        if unit is None or period is None:
            raise not_found(id="-")
        try:
            order_reminders(access.context(), unit, period, _kind(request.form))
            flash(translate(_ORDERED), "ok")
        except Refused as refusal:
            _tell(refusal)
        return redirect(_back())

    def _too_old(self) -> Any:
        flash(translate(access.FORM_TOO_OLD), "bad")
        return self._page({}), 403

    def _page(self, args: Mapping[str, str]) -> Any:
        ctx = access.context()
        choice = read_choice(ctx, args)
        if choice is None:
            return self.render("backoffice/dashboard/late.html", choice=None)
        return self.render("backoffice/dashboard/late.html", **_listed(ctx, choice, args))


VIEWS = [AdminView("late", LateView)]


def _listed(ctx: Context, choice: Choice, args: Mapping[str, str]) -> dict[str, Any]:
    kind, month = _kind(args), _month(ctx, choice, args)
    board = Board(choice.period, unit=choice.unit, kind=kind, month=month)
    named = {"month": args.get("month")} if month else {}
    standing = unit_standing(ctx, Board(choice.period, unit=choice.unit, month=month), {"duties"})
    total = standing.total.duties.total() if kind is None else standing.total.duties[kind]
    pages = max(1, -(-total // _PAGE))
    page = min(key_in(args, "page") or 0, _MOST_PAGES)
    names = {unit.id: unit.name for unit in choice.units}
    below = [
        (names[unit], late_url(choice, unit=unit, **named), late_cells(_at(choice, unit), counts, **named))
        for unit, counts in ((counts.unit_id, counts) for counts in standing.children)
        if unit in names and counts.duties
    ]
    return {
        "choice": choice,
        "kind": kind,
        "month": month,
        "month_text": args.get("month", ""),
        "total": total,
        "everything": standing.total.duties.total(),
        "tabs": late_cells(choice, standing.total, **named),
        "whole_url": late_url(choice, **named),
        "lines": lines_of(ctx, board, limit=_PAGE, offset=page * _PAGE),
        "below": sorted(below),
        "page": page,
        "pages": pages,
        "here": late_url(choice, kind=kind, page=page or None, **named),
        "page_url": lambda number: late_url(choice, kind=kind, page=number or None, **named),
        "may_remind_all": month is None and any(choice.unit.path.startswith(path) for path in remind_paths(ctx.actor)),
    }


def _at(choice: Choice, unit_id: int) -> Choice:
    return replace(choice, unit=next(unit for unit in choice.units if unit.id == unit_id))


def _kind(args: Mapping[str, str]) -> DutyKind | None:
    text = args.get("kind", "")
    if not text:
        return None
    if text not in DutyKind.__members__:
        raise not_found("kind", id="-")
    return DutyKind(text)


def _month(ctx: Context, choice: Choice, args: Mapping[str, str]) -> ReportingSpan | None:
    """Return the month that is named as year-month; it must be one of the period's that are over."""
    text = args.get("month", "")
    if not text:
        return None
    found = {f"{span.first:%Y-%m}": span for span in months_of(choice.period, ctx.today)}
    if text not in found:
        raise not_found("month", id="-")
    return found[text]


def _back() -> str:
    return access.local_target(request.form.get("back"), url_for("late.index_view"))


def _tell(refusal: Refused) -> None:
    for problem in refusal.problems:
        flash(problem.message(), "bad")
