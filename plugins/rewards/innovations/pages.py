"""Pages of innovations: one to read, with its effects as pictures, and its evidence as files."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, abort, render_template, request, url_for

from admin import access
from admin.show import shown, term
from core.charts.pictures import picture_of, tag_of
from core.charts.spec import Mark, Picture, described, make_spec
from core.charts.terms import ChartKind
from core.charts.themes import Theme, themed
from core.charts.words import number_text
from core.organisation.models import Employee
from core.plugin_api import N_, Context, Refused, active_registry, as_condition, fetch, may, translate, visible
from core.progress.services.keeping import SentFile
from plugins.rewards import file_calls
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
from plugins.rewards.innovations.services.evidence import add_file
from schema.engine import decode_id, encode_id

_NOUN = "evidenceId"


def add_to(pages: Blueprint) -> None:
    """Add the pages of this subject."""

    @pages.get("/innovations/<int:key>")
    def innovation(key: int) -> Any:
        ctx = access.context()
        if not ctx.actor.is_known:
            return access.log_in()
        return _page(ctx, _found(ctx, Innovation, key))

    @pages.get("/innovation-effects/<int:key>.svg")
    def innovation_effect(key: int) -> Any:
        ctx = access.context()
        return _drawn(ctx, _found(ctx, InnovationEffect, key), request.args)

    @pages.get("/innovation-evidence/<int:key>")
    def innovation_evidence(key: int) -> Any:
        return file_calls.give(InnovationEvidence, key, _NOUN)

    @pages.post("/innovation-evidence")
    def send_innovation_evidence() -> Any:
        return file_calls.take(_add, lambda row: url_for("rewards.innovation", key=row.innovation_id), _NOUN)


def _add(ctx: Context, sent: SentFile) -> InnovationEvidence:
    return add_file(ctx, decode_id("Innovation", request.form.get("innovationId", ""), "input", "innovationId"), sent)


def _found(ctx: Context, model: type[Any], key: int) -> Any:
    try:
        return fetch(model, file_calls.usable_key(model.__name__, key), ctx)
    except Refused:
        abort(404)


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
