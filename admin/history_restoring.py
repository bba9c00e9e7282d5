"""The pages that ask why an earlier state is brought back, show what would change, and do it."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from flask import flash, redirect, request, url_for

from admin import access
from admin.history_reading import differences, entries_of, label_of, title_of
from admin.listing.reading import view_of
from admin.show import filled
from core.approval.models import ChangeRequest
from core.approval.services import perform_or_request
from core.digits import whole_number
from core.errors import Problem, Refused
from core.history.models import HistoryRecord
from core.history.policies import RESTORE
from core.history.services.rows import current, model_of, state_of
from core.history.services.searching import Wanted, search_history
from core.history.terms import RestoredState
from core.i18n import N_, translate
from core.policy import require
from core.registry import active_registry
from core.verbs.declare import Target
from core.verbs.performing import verb_named
from core.work import snapshot

_STATUS = {"NOT_FOUND": 404, "FORBIDDEN": 403, "STALE_VERSION": 409}
_MOST_SHOWN = 20
_RESTORED = N_("{label} was restored.")
_UNDONE = N_("Everything that was done at once was undone.")
_WAITS = N_("Nothing is changed yet: this waits for approval of another person. You see it under Approvals.")


def restore_page(view: Any, record: HistoryRecord) -> Any:
    """Show what restoring would change, and restore once a reason is given."""
    require(access.context(), RESTORE, record, "input", "id")
    model = model_of(record)
    state = RestoredState.AFTER if request.values.get("state") == RestoredState.AFTER else RestoredState.BEFORE
    text = record.before if state is RestoredState.BEFORE else record.after
    then = {} if text is None else state_of(model, text)
    field = request.values.get("field", "")
    row = current(model, record.subject_id)
    now = {} if row is None else {name: value for name, value in snapshot(row).items() if name != "id"}
    wanted = _held(record, state)
    if field in then:
        now, wanted = {field: now.get(field)}, {field: wanted.get(field)}
    values = {
        "state": state,
        "field": field,
        "version": whole_number(request.form.get("version", ""))
        if request.method == "POST"
        else getattr(row, "version", None),
    }
    context = {
        "heading": filled(
            _heading(record, field, is_taken_away=text is None),
            label=label_of(record),
            field=title_of(model, field) if field else "",
        ),
        "changes": differences(access.actor(), model, now, wanted),
        "fields": [("id", record.id), ("state", state.value), ("field", field), ("version", values["version"] or "")],
        "is_taken_away": text is None and row is not None,
        "button": N_("Restore"),
    }
    done = filled(_RESTORED, label=label_of(record))
    return _ask(view, record, "history.restore", values, context, done)


def undo_page(view: Any, record: HistoryRecord) -> Any:
    """Show what was done at once, and undo it once a reason is given."""
    require(access.context(), RESTORE, record, "input", "id")
    records, has_more = search_history(access.context(), Wanted(batch=record.batch), limit=_MOST_SHOWN)
    models = {model.__name__: model for model in active_registry().models}
    names = Counter(one.subject_type for one in records)
    context = {
        "heading": translate(N_("Undo all that was done at once")),
        "entries": entries_of(access.actor(), records),
        "has_more": has_more,
        "counts": [(_title(models.get(name), name), count) for name, count in names.items()],
        "fields": [("id", record.id)],
        "button": N_("Undo everything"),
    }
    return _ask(view, record, "history.undo", {}, context, translate(_UNDONE))


def _heading(record: HistoryRecord, field: str, *, is_taken_away: bool) -> str:
    if field:
        return N_("Restore one field of {label}: {field}")
    if is_taken_away:
        return N_("Take {label} away again")
    return N_("Restore {label}") if record.action == "delete" else N_("Restore {label} to an earlier state")


def _ask(
    view: Any, record: HistoryRecord, verb: str, values: Mapping[str, Any], context: Mapping[str, Any], done: str
) -> Any:
    reason = request.form.get("reason", "").strip()
    if request.method == "GET":
        return _page(view, record, context, reason, ())
    if not access.has_form_token():
        flash(translate(access.FORM_TOO_OLD), "bad")
        return _page(view, record, context, reason, (), 403)
    ctx = access.context()
    ctx.reason = reason or None
    try:
        result = perform_or_request(ctx, verb_named(verb), Target(record.id), values)
    except Refused as refused:
        codes = [problem.code for problem in refused.problems]
        status = next((_STATUS[code] for code in codes if code in _STATUS), 422)
        return _page(view, record, context, reason, refused.problems, status)
    if isinstance(result, ChangeRequest):
        flash(translate(_WAITS), "warn")
        return redirect(url_for("approvals.details_view", id=result.id), 303)
    return view.leave(record, done)


def _page(
    view: Any,
    record: HistoryRecord,
    context: Mapping[str, Any],
    reason: str,
    problems: Sequence[Problem],
    status: int = 200,
) -> Any:
    about_reason = [problem for problem in problems if problem.path == ("input", "reason")]
    others = [problem for problem in problems if problem not in about_reason]
    page = view.render(
        "backoffice/history/restore.html",
        **context,
        record=record,
        reason=reason,
        about_reason=about_reason,
        problems=others,
    )
    return page, status


def _held(record: HistoryRecord, state: RestoredState) -> dict[str, Any]:
    """Return a recorded state as JSON has it."""
    text = record.before if state is RestoredState.BEFORE else record.after
    held: dict[str, Any] = json.loads(text) if text else {}
    return {name: value for name, value in held.items() if name != "id"}


def _title(model: Any, name: str) -> str:
    found = view_of(model) if model is not None else None
    return translate(found.name) if found is not None else name
