"""What stands between a client and a server in tests: a line that can be cut, and a server that answers by a script."""

import contextlib
import json
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Wire:
    """A TCP line to a server of this machine that can be cut and mended, as a bad network does it."""

    def __init__(self, target):
        self._target = target
        self._open = []
        self._is_cut = False
        self._seen = b""
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._threads = []
        self._start(self._accept)

    def cut(self):
        """Break every connection, and refuse new ones until the line is mended."""
        self._is_cut = True
        for end in self._open:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        self._open.clear()

    def mend(self):
        self._is_cut = False

    def wait_for(self, words, timeout=20):
        """Wait until the server has said `words`."""
        deadline = time.monotonic() + timeout
        while words not in self._seen:
            assert time.monotonic() < deadline, self._seen[-2000:]
            time.sleep(0.01)

    def when_seen(self, words, act):
        """Do something when the server has said `words`; return the thread that does it."""

        def wait():
            self.wait_for(words)
            act()

        return self._start(wait)

    def close(self):
        self.cut()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join(5)

    def _accept(self):
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                if self._is_cut:
                    near.close()
                else:
                    self._start(self._connect, near)

    def _start(self, act, *given):
        thread = threading.Thread(target=act, args=given, daemon=True)
        self._threads.append(thread)
        thread.start()
        return thread

    def _connect(self, near):
        with near, contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self._target)) as far:
            self._open += [near, far]
            back = threading.Thread(target=self._carry, args=(far, near, True), daemon=True)
            back.start()
            self._carry(near, far, keeps=False)
            back.join()

    def _carry(self, source, sink, keeps):
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                sink.sendall(data)
                if keeps:
                    self._seen += data
        for end in (source, sink):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


class Script(ThreadingHTTPServer):
    """A server that gives prepared answers one after the other and keeps what it was asked.

    An answer is (status, headers, body); a body of bytes is sent as it is, and the connection is closed after it.
    """

    daemon_threads = True

    def __init__(self, *answers):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers = list(answers)
        self.asked = []
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_address[1]}/graphql"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.shutdown()
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        content = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append({"headers": dict(self.headers), "content": content, "at": time.monotonic()})
        status, headers, body = self.server.answers.pop(0)
        is_stream = isinstance(body, bytes)
        sent = body if is_stream else json.dumps(body).encode()
        self.send_response(status)
        kinds = {"Content-Type": "text/event-stream" if is_stream else "application/json"}
        for name, value in {**kinds, **headers}.items():
            self.send_header(name, value)
        self.send_header("Connection", "close")
        if not is_stream:
            self.send_header("Content-Length", str(len(sent)))
        self.end_headers()
        self.wfile.write(sent)
        self.close_connection = True

    def log_message(self, *_):
        """Say nothing."""


def tokens(number):
    """Return an answer to LogIn or Refresh with the tokens of that number."""
    return {"accessToken": f"access-{number}", "refreshToken": f"refresh-{number}", "expiresIn": 600, "problems": []}
