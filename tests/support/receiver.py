"""A real receiver of webhooks on this machine, which can answer, fail, redirect and dawdle."""

import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


@dataclass
class Receiver:
    """What it got (path, headers, body), and what it does next: statuses first to last, then 204."""

    url: str = ""
    got: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    answers: list[int | str] = field(default_factory=list)


@contextmanager
def receiving(certificate: Path | None = None, key: Path | None = None) -> Iterator[Receiver]:
    """Listen on a free port of the loopback address, with TLS if there is a certificate."""
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            receiver.got.append((self.path, dict(self.headers), body))
            answer = receiver.answers.pop(0) if receiver.answers else 204
            if answer == "dawdle":
                self._dawdle()
                return
            assert isinstance(answer, int)
            self.send_response(answer)
            if 300 <= answer < 400:
                self.send_header("Location", receiver.url + "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def do_GET(self) -> None:
            receiver.got.append(("GET " + self.path, {}, b""))
            self.send_response(200)
            self.end_headers()

        def _dawdle(self) -> None:
            # Never silent for long, and never done.
            for letter in b"HTTP/1.1 200 OK\r\nX-A: ":
                self.wfile.write(bytes([letter]))
                self.wfile.flush()
                time.sleep(0.1)

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            pass

    with Server(("127.0.0.1", 0), Handler) as server:
        receiver.url = f"http://127.0.0.1:{server.server_port}"
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate, key)
            server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield receiver
        server.shutdown()
        thread.join()
