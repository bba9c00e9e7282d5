"""The page of one's own points: balance, catalogue, requests, consent, and the leaderboard of one's unit."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from babel.dates import format_date
from flask import Blueprint, abort, g, redirect, render_template, request, url_for

from admin import access
from core.digits import whole_number
from core.organisation.models import Assignment
from core.organisation.scope import holds_on
from core.plugin_api import Context, Problem, Refused
from plugins.rewards.points.models import (
    LeaderboardConsent,
    PointAccount,
    PointEntry,
    PointTransaction,
    RewardItem,
    RewardRedemption,
)
from plugins.rewards.points.reading import expiring_soon, leaderboard
from plugins.rewards.points.services.catalogue import cancel_redemption, redeem
from plugins.rewards.points.services.consent import set_consent
from plugins.rewards.points.terms import RedemptionState

_SHOWN = 20


def add_to(pages: Blueprint) -> None:
    """Add the page and what is sent from it."""

    @pages.get("/points")
    def points() -> Any:
        ctx = access.context()
        return _page(ctx) if ctx.actor.is_known else access.log_in()

    @pages.post("/points/redeem")
    def points_redeem() -> Any:
        form = request.form
        item, quantity = whole_number(form.get("item", "")) or 0, whole_number(form.get("quantity", "")) or 0
        return _done(lambda ctx: redeem(ctx, item, form.get("key", ""), quantity))

    @pages.post("/points/cancel")
    def points_cancel() -> Any:
        return _done(lambda ctx: cancel_redemption(ctx, whole_number(request.form.get("id", "")) or 0, None))

    @pages.post("/points/consent")
    def points_consent() -> Any:
        return _done(lambda ctx: set_consent(ctx, is_given=request.form.get("given") == "1"))


def _done(act: Callable[[Context], object]) -> Any:
    ctx = access.context()
    if not ctx.actor.is_known:
        return access.log_in()
    if not access.has_form_token():
        abort(400)
    try:
        act(ctx)
    except Refused as refusal:
        return _page(access.context(), refusal.problems), 422
    return redirect(url_for("rewards.points"))


def _page(ctx: Context, problems: tuple[Problem, ...] = ()) -> Any:
    mine = ctx.actor.employee_id
    account = None if mine is None else PointAccount.get_or_none(PointAccount.employee == mine)
    return render_template(
        "rewards/points.html",
        problems=[problem.message() for problem in problems],
        is_employee=mine is not None,
        account=account,
        expiring=expiring_soon(ctx, [account.id])[account.id] if account else [],
        entries=_entries(account),
        items=list(RewardItem.select().where(RewardItem.is_active).order_by(RewardItem.name)),
        requests=_requests(mine),
        open_state=RedemptionState.ASKED_FOR,
        consented=LeaderboardConsent.select()
        .where((LeaderboardConsent.employee == mine) & LeaderboardConsent.is_given)
        .exists(),
        board=_board(ctx),
        new_key=lambda: uuid4().hex,
        day=lambda day: format_date(day, "d MMM y", locale=g.language),
    )


def _entries(account: PointAccount | None) -> list[PointEntry]:
    if account is None:
        return []
    rows = PointEntry.select(PointEntry, PointTransaction).join(PointTransaction)
    return list(rows.where(PointEntry.account == account.id).order_by(PointEntry.id.desc()).limit(_SHOWN))


def _requests(mine: int | None) -> list[RewardRedemption]:
    rows = RewardRedemption.select(RewardRedemption, RewardItem).join(RewardItem)
    chosen = rows.where(RewardRedemption.employee == mine).order_by(RewardRedemption.id.desc()).limit(_SHOWN)
    return [] if mine is None else list(chosen)


def _board(ctx: Context) -> Any:
    """Return the leaderboard of the own unit in this month, None for who works in none."""
    post = (
        Assignment.select()
        .where((Assignment.employee == ctx.actor.employee_id) & holds_on(Assignment, ctx.today) & Assignment.is_primary)
        .first()
    )
    return None if post is None else leaderboard(ctx, post.unit_id, ctx.today.year, ctx.today.month)
