"""The distribution of predicates that fits a unit's performance (SE MenPANRB 3/2023).

It is guidance for the leader, never a calculation that gives or takes a predicate: the check only finds what differs.

How the words of the circular letter are read here:
- Shares are of the employees under the leader. All of them count, also those who are not rated yet: while some are
  unrated, only what they can no longer mend is a warning.
- "majority, max 70 %" is two conditions: no other predicate is given more often, and the share is not above 70 %.
- "must exist" means at least one. "may exist" and "rest, any" are no conditions.
- Percentages are compared exactly: 71 of 100 is above 70 %, 7 of 10 is not.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any

from core.appraisal.terms import OrganizationRating, Predicate
from core.law.rule import Rule

_HUNDRED = Decimal(100)


class WarningCode(StrEnum):
    """In which way a distribution differs from the pattern."""

    NONE_ALLOWED = "NONE_ALLOWED"
    ABOVE_MAXIMUM = "ABOVE_MAXIMUM"
    BELOW_MINIMUM = "BELOW_MINIMUM"
    MUST_EXIST = "MUST_EXIST"
    NOT_THE_MAJORITY = "NOT_THE_MAJORITY"


class Skip(StrEnum):
    """Why a distribution is not compared."""

    TOO_FEW_EMPLOYEES = "TOO_FEW_EMPLOYEES"
    NO_ORGANIZATION_PERFORMANCE = "NO_ORGANIZATION_PERFORMANCE"
    NO_RULE_IN_FORCE = "NO_RULE_IN_FORCE"
    NOT_COUNTED = "NOT_COUNTED"


@dataclass(frozen=True)
class DistributionWarning:
    """One difference: `count` of `head_count` employees have one of `predicates`, `limit` is what the pattern says.

    `share` and `limit` are percentages, except for MUST_EXIST, where `limit` is a number of employees.
    """

    code: WarningCode
    predicates: tuple[Predicate, ...]
    count: int
    head_count: int
    share: Decimal
    limit: Decimal | None


@dataclass(frozen=True)
class DistributionCheck:
    """What a check found; `skipped` says why nothing was compared."""

    counts: Mapping[Predicate, int]
    head_count: int
    unrated: int
    skipped: Skip | None = None
    warnings: tuple[DistributionWarning, ...] = field(default=())


def check_distribution(
    rule: Rule | None,
    performance: OrganizationRating | None,
    counts: Mapping[Predicate, int],
    *,
    unrated: int = 0,
    min_head_count: int = 1,
) -> DistributionCheck:
    """Compare the predicates of a leader's employees with the pattern for the unit's performance.

    `counts` are those rated, by predicate; `unrated` those who are still to be rated. Below `min_head_count` employees
    percentages cannot be met, so nothing is compared, and the answer says so.
    """
    full = {predicate: counts.get(predicate, 0) for predicate in Predicate}
    head_count = sum(full.values()) + unrated
    skipped: Skip | None = None
    if performance is None:
        skipped = Skip.NO_ORGANIZATION_PERFORMANCE
    elif rule is None:
        skipped = Skip.NO_RULE_IN_FORCE
    elif head_count < min_head_count or head_count == 0:
        skipped = Skip.TOO_FEW_EMPLOYEES
    if skipped is not None or rule is None or performance is None:
        return DistributionCheck(full, head_count, unrated, skipped)
    warnings = tuple(
        warning
        for clause in rule.content["clauses"][performance.value]
        for warning in _differences(clause, full, unrated)
    )
    return DistributionCheck(full, head_count, unrated, None, warnings)


def _differences(clause: Mapping[str, Any], counts: Mapping[Predicate, int], unrated: int) -> list[DistributionWarning]:
    predicates = tuple(Predicate(name) for name in clause["predicates"])
    count = sum(counts[predicate] for predicate in predicates)
    head_count = sum(counts.values()) + unrated
    attainable = count + unrated
    share = (_HUNDRED * count / head_count).quantize(Decimal("0.01"), ROUND_HALF_UP)
    found: list[DistributionWarning] = []

    def warn(code: WarningCode, limit: Decimal | None) -> None:
        found.append(DistributionWarning(code, predicates, count, head_count, share, limit))

    if "at_most_percent" in clause:
        limit = Decimal(clause["at_most_percent"])
        if count * _HUNDRED > limit * head_count:
            warn(WarningCode.ABOVE_MAXIMUM if limit else WarningCode.NONE_ALLOWED, limit)
    if "at_least_percent" in clause:
        limit = Decimal(clause["at_least_percent"])
        if attainable * _HUNDRED < limit * head_count:
            warn(WarningCode.BELOW_MINIMUM, limit)
    if "at_least_count" in clause and attainable < clause["at_least_count"]:
        warn(WarningCode.MUST_EXIST, Decimal(clause["at_least_count"]))
    if "majority" in clause:
        others = max((number for predicate, number in counts.items() if predicate not in predicates), default=0)
        if others > attainable:
            warn(WarningCode.NOT_THE_MAJORITY, None)
    return found
