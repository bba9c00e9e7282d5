"""Which version of a rule set is in force on a day."""

from datetime import date

from core.errors import Refused, refuse
from core.i18n import N_
from core.law.models import RuleVersion
from core.law.rule import Rule


def rule_of(row: RuleVersion) -> Rule:
    """Return a stored version as the pure functions take it."""
    return Rule(
        kind=row.kind,
        revision=row.revision,
        regulation=row.regulation,
        source=row.source,
        confidence=row.confidence,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        content=row.content,
    )


def find_version(kind: str, day: date) -> RuleVersion | None:
    """Return the row of the version of rule set `kind` that is in force on `day`, None where there is none."""
    row: RuleVersion | None = (
        RuleVersion.select()
        .where(
            (RuleVersion.kind == kind)
            & (RuleVersion.valid_from <= day)
            & (RuleVersion.valid_to.is_null() | (RuleVersion.valid_to >= day))
        )
        .order_by(RuleVersion.revision.desc())
        .first()
    )
    return row


def find_rule(kind: str, day: date) -> Rule | None:
    """Return the version of rule set `kind` that is in force on `day`, None where there is none."""
    row = find_version(kind, day)
    return None if row is None else rule_of(row)


def rule_in_force(kind: str, day: date, *path: str | int) -> Rule:
    """Return the version of rule set `kind` that is in force on `day`; refuse at `path` where there is none."""
    rule = find_rule(kind, day)
    if rule is None:
        raise no_rule(kind, day, *path)
    return rule


def no_rule(kind: str, day: date, *path: str | int) -> Refused:
    """Return the refusal for a day on which no version of rule set `kind` is in force."""
    return refuse(
        "NO_RULE_IN_FORCE",
        N_(
            "No version of the rule set {kind} is in force on {day}. "
            "Check the date, or let an HR administrator add the version that held on that day."
        ),
        *path,
        kind=kind,
        day=day.isoformat(),
    )
