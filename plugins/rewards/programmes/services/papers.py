"""Files of programmes: the evidence of a nomination, and the decree that decides on it or gives an award."""

from typing import Any

from core.plugin_api import N_, Context, UnitOfWork, fetch, refuse, require, stale, unit_of_work
from core.progress.services.keeping import SentFile, keep_file
from plugins.rewards.programmes.models import Award, Nomination, RewardFile
from plugins.rewards.programmes.policies import CHANGE_FILES, TAKE_BACK
from plugins.rewards.programmes.roles import DECIDE
from plugins.rewards.programmes.services.access import open_round, to_do
from plugins.rewards.programmes.services.nominating import at_state, not_concerned
from plugins.rewards.programmes.terms import AwardState, FilePurpose, NominationState

MOST_FILES = 20


def add_evidence(ctx: Context, nomination_id: int, sent: SentFile) -> RewardFile:
    """Add a file as evidence of a nomination, by whoever made it or by HR, before it is verified."""

    def place() -> dict[str, Any]:
        nomination = to_do(ctx, TAKE_BACK, Nomination, nomination_id, "nominationId")
        _still_to_prove(ctx, nomination)
        return _room({"nomination": nomination.id}, FilePurpose.EVIDENCE, "nominationId")

    return keep_file(ctx, RewardFile, sent, place)


def add_decree_of_nomination(ctx: Context, nomination_id: int, sent: SentFile) -> RewardFile:
    """Add the signed decree to a decided nomination; the award takes it over when it is granted."""

    def place() -> dict[str, Any]:
        nomination = to_do(ctx, DECIDE, Nomination, nomination_id, "nominationId")
        _decided(ctx, nomination)
        return _room({"nomination": nomination.id}, FilePurpose.DECREE, "nominationId")

    return keep_file(ctx, RewardFile, sent, place)


def add_decree_of_award(ctx: Context, award_id: int, sent: SentFile) -> RewardFile:
    """Add the signed decree to an award that holds."""

    def place() -> dict[str, Any]:
        award = to_do(ctx, DECIDE, Award, award_id, "awardId")
        _holds(award, "awardId")
        return _room({"award": award.id}, FilePurpose.DECREE, "awardId")

    return keep_file(ctx, RewardFile, sent, place)


def remove_file(ctx: Context, file_id: int, version: int | None) -> int:
    """Remove a file as long as one could be added there; return its id."""
    with unit_of_work(ctx) as work:
        row = fetch(RewardFile, file_id, ctx, "input", "id")
        require(ctx, CHANGE_FILES, row, "input", "id")
        award, nomination = row.award, row.nomination
        if award is not None:
            _holds(award, "id")
        if nomination is not None:
            (_still_to_prove if row.purpose is FilePurpose.EVIDENCE else _decided)(ctx, nomination)
        if version is not None and version != row.version:
            raise stale("input", "version")
        work.delete(row)
        return file_id


def hand_over_decrees(work: UnitOfWork, nomination: Nomination, award: Award) -> None:
    """Let the decrees of a nomination belong to the award that came of it, which says who sees them from now on."""
    for row in _decrees(nomination):
        work.update(row, nomination=None, award=award.id)


def drop_decrees(work: UnitOfWork, nomination: Nomination) -> None:
    """Remove the decrees of a decision that has fallen."""
    for row in _decrees(nomination):
        work.delete(row)


def _decrees(nomination: Nomination) -> list[RewardFile]:
    mine = (RewardFile.nomination == nomination.id) & (RewardFile.purpose == FilePurpose.DECREE)
    return list(RewardFile.select().where(mine).order_by(RewardFile.id))


def _still_to_prove(ctx: Context, nomination: Nomination) -> None:
    open_round(ctx, nomination.round_id, "id")
    # What was verified stays as verification saw it.
    at_state(nomination, NominationState.NOMINATED)
    not_concerned(ctx, nomination)


def _decided(ctx: Context, nomination: Nomination) -> None:
    open_round(ctx, nomination.round_id, "id")
    at_state(nomination, NominationState.AWARDED)
    not_concerned(ctx, nomination)


def _holds(award: Award, path: str) -> None:
    if award.state is AwardState.REVOKED:
        text = N_("This award was revoked on {day}. Nothing is left to be done.")
        day = award.revoked_on.isoformat() if award.revoked_on else "-"
        raise refuse("AWARD_REVOKED", text, "input", path, day=day)


def _room(place: dict[str, int], purpose: FilePurpose, path: str) -> dict[str, Any]:
    if RewardFile.select().filter(**place, purpose=purpose).count() >= MOST_FILES:
        text = N_("There are {limit} files here already. Remove one first.")
        raise refuse("REWARD_FILES_FULL", text, "input", path, limit=MOST_FILES)
    return {**place, "purpose": purpose}
