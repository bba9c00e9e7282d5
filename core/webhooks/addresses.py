"""Where a webhook may go: no address inside the institution, unless its administrator lists the host."""

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from core.errors import Problem
from core.i18n import N_
from core.settings import Settings

LONGEST_URL = 2000

_WRAPPING = tuple(ipaddress.ip_network(text) for text in ("64:ff9b::/96", "::/96"))
"""IPv6 addresses that end in an IPv4 address: of translators, and of old."""

_INSIDE = tuple(ipaddress.ip_network(text) for text in ("64:ff9b:1::/48", "fec0::/10"))
"""IPv6 addresses of local use that Python takes for global ones."""


@dataclass(frozen=True)
class Target:
    """A URL taken apart: `host` in ASCII, `path` with its query."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """What the Host header says."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"


class NoAddress(Exception):  # noqa: N818 - an outcome of a delivery, written into its row
    """The host has no address to which a webhook may go; the text is for the owner."""


_PORTS = {"https": 443, "http": 80}


def target_of(url: str) -> Target | None:
    """Take a URL apart; None when it is none that a webhook could call."""
    if len(url) > LONGEST_URL or not url.isascii() or any(character <= " " for character in url):
        return None
    try:
        parts = urlsplit(url)
        port = parts.port
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return None
    if parts.scheme not in _PORTS or not host or "@" in parts.netloc or "\\" in url or port == 0 or "%" in host:
        return None
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, host, port or _PORTS[parts.scheme], path)


def url_problems(url: str, settings: Settings) -> list[Problem]:
    """Return what speaks against a URL before anybody is asked for its address."""
    target = target_of(url)
    if target is None:
        text = N_(
            "The address {url} cannot be called. Give one like https://example.go.id/hook, in ASCII, no password."
        )
        return [Problem("BAD_WEBHOOK_URL", text, ("input", "url"), {"url": url[:200]})]
    if settings.production and target.scheme != "https":
        text = N_("Webhooks go out encrypted only. Give an address that begins with https://.")
        return [Problem("WEBHOOK_NOT_ENCRYPTED", text, ("input", "url"))]
    literal = _literal(target.host)
    is_inside = literal is not None and not _is_public(literal)
    if (is_inside or target.host.lower() == "localhost") and not _is_listed(target.host, settings):
        text = N_(
            "The host {host} lies inside the institution. Give a public one, or have it listed in the setting "
            "webhooks_allowed_hosts."
        )
        return [Problem("WEBHOOK_HOST_INSIDE", text, ("input", "url"), {"host": target.host})]
    return []


def address_of(target: Target, settings: Settings) -> str:
    """Ask for the host's addresses once and return the one to connect to; raise NoAddress when one is not public.

    The caller connects to this very address: a second question could be answered otherwise.
    """
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    except (OSError, UnicodeError):
        raise NoAddress(f"The host {target.host} has no address.") from None
    addresses = [str(sockaddr[0]) for *_, sockaddr in found]
    if not addresses:
        raise NoAddress(f"The host {target.host} has no address.")
    if not _is_listed(target.host, settings):
        for address in addresses:
            literal = _literal(address)
            if literal is None or not _is_public(literal):
                raise NoAddress(
                    f"The host {target.host} leads to {address}, inside the institution, "
                    "and is not listed in webhooks_allowed_hosts."
                )
    return addresses[0]


def _literal(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None


def _is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    if isinstance(address, ipaddress.IPv6Address):
        # Addresses that only wrap one of the older kind are as public as what they wrap.
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if any(address in network for network in _WRAPPING):
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return _is_public(inner)
        if any(address in network for network in _INSIDE):
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def _is_listed(host: str, settings: Settings) -> bool:
    return host.lower() in {name.lower() for name in settings.webhooks_allowed_hosts}
