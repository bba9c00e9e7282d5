"""Points that an officer gives or takes by hand, with a reason that stays."""

from uuid import uuid4

from core.organisation.models import Employee
from core.organisation.services.changing import refuse_all
from core.plugin_api import N_, Context, fetch, refuse, require, unit_of_work
from plugins.rewards.points.models import PointTransaction
from plugins.rewards.points.roles import MANAGE
from plugins.rewards.points.services.checking import range_problems, reason_given
from plugins.rewards.points.services.ledger import MOST, Coming, credit, debit, expire, hold_account, transaction_of
from plugins.rewards.points.terms import PointMovement


def adjust_points(ctx: Context, employee_id: int, amount: int, reason: str, key: str = "") -> PointTransaction:
    """Give an employee points by hand, or take some (`amount` below 0), never more than are there.

    With a `key`, the same adjustment sent twice counts once.
    """
    with unit_of_work(ctx) as work:
        employee = fetch(Employee, employee_id, ctx, "input", "employeeId")
        require(ctx, MANAGE, employee, "input", "employeeId")
        if employee.id == ctx.actor.employee_id:
            text = N_("These are your own points. Let another officer adjust them.")
            raise refuse("OWN_POINTS", text, "input", "employeeId")
        why = reason_given(reason)
        refuse_all(range_problems({"amount": amount}, {"amount": (-MOST, MOST)}))
        if not amount:
            raise refuse("POINTS_NONE", N_("Nothing would change. Give a number other than 0."), "input", "amount")
        account = hold_account(employee.id)
        name = f"adjust:{employee.id}:{key.strip()[:64] or uuid4().hex}"
        known = transaction_of(name)
        if known is not None:
            return known
        expire(work, account, ctx.today)
        if amount > 0:
            return credit(work, account, PointMovement.ADJUSTED, [Coming(amount)], key=name, reason=why)
        return debit(work, account, PointMovement.ADJUSTED, -amount, key=name, reason=why)
