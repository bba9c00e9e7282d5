"""Back office: the record of every change, searched, and the ways back from it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import flash, redirect, request, url_for
from flask_admin import expose

from admin import access
from admin.history_of_row import can_restore
from admin.history_reading import entries_of
from admin.history_restoring import restore_page, undo_page
from admin.listing.reading import view_of
from admin.show import shown, term
from admin.views import ScopedView, Shown
from core.actor import EVERYWHERE
from core.digits import whole_number
from core.errors import not_found
from core.history.models import HistoryRecord
from core.history.policies import READ
from core.history.services import verify
from core.history.services.searching import Wanted, search_history
from core.i18n import translate
from core.plugin_api import N_, AdminView
from core.policy import fetch
from core.registry import active_registry

_LONGEST = 200


class HistoryView(ScopedView):
    """Changes, latest first."""

    group = N_("Data")
    is_counted = False
    order = ("id", True)
    columns = (
        Shown("at", N_("At")),
        Shown("actor_name", N_("Who"), is_searched=True),
        Shown("action", N_("Action"), write=term),
        Shown("subject_type", N_("What"), is_searched=True),
        Shown("subject_id", N_("Number")),
        Shown("reason", N_("Reason")),
        Shown("before", N_("Before"), is_listed=False, is_raw=True),
        Shown("after", N_("After"), is_listed=False, is_raw=True),
        Shown("request_id", N_("Number of the request"), is_listed=False),
        Shown("batch", N_("Batch"), is_listed=False),
    )

    @expose("/")
    def index_view(self) -> Any:
        """Search all changes that the caller sees."""
        asked = {name: request.args.get(name, "").strip()[:_LONGEST].replace("\x00", "") for name in _ASKED}
        records, has_more = search_history(access.context(), _wanted(asked), older_than=whole_number(asked["older"]))
        older: dict[str, Any] = {
            **{name: text for name, text in asked.items() if text},
            "older": records[-1].id if records else "",
        }
        return self.render(
            "backoffice/history/search.html",
            asked=asked,
            entries=entries_of(access.actor(), records),
            older_url=url_for(".index_view", **older) if has_more else "",
            is_first=not asked["older"],
            tables=_tables(),
            may_verify=_may_verify(),
        )

    @expose("/details/")
    def details_view(self) -> Any:
        """Show one change, field by field, with the ways back."""
        record = self.record()
        [entry] = entries_of(access.actor(), [record])
        together, _ = search_history(access.context(), Wanted(batch=record.batch), limit=2)
        return self.render(
            "backoffice/history/record.html",
            record=record,
            entry=entry,
            can_restore=can_restore(record),
            has_company=len(together) > 1,
        )

    @expose("/restore", methods=("GET", "POST"))
    def restore_view(self) -> Any:
        """Ask why a state or a field is to be restored, and do it."""
        return restore_page(self, self.record())

    @expose("/undo", methods=("GET", "POST"))
    def undo_view(self) -> Any:
        """Ask why all that was done at once is to be undone, and do it."""
        return undo_page(self, self.record())

    @expose("/chain", methods=("GET", "POST"))
    def chain_view(self) -> Any:
        """Check that the history is the one that was written."""
        if not _may_verify():
            raise not_found(id="chain")
        found, status = None, 200
        if request.method == "POST":
            if access.has_form_token():
                found = verify(active_registry().settings)
            else:
                flash(translate(access.FORM_TOO_OLD), "bad")
                status = 403
        at = shown(access.context().now, active_registry().settings)
        return self.render("backoffice/history/chain.html", found=found, at=at), status

    def record(self) -> HistoryRecord:
        """Return the change that the address names; what is hidden is as absent as what does not exist."""
        text = request.values.get("id", "")
        return fetch(HistoryRecord, whole_number(text) or 0, access.context(), "input", "id")

    def leave(self, record: HistoryRecord, text: str) -> Any:
        """Say what was done, and go to the row of the record, or back to the record where the row is gone."""
        flash(text, "ok")
        model = next((model for model in active_registry().models if model.__name__ == record.subject_type), None)
        view = view_of(model) if model is not None else None
        if view is not None and view.get_one(record.subject_id) is not None:
            return redirect(url_for(f"{view.endpoint}.details_view", id=record.subject_id), 303)
        return redirect(url_for(".details_view", id=record.id), 303)


_ASKED = ("text", "who", "what", "number", "action", "field", "since", "until", "batch", "request", "older")


def _wanted(asked: Mapping[str, str]) -> Wanted:
    return Wanted(
        text=asked["text"],
        who=asked["who"],
        what=asked["what"],
        subject_id=whole_number(asked["number"]),
        action=asked["action"],
        field=asked["field"],
        since=_day(asked["since"]),
        until=_day(asked["until"]),
        batch=asked["batch"],
        request=asked["request"],
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _tables() -> list[tuple[str, str]]:
    """Return the tables of which there is a history, by the name that a person knows."""
    found = [(model.__name__, view_of(model)) for model in active_registry().models if model is not HistoryRecord]
    return sorted(((name, translate(view.name)) for name, view in found if view is not None), key=lambda one: one[1])


def _may_verify() -> bool:
    return EVERYWHERE in access.actor().paths(READ)


VIEWS = [AdminView("history", lambda: HistoryView(HistoryRecord, N_("History"), "history"))]
