"""Roles given to people of a test, with the accounts they need."""

from core.identity.models import Account, RoleGrant
from core.organisation.models import Employee, WorkUnit
from tests.support.city import START


def give_role(employee: Employee, role: str, unit: WorkUnit | None = None) -> Account:
    """Give an employee a role over a unit and all below it (None: the whole institution)."""
    account, _ = Account.get_or_create(username=f"account{employee.id}", defaults={"employee": employee})
    RoleGrant.create(account=account, role=role, unit=unit, valid_from=START)
    return account
