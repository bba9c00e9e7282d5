"""Synthetic civil servants: Indonesian names, valid civil-service numbers, grades that fit the post."""

from collections.abc import Mapping
from datetime import date
from itertools import count
from random import Random
from typing import Any

from core.demo.posts import Post
from core.organisation.terms import EmploymentStatus, Sex

_GRADES = {
    "JPT_PRATAMA": ("IV/b", "IV/c", "IV/d"),
    "ADMINISTRATOR": ("III/d", "IV/a", "IV/b"),
    "PENGAWAS": ("III/c", "III/d"),
    "AHLI_MUDA": ("III/c", "III/d"),
    "AHLI_PERTAMA": ("III/a", "III/b"),
    "MAHIR": ("III/a", "III/b"),
    "TERAMPIL": ("II/b", "II/c", "II/d"),
    "PELAKSANA": ("II/a", "II/b", "II/c", "III/a"),
}
_PPPK_GRADES = {"AHLI_PERTAMA": "IX", "TERAMPIL": "VII", "PELAKSANA": "V"}
_AGES = {"JPT_PRATAMA": (46, 57), "ADMINISTRATOR": (40, 56), "PENGAWAS": (34, 54)}
_PPPK_SHARE = 0.18
_CPNS_SHARE = 0.04
_TITLES = ("S.E.", "S.H.", "S.T.", "S.Kom.", "S.Sos.", "S.IP.", "S.Pd.")


class People:
    """Makes employees' rows one after the other, no number twice."""

    def __init__(self, chance: Random, names: Mapping[str, list[str]], year: int) -> None:
        self._chance = chance
        self._names = names
        self._year = year
        self._serials: dict[str, count[int]] = {}

    def employee(self, post: Post, grades: Mapping[tuple[str, str], Any]) -> dict[str, Any]:
        """Return the values of an employee who could hold `post`; `grades` by employment and code."""
        chance = self._chance
        sex = chance.choice((Sex.MALE, Sex.FEMALE))
        young, old = _AGES.get(post.kind, (25, 52))
        born = date(self._year - chance.randint(young, old), chance.randint(1, 12), chance.randint(1, 28))
        status = self._status(post)
        joined = self._joined(born, status)
        if status is EmploymentStatus.PPPK:
            start = f"{born:%Y%m%d}{joined.year}2{1}{1 if sex is Sex.MALE else 2}"
            grade = grades[("PPPK", _PPPK_GRADES[post.kind])]
        else:
            start = f"{born:%Y%m%d}{joined:%Y%m}{1 if sex is Sex.MALE else 2}"
            grade = grades[("PNS", chance.choice(_GRADES[post.kind]))]
        serial = next(self._serials.setdefault(start, count(1)))
        has_degree = post.kind not in {"PELAKSANA", "TERAMPIL"}
        return {
            "nip": f"{start}{serial:03d}",
            "name": self._name(sex),
            "back_title": chance.choice(_TITLES) if has_degree else "",
            "status": status,
            "sex": sex,
            "birth_date": born,
            "grade": grade,
            "joined_on": joined,
        }

    def _status(self, post: Post) -> EmploymentStatus:
        if post.kind not in _PPPK_GRADES:
            return EmploymentStatus.PNS
        draw = self._chance.random()
        if draw < _PPPK_SHARE:
            return EmploymentStatus.PPPK
        return EmploymentStatus.CPNS if draw > 1 - _CPNS_SHARE else EmploymentStatus.PNS

    def _joined(self, born: date, status: EmploymentStatus) -> date:
        if status is EmploymentStatus.PPPK:
            return date(self._chance.randint(2021, self._year - 2), 1, 1)
        if status is EmploymentStatus.CPNS:
            return date(self._year - 1, 3, 1)
        return date(
            min(born.year + self._chance.randint(21, 27), self._year - 3), self._chance.choice((1, 3, 4, 12)), 1
        )

    def _name(self, sex: Sex) -> str:
        suffix = "l" if sex is Sex.MALE else "p"
        first = self._chance.choice(self._names[f"depan_{suffix}"])
        return f"{first} {self._chance.choice(self._names[f'belakang_{suffix}'])}"
