"""The allowance of one employee in one month: every step with its input, its share and its amount.

Amounts are exact decimals. The steps add up to the result; where something is missing there is no result, and what is
known of the steps is shown.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Decimal, localcontext

from core.appraisal.terms import Predicate
from core.attendance.terms import LeaveKind
from plugins.rewards.allowance.rules.table import AllowanceTable, Band
from plugins.rewards.allowance.terms import AllowanceGap, AllowanceStepKind, Rounding, ShareBase, Unrecorded

_PRECISION = 60
_HUNDRED = Decimal(100)
_MODES = {
    Rounding.HALF_UP: ROUND_HALF_UP,
    Rounding.HALF_EVEN: ROUND_HALF_EVEN,
    Rounding.DOWN: ROUND_DOWN,
    Rounding.UP: ROUND_UP,
}


@dataclass(frozen=True)
class DayShort:
    """A working day that was too short, or of which a record or the assembly is missing."""

    late: int = 0
    early: int = 0
    has_no_record: bool = False
    missed_assembly: bool = False


@dataclass(frozen=True)
class SanctionKnown:
    """A sanction that took effect: its code, the months since that one (0: the same), and whether it still lasts."""

    code: str
    months_since: int
    still_lasts: bool = True


@dataclass(frozen=True)
class AllowanceInputs:
    """What is known of an employee for a month.

    `key` is the class or the kind of the position, None without a position; `unknown_days` are working days without
    leave of which nothing is known; `leave_days` working days by kind of leave; `is_month_over` says whether the month
    of attendance is.
    """

    key: str | None
    has_position: bool = True
    predicate: Predicate | None = None
    days: Sequence[DayShort] = ()
    absent_days: int = 0
    unknown_days: int = 0
    leave_days: Mapping[LeaveKind, int] = field(default_factory=dict)
    sanctions: Sequence[SanctionKnown] = ()
    is_month_over: bool = True


@dataclass(frozen=True)
class AllowanceStep:
    """One step: `amount` is what it adds (below 0: takes), `percent` of `base`, `count` times.

    `detail` names the line of the table.
    """

    kind: AllowanceStepKind
    amount: Decimal
    base: Decimal | None = None
    percent: Decimal | None = None
    count: int | None = None
    detail: str = ""


@dataclass(frozen=True)
class Missing:
    """Something without which there is no result; `detail` names what exactly."""

    gap: AllowanceGap
    detail: str = ""


@dataclass(frozen=True)
class Calculation:
    """A simulation of one month; `result` is the sum of the steps, None where something is missing."""

    basis: Decimal | None
    result: Decimal | None
    steps: Sequence[AllowanceStep]
    missing: Sequence[Missing]


def calculate(table: AllowanceTable, given: AllowanceInputs) -> Calculation:
    """Return the allowance that a table gives."""
    with localcontext() as context:
        context.prec = _PRECISION
        return _Sum(table, given).calculation()


class _Sum:
    """The steps so far."""

    def __init__(self, table: AllowanceTable, given: AllowanceInputs) -> None:
        self.table, self.given = table, given
        self.steps: list[AllowanceStep] = []
        self.missing: list[Missing] = []
        self.basis = Decimal(0)
        self.performance = self.discipline = Decimal(0)

    @property
    def total(self) -> Decimal:
        return sum((step.amount for step in self.steps), Decimal(0))

    def calculation(self) -> Calculation:
        basis = self._basis()
        if basis is None:
            return Calculation(None, None, (), self.missing)
        self.basis = basis
        self._parts()
        deductions = {"attendance": self._attendance, "sanctions": self._sanctions}
        for name in self.table.order:
            deductions[name]()
        if self.missing:
            return Calculation(basis, None, self.steps, self.missing)
        self._limits()
        return Calculation(basis, self.total, self.steps, ())

    def _basis(self) -> Decimal | None:
        if self.given.key is None:
            gap = AllowanceGap.BASIS if self.given.has_position else AllowanceGap.POSITION
            self.missing.append(Missing(gap))
            return None
        amount = self.table.amounts.get(self.given.key)
        if amount is None:
            self.missing.append(Missing(AllowanceGap.BASIS, self.given.key))
        return amount

    def _parts(self) -> None:
        table = self.table
        whole = self._share(AllowanceStepKind.PERFORMANCE_PART, self.basis, table.performance)
        self.performance = whole
        if self.given.predicate is None:
            self.missing.append(Missing(AllowanceGap.PREDICATE))
        else:
            share = table.predicates[self.given.predicate]
            lost = self._less(
                AllowanceStepKind.PREDICATE, whole, _HUNDRED - share, 1, self.given.predicate.value, is_shown=True
            )
            self.performance = whole - lost
        self.discipline = self._share(AllowanceStepKind.DISCIPLINE_PART, self.basis, table.discipline)

    def _share(self, kind: AllowanceStepKind, base: Decimal, percent: Decimal) -> Decimal:
        amount = self._rounded(base * percent / _HUNDRED)
        self.steps.append(AllowanceStep(kind, amount, base, percent))
        return amount

    def _less(
        self,
        kind: AllowanceStepKind,
        base: Decimal,
        percent: Decimal,
        count: int,
        detail: str = "",
        *,
        is_shown: bool = False,
    ) -> Decimal:
        amount = self._rounded(base * percent * count / _HUNDRED)
        if amount or is_shown:
            self.steps.append(AllowanceStep(kind, -amount, base, percent, count, detail))
        return amount

    def _rounded(self, amount: Decimal) -> Decimal:
        return self._to_unit(amount) if self.table.rounds_each_step else amount

    def _to_unit(self, amount: Decimal) -> Decimal:
        unit = self.table.round_to
        return (amount / unit).to_integral_value(_MODES[self.table.rounding]) * unit

    def _base_of(self, base: ShareBase) -> Decimal:
        return {
            ShareBase.BASIS: self.basis,
            ShareBase.PERFORMANCE: self.performance,
            ShareBase.DISCIPLINE: self.discipline,
            ShareBase.PARTS: self.performance + self.discipline,
            # Nothing is taken from what is no longer there.
            ShareBase.REMAINING: max(Decimal(0), self.total),
        }[base]

    def _attendance(self) -> None:
        table, given = self.table, self.given
        if not given.is_month_over:
            self.missing.append(Missing(AllowanceGap.MONTH_NOT_OVER))
        if given.unknown_days and table.unrecorded is Unrecorded.MISSING:
            self.missing.append(Missing(AllowanceGap.ATTENDANCE, str(given.unknown_days)))
        base = self._base_of(table.attendance_of)
        counted = [day for day in given.days if not (day.has_no_record and table.no_record_replaces_minutes)]
        taken = self._minutes(AllowanceStepKind.LATE, [day.late for day in counted], table.late, base)
        taken += self._minutes(AllowanceStepKind.EARLY, [day.early for day in counted], table.early, base)
        for kind, gap, percent, count in (
            (
                AllowanceStepKind.NO_RECORD,
                AllowanceGap.SHARE_OF_NO_RECORD,
                table.no_record,
                sum(day.has_no_record for day in given.days),
            ),
            (AllowanceStepKind.ABSENT, AllowanceGap.SHARE_OF_ABSENCE, table.absent_day, given.absent_days),
            (
                AllowanceStepKind.MISSED_ASSEMBLY,
                AllowanceGap.SHARE_OF_ASSEMBLY,
                table.missed_assembly,
                sum(day.missed_assembly for day in given.days),
            ),
        ):
            if count and percent is None:
                self.missing.append(Missing(gap))
            elif count and percent is not None:
                taken += self._less(kind, base, percent, count)
        for leave, days in sorted(given.leave_days.items()):
            share = table.leave_day.get(leave)
            if days and share is None:
                self.missing.append(Missing(AllowanceGap.SHARE_OF_LEAVE, leave.value))
            elif days and share is not None:
                taken += self._less(AllowanceStepKind.LEAVE, base, share, days, leave.value)
        most = self._rounded(base * table.attendance_cap / _HUNDRED)
        if taken > most:
            self.steps.append(AllowanceStep(AllowanceStepKind.ATTENDANCE_CAP, taken - most, base, table.attendance_cap))

    def _minutes(
        self, kind: AllowanceStepKind, minutes: Sequence[int], bands: Sequence[Band] | None, base: Decimal
    ) -> Decimal:
        if bands is None:
            if any(minutes):
                is_late = kind is AllowanceStepKind.LATE
                self.missing.append(
                    Missing(AllowanceGap.SHARE_OF_LATENESS if is_late else AllowanceGap.SHARE_OF_EARLINESS)
                )
            return Decimal(0)
        found = Counter(band for one in minutes if (band := _band_of(bands, one)) is not None)
        return sum(
            (self._less(kind, base, band.percent, found[band], f"{band.minutes}") for band in bands if found[band]),
            Decimal(0),
        )

    def _sanctions(self) -> None:
        table = self.table
        base = self._base_of(table.sanctions_of)
        left = _HUNDRED
        for one in self.given.sanctions:
            line = table.sanctions.get(one.code)
            if line is None:
                if one.still_lasts:
                    self.missing.append(Missing(AllowanceGap.SHARE_OF_SANCTION, one.code))
            elif one.still_lasts if line.months is None else one.months_since < line.months:
                # Several together take no more than there is.
                percent = min(line.percent, left)
                left -= percent
                self._less(AllowanceStepKind.SANCTION, base, percent, 1, one.code)

    def _limits(self) -> None:
        """Round, then keep the result below the ceiling, and last of all at the floor or above."""
        self._add(AllowanceStepKind.ROUNDING, self._to_unit(self.total) - self.total)
        if self.table.ceiling is not None:
            self._add(AllowanceStepKind.CEILING, min(Decimal(0), self.table.ceiling - self.total))
        self._add(AllowanceStepKind.FLOOR, max(Decimal(0), self.table.floor - self.total))

    def _add(self, kind: AllowanceStepKind, amount: Decimal) -> None:
        if amount:
            self.steps.append(AllowanceStep(kind, amount))


def _band_of(bands: Sequence[Band], minutes: int) -> Band | None:
    return next((band for band in reversed(bands) if minutes >= band.minutes), None)
