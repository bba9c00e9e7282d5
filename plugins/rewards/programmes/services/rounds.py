"""Rounds of a programme: their period, who sits on the panel, and when they end."""

from datetime import date
from typing import Any, TypedDict

from core.organisation.models import Employee
from core.organisation.services.changing import check_values, refuse_all, stripped
from core.plugin_api import N_, Context, Problem, fetch, refuse, unit_of_work
from plugins.rewards.programmes.models import Nomination, PanelMember, PanelScore, RewardProgramme, RewardRound
from plugins.rewards.programmes.roles import MANAGE
from plugins.rewards.programmes.services.access import open_round, to_do
from plugins.rewards.programmes.terms import FINAL_STATES, RoundState


class RoundChanges(TypedDict, total=False):
    """What can be changed about a round."""

    name: str
    starts_on: date
    ends_on: date
    nominations_until: date


def create_round(
    ctx: Context, *, programme_id: int, name: str, starts_on: date, ends_on: date, nominations_until: date | None = None
) -> RewardRound:
    """Open a round of a programme for a period; nominations are taken until its end unless said otherwise."""
    values = stripped(
        {
            "name": name,
            "starts_on": starts_on,
            "ends_on": ends_on,
            "nominations_until": nominations_until or ends_on,
        }
    )
    with unit_of_work(ctx) as work:
        programme = to_do(ctx, MANAGE, RewardProgramme, programme_id, "programmeId")
        refuse_all(_problems(values))
        return work.create(RewardRound, programme=programme.id, **values)


def update_round(ctx: Context, round_id: int, version: int | None, changes: RoundChanges) -> RewardRound:
    """Change name and days of a round that is open."""
    with unit_of_work(ctx) as work:
        to_do(ctx, MANAGE, RewardRound, round_id)
        round_ = open_round(ctx, round_id, "id")
        values: dict[str, Any] = stripped(changes)
        now = {name: getattr(round_, name) for name in ("name", "starts_on", "ends_on", "nominations_until")}
        refuse_all(_problems(now | values))
        return work.update(round_, version, **values)


def close_round(ctx: Context, round_id: int, version: int | None) -> RewardRound:
    """Close a round in which every nomination has come to its end."""
    with unit_of_work(ctx) as work:
        to_do(ctx, MANAGE, RewardRound, round_id)
        round_ = open_round(ctx, round_id, "id")
        waiting = (
            Nomination.select()
            .where((Nomination.round == round_.id) & Nomination.state.not_in(list(FINAL_STATES)))
            .count()
        )
        if waiting:
            text = N_("{count} nominations of this round are not decided yet. Decide them, or take them back.")
            raise refuse("ROUND_UNFINISHED", text, "input", "id", count=waiting)
        return work.update(round_, version, state=RoundState.CLOSED)


def reopen_round(ctx: Context, round_id: int, version: int | None) -> RewardRound:
    """Open a round again that was closed too early."""
    with unit_of_work(ctx) as work:
        round_ = to_do(ctx, MANAGE, RewardRound, round_id)
        if round_.state is RoundState.OPEN:
            text = N_("The round {name} is open already. Nothing is left to be done.")
            raise refuse("ROUND_OPEN", text, "input", "id", name=round_.name)
        return work.update(round_, version, state=RoundState.OPEN)


def add_panel_member(ctx: Context, *, round_id: int, employee_id: int) -> PanelMember:
    """Let somebody score the nominations of a round."""
    with unit_of_work(ctx) as work:
        to_do(ctx, MANAGE, RewardRound, round_id, "roundId")
        round_ = open_round(ctx, round_id)
        employee = fetch(Employee, employee_id, ctx, "input", "employeeId")
        if (
            PanelMember.select()
            .where((PanelMember.round == round_.id) & (PanelMember.employee == employee.id))
            .exists()
        ):
            text = N_("{name} is a member of this panel already. Choose somebody else.")
            raise refuse("PANEL_MEMBER_TWICE", text, "input", "employeeId", name=employee.name)
        return work.create(PanelMember, round=round_.id, employee=employee.id)


def remove_panel_member(ctx: Context, member_id: int, version: int | None) -> None:
    """Take somebody off a panel who has not scored; scores stay with who gave them."""
    with unit_of_work(ctx) as work:
        member = to_do(ctx, MANAGE, PanelMember, member_id)
        mine = Nomination.select(Nomination.id).where(Nomination.round == member.round_id)
        if (
            PanelScore.select()
            .where((PanelScore.member == member.employee_id) & PanelScore.nomination.in_(mine))
            .exists()
        ):
            text = N_("{name} has scored in this round already. Scores stay with who gave them.")
            raise refuse("PANEL_MEMBER_SCORED", text, "input", "id", name=member.employee.name)
        work.update(member, version)
        work.delete(member)


def _problems(values: dict[str, Any]) -> list[Problem]:
    problems = check_values(RewardRound, values, required=("name",))
    if values["ends_on"] < values["starts_on"]:
        text = N_("The last day {last} is before the first day {first}. Give a later last day, or none.")
        params = {"last": values["ends_on"], "first": values["starts_on"]}
        problems.append(Problem("PERIOD_REVERSED", text, ("input", "endsOn"), params))
    if values["nominations_until"] < values["starts_on"]:
        text = N_("Nominations would end on {last}, before the round begins on {first}. Give a later day.")
        params = {"last": values["nominations_until"], "first": values["starts_on"]}
        problems.append(Problem("NOMINATIONS_END_EARLY", text, ("input", "nominationsUntil"), params))
    return problems
