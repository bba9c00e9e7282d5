"""Pages of innovations: one to read, with its effects as pictures, and its evidence as files."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, g, jsonify, redirect, render_template, request, send_file, url_for
from werkzeug.exceptions import RequestEntityTooLarge

from admin import access
from admin.show import shown, term
from core.charts.pictures import picture_of, tag_of
from core.charts.spec import Mark, Picture, described, make_spec
from core.charts.terms import ChartKind
from core.charts.themes import Theme, themed
from core.charts.words import number_text
from core.organisation.models import Employee
from core.plugin_api import N_, Context, Refused, active_registry, as_condition, fetch, may, refuse, translate, visible
from core.progress.rules.evidence import MEGABYTE
from plugins.rewards.innovations.admin import CAUTIONS
from plugins.rewards.innovations.models import (
    Innovation,
    InnovationAuthor,
    InnovationEffect,
    InnovationEvidence,
    InnovationStep,
)
from plugins.rewards.innovations.policies import EDIT
from plugins.rewards.innovations.reading_effects import fact_title_of, said_by
from plugins.rewards.innovations.services.evidence import add_file, evidence_file
from schema.context import request_context
from schema.engine import decode_id, encode_id
from schema.engine.ids import split_id

_FORM_ALLOWANCE = 65_536
"""What the other fields and the boundaries of a form may take beside the file."""

_STATUS = {"UNAUTHENTICATED": 401, "FORBIDDEN": 403, "NOT_FOUND": 404, "FILE_TOO_LARGE": 413}


def add_to(pages: Blueprint) -> None:
    """Add the pages of this subject."""

    @pages.get("/innovations/<int:key>")
    def innovation(key: int) -> Any:
        ctx = access.context()
        if not ctx.actor.is_known:
            return redirect("/admin/login?" + urlencode({"next": request.path}))
        return _page(ctx, _found(ctx, Innovation, key))

    @pages.get("/innovation-effects/<int:key>.svg")
    def innovation_effect(key: int) -> Any:
        ctx = access.context()
        return _drawn(ctx, _found(ctx, InnovationEffect, key), request.args)

    @pages.get("/innovation-evidence/<int:key>")
    def innovation_evidence(key: int) -> Any:
        try:
            row, path = evidence_file(_context(), _usable("InnovationEvidence", key))
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
        response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
        return response

    @pages.post("/innovation-evidence")
    def send_innovation_evidence() -> Any:
        is_form = "Authorization" not in request.headers
        try:
            if is_form and not access.has_form_token():
                raise refuse("UNAUTHENTICATED", N_("The form was too old. Fill it in again."))
            row = _receive(_context())
        except Refused as refusal:
            return _refusal(refusal)
        if is_form:
            return redirect(url_for("rewards.innovation", key=row.innovation_id), 303)
        response = jsonify({"evidenceId": encode_id("InnovationEvidence", row.id), "problems": []})
        response.status_code = 201
        return response


def _context() -> Context:
    """Return the context of a program with a bearer token, or of this browser's session."""
    settings = active_registry().settings
    ctx = request_context(settings) if "Authorization" in request.headers else access.context()
    if not ctx.actor.is_known:
        raise refuse("UNAUTHENTICATED", N_("You are not logged in. Log in and send your access token."))
    return ctx


def _usable(type_name: str, key: int) -> int:
    # No key is as large as an address can say; the database would fail instead of finding nothing.
    return key if split_id(encode_id(type_name, key)) is not None else 0


def _found(ctx: Context, model: type[Any], key: int) -> Any:
    try:
        return fetch(model, _usable(model.__name__, key), ctx)
    except Refused:
        abort(404)


