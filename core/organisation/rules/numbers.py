"""The 18 digits of a civil servant: NIP of PNS (YYYYMMDD YYYYMM S NNN) and NI PPPK (YYYYMMDD YYYY 2 F S NNN).

Source: Perka BKN 22/2007 and 43/2007; docs/domain section 2. There is no check digit.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.organisation.terms import EmploymentStatus, Sex

PLAUSIBLE_AGE = 18
"""The youngest plausible age, in years, at the first appointment."""

FIRST_PPPK_YEAR = 2019
"""The first plausible year of a PPPK's appointment."""

_EIGHTEEN_DIGITS = re.compile(r"[0-9]{18}")
_SEXES = {"1": Sex.MALE, "2": Sex.FEMALE}


class NumberFault(StrEnum):
    """What makes a number invalid."""

    NOT_18_DIGITS = "NUMBER_NOT_18_DIGITS"
    BIRTH_DATE = "NUMBER_BIRTH_DATE_INVALID"
    BIRTH_IN_FUTURE = "NUMBER_BIRTH_DATE_IN_FUTURE"
    MONTH = "NUMBER_MONTH_INVALID"
    SEX = "NUMBER_SEX_INVALID"
    SERIAL = "NUMBER_SERIAL_INVALID"
    PPPK_ON_PNS = "NUMBER_OF_PPPK_ON_PNS"


class NumberWarning(StrEnum):
    """What is odd about a valid number, or about the profile that carries it; it never blocks."""

    YEAR_IMPLAUSIBLE = "NUMBER_YEAR_IMPLAUSIBLE"
    START_IN_FUTURE = "NUMBER_START_IN_FUTURE"
    BIRTH_DATE_DIFFERS = "NUMBER_BIRTH_DATE_DIFFERS"
    SEX_DIFFERS = "NUMBER_SEX_DIFFERS"
    STATUS_DIFFERS = "NUMBER_STATUS_DIFFERS"


@dataclass(frozen=True)
class CivilServiceNumber:
    """A valid number and what its digits say; `start_month` is None and `contract` is set for PPPK."""

    digits: str
    status: EmploymentStatus
    birth_date: date
    start_year: int
    start_month: int | None
    contract: int | None
    sex: Sex
    serial: int
    warnings: tuple[NumberWarning, ...] = ()

    @property
    def formatted(self) -> str:
        """The number in groups of 8-6-1-3 digits."""
        return format_number(self.digits)


def normalise_number(text: str) -> str:
    """Return the number as it is stored: without any white space."""
    return "".join(text.split())


def format_number(digits: str) -> str:
    """Return 18 digits in groups of 8-6-1-3; anything else as it is."""
    if len(digits) != 18:
        return digits
    return f"{digits[:8]} {digits[8:14]} {digits[14]} {digits[15:]}"


def parse_civil_service_number(text: str, today: date) -> CivilServiceNumber | tuple[NumberFault, ...]:
    """Return what the digits of a NIP or NI PPPK say, or every fault of it as seen on `today`."""
    digits = normalise_number(text)
    if not _EIGHTEEN_DIGITS.fullmatch(digits):
        return (NumberFault.NOT_18_DIGITS,)
    faults: list[NumberFault] = []
    birth_date = _date(digits[:8])
    if birth_date is None:
        faults.append(NumberFault.BIRTH_DATE)
    elif birth_date > today:
        faults.append(NumberFault.BIRTH_IN_FUTURE)
    year, month, contract = _start(digits[8:14])
    if month is None and contract is None:
        faults.append(NumberFault.MONTH)
    sex = _SEXES.get(digits[14])
    if sex is None:
        faults.append(NumberFault.SEX)
    serial = int(digits[15:])
    if serial == 0:
        faults.append(NumberFault.SERIAL)
    if faults or birth_date is None or sex is None:
        return tuple(faults)
    return CivilServiceNumber(
        digits=digits,
        status=EmploymentStatus.PNS if contract is None else EmploymentStatus.PPPK,
        birth_date=birth_date,
        start_year=year,
        start_month=month,
        contract=contract,
        sex=sex,
        serial=serial,
        warnings=_year_warnings(birth_date, year, month, today),
    )


def check_against_profile(
    number: CivilServiceNumber, status: EmploymentStatus, birth_date: date, sex: Sex
) -> tuple[tuple[NumberFault, ...], tuple[NumberWarning, ...]]:
    """Compare a number with the profile that carries it; real data disagrees at times, so most of it only warns.

    A PPPK's number on a PNS or CPNS is a fault (docs/domain R10).
    """
    faults: list[NumberFault] = []
    warnings: list[NumberWarning] = []
    is_pppk = status is EmploymentStatus.PPPK
    if number.status is EmploymentStatus.PPPK and not is_pppk:
        faults.append(NumberFault.PPPK_ON_PNS)
    elif number.status is EmploymentStatus.PNS and is_pppk:
        warnings.append(NumberWarning.STATUS_DIFFERS)
    if number.birth_date != birth_date:
        warnings.append(NumberWarning.BIRTH_DATE_DIFFERS)
    if number.sex is not sex:
        warnings.append(NumberWarning.SEX_DIFFERS)
    return tuple(faults), tuple(warnings)


def _date(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


def _start(digits: str) -> tuple[int, int | None, int | None]:
    """Return year, month (PNS) and number of the contract (PPPK); both None where positions 13-14 are neither."""
    year, rest = int(digits[:4]), int(digits[4:])
    if 1 <= rest <= 12:
        return year, rest, None
    if 21 <= rest <= 29:
        return year, None, rest - 20
    return year, None, None


def _year_warnings(birth_date: date, year: int, month: int | None, today: date) -> tuple[NumberWarning, ...]:
    # A PPPK's digits give the year only, so that the whole year counts in its favour.
    adult = (birth_date.year + PLAUSIBLE_AGE, birth_date.month, birth_date.day)
    is_too_young = (year, month or 12, 1 if month else 31) < adult
    warnings: list[NumberWarning] = []
    if is_too_young or (month is None and year < FIRST_PPPK_YEAR):
        warnings.append(NumberWarning.YEAR_IMPLAUSIBLE)
    if (year, month or 1) > (today.year, today.month):
        warnings.append(NumberWarning.START_IN_FUTURE)
    return tuple(warnings)
