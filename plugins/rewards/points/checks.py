"""What `kinerja doctor` asks about points: whether the books are right."""

import peewee as pw

from core.plugin_api import N_, Check, Context, Problem
from plugins.rewards.points.models import PointAccount, PointEntry


def unbalanced_transactions(_ctx: Context) -> list[Problem]:
    """Return a problem where the entries of transactions do not sum up to nought."""
    rows = (
        PointEntry.select(PointEntry.transaction)
        .group_by(PointEntry.transaction)
        .having(pw.fn.SUM(PointEntry.amount) != 0)
    )
    text = N_(
        "{count} transactions of points do not sum up to nought. Restore the tables from a backup and tell the makers."
    )
    return _counted("POINTS_LEDGER_UNBALANCED", text, rows.count())


def wrong_balances(_ctx: Context) -> list[Problem]:
    """Return a problem where accounts repeat another balance than their entries have."""
    total = PointEntry.select(pw.fn.COALESCE(pw.fn.SUM(PointEntry.amount), 0)).where(
        PointEntry.account == PointAccount.id
    )
    rows = PointAccount.select().where(PointAccount.balance.is_null(False) & (PointAccount.balance != total))
    text = N_(
        "{count} accounts of points repeat another balance than their entries have. "
        "Restore the tables from a backup and tell the makers."
    )
    return _counted("POINTS_BALANCE_DIFFERS", text, rows.count())


def _counted(code: str, text: str, count: int) -> list[Problem]:
    return [Problem(code, text, (), {"count": count})] if count else []


CHECKS: list[Check] = [
    Check("rewards.points_balanced", N_("Every transaction of points is balanced"), unbalanced_transactions),
    Check("rewards.points_balances", N_("Balances of points are those of their entries"), wrong_balances),
]
