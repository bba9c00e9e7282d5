"""Accounts: who can log in, and with which password."""

import peewee as pw

from core.context import Context
from core.errors import Problem, Refused, refuse
from core.i18n import LANGUAGES, N_
from core.identity.models import Account, LoginSession
from core.identity.passwords import common_passwords, hash_password
from core.identity.rules import normal_username, password_problems, username_problems
from core.identity.services.api_tokens import end_api_tokens
from core.identity.services.last_admin import keep_an_admin
from core.identity.services.proving import prove_password
from core.identity.services.sessions import end_sessions
from core.organisation.models import Employee, EmployeeIdentifier
from core.policy import as_condition, fetch, require, visible
from core.work import unit_of_work


def find_account(username: str) -> Account | None:
    """Return the account of a username, whoever asks; None when there is none."""
    return Account.get_or_none(Account.username == normal_username(username))


def list_accounts(ctx: Context) -> list[Account]:
    """Return the accounts that the caller sees, by username."""
    return list(Account.select().where(as_condition(visible(ctx.actor, Account))).order_by(Account.username))


def create_account(
    ctx: Context,
    *,
    username: str,
    password: str | None = None,
    employee_id: int | None = None,
    display_name: str = "",
    language: str = "id",
) -> Account:
    """Open an account, for an employee or for a program; without a password nobody can log in to it yet."""
    name = normal_username(username)
    with unit_of_work(ctx) as work:
        employee = fetch(Employee, employee_id, ctx, "input", "employeeId") if employee_id is not None else None
        require(ctx, "identity.manage", Account(employee=employee), "input", "employeeId")
        problems = [*username_problems(name), *_language_problems(language)]
        if password is not None:
            problems += _faults(password, name, employee.id if employee else None, "input", "password")
        problems += _taken(name, employee)
        if problems:
            raise Refused(problems)
        try:
            with work.attempt():
                return work.create(
                    Account,
                    username=name,
                    password_hash=hash_password(password) if password is not None else "",
                    employee=employee,
                    display_name=display_name or (employee.name if employee else ""),
                    language=language,
                )
        except pw.IntegrityError:
            # Somebody was faster by a moment: the same refusal as when he had been faster by a day.
            raise Refused(_taken(name, employee)) from None


def set_password(ctx: Context, account_id: int, new_password: str) -> Account:
    """Give somebody else's account a new password and end its sessions."""
    with unit_of_work(ctx) as work:
        account = fetch(Account, account_id, ctx, "input", "accountId")
        require(ctx, "identity.manage", account, "input", "accountId")
        if account.id == ctx.actor.account_id:
            raise refuse(
                "OWN_PASSWORD",
                N_("This is your own account. Change your password with the present one instead."),
                "input",
                "accountId",
            )
        problems = _faults(new_password, account.username, account.employee_id, "input", "password")
        if problems:
            raise Refused(problems)
        work.update(account, password_hash=hash_password(new_password), failed_logins=0, locked_until=None)
        end_sessions(work, account.id)
        return account


def change_password(ctx: Context, current_password: str, new_password: str) -> Account:
    """Change the caller's own password and end its other sessions."""
    account = _own(ctx)
    prove_password(ctx, current_password, "input", "currentPassword")
    with unit_of_work(ctx) as work:
        problems = _faults(new_password, account.username, account.employee_id, "input", "newPassword")
        if problems:
            raise Refused(problems)
        work.update(account, password_hash=hash_password(new_password))
        end_sessions(work, account.id, LoginSession.id != (ctx.actor.session_id or 0))
        return account


def change_language(ctx: Context, language: str) -> Account:
    """Change the language in which the caller is spoken to where nothing else says one."""
    account = _own(ctx)
    problems = _language_problems(language)
    if problems:
        raise Refused(problems)
    with unit_of_work(ctx) as work:
        return work.update(account, language=language)


def deactivate_account(ctx: Context, account_id: int) -> Account:
    """Close an account: nobody logs in to it any more, and its sessions and tokens end at once."""
    with unit_of_work(ctx) as work:
        account = fetch(Account, account_id, ctx, "input", "accountId")
        require(ctx, "identity.manage", account, "input", "accountId")
        keep_an_admin(ctx.today, without_account=account.id)
        work.update(account, is_active=False)
        end_sessions(work, account.id)
        end_api_tokens(work, account.id)
        return account


def reactivate_account(ctx: Context, account_id: int) -> Account:
    """Open a closed account again; its sessions and tokens stay ended."""
    with unit_of_work(ctx) as work:
        account = fetch(Account, account_id, ctx, "input", "accountId")
        require(ctx, "identity.manage", account, "input", "accountId")
        return work.update(account, is_active=True, failed_logins=0, locked_until=None)


def _own(ctx: Context) -> Account:
    account = fetch(Account, ctx.actor.account_id or 0, ctx, "input")
    require(ctx, "identity.change_password", account, "input")
    return account


def _language_problems(language: str) -> list[Problem]:
    if language in LANGUAGES:
        return []
    text = N_("The language {language} is not spoken here. Use id or en.")
    return [Problem("BAD_LANGUAGE", text, ("input", "language"), {"language": language[:20]})]


def _faults(password: str, username: str, employee_id: int | None, *path: str) -> list[Problem]:
    return password_problems(password, [username, *_numbers(employee_id)], common_passwords(), *path)


def _numbers(employee_id: int | None) -> list[str]:
    if employee_id is None:
        return []
    current = Employee.select(Employee.nip).where(Employee.id == employee_id)
    earlier = EmployeeIdentifier.select(EmployeeIdentifier.number).where(EmployeeIdentifier.employee == employee_id)
    return [number for (number,) in (*current.tuples(), *earlier.tuples())]


def _taken(username: str, employee: Employee | None) -> list[Problem]:
    problems = []
    if Account.select().where(Account.username == username).exists():
        problems.append(
            Problem(
                "USERNAME_TAKEN",
                N_("The username {username} is taken. Choose another."),
                ("input", "username"),
                {"username": username},
            )
        )
    if employee is not None and Account.select().where(Account.employee == employee).exists():
        problems.append(
            Problem(
                "EMPLOYEE_HAS_ACCOUNT",
                N_("This employee already has an account. Use that one, or set a new password for it."),
                ("input", "employeeId"),
            )
        )
    return problems
