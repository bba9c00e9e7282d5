"""Who imposes a sanction: a table by level and kind of post, never code."""

from core.organisation.terms import PositionGroup
from plugins.rewards.discipline.rules.contents import AuthorityRow, Procedure
from plugins.rewards.discipline.terms import Authority, SanctionLevel


def authority_for(level: SanctionLevel, group: PositionGroup | None, procedure: Procedure) -> AuthorityRow:
    """Return the row for a level and the group of posts of the examined; the row for everybody where none names it."""
    rows = [row for row in procedure.authorities if row.level is level]
    named = [row for row in rows if group is not None and group in row.groups]
    return (named or [row for row in rows if not row.groups])[0]


def is_high_enough(authority: Authority, needed: Authority) -> bool:
    """Whether `authority` is the one that is needed, or a higher one."""
    order = list(Authority)
    return order.index(authority) >= order.index(needed)
