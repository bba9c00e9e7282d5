"""What is said after a change, and where one goes."""

from typing import Any

from flask import flash, redirect, url_for

from admin.show import filled
from core.approval.models import ChangeRequest
from core.i18n import N_, translate
from core.verbs.declare import Does, Verb

_SAID = {
    Does.CREATE: N_("{title} was added."),
    Does.CORRECT: N_("{title} was saved."),
    Does.ACT: N_("Done: {verb} – {title}."),
    Does.ARCHIVE: N_("{title} was put into the bin. It can be restored from there."),
}
_SAME = N_("Nothing was changed: {title} stays as it was.")
_DONE = N_("Done: {verb}.")
_WAITS = N_("Nothing is changed yet: this waits for approval of another person. You see it under Approvals.")


def row_of(verb: Verb, result: object, key: int) -> int:
    """Return the id of the row that a verb made or was about (0: none)."""
    if key:
        return key
    found: Any = result if isinstance(result, verb.model) else _inside(verb, result)
    return int(found._pk) if found is not None else 0


def leave(view: Any, verb: Verb, result: object, key: int, title: str, *, is_idle: bool) -> Any:
    """Say what was done and what is odd about it, and go to the row, or to the list when the row is not seen (now).

    `is_idle`: what was sent is what was there already.
    """
    if isinstance(result, ChangeRequest):
        flash(translate(_WAITS), "warn")
        return redirect(url_for("approvals.details_view", id=result.id), 303)
    row_id = row_of(verb, result, key)
    now = view.row_title(row_id) if row_id and verb.does is not Does.ARCHIVE else ""
    name = now or title
    said = (_SAME if is_idle else _SAID[verb.does]) if name else _DONE
    flash(filled(said, verb=translate(verb.title), title=name), "info" if is_idle else "ok")
    for warning in getattr(result, "warnings", ()):
        flash(warning.message(), "warn")
    if now:
        return redirect(url_for(f"{view.endpoint}.details_view", id=row_id), 303)
    return redirect(url_for(f"{view.endpoint}.index_view"), 303)


def _inside(verb: Verb, result: object) -> Any:
    """Return the row in a record such as "saved, with warnings"."""
    parts = vars(result).values() if hasattr(result, "__dict__") else ()
    return next((part for part in parts if isinstance(part, verb.model)), None)
