"""The pages by which a person brings a file in: upload, columns, trial, import, undo."""

import contextlib
import io
from collections.abc import Sequence
from typing import Any

from flask import Response, abort, flash, jsonify, redirect, request, url_for
from flask_admin import BaseView, expose
from werkzeug.exceptions import RequestEntityTooLarge

from admin import access
from admin.imports import showing
from admin.imports.requests import form_value, history_url, named, page_given, read_away, unkept
from admin.show import shown
from core import policy
from core.digits import whole_number
from core.errors import Refused, not_found
from core.exchange import tasks
from core.exchange.kept_report import corrections_path, read_page, write_errors_of
from core.exchange.kinds import ImportKind
from core.exchange.known import import_kind, import_kinds
from core.exchange.models import ImportRun, ImportTask
from core.exchange.reading import MAX_COLUMNS, MAX_ROWS
from core.exchange.report import Outcome
from core.exchange.services import undo_import
from core.exchange.steps import KEPT
from core.exchange.terms import ImportMode, ImportState, TaskState, TaskStep
from core.exchange.uploads import ENDINGS, folder_of, most_bytes, too_large
from core.i18n import N_, language, translate
from core.plugin_api import AdminView
from core.policy import as_condition, visible
from core.registry import active_registry

_PAGE = 25
_HEAD_LINES = 6
_RUNS_SHOWN = 20
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_AT_WORK = (TaskState.WAITING, TaskState.RUNNING)


