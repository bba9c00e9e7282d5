"""Pages of the files of a nomination or an award: read, fetched and sent."""

from typing import Any

from flask import Blueprint, abort, render_template, request, url_for

from admin import access
from core.plugin_api import Context, Refused, as_condition, fetch, may, visible
from core.progress.services.keeping import SentFile
from plugins.rewards import file_calls
from plugins.rewards.programmes.models import Award, Nomination, RewardFile
from plugins.rewards.programmes.policies import TAKE_BACK
from plugins.rewards.programmes.roles import DECIDE
from plugins.rewards.programmes.services.papers import add_decree_of_award, add_decree_of_nomination, add_evidence
from plugins.rewards.programmes.terms import AwardState, FilePurpose, NominationState
from schema.engine import decode_id, encode_id

_NOUN = "fileId"


def add_to(pages: Blueprint) -> None:
    """Add the pages of this subject."""

    @pages.get("/nominations/<int:key>/files")
    def nomination_files(key: int) -> Any:
        return _page(Nomination, key)

    @pages.get("/awards/<int:key>/files")
    def award_files(key: int) -> Any:
        return _page(Award, key)

    @pages.get("/files/<int:key>")
    def file(key: int) -> Any:
        return file_calls.give(RewardFile, key, _NOUN)

    @pages.post("/files")
    def send_file() -> Any:
        return file_calls.take(_add, _page_of, _NOUN)


def _add(ctx: Context, sent: SentFile) -> RewardFile:
    form = request.form
    if form.get("awardId"):
        return add_decree_of_award(ctx, decode_id("Award", form["awardId"], "input", "awardId"), sent)
    key = decode_id("Nomination", form.get("nominationId", ""), "input", "nominationId")
    is_decree = form.get("purpose") == FilePurpose.DECREE.value
    return (add_decree_of_nomination if is_decree else add_evidence)(ctx, key, sent)


def _page_of(row: RewardFile) -> str:
    if row.award_id is not None:
        return url_for("rewards.award_files", key=row.award_id)
    return url_for("rewards.nomination_files", key=row.nomination_id)


def _page(model: type[Nomination] | type[Award], key: int) -> Any:
    ctx = access.context()
    if not ctx.actor.is_known:
        return access.log_in()
    try:
        row: Any = fetch(model, file_calls.usable_key(model.__name__, key), ctx)
    except Refused:
        abort(404)
    is_award = isinstance(row, Award)
    place = RewardFile.award if is_award else RewardFile.nomination
    seen = (place == row.id) & as_condition(visible(ctx.actor, RewardFile))
    return render_template(
        "rewards/files.html",
        title=row.title if is_award else row.round.name,
        name=row.employee.name,
        files=list(RewardFile.select().where(seen).order_by(RewardFile.id)),
        field="awardId" if is_award else "nominationId",
        row_id=encode_id(model.__name__, row.id),
        purpose=_purpose(ctx, row),
    )


def _purpose(ctx: Context, row: Nomination | Award) -> FilePurpose | None:
    """Return what a file would be that the caller adds now; None where none may be added."""
    if isinstance(row, Award):
        is_open = row.state is AwardState.GRANTED and may(ctx.actor, DECIDE, row)
        return FilePurpose.DECREE if is_open else None
    if ctx.actor.employee_id == row.employee_id:
        return None
    if row.state is NominationState.AWARDED and may(ctx.actor, DECIDE, row):
        return FilePurpose.DECREE
    is_new = row.state is NominationState.NOMINATED and may(ctx.actor, TAKE_BACK, row)
    return FilePurpose.EVIDENCE if is_new else None
