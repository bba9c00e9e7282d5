"""What points hold about an employee, told to the employee, and erased where that may be."""

from core.organisation.models import Employee
from core.plugin_api import N_, Context, PersonalData, Problem, unit_of_work
from plugins.rewards.points.models import (
    LeaderboardConsent,
    PointAccount,
    PointEntry,
    PointTransaction,
    RewardItem,
    RewardRedemption,
)


def data_of(employee: Employee) -> list[PersonalData]:
    """Return the movements of an employee's points, and what was redeemed."""
    entries = (
        PointEntry.select(PointEntry, PointTransaction)
        .join(PointTransaction)
        .switch(PointEntry)
        .join(PointAccount)
        .where(PointAccount.employee == employee.id)
        .order_by(PointEntry.id)
    )
    redeemed = (
        RewardRedemption.select(RewardRedemption, RewardItem)
        .join(RewardItem)
        .where(RewardRedemption.employee == employee.id)
        .order_by(RewardRedemption.id)
    )
    return [
        PersonalData(
            N_("Movements of points"),
            [
                {
                    "day": row.transaction.day.isoformat(),
                    "movement": row.transaction.movement.value,
                    "points": row.amount,
                    "expires_on": row.expires_on.isoformat() if row.expires_on else None,
                    "reason": row.transaction.reason,
                }
                for row in entries
            ],
        ),
        PersonalData(
            N_("Points redeemed"),
            [
                {
                    "item": row.item.name,
                    "points": row.points,
                    "state": row.state.value,
                    "requested_on": row.requested_on.isoformat(),
                }
                for row in redeemed
            ],
        ),
    ]


def erase(ctx: Context, employee: Employee) -> list[Problem]:
    """Delete the consent to be named; the ledger stays whole, since every other balance is proved by it."""
    with unit_of_work(ctx) as work:
        for row in list(LeaderboardConsent.select().where(LeaderboardConsent.employee == employee.id)):
            work.delete(row)
    count = PointEntry.select().join(PointAccount).where(PointAccount.employee == employee.id).count()
    if not count:
        return []
    text = N_(
        "{count} entries of the ledger of points stay, since it is proved as a whole. The name goes with the "
        "employee's own row."
    )
    return [Problem("LEDGER_STAYS", text, (), {"count": count})]
