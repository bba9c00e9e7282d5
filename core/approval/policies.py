"""Who sees what waits for a second person: who asked, and who decides and sees whole what it is about."""

from typing import Any

import peewee as pw

from core.actor import Actor
from core.approval.models import ChangeRequest
from core.history.models import HistoryRecord
from core.history.policies import is_about, shown_by_role
from core.policy import ActEntry, PolicyEntry, among, as_condition, below, either
from core.registry import active_registry

DECIDE = "approval.decide"


def _requests(actor: Actor, table: Any) -> Any:
    own = False if not actor.account_id else table.account_id == actor.account_id
    return either(own, decidable(actor, table))


def decidable(actor: Actor, table: Any) -> Any:
    """Return the requests (`table`: model or alias) about rows that the actor sees whole by a role that decides.

    A row that is yet to be made belongs to the unit that the request names.
    """
    inside = below(table.unit_path, actor.paths(DECIDE))
    if inside is False:
        return False
    parts: list[Any] = []
    for model in active_registry().models:
        if model in {ChangeRequest, HistoryRecord}:
            continue
        subject = model.alias()
        rows = shown_by_role(actor, DECIDE, subject)
        is_about_one = _model_of(table) == model.__name__
        if rows is True:
            # Rows that are gone, too: to bring one back is asked of whoever sees all of its table.
            parts.append(is_about_one)
        elif rows is not False:
            is_there = among(table.subject_id, subject.select(subject.id).where(rows))
            parts.append(is_about_one & (table.subject_id.is_null() | is_there))
    return either(*parts) & as_condition(inside) if parts else False


def _model_of(table: Any) -> Any:
    """Return the column `model`, which an alias of a table hides behind its own `model`."""
    is_alias = isinstance(table, pw.ModelAlias)
    return pw.FieldAlias(table, ChangeRequest.model) if is_alias else table.model


def _decide(actor: Actor, request: ChangeRequest) -> bool:
    """Allow to another than who asked and whom it is about; what the verb demands is asked besides."""
    if request.account_id == actor.account_id:
        return False
    rows = as_condition(decidable(actor, ChangeRequest))
    if not ChangeRequest.select().where((ChangeRequest.id == request.id) & rows).exists():
        return False
    row = subject_of(request)
    return row is None or not is_about(actor, row)


def subject_of(request: ChangeRequest) -> pw.Model | None:
    """Return the row that a request is about, None where it is yet to be made or is gone."""
    return None if request.subject_id is None else row_of(request.model, request.subject_id)


def row_of(name: str, key: int) -> pw.Model | None:
    """Return the row `key` of the table `name`, None where there is none."""
    model = next((model for model in active_registry().models if model.__name__ == name), None)
    row: pw.Model | None = None if model is None else model.get_or_none(model._meta.primary_key == key)
    return row


def _withdraw(actor: Actor, request: ChangeRequest) -> bool:
    return bool(actor.account_id) and request.account_id == actor.account_id


ENTRIES: list[PolicyEntry] = [PolicyEntry(ChangeRequest, _requests)]
ACTS: list[ActEntry] = [ActEntry(DECIDE, _decide), ActEntry("approval.withdraw", _withdraw)]
