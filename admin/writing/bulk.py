"""One verb for many rows: which rows, which fields, and why, before a run is started."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl

from flask import redirect, request, url_for
from werkzeug.datastructures import MultiDict

from admin import access
from admin.writing.archiving import MOST_PREVIEWED, preview_of_many
from admin.writing.form import inputs_of, typed_texts, values_of
from admin.writing.readable import column_of
from admin.writing.reasons import REASON, asked, is_about_reason
from core import policy
from core.errors import Problem, Refused
from core.i18n import N_
from core.policy import as_condition
from core.runs.services import start_run
from core.verbs.declare import Does, Verb, VerbField

_CHUNK = 500
_NO_ROWS = Problem("NO_ROWS", N_("No row is chosen. Choose at least one."), ("input", "id"))
_NO_FIELDS = Problem("NO_FIELDS", N_("No field is to be changed. Tick at least one."), ("input",))
_OTHER_COUNT = Problem(
    "ROWS_CHANGED",
    N_("The filter finds other rows now than before. Look at their number, then confirm again."),
    ("input", "id"),
)


class Bulk:
    """A verb for the rows that were chosen in a list, or for all that its filter finds."""

    def __init__(self, view: Any, verb: Verb) -> None:
        """Take the selection and what was typed; fields that the actor may read of no row are left out."""
        self.view, self.ctx = view, access.context()
        rules = policy.fields(self.ctx.actor, verb.model)
        self.rules = {one.name: rules.get(column_of(verb, one) or "", True) for one in verb.fields if not one.is_secret}
        self.verb = replace(verb, fields=tuple(one for one in verb.fields if self.rules.get(one.name) is not False))
        self.form = request.form.to_dict(flat=False)
        self.is_all = request.form.get("all") == "1"
        self.query = request.form.get("query", "")
        self.has_ticks = verb.does is Does.CORRECT
        self.ticked = [one for one in self.verb.fields if not self.has_ticks or request.form.get(f"_change.{one.name}")]
        self.is_begun = "_start" in request.form or "_look" in request.form

    def page(self, status: int, problems: Sequence[Problem] = ()) -> Any:
        """Show how many rows it is about and ask what to do to them."""
        ids = self._visible_ids()
        if not ids and not problems:
            problems, status = [_NO_ROWS], 422
        texts = typed_texts(self.verb, self.form)
        inputs = inputs_of(self.ctx, self.verb, texts, searches=self._searches(), problems=problems)
        page = self.view.render(
            "backoffice/writing/bulk.html",
            verb=self.verb,
            inputs=inputs,
            problems=problems,
            count=len(ids),
            preview=preview_of_many(self.ctx, self.verb, ids),
            previewed=MOST_PREVIEWED,
            ids=[] if self.is_all else ids,
            is_all=self.is_all,
            query=self.query,
            has_ticks=self.has_ticks,
            ticked={one.name for one in self.ticked},
            reason=request.form.get("_reason", ""),
            asked=asked(self.ctx.settings, self.verb),
            has_reason=REASON in self.verb.by_name,
            wants_reason=is_about_reason(self.verb, problems),
            url=url_for(f"{self.view.endpoint}.bulk_view", verb=self.verb.name),
            back=url_for(f"{self.view.endpoint}.index_view") + (f"?{self.query}" if self.query else ""),
        )
        return page, status

    def start(self) -> Any:
        """Start the run and go to its page; show the form again with every problem where something is missing."""
        if not self.ticked and self.has_ticks:
            return self.page(422, [_NO_FIELDS])
        if self.is_all and request.form.get("_count") != str(len(self._visible_ids())):
            return self.page(409, [_OTHER_COUNT])
        chosen = replace(self.verb, fields=tuple(self.ticked))
        texts = typed_texts(chosen, self.form)
        for one in self.ticked:
            texts.setdefault(one.name, [""])
        try:
            values = values_of(self.ctx, chosen, texts, {})
            ids = self._readable_ids(self.ticked)
            reason = request.form.get("_reason", "").strip() or str(values.get(REASON) or "") or None
            run = start_run(self.ctx, self.verb, ids, values, reason)
        except Refused as refusal:
            return self.page(422, refusal.problems)
        return redirect(url_for("runs.run_view", key=run.id), 303)

    def _visible_ids(self) -> list[int]:
        return self._readable_ids(())

    def _readable_ids(self, fields: Sequence[VerbField]) -> list[int]:
        """Return the chosen rows that the actor sees, of which it may read each of `fields`: no other is touched."""
        model = self.verb.model
        key: Any = model._meta.primary_key
        rows = as_condition(policy.visible(self.ctx.actor, model))
        for one in fields:
            rows &= as_condition(self.rules[one.name])
        query: Any = model.select(key).where(rows).order_by(key)
        if self.is_all:
            found = self.view.rows_found(self.ctx.actor, MultiDict(parse_qsl(self.query)))
            return [row[0] for row in query.where(key.in_(found)).tuples()]
        given = [int(text) for text in self.form.get("id", []) if text.isascii() and text.isdigit() and len(text) < 10]
        parts = [given[start : start + _CHUNK] for start in range(0, len(given), _CHUNK)]
        return [row[0] for part in parts for row in query.where(key.in_(part)).tuples()]

    def _searches(self) -> dict[str, str]:
        prefix = "_search."
        return {
            name.removeprefix(prefix): texts[0].strip() for name, texts in self.form.items() if name.startswith(prefix)
        }
