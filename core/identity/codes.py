"""One-time codes: the secret of a device under seal, the codes that follow from it, and recovery codes."""

import base64
import hashlib
import hmac
import secrets
from datetime import datetime

import pyotp
from cryptography.fernet import Fernet, InvalidToken

from core.identity.tokens import key_for
from core.settings import Settings

STEP_SECONDS = 30
RECOVERY_CODES = 10

_STEPS_APART = 1
"""How far the clock of a device may differ, in steps either way."""

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Nothing that is read or written for something else: i, l, o, 0, 1."""

_HALF = 5


def new_secret() -> str:
    """Return the secret of a new device, as text that can be typed into it."""
    return pyotp.random_base32()


def address_of(secret: str, username: str, institution: str) -> str:
    """Return the otpauth address that a device reads from the QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=username, issuer_name=f"Kinerja {institution}")


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """Return the step of 30 seconds whose code this is, None when it is none of those around `now`."""
    wanted = "".join(code.split())
    present = int(now.timestamp()) // STEP_SECONDS
    device = pyotp.TOTP(secret)
    steps = range(present - _STEPS_APART, present + _STEPS_APART + 1)
    # All are compared, however early one fits.
    fitting = [step for step in steps if hmac.compare_digest(device.at(step * STEP_SECONDS).encode(), wanted.encode())]
    return max(fitting, default=None)


def seal(text: str, now: datetime, settings: Settings) -> str:
    """Return `text` encrypted, so that neither a copy of the database nor a cookie gives it away."""
    return _sealer(settings).encrypt_at_time(text.encode(), int(now.timestamp())).decode()


def opened(sealed: str, settings: Settings, *, now: datetime | None = None, seconds: int | None = None) -> str | None:
    """Return what was sealed, None when we did not seal it with the present key, or longer than `seconds` ago."""
    try:
        if now is None or seconds is None:
            return _sealer(settings).decrypt(sealed.encode()).decode()
        return _sealer(settings).decrypt_at_time(sealed.encode(), seconds, int(now.timestamp())).decode()
    except InvalidToken:
        return None


def new_recovery_codes() -> list[str]:
    """Return codes to be written down, each good for one log-in."""
    return [f"{_letters()}-{_letters()}" for _ in range(RECOVERY_CODES)]


def hashed_recovery_code(account_id: int, code: str, settings: Settings) -> str:
    """Return what is stored of a recovery code, however it is written: 49 random bits and our key need no slow hash."""
    plain = "".join(code.split()).replace("-", "").casefold()
    return hmac.new(key_for(settings, "recovery code"), f"{account_id}.{plain}".encode(), hashlib.sha256).hexdigest()


def _letters() -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(_HALF))


def _sealer(settings: Settings) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(key_for(settings, "second factor")))
