"""Files over HTTP: evidence sent as a form and given out to those who see its progress, and certificates as PDF."""

from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response, g, jsonify, request

from core.certificates.services import certificate_pdf
from core.context import Context
from core.errors import Refused, not_found, refuse
from core.i18n import N_
from core.identity.authentication import NotAuthenticated
from core.progress import services
from core.registry import Registry
from core.settings import Settings
from schema.context import request_context
from schema.engine import decode_id, encode_id
from schema.engine.ids import split_id
from schema.problems import show_all
from schema.uploads import download, sent_file

_STATUS = {
    "UNAUTHENTICATED": 401,
    "FORBIDDEN": 403,
    "NOT_FOUND": 404,
    "BAD_ID": 404,
    "FILE_TOO_LARGE": 413,
    "FILE_TYPE_NOT_ACCEPTED": 415,
}


def mount(app: Any, registry: Registry) -> None:
    """Serve evidence files below /files."""
    app.register_blueprint(files_blueprint(registry.settings))


def files_blueprint(settings: Settings) -> Blueprint:
    """Return the blueprint that takes evidence files and gives them out."""
    blueprint = Blueprint("files", __name__, url_prefix="/files")

    @blueprint.post("/evidence")
    def send_evidence() -> Response:
        # Only a bearer token counts here, so that no foreign web page can send a form in somebody's name.
        try:
            ctx = _known(settings)
            evidence = _receive(ctx, settings)
        except Refused as refusal:
            return _refusal(refusal)
        response = jsonify({"evidenceId": encode_id("Evidence", evidence.id), "problems": []})
        response.status_code = 201
        return response

    @blueprint.get("/evidence/<int:evidence_id>")
    def evidence(evidence_id: int) -> Response:
        try:
            ctx = _known(settings)
            # No key is as large as an address can say; the database would fail instead of finding nothing.
            if split_id(encode_id("Evidence", evidence_id)) is None:
                raise not_found(id=str(evidence_id)[:40])
            row, path = services.evidence_file(ctx, evidence_id)
        except Refused as refusal:
            return _refusal(refusal)
        return download(row, path)

    @blueprint.get("/certificates/<int:certificate_id>")
    def certificate(certificate_id: int) -> Response:
        try:
            ctx = _known(settings)
            if split_id(encode_id("Certificate", certificate_id)) is None:
                raise not_found(id=str(certificate_id)[:40])
            name, data = certificate_pdf(ctx, certificate_id, request.args.get("language", ""), request.host_url)
        except Refused as refusal:
            return _refusal(refusal)
        response = Response(data, content_type="application/pdf")
        response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
        response.headers["Cache-Control"] = "private, no-store"
        return response

    return blueprint


def _known(settings: Settings) -> Context:
    ctx = request_context(settings)
    if not ctx.actor.is_known:
        raise refuse("UNAUTHENTICATED", N_("You are not logged in. Log in and send your access token."))
    return ctx


def _receive(ctx: Context, settings: Settings) -> Any:
    missing = N_("No file has arrived. Send multipart/form-data with the fields progressRecordId, file and title.")
    with sent_file(settings, missing) as sent:
        key = decode_id("ProgressRecord", request.form.get("progressRecordId", ""), "input", "progressRecordId")
        return services.add_evidence_file(ctx, key, sent.source, sent.name, sent.declared_type, sent.title)


def _refusal(refusal: Refused) -> Response:
    problems = [
        {"path": problem.path, "code": problem.code, "message": problem.message}
        for problem in show_all(refusal, g.language)
    ]
    response = jsonify({"evidenceId": None, "problems": problems})
    response.status_code = _STATUS.get(refusal.problems[0].code, 422)
    if isinstance(refusal, NotAuthenticated) or response.status_code == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response
