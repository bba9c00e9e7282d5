"""The signature by which a receiver knows that a webhook comes from here, and when it was sent."""

import base64
import hashlib
import hmac
import secrets

from core.settings import Settings

SECRET_PREFIX = "whsec_"  # noqa: S105 - what every secret begins with


def make_salt() -> str:
    """Return a new salt, from which a new secret follows."""
    return secrets.token_hex(16)


def secret_of(webhook_id: int, salt: str, settings: Settings) -> str:
    """Return the secret of a webhook: it follows from its salt and the installation's key, so that none is stored."""
    key = hmac.new(settings.secret_key.encode(), b"webhook", hashlib.sha256).digest()
    made = hmac.new(key, f"{webhook_id}.{salt}".encode(), hashlib.sha256).digest()
    return SECRET_PREFIX + base64.urlsafe_b64encode(made).decode().rstrip("=")


def signature(secret: str, seconds: int, body: bytes) -> str:
    """Return the header value `t=…,v1=…`: HMAC-SHA256 with the whole secret over `<seconds>.<body>`, hexadecimal."""
    signed = hmac.new(secret.encode(), f"{seconds}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={seconds},v1={signed}"
