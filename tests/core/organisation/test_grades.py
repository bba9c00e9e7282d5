import csv
from pathlib import Path

import pytest

from core.organisation.models import Grade
from core.organisation.rules.grades import PNS_RANKS, PPPK_GRADES, grade_employment, grade_exists, rank_title
from core.organisation.terms import EmploymentStatus as Status

SHARED = Path(__file__).parents[4] / "shared" / "data" / "positions" / "golongan_pangkat_pns.csv"


def test_pns_have_exactly_17_grades():
    assert list(PNS_RANKS) == (
        [
            "I/a",
            "I/b",
            "I/c",
            "I/d",
            "II/a",
            "II/b",
            "II/c",
            "II/d",
            "III/a",
            "III/b",
            "III/c",
            "III/d",
            "IV/a",
            "IV/b",
            "IV/c",
            "IV/d",
            "IV/e",
        ]
    )


@pytest.mark.parametrize("code", list(PNS_RANKS))
@pytest.mark.parametrize("status", [Status.PNS, Status.CPNS])
def test_pns_and_cpns_have_the_grades_of_pns(status, code):
    assert grade_exists(status, code)
    assert not grade_exists(Status.PPPK, code)


@pytest.mark.parametrize("code", ["III/e", "V/a", "I/e", "II/e", "III", "", "III/C", "iii/c", "0/a", "XVIII"])
def test_other_grades_of_pns_do_not_exist(code):
    assert not grade_exists(Status.PNS, code)
    assert rank_title(Status.PNS, code) == ""


def test_pppk_have_17_grades_without_titles():
    assert len(PPPK_GRADES) == 17
    assert all(grade_exists(Status.PPPK, code) and rank_title(Status.PPPK, code) == "" for code in PPPK_GRADES)
    assert (PPPK_GRADES[0], PPPK_GRADES[-1]) == ("I", "XVII")


@pytest.mark.parametrize("code", ["XVIII", "0", "i", "IIII", "17", ""])
def test_other_grades_of_pppk_do_not_exist(code):
    assert not grade_exists(Status.PPPK, code)


@pytest.mark.parametrize(
    ("code", "title"),
    [("I/a", "Juru Muda"), ("III/c", "Penata"), ("IV/c", "Pembina Utama Muda"), ("IV/e", "Pembina Utama")],
)
def test_ranks_have_their_titles(code, title):
    assert rank_title(Status.PNS, code) == title


def test_a_cpns_is_graded_as_a_pns():
    assert [grade_employment(status) for status in Status] == [Status.PNS, Status.PNS, Status.PPPK]


def test_the_table_of_grades_is_the_law(db):
    rows = {(grade.employment, grade.code): grade.rank_title for grade in Grade.select()}

    assert rows == {
        **{(Status.PNS, code): title for code, title in PNS_RANKS.items()},
        **{(Status.PPPK, code): "" for code in PPPK_GRADES},
    }


def test_the_titles_are_those_of_the_published_table():
    if not SHARED.exists():
        pytest.skip("the shared data are not beside the repository")
    with SHARED.open(encoding="utf-8") as file:
        rows = list(csv.reader(file))[1:]
    cells = [{cell.replace("Tk.I", "Tingkat I").replace("Tk. I", "Tingkat I").strip() for cell in row} for row in rows]

    assert all(any({code, title} <= row for row in cells) for code, title in PNS_RANKS.items())
