"""Files over HTTP: evidence sent as a form and given out to those who see its progress, and certificates as PDF."""

from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response, g, jsonify, request, send_file
from werkzeug.exceptions import RequestEntityTooLarge

from core.certificates.services import certificate_pdf
from core.context import Context
from core.errors import Refused, not_found, refuse
from core.i18n import N_
from core.identity.authentication import NotAuthenticated
from core.progress import services
from core.progress.rules.evidence import MEGABYTE
from core.registry import Registry
from core.settings import Settings
from schema.context import request_context
from schema.engine import decode_id, encode_id
from schema.engine.ids import split_id
from schema.engine.texts import require_usable
from schema.problems import show_all

_FORM_ALLOWANCE = 65_536
"""What the other fields and the boundaries of a form may take beside the file."""

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
        response = send_file(
            path,
            mimetype=row.content_type,
            as_attachment=True,
            download_name=row.file_name,
            conditional=False,
            etag=False,
            max_age=None,
        )
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
        response.headers["Cache-Control"] = "private, no-store"
        return response

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
    request.max_content_length = limit = settings.max_upload_mb * MEGABYTE + _FORM_ALLOWANCE
    if (request.content_length or 0) > limit:
        raise _too_large(settings)
    try:
        form, sent = request.form, request.files.get("file")
    except RequestEntityTooLarge:
        # A body without a stated length is only found to be too large while it is read.
        raise _too_large(settings) from None
    if sent is None:
        text = N_("No file has arrived. Send multipart/form-data with the fields progressRecordId, file and title.")
        raise refuse("FILE_MISSING", text, "input", "file")
    with sent.stream:
        require_usable({"input": {"title": form.get("title", ""), "file": sent.filename or ""}})
        key = decode_id("ProgressRecord", form.get("progressRecordId", ""), "input", "progressRecordId")
        return services.add_evidence_file(
            ctx, key, sent.stream, sent.filename or "", sent.mimetype or "", form.get("title", "")
        )


def _too_large(settings: Settings) -> Refused:
    text = N_("The file is larger than {limit} MB. Make it smaller, or give a link.")
    return refuse("FILE_TOO_LARGE", text, "input", "file", limit=settings.max_upload_mb)


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