def _receive(ctx: Context) -> InnovationEvidence:
    limit = ctx.settings.max_upload_mb
    text = N_("The file is larger than {limit} MB. Make it smaller, or give a link.")
    too_large = refuse("FILE_TOO_LARGE", text, "input", "file", limit=limit)
    request.max_content_length = most = limit * MEGABYTE + _FORM_ALLOWANCE
    if (request.content_length or 0) > most:
        raise too_large
    try:
        form, sent = request.form, request.files.get("file")
    except RequestEntityTooLarge:
        # A body without a stated length is only found to be too large while it is read.
        raise too_large from None
    if sent is None:
        raise refuse("FILE_MISSING", N_("No file has arrived. Choose one and send it again."), "input", "file")
    with sent.stream:
        key = decode_id("Innovation", form.get("innovationId", ""), "input", "innovationId")
        return add_file(ctx, key, sent.stream, sent.filename or "", sent.mimetype or "", form.get("title", ""))


def _refusal(refusal: Refused) -> Any:
    first = refusal.problems[0]
    problems = [{"path": one.path, "code": one.code, "message": one.message(g.language)} for one in refusal.problems]
    response = jsonify({"evidenceId": None, "problems": problems})
    response.status_code = _STATUS.get(first.code, 422)
    if response.status_code == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def _page(ctx: Context, row: Innovation) -> str:
    def parts(model: type[Any], *joined: Any) -> Any:
        mine = (model.innovation == row.id) & as_condition(visible(ctx.actor, model))
        return model.select(model, *joined).where(mine).order_by(model.id)

    sees = as_condition(visible(ctx.actor, Employee))
    authors = parts(InnovationAuthor, Employee).join(Employee).where(sees)
    hidden = parts(InnovationAuthor).count() - len(list(authors))
    return render_template(
        "rewards/innovation.html",
        row=row,
        authors=[(one.employee.name, term(one.role), one.share) for one in authors],
        hidden=hidden,
        steps=list(parts(InnovationStep)),
        evidence=list(parts(InnovationEvidence)),
        effects=[(one, fact_title_of(one), said_by(one), described(_picture(one))) for one in parts(InnovationEffect)],
        cautions={code: translate(text) for code, text in CAUTIONS.items()},
        may_edit=may(ctx.actor, EDIT, row),
        innovation_id=encode_id("Innovation", row.id),
        token=access.form_token(),
        term=term,
        shown=lambda value: "–" if value is None else shown(value, ctx.settings),
    )


def _picture(row: InnovationEffect) -> Picture:
    sides = (
        (N_("Before"), row.before_first, row.before_last, row.before_value, row.before_cases),
        (N_("After"), row.after_first, row.after_last, row.after_value, row.after_cases),
    )
    cases = translate(N_("{value} ({cases} cases)"))
    settings = active_registry().settings
    return Picture(
        kind=ChartKind.COLUMN,
        title=fact_title_of(row),
        note=" ".join(translate(CAUTIONS[one]) for one in said_by(row).cautions),
        category=translate(N_("Span")),
        series=None,
        value=row.unit_of_measure or fact_title_of(row),
        width=420,
        height=260,
        marks=[
            Mark(
                f"{translate(name)}: {shown(first, settings)} – {shown(last, settings)}",
                "",
                value,
                cases.format(value=number_text(value), cases=number_text(count)),
            )
            for name, first, last, value, count in sides
            if value is not None
        ],
        bands=(),
    )


def _drawn(ctx: Context, row: InnovationEffect, args: Mapping[str, str]) -> Response:
    theme: Theme = "dark" if args.get("theme") == "dark" else "light"
    spec = themed(make_spec(_picture(row)), theme)
    tag = tag_of(spec, "svg")
    if request.if_none_match.contains(tag):
        return Response(status=304)
    try:
        picture = picture_of(spec, "svg", ctx.settings)
    except Refused as refusal:
        # An image cannot show what is wrong; the table beside it has the figures all the same.
        response = Response(refusal.problems[0].message(), 503, content_type="text/plain; charset=utf-8")
        response.headers["Retry-After"] = "10"
        return response
    response = Response(picture, content_type="image/svg+xml")
    response.set_etag(tag)
    return response
