"""Certificates that were issued, each with the code by which anybody can check it."""

import peewee as pw

from core.database import Record, UtcDateTimeField
from core.organisation.models import Employee


class Certificate(Record):
    """A certificate as it was issued: nothing of it changes later, it can only be revoked.

    `code` is secret until the holder shows the certificate, and too long to be guessed; `kind` names what it is about
    (`rewards.award`), `subject_type` and `subject_id` the row that it stands for; `lines` are texts in both languages
    (`[{"id": …, "en": …}]`) that stand on it. `employee` is the holder, as long as the row is there.
    """

    employee_id: int | None

    code = pw.CharField(max_length=32, unique=True)
    kind = pw.CharField(max_length=64)
    title = pw.CharField()
    number = pw.CharField(max_length=128, default="")
    holder_name = pw.CharField()
    issuer = pw.CharField()
    issued_on = pw.DateField()
    lines = pw.JSONField()
    revoked_at = UtcDateTimeField(null=True)
    revoked_reason = pw.TextField(default="")
    subject_type = pw.CharField(max_length=64)
    subject_id = pw.IntegerField()
    employee = pw.ForeignKeyField(Employee, null=True, backref="+", on_delete="SET NULL")

    class Meta:
        indexes = ((("subject_type", "subject_id"), False),)
