"""The pages that give official forms: one row's as PDF, those of a filtered list as ZIP."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from flask import Blueprint, Flask, Response, current_app, redirect, request, url_for

from admin import access
from core.certificates.services import certificate_pdf
from core.digits import whole_number
from core.documents.services import MOST_AT_ONCE, document, many
from core.i18n import N_, translate

_LABELS: Mapping[str, tuple[str, str]] = {
    "plan": (N_("SKP as PDF"), N_("All SKP found here (PDF in a ZIP)")),
    "evaluation": (N_("Evaluation document as PDF"), N_("All evaluation documents found here (PDF in a ZIP)")),
}
"""The views whose rows have a form, with what the links to one and to many are called."""


_CERTIFICATE = {"id": N_("Certificate as PDF, Indonesian"), "en": N_("Certificate as PDF, English")}
"""The languages of a certificate, with what the link to it is called."""


def mount(app: Flask) -> None:
    """Add the pages beside those of the views."""
    pages = Blueprint("documents", __name__)
    for kind in _LABELS:
        pages.add_url_rule(f"/admin/{kind}/document", f"{kind}_one", _one_of(kind))
        pages.add_url_rule(f"/admin/{kind}/documents", f"{kind}_many", _many_of(kind))
    pages.add_url_rule("/admin/certificate/document", "certificate", _certificate)
    app.register_blueprint(pages)
    app.jinja_env.globals.update(document_links=document_links, documents_link=documents_link)


def document_links(view: Any, row: Any) -> list[dict[str, str]]:
    """Return title and URL of the forms of a row: one for a plan or an evaluation, one a language for a certificate."""
    if view.endpoint == "certificate":
        return [
            {"title": translate(title), "url": url_for("documents.certificate", id=row.id, language=code)}
            for code, title in _CERTIFICATE.items()
        ]
    if view.endpoint not in _LABELS:
        return []
    title, _ = _LABELS[view.endpoint]
    return [{"title": translate(title), "url": url_for(f"documents.{view.endpoint}_one", id=row.id)}]


def documents_link(view: Any, address: str, count: int) -> dict[str, str] | None:
    """Return title and URL of the forms of all that a list's `address` finds; None where there are none or too many."""
    if view.endpoint not in _LABELS or not 0 < count <= MOST_AT_ONCE:
        return None
    _, title = _LABELS[view.endpoint]
    return {"title": translate(title), "url": f"{url_for(f'documents.{view.endpoint}_many')}?{address}"}


def _one_of(kind: str) -> Any:
    def one() -> Any:
        if not access.actor().is_known:
            return _log_in()
        name, data = document(access.context(), kind, whole_number(request.args.get("id", "")) or 0)
        return _sent(data, name, "application/pdf")

    return one


def _certificate() -> Any:
    if not access.actor().is_known:
        return _log_in()
    key = whole_number(request.args.get("id", "")) or 0
    name, data = certificate_pdf(access.context(), key, request.args.get("language", ""), request.host_url)
    return _sent(data, name, "application/pdf")


def _many_of(kind: str) -> Any:
    def several() -> Any:
        if not access.actor().is_known:
            return _log_in()
        found = _view(kind).rows_found(access.actor(), request.args).limit(MOST_AT_ONCE + 1).tuples()
        data = many(access.context(), kind, [key for (key,) in found])
        return _sent(data, f"{kind}.zip", "application/zip")

    return several


def _view(endpoint: str) -> Any:
    (admin,) = current_app.extensions["admin"]
    return next(view for view in admin._views if view.endpoint == endpoint)  # noqa: SLF001 - no public list


def _log_in() -> Any:
    return redirect(url_for("admin.login", next=request.full_path))


def _sent(data: bytes, name: str, content_type: str) -> Response:
    response = Response(data, content_type=content_type)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    response.headers["Cache-Control"] = "no-store"
    return response
