"""One attempt at a verb: the form as it is asked for, what was typed, and what came of it."""

from collections.abc import Sequence
from typing import Any

import peewee as pw
from flask import request, url_for

from admin import access
from admin.writing.archiving import preview_of
from admin.writing.form import Texts, initial_texts, inputs_of, typed_texts, values_of
from admin.writing.outcome import leave
from admin.writing.readable import readable_part
from admin.writing.reasons import REASON, asked, is_about_reason
from admin.writing.stale import chosen, differences
from core.approval.services import perform_or_request
from core.context import Context
from core.database import Record
from core.digits import whole_number
from core.errors import Problem, Refused
from core.history.models import HistoryRecord
from core.i18n import N_
from core.policy import fetch
from core.verbs.declare import Does, FieldKind, Target, Verb
from core.verbs.performing import NEW
from core.verbs.values import initial_values

STALE = "STALE_VERSION"
_STATUS = {"NOT_FOUND": 404, "FORBIDDEN": 403, STALE: 409}
_UNSURE = Problem("NOT_CONFIRMED", N_("This is not confirmed yet. Tick the box at the end of the form."), ())


class Attempt:
    """A verb, its row, and the request that asks for its form or sends it."""

    def __init__(self, view: Any, verb: Verb, row: Any) -> None:
        """Take what was typed, or the row as it is."""
        self.view, self.row = view, row
        self.ctx: Context = access.context()
        # Of a new row, everything can be read by whoever makes it.
        self.verb = verb if row is None else readable_part(self.ctx.actor, verb, row._pk)
        self.form = request.form.to_dict(flat=False)
        self.reason = request.form.get("_reason", "").strip()
        self.seen = self._sent("_seen.") if request.method == "POST" else self._initial()
        self.texts = chosen(self.verb, self.form, self.seen, self._sent("")) if self.form else self._asked_for()

    def page(self, status: int, problems: Sequence[Problem] = ()) -> Any:
        """Show the form with what was typed and what is wrong with it."""
        inputs = inputs_of(self.ctx, self.verb, self.texts, searches=self._searches(), problems=problems)
        preview = preview_of(self.ctx, self.verb, self.row) if self.row is not None else None
        page = self.view.render(
            "backoffice/writing/form.html",
            **self._frame(),
            inputs=inputs,
            problems=problems,
            asked=asked(self.ctx.settings, self.verb),
            has_reason=REASON in self.verb.by_name,
            wants_reason=is_about_reason(self.verb, problems),
            preview=preview,
            can_go_on=preview is None or not preview.standing,
        )
        return page, status

    def finish(self) -> Any:
        """Do the verb and go on; show the form again with every problem where it is refused."""
        if self.verb.is_grave and self.verb.fields and not request.form.get("_sure"):
            return self.page(422, [_UNSURE])
        title = self.view.row_title(self.row._pk) if self.row is not None else ""
        try:
            values = values_of(self.ctx, self.verb, self._complete(), self._present())
            self.ctx.reason = self.reason or str(values.get(REASON) or "") or None
            before = _latest_change()
            result = perform_or_request(self.ctx, self.verb, self._target(), values)
        except Refused as refusal:
            codes = [problem.code for problem in refusal.problems]
            if STALE in codes and self.row is not None:
                return self._compared()
            return self.page(next((_STATUS[code] for code in codes if code in _STATUS), 422), refusal.problems)
        is_idle = self.verb.does is Does.CORRECT and not self._has_changed_since(before)
        return leave(self.view, self.verb, result, self._target().id, title, is_idle=is_idle)

    def _has_changed_since(self, before: int) -> bool:
        """Whether the history holds a change by this request."""
        own = (HistoryRecord.request_id == self.ctx.request_id) & (HistoryRecord.id > before)
        return bool(HistoryRecord.select().where(own).exists())

    def _compared(self) -> Any:
        """Show the newer row beside what was typed; what is saved from there stands on the newer version."""
        row = fetch(self.verb.model, self._target().id, self.ctx, "input", "id")
        found = differences(self.ctx, self.verb, row, self.seen, self.texts)
        self.row = row
        page = self.view.render(
            "backoffice/writing/stale.html",
            **{**self._frame(), "seen": initial_texts(self.verb, row, self.ctx.language)},
            texts=self.texts,
            differences=found,
            secrets=[one for one in inputs_of(self.ctx, self.verb, {}) if one.field.is_secret],
        )
        return page, 409

    def _frame(self) -> dict[str, Any]:
        key = self.row._pk if self.row is not None else None
        name = self.verb.name
        url = url_for(f"{self.view.endpoint}.do_view", verb=name, id=key)
        back = url_for(f"{self.view.endpoint}.index_view")
        if key is not None:
            back = url_for(f"{self.view.endpoint}.details_view", id=key)
        return {
            "verb": self.verb,
            "row_title": self.view.row_title(key) if key is not None else "",
            "version": getattr(self.row, "version", ""),
            "url": url,
            "back": back,
            "reason": self.reason,
            "seen": self.seen,
            "is_archive": self.verb.does is Does.ARCHIVE,
        }

    def _target(self) -> Target:
        if self.row is None:
            return NEW
        key: int = self.row._pk
        if not isinstance(self.row, Record):
            return Target(key)
        # A form without a version has seen none, so that it is never the newest.
        return Target(key, whole_number(request.form.get("_version", "")) or 0)

    def _present(self) -> dict[str, Any]:
        return initial_values(self.verb, self.row) if self.row is not None else {}

    def _initial(self) -> Texts:
        return initial_texts(self.verb, self.row, self.ctx.language)

    def _asked_for(self) -> Texts:
        """Return the row as it is, with what the address proposes, such as the unit of whatever is made there."""
        given = request.args.to_dict(flat=False)
        return {name: given.get(name, texts) for name, texts in self.seen.items()}

    def _sent(self, prefix: str) -> Texts:
        named = {name.removeprefix(prefix): texts for name, texts in self.form.items() if name.startswith(prefix)}
        return typed_texts(self.verb, named)

    def _complete(self) -> Texts:
        """Return what was typed; one who makes or acts says something about every field, be it nothing."""
        if self.verb.does is Does.CORRECT:
            return self.texts
        missing = {one.name: [""] for one in self.verb.fields if one.kind is not FieldKind.BOOLEAN}
        return {**missing, **self.texts}

    def _searches(self) -> dict[str, str]:
        prefix = "_search."
        return {
            name.removeprefix(prefix): texts[0].strip() for name, texts in self.form.items() if name.startswith(prefix)
        }


def _latest_change() -> int:
    return HistoryRecord.select(pw.fn.MAX(HistoryRecord.id)).scalar() or 0
