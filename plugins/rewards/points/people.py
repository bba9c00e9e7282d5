"""What points hold about an employee, told to the employee, and erased where that may be."""

from zoneinfo import ZoneInfo

from core.actor import system_actor
from core.organisation.models import Employee
from core.plugin_api import N_, Context, PersonalData, Problem, active_registry, unit_of_work, utc_now
from plugins.rewards.points.models import (
    LeaderboardConsent,
    PointAccount,
    PointEntry,
    PointTransaction,
    RewardItem,
    RewardRedemption,
)


def data_of(employee: Employee) -> list[PersonalData]:
    """Return the entries, the requests and the consent of an employee."""
    entries = (
        PointEntry.select(PointEntry, PointTransaction)
        .join(PointTransaction)
        .switch(PointEntry)
        .join(PointAccount)
        .where(PointAccount.employee == employee.id)
        .order_by(PointEntry.id)
    )
    requests = (
        RewardRedemption.select(RewardRedemption, RewardItem)
        .join(RewardItem)
        .where(RewardRedemption.employee == employee.id)
        .order_by(RewardRedemption.id)
    )
    consents = LeaderboardConsent.select().where(LeaderboardConsent.employee == employee.id)
    return [
        PersonalData(
            N_("Points"),
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
            N_("From the catalogue"),
            [
                {
                    "item": row.item.name,
                    "quantity": row.quantity,
                    "points": row.points,
                    "state": row.state.value,
                    "requested_on": row.requested_on.isoformat(),
                    "note": row.note,
                }
                for row in requests
            ],
        ),
        PersonalData(
            N_("Consent to leaderboards"),
            [{"is_given": row.is_given, "changed_on": row.changed_on.isoformat()} for row in consents],
        ),
    ]


def erase(employee: Employee) -> list[Problem]:
    """Delete the consent of an employee, and return what stays: the books, which are balanced only whole."""
    settings = active_registry().settings
    now = utc_now()
    today = now.astimezone(ZoneInfo(settings.time_zone)).date()
    with unit_of_work(Context(actor=system_actor(today), settings=settings, now=now)) as work:
        for row in list(LeaderboardConsent.select().where(LeaderboardConsent.employee == employee.id)):
            work.delete(row)
    rows = PointEntry.select().join(PointAccount).where(PointAccount.employee == employee.id)
    count = rows.count()
    if not count:
        return []
    text = N_(
        "{count} entries of points stay, since the books are balanced only whole. They lose the person with the "
        "employee's own row."
    )
    return [Problem("POINTS_STAY", text, (), {"count": count})]
