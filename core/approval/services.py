"""The second pair of eyes: a guarded change becomes a request, which another person approves or rejects."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
import peewee as pw

from core.approval.events import DECIDED, REQUESTED
from core.approval.guards import ApprovalNeeded
from core.approval.models import ChangeRequest
from core.approval.policies import DECIDE, decidable, row_of, subject_of
from core.approval.terms import RequestState
from core.context import Context
from core.errors import Refused, forbidden, refuse, stale
from core.history.models import HistoryRecord
from core.i18n import N_, translate
from core.identity.actors import actor_for_account
from core.identity.models import Account
from core.policy import as_condition, fetch, may, require
from core.registry import active_registry
from core.verbs.declare import Does, Target, Values, Verb
from core.verbs.performing import is_offered, perform, verb_named
from core.verbs.subjects import label_of_row, unit_path_of
from core.verbs.values import as_json, from_json
from core.work import UnitOfWork, unit_of_work

_MOST_CHANGES = 200
_UNSHOWN = frozenset({"path", "depth"})
_RECORD = "_record"
"""Beside the values of a verb about a change of the history: the id of that change."""


class _TakeBack(Exception):  # noqa: N818 - a signal, not an error: it rolls a trial back
    pass


def perform_or_request(ctx: Context, verb: Verb, target: Target, values: Values) -> object:
    """Do the verb and return what it gave; where a second person is needed, write nothing but a request and return it.

    Refused with REQUEST_SECRET where the values hold a password, which is kept nowhere. Asks for no unit of work to be
    open: its end decides.
    """
    try:
        return perform(ctx, verb, target, values)
    except ApprovalNeeded as needed:
        return request_change(ctx, verb, target, values, needed.entries)


def request_change(
    ctx: Context,
    verb: Verb,
    target: Target,
    values: Values,
    entries: Sequence[Mapping[str, Any]],
    run_id: int | None = None,
) -> ChangeRequest:
    """Have the verb wait for a second person; `entries` of the history say what the attempt would have changed."""
    fields = verb.by_name
    if any(fields[name].is_secret and value for name, value in values.items() if name in fields):
        raise refuse(
            "REQUEST_SECRET",
            N_(
                "A password is kept nowhere, so this cannot wait for a second person. Leave the password out, or ask "
                "your administrator."
            ),
            "input",
        )
    if not ctx.actor.account_id:
        raise forbidden("input")
    row = None if verb.does is Does.CREATE else fetch(verb.model, target.id, ctx, "input", "id")
    known: dict[str, Any] = {
        "verb": verb.name,
        "model": verb.model.__name__,
        "subject_id": None if row is None else target.id,
        "values": as_json(verb, values),
    }
    if isinstance(row, HistoryRecord):
        # Restoring is about the row that is restored: who sees that one decides.
        known |= {"model": row.subject_type, "subject_id": row.subject_id}
        known["values"][_RECORD] = row.id
        row = row_of(row.subject_type, row.subject_id)
    known["seen_version"] = None if row is None else target.version or getattr(row, "version", None)
    with unit_of_work(ctx) as work:
        same = _same(ctx, known)
        if same is not None:
            return same
        request = work.create(
            ChangeRequest,
            **known,
            label=_label_of(row, entries),
            changes=changes_of(entries),
            reason=ctx.reason or "",
            unit_path=_place_of(row, entries, ctx),
            account_id=ctx.actor.account_id,
            account_name=ctx.actor.name,
            run_id=run_id,
        )
        work.emit(REQUESTED, _told(request))
        return request


def approve(ctx: Context, id: int, note: str = "") -> ChangeRequest:
    """Do what a request asks for, as the one who asked, and return the request.

    Refused to who asked (OWN_REQUEST), to who may not do the same, and with STALE_VERSION when the row has changed
    since. The history names both: who asked as the one who did it, who approved in its reason.
    """
    ctx.is_approved = True
    try:
        with unit_of_work(ctx) as work:
            request, verb, row = _decidable(ctx, id)
            asked_by = _who_asked(request)
            is_gone = row is None and request.subject_id is not None and _RECORD not in request.values
            if is_gone or request.seen_version != getattr(row, "version", None):
                raise stale("input", "version")
            target, values = _asked(request, verb)
            if verb.does is Does.CREATE or not verb.permission:
                _try_as_approver(ctx, work, verb, target, values)
            acting = _acting(ctx, request, asked_by)
            with work.on_behalf_of(acting):
                perform(acting, verb, target, values)
            return _decide(ctx, work, request, RequestState.APPROVED, note)
    finally:
        ctx.is_approved = False


def reject(ctx: Context, id: int, note: str) -> ChangeRequest:
    """Turn a request down with a note to who asked; refused without one."""
    if not note.strip():
        raise refuse("NOTE_MISSING", N_("Who asked must learn why. Write a note."), "input", "note")
    with unit_of_work(ctx) as work:
        request, _, _ = _decidable(ctx, id)
        return _decide(ctx, work, request, RequestState.REJECTED, note)


def withdraw(ctx: Context, id: int) -> ChangeRequest:
    """Take back one's own request."""
    with unit_of_work(ctx) as work:
        request = _waiting(ctx, id)
        require(ctx, "approval.withdraw", request, "input", "id")
        return _decide(ctx, work, request, RequestState.WITHDRAWN, "")


