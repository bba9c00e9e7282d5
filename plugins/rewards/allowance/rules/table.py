"""A region's table of shares and deductions, read from the content of a rule version.

Percentages and amounts are exact and written as text; nothing has a default, since every figure is local. What a table
says null for, its source is silent about: where it would be needed, the simulation says that it is missing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from core.appraisal.terms import Predicate
from core.attendance.terms import LeaveKind
from plugins.rewards.allowance.terms import BasisBy, PredicateOf, Rounding, ShareBase, Unrecorded

_HUNDRED = Decimal(100)
_MOST = Decimal(10) ** 10
_DECIMALS = 4
_MONTHS = 12
_MINUTES = 1440
_ORDER = ("attendance", "sanctions")
_DAYS = ("no_record", "absent_day", "missed_assembly")


@dataclass(frozen=True)
class Band:
    """A share for each day that is short by so many minutes or more, up to the next band."""

    minutes: int
    percent: Decimal


@dataclass(frozen=True)
class SanctionShare:
    """What a sanction takes, for so many months from the one in which it takes effect; None: while it lasts."""

    percent: Decimal
    months: int | None


@dataclass(frozen=True)
class AllowanceTable:
    """All that a region's table says."""

    basis_by: BasisBy
    amounts: Mapping[str, Decimal]
    performance: Decimal
    discipline: Decimal
    predicates: Mapping[Predicate, Decimal]
    predicate_of: PredicateOf
    month_offset: int
    unrecorded: Unrecorded
    attendance_of: ShareBase
    late: Sequence[Band] | None
    early: Sequence[Band] | None
    no_record: Decimal | None
    absent_day: Decimal | None
    missed_assembly: Decimal | None
    leave_day: Mapping[LeaveKind, Decimal]
    attendance_cap: Decimal
    no_record_replaces_minutes: bool
    sanctions_of: ShareBase
    sanctions: Mapping[str, SanctionShare]
    order: Sequence[str]
    round_to: Decimal
    rounding: Rounding
    rounds_each_step: bool
    floor: Decimal
    ceiling: Decimal | None


def table_of(content: Mapping[str, Any]) -> AllowanceTable:
    """Return a content that is usable as a table."""
    shares, attendance, sanctions = content["shares"], content["attendance"], content["sanctions"]
    rounding = content["rounding"]
    return AllowanceTable(
        basis_by=BasisBy(content["basis"]["by"]),
        amounts={key: Decimal(value) for key, value in content["basis"]["amounts"].items()},
        performance=Decimal(shares["performance"]),
        discipline=Decimal(shares["discipline"]),
        predicates={Predicate(key): Decimal(value) for key, value in content["predicates"].items()},
        predicate_of=PredicateOf(content["predicate_of"]),
        month_offset=attendance["month_offset"],
        unrecorded=Unrecorded(attendance["unrecorded_day"]),
        attendance_of=ShareBase(attendance["percent_of"]),
        late=_bands(attendance["late"]),
        early=_bands(attendance["early"]),
        no_record=_maybe(attendance["no_record"]),
        absent_day=_maybe(attendance["absent_day"]),
        missed_assembly=_maybe(attendance["missed_assembly"]),
        leave_day={LeaveKind(key): Decimal(value) for key, value in attendance["leave_day"].items()},
        attendance_cap=Decimal(attendance["cap"]),
        no_record_replaces_minutes=attendance["no_record_replaces_minutes"],
        sanctions_of=ShareBase(sanctions["percent_of"]),
        sanctions={
            code: SanctionShare(Decimal(line["percent"]), line["months"]) for code, line in sanctions["lines"].items()
        },
        order=tuple(content["order"]),
        round_to=Decimal(rounding["to"]),
        rounding=Rounding(rounding["mode"]),
        rounds_each_step=rounding["each_step"],
        floor=Decimal(content["floor"]),
        ceiling=_maybe(content["ceiling"]),
    )


