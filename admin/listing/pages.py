"""The list page of a view, and the forms by which people keep columns and filters."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl

from flask import flash, redirect, request, url_for
from flask_admin import expose
from werkzeug.datastructures import MultiDict

from admin import access
from admin.listing import saving
from admin.listing.asked import SIZES, Asked, is_plain, read
from admin.listing.columns import Kind
from admin.listing.exporting import FORMATS
from admin.listing.rows import MOST_COUNTED, Page, keys, page_of
from admin.listing.saving import Habits
from admin.listing.words import chips, inputs, labels_for, left_over
from core.actor import Actor
from core.digits import whole_number
from core.errors import Problem, Refused, not_found
from core.i18n import N_, translate
from core.policy import may, note_read

_LONGEST_QUERY = 8000


class ListPages:
    """What a view shows under its own address."""

    model: Any
    endpoint: Any
    columns: Any
    column_list: Any
    choosable: Any
    by_name: Any
    render: Any
    offered_verbs: Any
    bulk_verbs: Any
    list_template: Any
    name: Any

    @expose("/")
    def index_view(self) -> Any:
        """Show the rows that are asked for."""
        who = access.actor()
        habits = saving.habits_of(who, self.endpoint)
        asked = self.asked(request.args, habits)
        page = page_of(self, who, asked)
        note_read(access.context(), self.model, [row.id for row in page.rows], "PAGE")
        return self.render(self.list_template, **self.listed(who, asked, page, habits))

    def asked(self, args: Any, habits: Habits) -> Asked:
        """Return what an address asks for, completed by a saved filter and by the person's habits."""
        first = habits.first if is_plain(args) else None
        text = args.get("saved", "")
        kept = first or habits.kept(whole_number(text) or 0)
        unknown = []
        if text not in {"", "0"} and kept is None:
            text = N_("The saved filter is gone, or is not shared with you. You see the list without it.")
            unknown = [Problem("BAD_FILTER", text)]
        if kept is not None:
            args = _merged(kept.query, args)
        asked = read(self, args, columns=habits.columns, size=habits.size, saved=kept.id if kept else None)
        return asked if not unknown else _told(asked, unknown)

    def rows_found(self, actor: Actor, args: Mapping[str, Any] | str) -> Any:
        """Return the query of the ids of all rows that a filter finds for the actor.

        `args` are the parameters of the list, or its query string. Refused when a part of it cannot be read: what is
        left of the filter would find more than was meant.
        """
        given = MultiDict(parse_qsl(args)) if isinstance(args, str) else MultiDict(args)
        habits = saving.habits_of(actor, self.endpoint) if given.get("saved") else Habits()
        asked = self.asked(given or MultiDict([("page", "0")]), habits)
        if asked.problems:
            raise Refused(asked.problems)
        return keys(self, actor, asked)

    def listed(self, who: Actor, asked: Asked, page: Page, habits: Habits) -> dict[str, Any]:
        """Return what the page of a list is made of."""
        labels = labels_for(self, who, asked)
        return {
            "asked": asked,
            "page": page,
            "pages": page.pages(asked.size),
            "count": page.found,
            "most_counted": MOST_COUNTED,
            "is_past_the_end": bool(asked.page) and not page.rows,
            "list_columns": [(name, self.by_name[name].title) for name in asked.columns],
            "chips": chips(self, asked, labels),
            "inputs": inputs(self, asked, labels),
            "left_over": left_over(self, asked),
            "kinds": Kind,
            "habits": habits,
            "kept": habits.kept(asked.saved) if asked.saved is not None else None,
            "sizes": SIZES,
            "whole_query": asked.address(is_whole=True, page=0),
            "export_formats": FORMATS if may(who, "exchange.export", self.model) else (),
            "bulk_verbs": self.bulk_verbs(),
            "new_verbs": self.offered_verbs(),
            "page_url": lambda number: f"?{asked.address(page=number) or 'page=0'}",
        }

    @expose("/columns", methods=("POST",))
    def columns_view(self) -> Any:
        """Keep which columns and how many rows the person wants to see in this list."""
        asked = self._sent()
        if access.has_form_token():
            chosen = [name for name in self.choosable if name in set(request.form.getlist("cols"))]
            is_usual = not chosen or chosen == list(self.column_list)
            size = request.form.get("size", "")
            saving.remember(
                access.context(),
                self.endpoint,
                () if is_usual else chosen,
                int(size) if size in map(str, SIZES) else 0,
            )
            kept = asked.given - {"cols", "size"}
            query = _without(asked, kept)
        else:
            flash(translate(access.FORM_TOO_OLD))
            query = asked.address()
        return redirect(_with_query(url_for(f"{self.endpoint}.index_view"), query))

    @expose("/saved", methods=("POST",))
    def saved_view(self) -> Any:
        """Save, change or delete a filter, or begin with one."""
        asked = self._sent()
        address = url_for(f"{self.endpoint}.index_view")
        if not access.has_form_token():
            flash(translate(access.FORM_TOO_OLD))
            return redirect(_with_query(address, asked.address()))
        try:
            query = self._kept(asked)
        except Refused as refusal:
            for problem in refusal.problems:
                flash(problem.message())
            query = asked.address()
        return redirect(_with_query(address, query))

    def _kept(self, asked: Asked) -> str:
        """Do what the form about saved filters asks for, and return the query string to go on with."""
        ctx, form = access.context(), request.form
        act, name, is_shared = form.get("act", ""), form.get("name", ""), bool(form.get("is_shared"))
        if act == "save":
            query = asked.address(is_whole=True, page=0)
            row = saving.save_filter(ctx, self.endpoint, name, query, is_shared=is_shared)
            if form.get("is_first"):
                saving.begin_with(ctx, self.endpoint, row.id)
            return f"saved={row.id}"
        key = whole_number(form.get("id", "")) or 0
        if act == "change":
            saving.change_filter(ctx, self.endpoint, key, name, is_shared=is_shared)
        elif act == "delete":
            saving.delete_filter(ctx, self.endpoint, key)
            return "saved=0"
        elif act == "begin":
            saving.begin_with(ctx, self.endpoint, key or None)
        else:
            raise not_found("act", id=act or "-")
        return f"saved={key}"

    def _sent(self) -> Asked:
        """Return the list that a form was sent from."""
        args = MultiDict(parse_qsl(request.form.get("query", "")[:_LONGEST_QUERY]))
        habits = saving.habits_of(access.actor(), self.endpoint)
        return self.asked(args or MultiDict([("saved", "0")]), habits)


def _merged(query: str, args: Any) -> Any:
    """Return the parameters of a saved filter with what the address says of order, page and columns."""
    merged: MultiDict[str, str] = MultiDict(parse_qsl(query))
    if "sort" in args:
        merged.poplist("desc")
    for name in ("sort", "desc", "page", "size", "cols"):
        if name in args:
            merged.setlist(name, args.getlist(name))
    for name in args:
        if name not in merged:
            merged.setlist(name, args.getlist(name))
    return merged


def _told(asked: Asked, problems: list[Problem]) -> Asked:
    return replace(asked, problems=(*problems, *asked.problems))


def _without(asked: Asked, given: frozenset[str]) -> str:
    return replace(asked, given=given).address()


def _with_query(address: str, query: str) -> str:
    return f"{address}?{query}" if query else address
