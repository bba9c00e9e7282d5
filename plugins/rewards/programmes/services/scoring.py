"""The panel scores what is verified; who has a conflict of interest says so and keeps out."""

from core.organisation.models import WorkUnit
from core.organisation.scope import supervises
from core.organisation.services.changing import refuse_all
from core.plugin_api import N_, Context, refuse, unit_of_work
from plugins.rewards.programmes.models import Nomination, PanelScore
from plugins.rewards.programmes.policies import SCORE
from plugins.rewards.programmes.services.access import needed, open_round, range_problems, to_do
from plugins.rewards.programmes.services.nominating import at_state
from plugins.rewards.programmes.terms import NominationState

_RANGE = {"score": (0, 100)}


def score_nomination(ctx: Context, nomination_id: int, *, score: int, note: str = "") -> PanelScore:
    """Give a verified nomination a score from 0 to 100, or another one as long as it is not decided."""
    with unit_of_work(ctx) as work:
        nomination, mine = _to_score(ctx, nomination_id)
        refuse_all(range_problems({"score": score}, _RANGE))
        if mine is not None and mine.has_conflict:
            text = N_("You declared a conflict of interest here. Leave this nomination to the others.")
            raise refuse("CONFLICT_DECLARED", text, "input", "id")
        _own_unit(ctx, nomination)
        values = {"score": score, "note": note.strip()}
        if mine is not None:
            return work.update(mine, **values)
        return work.create(PanelScore, nomination=nomination.id, member=ctx.actor.employee_id, **values)


def declare_conflict(ctx: Context, nomination_id: int, note: str) -> PanelScore:
    """Say that one has a conflict of interest with a nominee; a score that one gave before is taken away."""
    with unit_of_work(ctx) as work:
        nomination, mine = _to_score(ctx, nomination_id)
        refuse_all(needed({"note": note}))
        values = {"score": None, "note": note.strip(), "has_conflict": True}
        if mine is not None:
            return work.update(mine, **values)
        return work.create(PanelScore, nomination=nomination.id, member=ctx.actor.employee_id, **values)


def _to_score(ctx: Context, nomination_id: int) -> tuple[Nomination, PanelScore | None]:
    nomination = to_do(ctx, SCORE, Nomination, nomination_id)
    open_round(ctx, nomination.round_id, "id")
    at_state(nomination, NominationState.VERIFIED)
    mine = PanelScore.get_or_none(
        (PanelScore.nomination == nomination.id) & (PanelScore.member == ctx.actor.employee_id)
    )
    return nomination, mine


def _own_unit(ctx: Context, nomination: Nomination) -> None:
    """Refuse a score for a report of one's own, and for people of one's own unit where the programme says so."""
    if supervises(ctx.actor.employee_id, nomination.employee_id, ctx.today):
        text = N_("{name} is your report. Declare a conflict of interest.")
        raise refuse("SCORE_OWN_REPORT", text, "input", "id", name=nomination.employee.name)
    if not nomination.round.programme.excludes_own_unit or nomination.unit is None:
        return
    homes = [unit.path for unit in WorkUnit.select().where(WorkUnit.id.in_(list(ctx.actor.home_unit_ids)))]
    if any(_is_same_house(str(nomination.unit.path), str(home)) for home in homes):
        text = N_("{name} works in your own unit. Leave this nomination to the others.")
        raise refuse("SCORE_OWN_UNIT", text, "input", "id", name=nomination.employee.name)


def _is_same_house(one: str, other: str) -> bool:
    """Whether two units are the same, or one lies below the other; below the root lies everybody."""
    shorter, longer = sorted((one, other), key=len)
    return one == other or (len(shorter) > _ROOT and longer.startswith(shorter))


_ROOT = 8
"""Length of the path of a root."""
