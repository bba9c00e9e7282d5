"""What criteria look like: a list of plain rules over facts, checked before they are stored."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from core.appraisal.terms import Predicate
from core.attendance.terms import LeaveKind
from core.organisation.terms import EmploymentStatus
from plugins.rewards.discipline.terms import SanctionLevel
from plugins.rewards.programmes.terms import CriterionKind, CriterionSpan

MOST = 20
"""Criteria of one programme."""

_MOST_YEARS, _MOST_COUNT = 60, 100

Criterion = Mapping[str, Any]

ALWAYS: tuple[Criterion, ...] = (
    {
        "kind": CriterionKind.NO_SANCTION.value,
        "levels": [SanctionLevel.MEDIUM.value, SanctionLevel.HEAVY.value],
        "span": CriterionSpan.PERIOD.value,
    },
)
"""What every programme asks for, whatever its own criteria are: no medium or heavy sanction in its period (§4.1)."""


def fault_of(criteria: Any) -> str | None:
    """Return where criteria are not usable (`2.years`, counted from 1), None where all is well."""
    if not isinstance(criteria, Sequence) or isinstance(criteria, str) or len(criteria) > MOST:
        return "criteria"
    for number, criterion in enumerate(criteria, start=1):
        fault = _fault(criterion)
        if fault is not None:
            return f"{number}.{fault}" if fault else str(number)
    return None


def with_always(criteria: Sequence[Criterion]) -> list[Criterion]:
    """Return the criteria with those that hold for every programme; nothing stands there twice."""
    own = list(criteria)
    return [*own, *(one for one in ALWAYS if one not in own)]


def spans_of(criteria: Sequence[Criterion], kind: CriterionKind) -> list[Criterion]:
    """Return the criteria of a kind."""
    return [one for one in criteria if one["kind"] == kind]


def _fault(criterion: Any) -> str | None:
    """Return the field of a criterion that is not usable."""
    if not isinstance(criterion, Mapping) or criterion.get("kind") not in set(CriterionKind):
        return "kind"
    shape = _SHAPES[CriterionKind(criterion["kind"])]
    extra = sorted(set(criterion) - set(shape) - {"kind"})
    if extra:
        return str(extra[0])
    return next((name for name, is_right in shape.items() if not is_right(criterion.get(name), criterion)), None)


Check = Callable[[Any, Criterion], bool]


def _is_number(low: int, high: int) -> Check:
    return lambda value, _all: isinstance(value, int) and not isinstance(value, bool) and low <= value <= high


def _is_list_of(terms: Any) -> Check:
    known = {term.value for term in terms}
    return lambda value, _all: isinstance(value, list) and bool(value) and {str(one) for one in value} <= known


def _is_term(terms: Any) -> Check:
    known = {term.value for term in terms}
    return lambda value, _all: isinstance(value, str) and value in known


def _is_span(value: Any, _criterion: Criterion) -> bool:
    return value in {span.value for span in CriterionSpan}


def _are_years(value: Any, criterion: Criterion) -> bool:
    """Whether the number of years is there where the span asks for one, and only there."""
    if criterion.get("span") != CriterionSpan.YEARS:
        return value is None
    return _is_number(1, _MOST_YEARS)(value, criterion)


def _is_fact(value: Any, _criterion: Criterion) -> bool:
    return isinstance(value, str) and "." in value and len(value) <= 96


def _is_bound(value: Any, criterion: Criterion) -> bool:
    """Whether a bound is an exact amount written as text; one of the two must be there."""
    if value is None:
        return criterion.get("at_most") is not None or criterion.get("at_least") is not None
    try:
        return isinstance(value, str) and Decimal(value).is_finite()
    except InvalidOperation:
        return False


_SPAN: dict[str, Check] = {"span": _is_span, "years": _are_years}
_SHAPES: dict[CriterionKind, dict[str, Check]] = {
    CriterionKind.EMPLOYMENT: {"statuses": _is_list_of(EmploymentStatus)},
    CriterionKind.SERVICE_YEARS: {"years": _is_number(1, _MOST_YEARS)},
    CriterionKind.NO_SANCTION: {"levels": _is_list_of(SanctionLevel), **_SPAN},
    CriterionKind.NO_LEAVE: {"leaves": _is_list_of(LeaveKind), **_SPAN},
    CriterionKind.PREDICATE_STREAK: {"at_least": _is_term(Predicate), "count": _is_number(1, _MOST_COUNT)},
    CriterionKind.INNOVATION_ADOPTED: {"count": _is_number(1, _MOST_COUNT), **_SPAN},
    CriterionKind.FACT: {"fact": _is_fact, "at_most": _is_bound, "at_least": _is_bound, **_SPAN},
    CriterionKind.NOT_AWARDED: dict(_SPAN),
}
