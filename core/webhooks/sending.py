"""One HTTP request to a receiver: to the checked address only, no redirects, bounded in time and in what is read."""

import http.client
import socket
import ssl
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from core.settings import Settings
from core.webhooks.addresses import NoAddress, Target, address_of, target_of

_LONGEST_ERROR = 300


@dataclass(frozen=True)
class Sent:
    """What came of a try: the status that the receiver answered, and what is wrong ("" when it took the event)."""

    status: int | None = None
    error: str = ""


class _Pinned(http.client.HTTPConnection):
    """A connection to one address, whatever its name says by now; with TLS, the name is what the certificate has."""

    def __init__(self, target: Target, address: str, seconds: float) -> None:
        super().__init__(target.host, target.port, timeout=seconds)
        self._target = target
        self._address = address
        self.is_late = False

    def connect(self) -> None:
        """Connect to the address."""
        self.sock = socket.create_connection((self._address, self._target.port), self.timeout)
        if self._target.scheme == "https":
            secured = ssl.create_default_context().wrap_socket(
                self.sock, server_hostname=self._target.host, do_handshake_on_connect=False
            )
            self.sock = secured
            secured.do_handshake()
        if self.is_late:
            raise TimeoutError

    def cut(self) -> None:
        """End whatever goes on, from another thread."""
        self.is_late = True
        if self.sock is not None:
            with suppress(OSError):
                self.sock.shutdown(socket.SHUT_RDWR)


def send(url: str, body: bytes, headers: Mapping[str, str], settings: Settings) -> Sent:
    """Send one body by POST and return what came of it; nothing of the answer but its status is read.

    The whole takes at most `webhooks_timeout_seconds`, also when the receiver answers a byte at a time.
    """
    target = target_of(url)
    if target is None or (settings.production and target.scheme != "https"):
        return Sent(error="The address cannot be called. Change the webhook.")
    try:
        address = address_of(target, settings)
    except NoAddress as fault:
        return Sent(error=str(fault))
    return _judged(*_post(target, address, body, headers, settings.webhooks_timeout_seconds))


def _post(
    target: Target, address: str, body: bytes, headers: Mapping[str, str], seconds: float
) -> tuple[int | None, str]:
    connection = _Pinned(target, address, seconds)
    watch = threading.Timer(seconds, connection.cut)
    watch.daemon = True
    watch.start()
    try:
        connection.request("POST", target.path, body, {**headers, "Host": target.authority})
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException, ValueError) as error:
        if connection.is_late or isinstance(error, TimeoutError):
            return None, f"No answer within {seconds} seconds."
        return None, f"{type(error).__name__}: {error}"[:_LONGEST_ERROR]
    finally:
        watch.cancel()
        connection.close()
    return status, ""


def _judged(status: int | None, error: str) -> Sent:
    if status is None:
        return Sent(error=error)
    if 200 <= status < 300:
        return Sent(status)
    if 300 <= status < 400:
        return Sent(status, "The receiver redirects, which is not followed. Give its final address.")
    return Sent(status, f"The receiver answered with the status {status}.")
