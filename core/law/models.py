"""Law as data with dates: every rule set in every version that was ever in force."""

import peewee as pw

from core.database import Record


class RuleVersion(Record):
    """One version of a rule set: its content, the regulation it comes from, and the days on which it holds.

    `kind` names the rule set (`predicate_matrix`, `distribution`, `credit_points`, …); `confidence` says how sure the
    source is: H, M or L; `valid_to` is the last day (None: open).
    """

    kind = pw.CharField(max_length=64)
    revision = pw.IntegerField()
    regulation = pw.CharField()
    source = pw.TextField()
    confidence = pw.CharField(max_length=1)
    valid_from = pw.DateField()
    valid_to = pw.DateField(null=True)
    content = pw.JSONField()

    class Meta:
        indexes = ((("kind", "revision"), True), (("kind", "valid_from"), False))
