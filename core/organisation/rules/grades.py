"""Grades and rank titles of PNS (PP 99/2000) and grades of PPPK (Perpres 98/2020 jo 11/2024)."""

from core.organisation.terms import EmploymentStatus

PNS_RANKS: dict[str, str] = {
    "I/a": "Juru Muda",
    "I/b": "Juru Muda Tingkat I",
    "I/c": "Juru",
    "I/d": "Juru Tingkat I",
    "II/a": "Pengatur Muda",
    "II/b": "Pengatur Muda Tingkat I",
    "II/c": "Pengatur",
    "II/d": "Pengatur Tingkat I",
    "III/a": "Penata Muda",
    "III/b": "Penata Muda Tingkat I",
    "III/c": "Penata",
    "III/d": "Penata Tingkat I",
    "IV/a": "Pembina",
    "IV/b": "Pembina Tingkat I",
    "IV/c": "Pembina Utama Muda",
    "IV/d": "Pembina Utama Madya",
    "IV/e": "Pembina Utama",
}
"""The 17 grades of PNS, lowest first, each with its rank title."""

PPPK_GRADES: tuple[str, ...] = (
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII",
)  # fmt: skip
"""The 17 grades of PPPK, lowest first; they have no rank titles."""


def grade_employment(status: EmploymentStatus) -> EmploymentStatus:
    """Return whose list of grades holds for `status`: a CPNS is graded as a PNS."""
    return EmploymentStatus.PPPK if status is EmploymentStatus.PPPK else EmploymentStatus.PNS


def grade_exists(status: EmploymentStatus, code: str) -> bool:
    """Whether the law knows the grade `code` for an employee of `status`."""
    return code in (PPPK_GRADES if grade_employment(status) is EmploymentStatus.PPPK else PNS_RANKS)


def rank_title(status: EmploymentStatus, code: str) -> str:
    """Return the rank title of a grade; empty for PPPK and for a grade that does not exist."""
    return "" if grade_employment(status) is EmploymentStatus.PPPK else PNS_RANKS.get(code, "")