class ImportsView(BaseView):
    """Files that the caller brings, and imports that were run."""

    group = N_("Data")

    def __init__(self) -> None:
        """Stand at /admin/imports/."""
        super().__init__(name=N_("Bring data in"), endpoint="imports", url="/admin/imports", category=None)

    def is_accessible(self) -> bool:
        """Whether the caller may import anything at all."""
        who = access.actor()
        return who.is_known and policy.may(who, "exchange.import", None)

    def inaccessible_callback(self, name: str, **kwargs: Any) -> Any:  # noqa: ARG002 - Flask-Admin's signature
        """Send a stranger to the log-in; for everybody else there is no such page."""
        if access.actor().is_known:
            abort(404)
        return redirect(url_for("admin.login", next=request.full_path))

    # ---- the first page

    @expose("/", methods=("GET", "POST"))
    def index(self) -> Any:
        """Show the form for a file and what was brought before; take a file."""
        if request.method == "GET":
            return self._first_page([], 200)
        try:
            if not access.has_form_token():
                return self._first_page([translate(access.FORM_TOO_OLD)], 403)
            sent = request.files.get("file")
            if sent is None or not sent.filename:
                return self._first_page([translate(N_("No file was chosen. Choose a CSV or XLSX file."))], 422)
            with contextlib.closing(sent):
                task = tasks.receive_file(access.context(), request.form.get("kind", ""), sent.stream, sent.filename)
        except RequestEntityTooLarge:
            read_away()
            refusal = too_large(most_bytes(active_registry().settings))
            return self._first_page([problem.message() for problem in refusal.problems], 413)
        except Refused as refused:
            return self._first_page([problem.message() for problem in refused.problems], 422)
        return redirect(url_for(".file", id=task.id))

    def _first_page(self, problems: list[str], status: int) -> Any:
        who = access.actor()
        kinds = import_kinds()
        mine = ImportTask.select().where(as_condition(visible(who, ImportTask))).order_by(ImportTask.id.desc())
        runs = ImportRun.select().where(as_condition(visible(who, ImportRun))).order_by(ImportRun.id.desc())
        limits = {
            "size": most_bytes(active_registry().settings) // 1_000_000,
            "rows": MAX_ROWS,
            "columns": MAX_COLUMNS,
            "days": KEPT.days,
        }
        page = self.render(
            "backoffice/imports/start.html",
            problems=problems,
            kinds=kinds.values(),
            chosen=form_value("kind"),
            limits=limits,
            endings=",".join(ENDINGS),
            tasks=[(task, *showing.state_of(task)) for task in mine.limit(_RUNS_SHOWN)],
            runs=list(runs.limit(_RUNS_SHOWN)),
            kind_title=lambda name: translate(kinds[name].title) if name in kinds else name,
            moment=lambda at: shown(at, active_registry().settings),
            history_url=history_url,
            may_undo=lambda run: run.state is ImportState.DONE and policy.may(who, "exchange.undo", run),
        )
        return page, status

    # ---- one file

    @expose("/file")
    def file(self) -> Any:
        """Show a file at its present step."""
        return self._file_page(self._task(), [], 200)

    @expose("/columns")
    def columns(self) -> Any:
        """Show the columns of a file that was tried before, to choose them anew."""
        task = self._task()
        if task.state in {*_AT_WORK, TaskState.DONE}:
            return redirect(url_for(".file", id=task.id))
        return self._columns_page(task, task.mapping, task.constants, [], 200)

    @expose("/try", methods=("POST",))
    def try_columns(self) -> Any:
        """Try a file with the columns that were chosen."""
        task = self._task()
        mapping = {header: request.form.get(f"column.{place}", "") for place, header in enumerate(task.headers)}
        names = [column.name for column in import_kind(task.kind).columns]
        constants = {name: request.form.get(f"constant.{name}", "").strip() for name in names}
        if not access.has_form_token():
            return self._columns_page(task, mapping, constants, [], 403, [translate(access.FORM_TOO_OLD)])
        try:
            tasks.try_file(access.context(), task.id, mapping, constants)
        except Refused as refused:
            return self._columns_page(task, mapping, constants, refused.problems, 422)
        return redirect(url_for(".file", id=task.id))

    @expose("/run", methods=("POST",))
    def run(self) -> Any:
        """Let a file be imported."""
        mode = ImportMode.VALID_ROWS if request.form.get("mode") == "VALID_ROWS" else ImportMode.ALL_OR_NOTHING
        return self._act(lambda ctx, task: tasks.import_file(ctx, task.id, mode))

    @expose("/undo", methods=("POST",))
    def undo(self) -> Any:
        """Let the import of a file be undone."""
        return self._act(lambda ctx, task: tasks.undo_file(ctx, task.id))

    @expose("/discard", methods=("POST",))
    def discard(self) -> Any:
        """Throw a file away."""
        task = self._task()
        if not access.has_form_token():
            return self._file_page(task, [translate(access.FORM_TOO_OLD)], 403)
        try:
            tasks.discard_file(access.context(), task.id)
        except Refused as refused:
            return self._file_page(task, [problem.message() for problem in refused.problems], 409)
        flash(translate(N_("The file was removed. What was imported from it stays.")))
        return redirect(url_for(".index"))

    @expose("/undo-run", methods=("POST",))
    def undo_run(self) -> Any:
        """Undo an import whose file is no longer kept, or which came by another way."""
        if not access.has_form_token():
            return self._first_page([translate(access.FORM_TOO_OLD)], 403)
        ctx = access.context()
        ctx.reason = request.form.get("reason", "").strip() or None
        try:
            undo_import(ctx, whole_number(request.form.get("run", "")) or 0)
        except Refused as refused:
            if refused.problems[0].code == "NOT_FOUND":
                raise
            return self._first_page([problem.message() for problem in refused.problems], 422)
        flash(translate(N_("The import was undone.")))
        return redirect(url_for(".index"))

    # ---- what scripts and spreadsheets ask for

    @expose("/progress")
    def progress(self) -> Any:
        """Say how far the present step has come."""
        task = self._task()
        done, total = tasks.progress_of(access.context(), task) if task.state is TaskState.RUNNING else (0, 0)
        is_over = task.state not in _AT_WORK
        return unkept(jsonify({"over": is_over, "done": done, "total": total, "text": showing.state_of(task)[0]}))

    @expose("/errors")
    def errors(self) -> Any:
        """Give every fault of the file as CSV."""
        task = self._task()
        text = io.StringIO()
        write_errors_of(self._place(task), text, language.get())
        # The mark at the beginning makes spreadsheet programs read the file as UTF-8.
        response = Response("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
        return unkept(named(response, task, translate(N_("problems")), ".csv"))

    @expose("/corrections")
    def corrections(self) -> Any:
        """Give the rows that were left out as they came, with their problems, to be corrected and uploaded again."""
        task = self._task()
        path = corrections_path(self._place(task))
        if path is None:
            raise not_found(id=str(task.id))
        response = Response(path.read_bytes(), content_type=_XLSX)
        return unkept(named(response, task, translate(N_("to correct")), ".xlsx"))

    # ---- pieces

    def _task(self) -> ImportTask:
        return tasks.own_task(access.context(), whole_number(request.args.get("id", "")) or 0)

    def _place(self, task: ImportTask) -> Any:
        return folder_of(active_registry().settings, task.folder)

    def _act(self, act: Any) -> Any:
        task = self._task()
        if not access.has_form_token():
            return self._file_page(task, [translate(access.FORM_TOO_OLD)], 403)
        ctx = access.context()
        ctx.reason = request.form.get("reason", "").strip() or None
        try:
            act(ctx, task)
        except Refused as refused:
            task = tasks.own_task(access.context(), task.id)
            return self._file_page(task, [problem.message() for problem in refused.problems], 409)
        return redirect(url_for(".file", id=task.id))

    def _file_page(self, task: ImportTask, problems: list[str], status: int) -> Any:
        if task.state is TaskState.NEW:
            return self._columns_page(task, task.mapping, task.constants, [], status, problems)
        kind = import_kind(task.kind)
        told = problems or [problem.message() for problem in showing.problems_of(task)]
        state, tone = showing.state_of(task)
        common = {"task": task, "kind": kind, "state": state, "tone": tone, "problems": told}
        if task.state in _AT_WORK:
            done, total = tasks.progress_of(access.context(), task)
            return self.render("backoffice/imports/working.html", **common, done=done, total=total), status
        run = ImportRun.get_or_none(ImportRun.id == task.run_id) if task.run_id else None
        page = self.render(
            "backoffice/imports/report.html",
            **common,
            **self._report(task, kind),
            reason=form_value("reason"),
            is_tried=task.step is TaskStep.CHECK and task.state is TaskState.CHECKED,
            may_import=task.step is not TaskStep.UNDO
            and task.state is not TaskState.DONE
            and (task.step is TaskStep.IMPORT or task.state is TaskState.CHECKED),
            may_undo=run is not None and run.state is ImportState.DONE,
            run=run,
            history_url=history_url,
        )
        return page, status

    def _report(self, task: ImportTask, kind: ImportKind) -> dict[str, Any]:
        counts = {outcome: getattr(task, f"{outcome.value.lower()}_rows") for outcome in Outcome}
        chosen = next((one for one in Outcome if one.value == request.args.get("outcome")), None)
        count = sum(counts.values()) if chosen is None else counts[chosen]
        pages = max(1, -(-count // _PAGE))
        page = min(page_given(request.args.get("page", "")), pages - 1)
        rows = []
        # The report goes with the file; the counts stay.
        with contextlib.suppress(Refused):
            rows = read_page(self._place(task), chosen, page * _PAGE, _PAGE)
        return {
            "counts": [(one, translate(showing.OUTCOMES[one][0]), counts[one]) for one in Outcome],
            "chosen": chosen,
            "count": count,
            "rows": showing.shown_rows(kind, rows),
            "page": page,
            "pages": pages,
        }

    def _columns_page(
        self, task: ImportTask, mapping: Any, constants: Any, problems: Any, status: int, told: Sequence[str] = ()
    ) -> Any:
        head = tasks.head_of(access.context(), task, _HEAD_LINES)
        found = {name: [p for p in problems if p.path[-1:] == (name,)] for name in {*_names(import_kind(task.kind))}}
        elsewhere = [*told]
        elsewhere += [p.message() for p in problems if p.path[-1:] == () or p.path[-1] not in found]
        page = self.render(
            "backoffice/imports/columns.html",
            task=task,
            kind=import_kind(task.kind),
            mapping=mapping,
            constants=constants,
            lines=head.lines,
            problems=elsewhere,
            column_problems=[p.message() for several in found.values() for p in several],
            wrong={name for name, several in found.items() if several},
        )
        return page, status


VIEWS = [AdminView("imports", ImportsView)]


def _names(kind: ImportKind) -> list[str]:
    return [column.name for column in kind.columns]
