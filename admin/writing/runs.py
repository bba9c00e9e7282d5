"""Bulk runs: how far each is, what became of each row, stopping and undoing."""

from collections.abc import Sequence
from typing import Any

from flask import flash, jsonify, redirect, request, url_for
from flask_admin import expose

from admin import access
from admin.listing.reading import view_of
from admin.show import filled, term
from admin.views import ScopedView, Shown
from admin.writing.references import labels
from admin.writing.telling import link_to, model_named, model_title, title_of_named
from core.context import Context
from core.digits import whole_number
from core.errors import Refused
from core.i18n import N_, translate
from core.policy import fetch, may
from core.runs.models import BulkRun, BulkRunItem
from core.runs.policies import STEER
from core.runs.services import stop_run, undo_run
from core.runs.terms import ItemState, RunState
from core.runs.working import problems_of
from core.verbs.performing import verb_named

_OPEN = (RunState.WAITING, RunState.RUNNING)
_ENDED = (RunState.DONE, RunState.STOPPED)
_PAGE = 100
_SO_FAR = N_("{done} of {total} rows are through, {failed} of them refused.")
_STOPPED = N_("The run was stopped. What is done stays, and can be undone.")
_UNDONE = N_("The run was undone: the rows are as they were before.")
_WAITS = N_("waits for approval")
_TONES = {RunState.DONE: "ok", RunState.STOPPED: "warn", RunState.UNDONE: "info"}


def verb_title(name: str) -> str:
    """Return the title of a verb, its name where its plugin is off."""
    try:
        return translate(verb_named(name).title)
    except Refused:
        return name


class RunsView(ScopedView):
    """Bulk runs, latest first."""

    group = N_("Data")
    order = ("id", True)
    columns = (
        Shown("verb", N_("What is done"), write=verb_title),
        Shown("model", N_("To what"), write=title_of_named),
        Shown("state", N_("State")),
        Shown("total", N_("Rows")),
        Shown("done", N_("Rows through")),
        Shown("failed", N_("Rows refused")),
        Shown("account_name", N_("Who"), is_searched=True),
        Shown("created_at", N_("Started")),
        Shown("reason", N_("Reason"), is_listed=False, is_searched=True),
    )

    @expose("/details/")
    def details_view(self) -> Any:
        """Go to the page of a run."""
        return redirect(url_for(".run_view", key=self._run(request.args.get("id", "")).id))

    @expose("/<int:key>")
    def run_view(self, key: int) -> Any:
        """Show how far a run is and what became of each row."""
        return self._page(self._run(str(key)), 200)

    @expose("/<int:key>/progress")
    def progress_view(self, key: int) -> Any:
        """Answer a script that asks how far a run is."""
        run = self._run(str(key))
        return jsonify(done=run.done, total=run.total, text=_so_far(run), isOver=run.state not in _OPEN)

    @expose("/<int:key>/stop", methods=("POST",))
    def stop_view(self, key: int) -> Any:
        """Stop a run after the row that it is at."""
        return self._steer(key, lambda ctx: stop_run(ctx, key), _STOPPED)

    @expose("/<int:key>/undo", methods=("POST",))
    def undo_view(self, key: int) -> Any:
        """Undo all that a run did."""
        reason = request.form.get("_reason", "").strip()
        return self._steer(key, lambda ctx: undo_run(ctx, key, reason), _UNDONE)

    def _steer(self, key: int, act: Any, text: str) -> Any:
        run = self._run(str(key))
        if not access.has_form_token():
            flash(translate(access.FORM_TOO_OLD), "bad")
            return self._page(run, 403)
        try:
            act(access.context())
        except Refused as refusal:
            codes = {problem.code for problem in refusal.problems}
            return self._page(self._run(str(key)), 403 if "FORBIDDEN" in codes else 422, refusal.problems)
        flash(translate(text), "ok")
        return redirect(url_for(".run_view", key=key), 303)

    def _run(self, text: str) -> BulkRun:
        return fetch(BulkRun, whole_number(text) or 0, access.context(), "input", "id")

    def _page(self, run: BulkRun, status: int, problems: Sequence[Any] = ()) -> Any:
        ctx = access.context()
        number = min(whole_number(request.args.get("page", "")) or 0, run.total // _PAGE)
        is_mine = may(ctx.actor, STEER, run)
        page = self.render(
            "backoffice/writing/run.html",
            run=run,
            title=verb_title(run.verb),
            of_what=title_of_named(run.model),
            state=term(run.state),
            tone=_TONES.get(run.state, "info"),
            so_far=_so_far(run),
            started=self.shown(run, "created_at"),
            items=_items(ctx, run, number),
            page=number,
            pages=-(-run.total // _PAGE),
            url_for_page=lambda one: url_for(".run_view", key=run.id, page=one),
            problems=problems,
            stopped_by=[problem.message() for problem in problems_of(run.problems)],
            is_open=run.state in _OPEN,
            can_stop=is_mine and run.state in _OPEN,
            can_undo=is_mine and run.state in _ENDED and run.done > run.failed,
            back=_list_of(run),
            reason=request.form.get("_reason", ""),
        )
        return page, status


def _so_far(run: BulkRun) -> str:
    return filled(_SO_FAR, done=str(run.done), total=str(run.total), failed=str(run.failed))


def _list_of(run: BulkRun) -> str:
    view = view_of(model_named(run.model))
    return url_for(f"{view.endpoint}.index_view") if view is not None else ""


def _items(ctx: Context, run: BulkRun, number: int) -> list[dict[str, Any]]:
    """Return one page of a run's rows, those that were refused first."""
    refused = BulkRunItem.state == ItemState.REFUSED
    query = BulkRunItem.select().where(BulkRunItem.run == run.id).order_by(refused.desc(), BulkRunItem.id)
    rows = list(query.limit(_PAGE).offset(number * _PAGE))
    model = model_named(run.model)
    named = labels(ctx.actor, model, [row.subject_id for row in rows]) if model is not None else {}
    return [
        {
            "title": named.get(row.subject_id) or f"{model_title(model) if model else run.model} #{row.subject_id}",
            "link": link_to(model, row.subject_id) if row.subject_id in named else "",
            "state": translate(_WAITS) if row.state is ItemState.REQUESTED else term(row.state),
            "tone": {"DONE": "ok", "REFUSED": "bad", "REQUESTED": "warn"}.get(row.state.value, ""),
            "problems": [problem.message() for problem in problems_of(row.problems)],
        }
        for row in rows
    ]
