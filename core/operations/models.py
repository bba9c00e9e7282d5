"""Operations that clients registered once, to be run by hash or by name."""

import peewee as pw

from core.database import Record, UtcDateTimeField
from core.identity.models import Account


class RegisteredOperation(Record):
    """A GraphQL document of one operation: run by its hash, and the latest of a name also by that name.

    `sha256` is that of the text in UTF-8; `kind` is query, mutation or subscription; `account` registered it (None: the
    machine's operator).
    """

    account_id: int | None
    name = pw.CharField(max_length=64, index=True)
    kind = pw.CharField(max_length=16)
    document = pw.TextField()
    sha256 = pw.CharField(max_length=64, unique=True)
    description = pw.TextField(default="")
    account = pw.ForeignKeyField(Account, null=True, backref="+", on_delete="SET NULL")
    retired_at = UtcDateTimeField(null=True)
