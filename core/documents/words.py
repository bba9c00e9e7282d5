"""The words of the forms: Indonesian whatever language the caller speaks, since the law gives them so."""

import re
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from babel.numbers import format_decimal

from core.appraisal.terms import EvaluationState, OrganizationRating, Rating
from core.planning.terms import Aspect, Perspective, PlanState
from core.settings import Settings

BLANK = "……………………"
"""Stands where nothing is known, or where the caller may not read it: a line to write on."""

ASPECTS = {
    Aspect.QUANTITY: "Kuantitas",
    Aspect.QUALITY: "Kualitas",
    Aspect.TIME: "Waktu",
    Aspect.COST: "Biaya",
}
PERSPECTIVES = {
    Perspective.SERVICE_RECIPIENT: "Penerima layanan",
    Perspective.BUSINESS_PROCESS: "Proses bisnis",
    Perspective.INTERNAL_STRENGTHENING: "Penguatan internal",
    Perspective.BUDGET: "Anggaran",
}
RATINGS = {
    Rating.ABOVE: "Di atas ekspektasi",
    Rating.MEETS: "Sesuai ekspektasi",
    Rating.BELOW: "Di bawah ekspektasi",
}
ORGANIZATION_RATINGS = {
    OrganizationRating.OUTSTANDING: "Istimewa",
    OrganizationRating.GOOD: "Baik",
    OrganizationRating.NEEDS_IMPROVEMENT: "Butuh Perbaikan",
    OrganizationRating.POOR: "Kurang",
    OrganizationRating.VERY_POOR: "Sangat Kurang",
}
PLAN_STATES = {
    PlanState.DRAFT: "rancangan",
    PlanState.SUBMITTED: "diajukan, belum disetujui",
    PlanState.RETURNED: "dikembalikan untuk diperbaiki",
    PlanState.APPROVED: "disetujui",
    PlanState.ENDED: "berakhir karena pindah jabatan",
}
EVALUATION_STATES = {
    EvaluationState.DRAFT: "rancangan",
    EvaluationState.RATED: "dinilai, belum final",
    EvaluationState.FINAL: "final",
    EvaluationState.ACKNOWLEDGED: "diterima pegawai",
    EvaluationState.OBJECTED: "dalam keberatan",
    EvaluationState.DECIDED: "keberatan sudah diputus",
}

_LONG_WORD = re.compile(r"\S{24}(?=\S)")
_UNPRINTABLE = dict.fromkeys([*range(9), *range(11, 32), 127])
_ZONES = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}


def told(text: str) -> str:
    """Return a text for the page: without control characters, and very long words with places to break them."""
    return _LONG_WORD.sub(lambda found: f"{found.group()}\u200b", text.strip().translate(_UNPRINTABLE))


def day(value: date | None) -> str:
    """Return a date as 31 Januari 2026, a line to write on for none."""
    return BLANK if value is None else format_date(value, format="long", locale="id")


def span(first: date, last: date) -> str:
    """Return a period from day to day."""
    return f"{day(first)} sampai dengan {day(last)}"


def moment(value: datetime, settings: Settings) -> str:
    """Return a moment in the institution's time zone."""
    local = value.astimezone(ZoneInfo(settings.time_zone))
    zone = _ZONES.get(settings.time_zone, settings.time_zone)
    return f"{day(local.date())} pukul {format_time(local, format='short', locale='id')} {zone}"


def local_day(value: datetime | None, settings: Settings) -> date | None:
    """Return the day of a moment in the institution's time zone."""
    return None if value is None else value.astimezone(ZoneInfo(settings.time_zone)).date()


def amount(value: Decimal) -> str:
    """Return an exact amount with a decimal comma and points between thousands."""
    return str(format_decimal(value, locale="id", decimal_quantization=False))


def target(low: Decimal | None, high: Decimal | None, unit_of_measure: str) -> str:
    """Return a target with its unit: one value, or a range."""
    bounds = [amount(bound) for bound in (low, high) if bound is not None]
    if len(bounds) == 2 and bounds[0] == bounds[1]:
        bounds = bounds[:1]
    return told(" ".join([" – ".join(bounds), unit_of_measure]))
