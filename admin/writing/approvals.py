"""Changes that wait for a second person: the queue, what each would change, and deciding on it."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from flask import flash, redirect, request, url_for
from flask_admin import expose

from admin import access
from admin.history_reading import title_of
from admin.show import shown, term
from admin.views import ScopedView, Shown
from admin.writing.runs import verb_title
from admin.writing.telling import link_to, model_named, model_title, title_of_named, told_values
from core import policy
from core.approval.models import ChangeRequest
from core.approval.policies import DECIDE
from core.approval.services import approve, reject, waiting_for, withdraw
from core.approval.terms import RequestState
from core.context import Context
from core.errors import Problem, Refused, not_found
from core.i18n import N_, translate
from core.policy import as_condition, fetch, may
from core.work import plain

_MOST_SHOWN = 200
_APPROVED = N_("Approved: the change is made.")
_REJECTED = N_("Rejected: nothing was changed. Who asked sees your note.")
_WITHDRAWN = N_("Withdrawn: nothing was changed.")
_TABS = (("waiting", N_("Waiting for me")), ("mine", N_("Asked for by me")), ("decided", N_("Decided")))
_TONES = {RequestState.WAITING: "warn", RequestState.APPROVED: "ok", RequestState.REJECTED: "bad"}


def waiting_approvals() -> int:
    """Return how many changes wait for the caller to decide; asks nothing where no change waits for a second person."""
    ctx = access.context()
    if not ctx.settings.approval_needed or not ctx.actor.paths(DECIDE):
        return 0
    return int(waiting_for(ctx).count())


class ApprovalsView(ScopedView):
    """Requests for a second person."""

    group = N_("Data")
    is_counted = False
    order = ("id", True)
    columns = (
        Shown("label", N_("What"), is_searched=True),
        Shown("verb", N_("Change"), write=verb_title),
        Shown("model", N_("Table"), write=title_of_named),
        Shown("state", N_("State")),
        Shown("account_name", N_("Who asks"), is_searched=True),
        Shown("created_at", N_("Asked on")),
        Shown("reason", N_("Reason")),
    )

    @expose("/")
    def index_view(self) -> Any:
        """Show what waits for the caller, what the caller asked for, or what was decided."""
        ctx = access.context()
        wanted = request.args.get("tab", "")
        tab = wanted if wanted in dict(_TABS) else "waiting"
        rows = list(_queue(ctx, tab).limit(_MOST_SHOWN))
        return self.render(
            "backoffice/writing/approvals.html",
            tab=tab,
            tabs=[(name, translate(title), url_for(".index_view", tab=name)) for name, title in _TABS],
            requests=[self._line(row) for row in rows],
        )

    @expose("/details/")
    def details_view(self) -> Any:
        """Show what a request would change, and decide on it."""
        return self._page(self._request(request.args.get("id", "")), 200)

    @expose("/<int:key>/<any(approve, reject, withdraw):act>", methods=("POST",))
    def decide_view(self, key: int, act: str) -> Any:
        """Approve, reject or withdraw a request."""
        row = self._request(str(key))
        if not access.has_form_token():
            flash(translate(access.FORM_TOO_OLD), "bad")
            return self._page(row, 403)
        note = request.form.get("note", "").strip()
        acts: dict[str, tuple[Callable[[Context], object], str]] = {
            "approve": (lambda ctx: approve(ctx, key, note), _APPROVED),
            "reject": (lambda ctx: reject(ctx, key, note), _REJECTED),
            "withdraw": (lambda ctx: withdraw(ctx, key), _WITHDRAWN),
        }
        perform, text = acts[act]
        try:
            perform(access.context())
        except Refused as refusal:
            status = {"FORBIDDEN": 403, "OWN_REQUEST": 403, "STALE_VERSION": 409}
            code = next((status[one.code] for one in refusal.problems if one.code in status), 422)
            return self._page(self._request(str(key)), code, refusal.problems)
        flash(translate(text), "ok")
        return redirect(url_for(".index_view"), 303)

    def _request(self, text: str) -> ChangeRequest:
        if not (text.isascii() and text.isdigit()) or len(text) > len("999999999"):
            raise not_found("input", "id", id=text or "-")
        return fetch(ChangeRequest, int(text), access.context(), "input", "id")

    def _line(self, row: ChangeRequest) -> dict[str, Any]:
        return {
            "url": url_for(".details_view", id=row.id),
            "what": row.label or title_of_named(row.model),
            "verb": verb_title(row.verb),
            "model": title_of_named(row.model),
            "state": term(row.state),
            "tone": _TONES.get(row.state, ""),
            "who": row.account_name,
            "at": self.shown(row, "created_at"),
            "reason": self.shown(row, "reason"),
        }

    def _page(self, row: ChangeRequest, status: int, problems: Sequence[Problem] = ()) -> Any:
        ctx = access.context()
        is_waiting, is_own = row.state is RequestState.WAITING, row.account_id == ctx.actor.account_id
        model = model_named(row.model)
        now = _present(ctx, row, model)
        page = self.render(
            "backoffice/writing/approval.html",
            request_row=row,
            line=self._line(row),
            link=link_to(model, row.subject_id) if now is not None and row.subject_id else "",
            groups=_differences(ctx, row, now),
            is_stale=is_waiting and _is_stale(row, now),
            decided_at=_decided(ctx, row),
            can_decide=is_waiting and not is_own and may(ctx.actor, DECIDE, row),
            can_withdraw=is_waiting and is_own,
            is_own=is_own and is_waiting,
            problems=problems,
            note=request.form.get("note", ""),
        )
        return page, status

    def waiting(self) -> int:
        """Return how many requests wait for the caller, for the menu."""
        return waiting_approvals()


def _decided(ctx: Context, row: ChangeRequest) -> str:
    """Return who decided when, nothing while the request waits."""
    return f"{row.decider_name}, {shown(row.decided_at, ctx.settings)}" if row.decided_at is not None else ""


def _queue(ctx: Context, tab: str) -> Any:
    if tab == "waiting":
        return waiting_for(ctx)
    seen = ChangeRequest.select().where(as_condition(policy.visible(ctx.actor, ChangeRequest)))
    own = ChangeRequest.account_id == (ctx.actor.account_id or 0)
    is_waiting = ChangeRequest.state == RequestState.WAITING
    return seen.where(own if tab == "mine" else ~is_waiting).order_by(ChangeRequest.id.desc())


def _present(ctx: Context, row: ChangeRequest, model: Any) -> Any:
    """Return the row that a request is about as it is now, None when it is not there or hidden."""
    if model is None or row.subject_id is None:
        return None
    seen = as_condition(policy.visible(ctx.actor, model))
    return model.select().where((model._meta.primary_key == row.subject_id) & seen).first()


def _is_stale(row: ChangeRequest, now: Any) -> bool:
    if row.subject_id is None:
        return False
    return now is None or row.seen_version != getattr(now, "version", None)


def _differences(ctx: Context, row: ChangeRequest, now: Any) -> list[tuple[str, list[tuple[str, str, str, str]]]]:
    """Return by table: title, and per field its title, value before, value asked for and present value if another."""
    groups: dict[tuple[str, Any], list[Any]] = defaultdict(list)
    for change in row.changes:
        groups[change["model"], change["id"]].append(change)
    found = []
    for (name, key), changes in groups.items():
        model = model_named(name)
        is_subject = now is not None and name == row.model and key == row.subject_id
        lines = []
        for change in changes:
            column = change["field"]
            present = plain(now.__data__.get(column)) if is_subject else change["before"]
            texts = told_values(ctx, model, column, [change["before"], change["after"], present])
            title = title_of(model, column) if model is not None else column
            lines.append((title, texts[0], texts[1], texts[2] if present != change["before"] else ""))
        found.append((model_title(model) if model is not None else name, lines))
    return found
