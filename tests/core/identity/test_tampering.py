"""Whatever is changed in a token, nobody is let in by it."""

import base64
import json

import jwt
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.identity import tokens
from core.identity.tokens import Claims
from core.settings import Settings
from tests.support.calls import NOON

DEPLOYMENT = Settings(secret_key="a-secret-for-tests-only-that-is-long-enough")
GOOD = tokens.make_access_token(Claims(7, 9), NOON, DEPLOYMENT)
REFRESH = tokens.make_refresh_token(9, DEPLOYMENT)
KEY = tokens.key_for(DEPLOYMENT, "access token")


def part(value):
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def test_the_good_ones_are_good():
    assert tokens.read_access_token(GOOD, NOON, DEPLOYMENT) == Claims(7, 9)
    assert tokens.session_of(REFRESH, DEPLOYMENT) == 9
    assert jwt.decode(GOOD, KEY, ["HS256"], options={"verify_signature": False}) == {
        "iss": "kinerja",
        "sub": "7",
        "sid": 9,
        "iat": int(NOON.timestamp()),
        "exp": int(NOON.timestamp()) + 600,
    }


@given(st.integers(0, len(GOOD) - 1), st.characters(codec="ascii"))
def test_an_access_token_with_another_letter_is_refused(place, letter):
    changed = GOOD[:place] + letter + GOOD[place + 1 :]
    decoded = [base64.urlsafe_b64decode(f"{text}===") for text in GOOD.split(".")]
    try:
        is_same = [base64.urlsafe_b64decode(f"{text}===") for text in changed.split(".")] == decoded
    except ValueError:
        is_same = False

    # The last letter of a part has bits that mean nothing; all others count.
    assert (tokens.read_access_token(changed, NOON, DEPLOYMENT) is None) or is_same


@given(st.integers(0, len(REFRESH) - 1), st.characters())
def test_a_refresh_token_with_another_letter_is_refused(place, letter):
    changed = REFRESH[:place] + letter + REFRESH[place + 1 :]

    assert changed == REFRESH or tokens.session_of(changed, DEPLOYMENT) is None


@given(st.text(max_size=200))
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_any_text_is_refused_as_a_token(text):
    assert tokens.read_access_token(text, NOON, DEPLOYMENT) is None
    assert tokens.session_of(text, DEPLOYMENT) is None


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "another"},
        {"iss": None},
        {"exp": int(NOON.timestamp())},
        {"exp": "soon"},
        {"exp": None},
        {"sid": None},
        {"sid": "9; DROP TABLE account"},
        {"sub": None},
        {"sub": "seven"},
        {"sub": 7},
    ],
)
def test_a_signed_token_with_wrong_claims_is_refused(claims):
    content = {"iss": "kinerja", "sub": "7", "sid": 9, "exp": int(NOON.timestamp()) + 60, **claims}
    token = jwt.encode({name: value for name, value in content.items() if value is not None}, KEY, "HS256")

    assert tokens.read_access_token(token, NOON, DEPLOYMENT) is None


@pytest.mark.parametrize("algorithm", ["none", "HS384", "HS512"])
def test_another_algorithm_is_refused(algorithm):
    content = {"iss": "kinerja", "sub": "7", "sid": 9, "exp": int(NOON.timestamp()) + 60}
    key = None if algorithm == "none" else KEY + KEY
    token = jwt.encode(content, key, algorithm)

    assert tokens.read_access_token(token, NOON, DEPLOYMENT) is None


def test_a_refresh_token_is_no_access_token_and_the_other_way_round():
    assert tokens.read_access_token(REFRESH, NOON, DEPLOYMENT) is None
    assert tokens.session_of(GOOD, DEPLOYMENT) is None