def waiting_for(ctx: Context) -> Any:
    """Return the query of the requests that wait for the caller, oldest first."""
    mine = ChangeRequest.account_id != (ctx.actor.account_id or 0)
    rows = as_condition(decidable(ctx.actor, ChangeRequest))
    is_waiting = ChangeRequest.state == RequestState.WAITING
    return ChangeRequest.select().where(is_waiting & mine & rows).order_by(ChangeRequest.id)


def changes_of(entries: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return what history entries change, field by field, each with before and after as JSON values."""
    found: list[dict[str, Any]] = []
    for entry in entries:
        before = orjson.loads(entry["before"]) if entry["before"] else {}
        after = orjson.loads(entry["after"]) if entry["after"] else {}
        found += [
            {
                "model": entry["subject_type"],
                "id": entry["subject_id"] if before else None,
                "field": name,
                "before": before.get(name),
                "after": after.get(name),
            }
            for name in {**before, **after}
            if name not in {"id", *_UNSHOWN} and before.get(name) != after.get(name)
        ]
    return found[:_MOST_CHANGES]


def _same(ctx: Context, known: Mapping[str, Any]) -> ChangeRequest | None:
    """Return the request that the caller has made already for the very same."""
    rows = ChangeRequest.select().where(
        (ChangeRequest.account_id == ctx.actor.account_id)
        & (ChangeRequest.state == RequestState.WAITING)
        & (ChangeRequest.verb == known["verb"])
        & (ChangeRequest.model == known["model"])
    )
    return next((row for row in rows if all(getattr(row, name) == value for name, value in known.items())), None)


def _label_of(row: pw.Model | None, entries: Sequence[Mapping[str, Any]]) -> str:
    """Return what the row is called; of one that is yet to be made or brought back, what it would be called."""
    if row is not None:
        return label_of_row(row)
    values = orjson.loads(entries[0]["after"] or "{}") if entries else {}
    return next((str(values[name]) for name in ("name", "title", "statement", "code") if values.get(name)), "")


def _place_of(row: pw.Model | None, entries: Sequence[Mapping[str, Any]], ctx: Context) -> str:
    """Return where a row belongs; where that says nothing, where the rows belong that were to be changed."""
    path = "" if row is None else unit_path_of(row, ctx.today)
    if path:
        return path
    models = {model.__name__: model for model in active_registry().models}
    for entry in entries:
        if entry["subject_type"] in models:
            model = models[entry["subject_type"]]
            known = orjson.loads(entry["after"] or entry["before"])
            # What the attempt would have made is gone again; a unit that it would have made lies below another.
            references = {name: key for name, key in known.items() if key is not None and _is_reference(model, name)}
            path = known.get("path") or unit_path_of(model(id=entry["subject_id"], **references), ctx.today)
            if path:
                return str(path)
    return ""


def _is_reference(model: type[pw.Model], name: str) -> bool:
    return isinstance(model._meta.fields.get(name), pw.ForeignKeyField)


def _waiting(ctx: Context, id: int) -> ChangeRequest:
    request = fetch(ChangeRequest, id, ctx, "input", "id")
    if request.state is not RequestState.WAITING:
        raise refuse("REQUEST_DECIDED", N_("This was decided or withdrawn before. Look at its outcome."), "input", "id")
    return request


def _decidable(ctx: Context, id: int) -> tuple[ChangeRequest, Verb, pw.Model | None]:
    request = _waiting(ctx, id)
    if request.account_id == ctx.actor.account_id:
        raise refuse(
            "OWN_REQUEST", N_("Nobody decides on what he asked for himself. Leave it to another."), "input", "id"
        )
    require(ctx, DECIDE, request, "input", "id")
    verb = verb_named(request.verb)
    row = subject_of(request)
    asked_of: pw.Model | None = row
    if _RECORD in request.values:
        asked_of = HistoryRecord.get_or_none(HistoryRecord.id == request.values[_RECORD])
    if verb.does is Does.CREATE:
        is_allowed = is_offered(ctx.actor, verb)
    else:
        is_allowed = asked_of is None or not verb.permission or may(ctx.actor, verb.permission, verb.subject(asked_of))
    if not is_allowed:
        raise forbidden("input", "id")
    return request, verb, row


def _who_asked(request: ChangeRequest) -> Account:
    account: Account | None = Account.get_or_none((Account.id == request.account_id) & Account.is_active)
    if account is None:
        raise refuse(
            "REQUESTER_GONE",
            N_("The account of {name} is closed, so nothing is done in that name. Reject this, and do it yourself."),
            "input",
            "id",
            name=request.account_name,
        )
    return account


def _asked(request: ChangeRequest, verb: Verb) -> tuple[Target, dict[str, Any]]:
    key = request.values.get(_RECORD, request.subject_id) or 0
    return Target(key, request.seen_version), from_json(verb, request.values)


def _try_as_approver(ctx: Context, work: UnitOfWork, verb: Verb, target: Target, values: Values) -> None:
    """Refuse who could not do the same himself: the trial is taken back."""
    try:
        with work.attempt():
            perform(ctx, verb, target, values)
            raise _TakeBack  # noqa: TRY301 - leaving the block by it is what rolls back
    except _TakeBack:
        return
    except Refused as refused:
        if any(problem.code in {"FORBIDDEN", "NOT_FOUND"} for problem in refused.problems):
            raise forbidden("input", "id") from None
        raise


def _acting(ctx: Context, request: ChangeRequest, account: Account) -> Context:
    text = translate(N_("{reason} (request {id}, approved by {name})"), ctx.settings.default_language)
    reason = text.format(reason=request.reason, id=request.id, name=ctx.actor.name).strip()
    return Context(
        actor=actor_for_account(account, ctx.today),
        settings=ctx.settings,
        now=ctx.now,
        request_id=ctx.request_id,
        language=ctx.language,
        reason=reason,
        is_approved=True,
    )


def _decide(ctx: Context, work: UnitOfWork, request: ChangeRequest, state: RequestState, note: str) -> ChangeRequest:
    work.update(
        request,
        state=state,
        decided_by=ctx.actor.account_id,
        decider_name=ctx.actor.name,
        decided_at=ctx.now,
        note=note.strip(),
        batch=work.batch if state is RequestState.APPROVED else "",
    )
    work.emit(DECIDED, {**_told(request), "state": state.value, "decided_by": ctx.actor.account_id})
    return request


def _told(request: ChangeRequest) -> dict[str, Any]:
    return {
        "request_id": request.id,
        "verb": request.verb,
        "model": request.model,
        "subject_id": request.subject_id,
        "account_id": request.account_id,
    }
