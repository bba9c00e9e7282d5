"""What the pages of log-in and account show: QR codes, devices by name, rules of passwords."""

import segno
from flask import make_response
from werkzeug.wrappers import Response

from admin.show import filled
from core.i18n import N_, translate
from core.identity.models import LoginSession
from core.identity.rules import LONGEST_PASSWORD, SHORTEST_PASSWORD

_BROWSERS = (
    ("Edg", "Edge"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"),
    ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
"""Words by which a browser gives itself away, in this order: most also claim to be one further down."""

_SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)  # fmt: skip
_LONGEST_SHOWN = 60


def unkept(page: str, status: int = 200) -> Response:
    """Return a page that no browser and no proxy keeps: it holds secrets, or what only the present person may see."""
    response: Response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    return response


def qr_code(address: str) -> str:
    """Return the QR code of an address as SVG, dark on light in any mode, without a style of its own."""
    return segno.make(address, error="m", micro=False).svg_inline(scale=5, border=4, dark="#000", light="#fff")


def in_groups(secret: str) -> str:
    """Return a secret in groups of four, as people type it."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


def device_of(session: LoginSession) -> str:
    """Return the device of a session as its owner knows it."""
    agent = session.user_agent
    browser = next((name for word, name in _BROWSERS if word in agent), "")
    system = next((name for word, name in _SYSTEMS if word in agent), "")
    if browser and system:
        return filled(N_("{browser} on {system}"), browser=browser, system=system)
    return browser or agent[:_LONGEST_SHOWN] or translate(N_("Unknown device"))


def password_rules() -> list[str]:
    """Return what a new password has to be, in the caller's language."""
    return [
        filled(
            N_("At least {shortest} characters, at most {longest}."),
            shortest=str(SHORTEST_PASSWORD),
            longest=str(LONGEST_PASSWORD),
        ),
        translate(N_("Neither your user name nor your NIP in it.")),
        translate(N_("None of the passwords that are tried first everywhere, such as qwerty12345.")),
        translate(N_("Four words that have nothing to do with each other are good and easy to remember.")),
    ]
