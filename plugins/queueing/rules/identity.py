"""Who holds a ticket, without telling: hashes of the national number (NIK) and of one-time codes, unguessable names.

Whoever asks for a ticket under a key of their own gets the name and code that follow from it, so that the same ones can
be told again although the code is kept by nobody.
"""

import hmac
import re
import secrets
from base64 import urlsafe_b64encode
from hashlib import sha256

_NIK = re.compile(r"[0-9]{16}", re.ASCII)
CODE_DIGITS = 6
_TOKEN_BYTES = 24


def is_nik(text: str) -> bool:
    """Whether a text is a national number: 16 digits."""
    return _NIK.fullmatch(text) is not None


def nik_hash(nik: str, secret_key: str) -> str:
    """Return what is kept of a national number; without the secret key it cannot be found by trying all numbers."""
    return _keyed("nik", nik, secret_key)


def new_token() -> str:
    """Return an unguessable name for a ticket."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def token_for(key: str, secret_key: str) -> str:
    """Return the name of the ticket that is asked for under a key: always the same, and as hard to guess as the key."""
    return urlsafe_b64encode(bytes.fromhex(_keyed("request.token", key, secret_key))[:_TOKEN_BYTES]).decode()


def mark_of(token: str) -> str:
    """Return by what those who hold the name of a ticket know that news are of it; nobody finds the name by it."""
    return sha256(f"queueing.ticket.{token}".encode()).hexdigest()


def code_for(key: str, secret_key: str) -> str:
    """Return the one-time code of the ticket that is asked for under a key."""
    return f"{int(_keyed('request.code', key, secret_key), 16) % 10**CODE_DIGITS:0{CODE_DIGITS}}"


def request_hash(key: str, secret_key: str) -> str:
    """Return what is kept of the key under which a ticket was asked for; neither name nor code follow from it."""
    return _keyed("request", key, secret_key)


def code_hash(code: str, token: str, secret_key: str) -> str:
    """Return what is kept of the one-time code of the ticket `token`."""
    return _keyed("code", f"{token}.{code}", secret_key)


def is_code(code: str, token: str, kept: str, secret_key: str) -> bool:
    """Whether a code is that of a ticket, in the same time whatever is wrong with it; none fits where none is kept."""
    return hmac.compare_digest(code_hash(code.strip(), token, secret_key), kept) and bool(kept)


def _keyed(purpose: str, content: str, secret_key: str) -> str:
    key = hmac.new(secret_key.encode(), f"queueing.{purpose}".encode(), sha256).digest()
    return hmac.new(key, content.encode(), sha256).hexdigest()
