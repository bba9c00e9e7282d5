import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.identity import rules
from core.identity.passwords import common_passwords


@pytest.mark.parametrize(
    ("username", "is_good"),
    [
        ("abc", True),
        ("198003102005012003", True),
        ("budi.santoso@kota-1_x", True),
        ("a" * 64, True),
        ("ab", False),
        ("a" * 65, False),
        (".abc", False),
        ("budi santoso", False),
        ("búdi", False),
        ("", False),
    ],
)
def test_usernames(username, is_good):
    assert (rules.username_problems(username) == []) is is_good


def test_a_normal_username_has_no_blanks_around_and_no_capitals():
    assert rules.normal_username("  BUDI ") == "budi"


@pytest.mark.parametrize(
    ("password", "codes"),
    [
        ("123456789", ["PASSWORD_TOO_SHORT"]),
        ("empat kata", []),
        ("x" + "y" * 199, []),
        ("x" + "y" * 200, ["PASSWORD_TOO_LONG"]),
        ("xxBUDI.sxx", ["PASSWORD_REVEALING"]),
        ("ab199001012015031001", ["PASSWORD_REVEALING"]),
        ("PassWord123", ["PASSWORD_COMMON"]),
        ("aaaaaaaaaaaa", ["PASSWORD_COMMON"]),
        ("aaaaaaaaaaab", []),
        ("budi.s", ["PASSWORD_TOO_SHORT", "PASSWORD_REVEALING"]),
        ("", ["PASSWORD_TOO_SHORT"]),
    ],
)
def test_passwords(password, codes):
    problems = rules.password_problems(
        password, ["budi.s", "199001012015031001", "ab"], common_passwords(), "input", "password"
    )

    assert [problem.code for problem in problems] == codes
    assert all(problem.path == ("input", "password") for problem in problems)


def test_the_shipped_list_holds_only_what_the_other_rules_let_through():
    passwords = common_passwords()

    assert len(passwords) > 200
    assert all(len(password) >= 10 and password == password.casefold() for password in passwords)


@pytest.mark.parametrize(
    ("failures", "seconds"), [(0, 0), (4, 0), (5, 30), (6, 60), (9, 480), (10, 960), (11, 960), (10_000, 960)]
)
def test_lock_out(failures, seconds):
    assert rules.lock_seconds(failures) == seconds


@given(st.integers(0, 1000))
def test_one_more_failure_never_shortens_the_lock(failures):
    assert rules.lock_seconds(failures) <= rules.lock_seconds(failures + 1)


def test_reading_belongs_to_every_token():
    assert rules.token_scopes(["write"]) == ["read", "write"]
    assert rules.token_scopes([]) == ["read"]
