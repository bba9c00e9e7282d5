"""The last system administrator stays: otherwise nobody could let anybody in again."""

from datetime import date
from typing import Any

from core.database import is_sqlite
from core.errors import refuse
from core.i18n import N_
from core.identity.models import Account, RoleGrant
from core.organisation.scope import holds_on

ROLE = "system_admin"


def keep_an_admin(day: date, *, without_account: int = 0, without_grant: int = 0) -> None:
    """Refuse when, without that account or that grant, no active account were system administrator on `day`."""
    admins = (
        RoleGrant.select(RoleGrant.id, RoleGrant.account)
        .join(Account)
        .where(
            (RoleGrant.role == ROLE) & RoleGrant.unit.is_null() & holds_on(RoleGrant, day) & (Account.is_active == True)  # noqa: E712 - SQL
        )
        .order_by(RoleGrant.id)
    )
    if not is_sqlite():
        # Two administrators who remove each other at the same moment take turns; SQLite has one writer anyway.
        admins = admins.for_update()
    rows: Any = admins.tuples()
    held = list(rows)
    left = [grant for grant, account in held if account != without_account and grant != without_grant]
    if held and not left:
        raise refuse(
            "LAST_ADMIN",
            N_("This is the last system administrator. Make somebody else system administrator first."),
            "input",
        )
