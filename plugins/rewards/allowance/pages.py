"""The page on which each employee sees what the own allowance would be, step by step; never a payroll."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal
from flask import Blueprint, g, render_template, request

from admin import access
from core.plugin_api import Context
from plugins.rewards.allowance.reading import first_of
from plugins.rewards.allowance.services.simulating import seen_simulations
from plugins.rewards.allowance.writing import gap_in_words, missing_as_json, step_in_words, steps_as_json

_MONTH = re.compile(r"(20[0-9]{2}|21[0-9]{2})-(0[1-9]|1[0-2])", re.ASCII)


def add_to(pages: Blueprint) -> None:
    """Add the page."""

    @pages.get("/allowance")
    def allowance() -> Any:
        ctx = access.context()
        return _page(ctx) if ctx.actor.is_known else access.log_in()


def _page(ctx: Context) -> Any:
    month = _asked(request.args.get("month", "")) or first_of(ctx.today)
    mine = ctx.actor.employee_id
    found = None if mine is None else seen_simulations(ctx, [mine], month).get(mine)
    calculation = found.calculation if found else None
    return render_template(
        "rewards/allowance.html",
        month=month,
        found=found,
        calculation=calculation,
        steps=[
            {**step, "label": step_in_words(step), "amount": Decimal(step["amount"]), "base": _decimal(step["base"]),
             "percent": _decimal(step["percent"])}
            for step in steps_as_json(calculation.steps)
        ]
        if calculation
        else [],
        missing=[gap_in_words(one) for one in missing_as_json(calculation.missing)] if calculation else [],
        money=lambda amount: "–" if amount is None else format_decimal(amount, locale=g.language),
        named=lambda day: format_date(day, "MMMM y", locale=g.language),
    )  # fmt: skip


def _asked(text: str) -> date | None:
    return date.fromisoformat(f"{text}-01") if _MONTH.fullmatch(text) else None


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
