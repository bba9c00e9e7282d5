"""Accounts, what they may do where, and the sessions and tokens that speak for them."""

import peewee as pw

from core.database import Record, Table, UtcDateTimeField, utc_now
from core.organisation.models import Employee, WorkUnit


class Account(Record):
    """Somebody who can log in; usually an employee."""

    employee_id: int | None
    username = pw.CharField(max_length=64, unique=True)
    password_hash = pw.CharField(default="")
    employee = pw.ForeignKeyField(Employee, null=True, unique=True, backref="+", on_delete="SET NULL")
    display_name = pw.CharField(default="")
    language = pw.CharField(max_length=2, default="id")
    is_active = pw.BooleanField(default=True)
    failed_logins = pw.IntegerField(default=0)
    locked_until = UtcDateTimeField(null=True)
    last_login_at = UtcDateTimeField(null=True)


class RoleGrant(Record):
    """A role given to an account over a unit and all below it (None: the whole institution), from a day to a day."""

    account_id: int
    unit_id: int | None
    account = pw.ForeignKeyField(Account, backref="+", on_delete="CASCADE")
    role = pw.CharField(max_length=64)
    unit = pw.ForeignKeyField(WorkUnit, null=True, backref="+", on_delete="CASCADE")
    valid_from = pw.DateField()
    valid_to = pw.DateField(null=True)


class LoginSession(Table):
    """A log-in that can be revoked; its refresh token changes at every use, and an old one seen again ends it."""

    account = pw.ForeignKeyField(Account, backref="+", on_delete="CASCADE")
    refresh_hash = pw.CharField(max_length=64, unique=True)
    created_at = UtcDateTimeField()
    refreshed_at = UtcDateTimeField()
    expires_at = UtcDateTimeField()
    revoked_at = UtcDateTimeField(null=True)
    user_agent = pw.CharField(default="")
    last_seen_at = UtcDateTimeField(default=utc_now)
    is_browser = pw.BooleanField(default=False)


class SecondFactor(Record):
    """The device whose six digits an account needs beside its password; it is here once a code of it was right."""

    account = pw.ForeignKeyField(Account, unique=True, backref="+", on_delete="CASCADE")
    sealed_secret = pw.CharField()
    last_step = pw.IntegerField()


class RecoveryCode(Table):
    """A code that stands once for the device of an account; only its hash is kept."""

    account = pw.ForeignKeyField(Account, backref="+", on_delete="CASCADE")
    code_hash = pw.CharField(max_length=64, unique=True)
    created_at = UtcDateTimeField()
    used_at = UtcDateTimeField(null=True)


class ApiToken(Record):
    """A token for a client application: only its hash is stored; scopes limit what its account may do through it."""

    account_id: int
    account = pw.ForeignKeyField(Account, backref="+", on_delete="CASCADE")
    name = pw.CharField(max_length=96)
    token_hash = pw.CharField(max_length=64, unique=True)
    prefix = pw.CharField(max_length=12)
    scopes = pw.JSONField()
    expires_at = UtcDateTimeField()
    last_used_at = UtcDateTimeField(null=True)
    revoked_at = UtcDateTimeField(null=True)
