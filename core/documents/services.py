"""Gives the official forms as PDF, each with what the caller may see and nothing more."""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from core.context import Context
from core.documents.evaluations import evaluation_forms
from core.documents.plans import plan_forms
from core.documents.typesetting import as_pdf
from core.errors import not_found, refuse
from core.i18n import N_
from core.progress.rules.evidence import clean_name

MOST_AT_ONCE = 100
"""Forms that are given at once; each takes about a fifth of a second."""

_FORMS: Mapping[str, tuple[str, str, Callable[[Context, Sequence[int]], list[dict[str, Any]]]]] = {
    "plan": ("PerformancePlan", "SKP", plan_forms),
    "evaluation": ("Evaluation", "Evaluasi kinerja", evaluation_forms),
}
"""For each kind of form: its model, the beginning of its file's name, and what gives its data."""


def plan_document(ctx: Context, plan_id: int) -> bytes:
    """Return a plan (SKP) as PDF; refused with NOT_FOUND when the caller does not see it."""
    return document(ctx, "plan", plan_id)[1]


def evaluation_document(ctx: Context, evaluation_id: int) -> bytes:
    """Return an evaluation with its dokumen evaluasi kinerja as PDF; refused with NOT_FOUND when it is hidden."""
    return document(ctx, "evaluation", evaluation_id)[1]


def document(ctx: Context, kind: str, key: int) -> tuple[str, bytes]:
    """Return the name and the bytes of one form of a kind (plan, evaluation)."""
    model, _, forms = _FORMS[kind]
    found = forms(ctx, [key])
    if not found:
        raise not_found("input", "id", id=f"{model}:{key}")
    return _name(kind, found[0]), as_pdf(kind, found[0], ctx.now)


def many(ctx: Context, kind: str, keys: Sequence[int]) -> bytes:
    """Return the forms of a kind in one ZIP, a PDF for each row that the caller sees.

    Refused with TOO_MANY_DOCUMENTS for more than MOST_AT_ONCE, with NOT_FOUND where nothing is seen.
    """
    wanted = list(dict.fromkeys(keys))
    if len(wanted) > MOST_AT_ONCE:
        raise refuse(
            "TOO_MANY_DOCUMENTS",
            N_("{count} documents are too many at once. Choose at most {limit}, for example one unit after the other."),
            "input",
            "ids",
            count=len(wanted),
            limit=MOST_AT_ONCE,
        )
    model, _, forms = _FORMS[kind]
    found = forms(ctx, wanted)
    if not found:
        raise not_found("input", "ids", id=model)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for form in found:
            archive.writestr(_name(kind, form), as_pdf(kind, form, ctx.now))
    return packed.getvalue()


def _name(kind: str, form: Mapping[str, Any]) -> str:
    number = str(form["number"]).rpartition("/")[2]
    return clean_name(f"{_FORMS[kind][1]} {number} {form['employee']['name']}.pdf".replace("/", "-"))