def _maybe(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _bands(rows: Any) -> tuple[Band, ...] | None:
    return None if rows is None else tuple(Band(row["from"], Decimal(row["percent"])) for row in rows)


def fault_of(content: Mapping[str, Any]) -> str | None:
    """Return where a content is not usable as a table (`attendance.late.1.percent`), None where all is well."""
    parts = (
        _fault_of_basis(content.get("basis")),
        _fault_of_shares(content.get("shares")),
        _fault_of_percents("predicates", content.get("predicates"), {one.value for one in Predicate}, whole=True),
        None if content.get("predicate_of") in set(PredicateOf) else "predicate_of",
        _fault_of_attendance(content.get("attendance")),
        _fault_of_sanctions(content.get("sanctions")),
        None if sorted(_texts(content.get("order"))) == sorted(_ORDER) else "order",
        _fault_of_rounding(content.get("rounding")),
        _fault_of_limits(content),
    )
    return next((fault for fault in parts if fault is not None), None)


def _texts(value: Any) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []


def _amount(value: Any, most: Decimal = _MOST) -> Decimal | None:
    """Return an amount from 0 to `most` with 4 decimals at most, written as text."""
    if not isinstance(value, str):
        return None
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    if not number.is_finite() or not 0 <= number <= most:
        return None
    exponent = number.as_tuple().exponent
    return number if isinstance(exponent, int) and exponent >= -_DECIMALS else None


def _is_percent(value: Any) -> bool:
    return _amount(value, _HUNDRED) is not None


def _fault_of_percents(name: str, table: Any, keys: set[str], *, whole: bool = False) -> str | None:
    if not isinstance(table, Mapping) or not set(table) <= keys or (whole and set(table) != keys):
        return name
    return next((f"{name}.{key}" for key in sorted(table) if not _is_percent(table[key])), None)


def _fault_of_basis(basis: Any) -> str | None:
    if not isinstance(basis, Mapping) or basis.get("by") not in set(BasisBy):
        return "basis.by"
    amounts = basis.get("amounts")
    if not isinstance(amounts, Mapping):
        return "basis.amounts"
    return next((f"basis.amounts.{str(key)[:32]}" for key in sorted(amounts) if _amount(amounts[key]) is None), None)


def _fault_of_shares(shares: Any) -> str | None:
    fault = _fault_of_percents("shares", shares, {"performance", "discipline"}, whole=True)
    if fault is None and sum(Decimal(value) for value in shares.values()) > _HUNDRED:
        return "shares"
    return fault


def _fault_of_attendance(table: Any) -> str | None:
    if not isinstance(table, Mapping):
        return "attendance"
    days = {kind.value for kind in LeaveKind}
    checks = {
        "month_offset": _is_whole(table.get("month_offset"), 0, _MONTHS),
        "unrecorded_day": table.get("unrecorded_day") in set(Unrecorded),
        "percent_of": table.get("percent_of") in set(ShareBase),
        **{name: name in table and (table[name] is None or _is_percent(table[name])) for name in _DAYS},
        "cap": _is_percent(table.get("cap")),
        "no_record_replaces_minutes": isinstance(table.get("no_record_replaces_minutes"), bool),
    }
    wrong = next((f"attendance.{name}" for name, is_right in checks.items() if not is_right), None)
    return (
        wrong
        or _fault_of_bands("attendance.late", table.get("late", ()))
        or _fault_of_bands("attendance.early", table.get("early", ()))
        or _fault_of_percents("attendance.leave_day", table.get("leave_day"), days)
    )


def _fault_of_bands(name: str, rows: Any) -> str | None:
    if rows is None:
        return None
    if not isinstance(rows, list):
        return name
    least, low = 0, Decimal(0)
    for number, row in enumerate(rows):
        if not isinstance(row, Mapping) or not _is_whole(row.get("from"), least + 1, _MINUTES):
            return f"{name}.{number}.from"
        percent = _amount(row.get("percent"), _HUNDRED)
        # Whoever is later never loses less.
        if percent is None or percent < low:
            return f"{name}.{number}.percent"
        least, low = row["from"], percent
    return None


def _fault_of_sanctions(table: Any) -> str | None:
    if not isinstance(table, Mapping) or table.get("percent_of") not in set(ShareBase):
        return "sanctions.percent_of"
    lines = table.get("lines")
    if not isinstance(lines, Mapping):
        return "sanctions.lines"
    for code in sorted(lines):
        line = lines[code]
        if not isinstance(line, Mapping) or not _is_percent(line.get("percent")):
            return f"sanctions.lines.{str(code)[:32]}.percent"
        months = line.get("months", 0)
        if months is not None and not _is_whole(months, 1, 600):
            return f"sanctions.lines.{str(code)[:32]}.months"
    return None


def _fault_of_rounding(table: Any) -> str | None:
    if not isinstance(table, Mapping):
        return "rounding"
    unit = _amount(table.get("to"))
    # A power of ten, so that dividing by it is exact.
    if unit is None or not unit or unit.normalize().as_tuple().digits != (1,):
        return "rounding.to"
    if table.get("mode") not in set(Rounding):
        return "rounding.mode"
    return None if isinstance(table.get("each_step"), bool) else "rounding.each_step"


def _fault_of_limits(content: Mapping[str, Any]) -> str | None:
    floor = _amount(content.get("floor"))
    if floor is None:
        return "floor"
    if "ceiling" not in content:
        return "ceiling"
    if content["ceiling"] is None:
        return None
    ceiling = _amount(content["ceiling"])
    return None if ceiling is not None and ceiling >= floor else "ceiling"


def _is_whole(value: Any, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most
