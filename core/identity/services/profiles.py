"""What may be put right about an account: whose it is, what it is called, which language it is spoken to in."""

from typing import TypedDict

from core.context import Context
from core.errors import Problem, Refused
from core.i18n import LANGUAGES, N_
from core.identity.models import Account
from core.organisation.models import Employee
from core.policy import fetch, require
from core.work import unit_of_work

_LONGEST_NAME = 255


class AccountChanges(TypedDict, total=False):
    """What may be changed about somebody's account."""

    display_name: str
    language: str
    employee_id: int | None


def update_account(ctx: Context, account_id: int, version: int | None, changes: AccountChanges) -> Account:
    """Put an account right; whoever gives it to an employee must manage accounts where that one works."""
    with unit_of_work(ctx) as work:
        account = fetch(Account, account_id, ctx, "input", "accountId")
        require(ctx, "identity.manage", account, "input", "accountId")
        key = changes.get("employee_id", account.employee_id)
        name = changes.get("display_name", account.display_name).strip()
        language = changes.get("language", account.language)
        problems = _text_problems(name, language)
        if key != account.employee_id:
            if key is not None:
                fetch(Employee, key, ctx, "input", "employeeId")
            require(ctx, "identity.manage", Account(id=account.id, employee=key), "input", "employeeId")
            problems += _employee_problems(key)
        if problems:
            raise Refused(problems)
        return work.update(account, version, display_name=name, language=language, employee=key)


def _text_problems(name: str, language: str) -> list[Problem]:
    problems = []
    if len(name) > _LONGEST_NAME:
        text = N_("This is longer than {longest} characters. Shorten it.")
        problems.append(Problem("TEXT_TOO_LONG", text, ("input", "displayName"), {"longest": _LONGEST_NAME}))
    if language not in LANGUAGES:
        text = N_("The language {language} is not spoken here. Use id or en.")
        problems.append(Problem("BAD_LANGUAGE", text, ("input", "language"), {"language": language[:16]}))
    return problems


def _employee_problems(key: int | None) -> list[Problem]:
    if key is None or not Account.select().where(Account.employee == key).exists():
        return []
    text = N_("This employee already has an account. Use that one, or set a new password for it.")
    return [Problem("EMPLOYEE_HAS_ACCOUNT", text, ("input", "employeeId"))]
