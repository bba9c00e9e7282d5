"""A load driver: 4 kept connections, each body in turn, in a process of its own; prints one line of JSON.

`wrk` is used instead where it is installed: it costs the two cores less.
"""

import argparse
import json
import selectors
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

CONNECTIONS = 4

_LUA = """
local bodies, place = {}, 0
for line in io.lines("%s") do bodies[#bodies + 1] = line end
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Authorization"] = "Bearer %s"
math.randomseed(%d)
place = math.random(#bodies)
request = function()
  place = place %% #bodies + 1
  return wrk.format(nil, "%s", nil, bodies[place])
end
done = function(summary, latency, requests)
  io.write(string.format('{"requests": %%d, "seconds": %%f, "faults": %%d, "p50": %%f, "p99": %%f}\\n',
    summary.requests, summary.duration / 1e6,
    summary.errors.connect + summary.errors.read + summary.errors.write
      + summary.errors.status + summary.errors.timeout,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3))
end
"""


@dataclass(frozen=True)
class Figure:
    """What one turn gave: requests answered in a second, and milliseconds of the middle and the slowest hundredth."""

    per_second: float
    p50: float
    p99: float


def has_wrk() -> bool:
    """Whether wrk is installed here."""
    return shutil.which("wrk") is not None


def drive(port: int, path: str, token: str, bodies: Path, seconds: float, seed: int) -> Figure:
    """Send the bodies (one in each line) for some seconds; raise RuntimeError when an answer is not 200."""
    if has_wrk():
        found = _by_wrk(port, path, token, bodies, seconds, seed)
    else:
        options = [str(port), path, token, str(bodies), str(seconds), str(seed)]
        found = json.loads(
            subprocess.run(
                [sys.executable, "-m", "bench.driver", *options], check=True, capture_output=True, text=True
            ).stdout
        )
    if found["faults"]:
        raise RuntimeError(f"{found['faults']} of {found['requests']} answers are no good")
    return Figure(found["requests"] / found["seconds"], found["p50"], found["p99"])


def _by_wrk(port: int, path: str, token: str, bodies: Path, seconds: float, seed: int) -> dict[str, float]:
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(_LUA % (bodies, token, seed, path))
        script.flush()
        command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{max(1, round(seconds))}s", "-s", script.name]
        result = subprocess.run([*command, f"http://127.0.0.1:{port}"], check=True, capture_output=True, text=True)
    return json.loads(result.stdout.strip().splitlines()[-1])


class _Connection:
    """One connection with a request under way."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.received = b""
        self.begun = 0.0
        self._end = -1
        self._is_chunked = False

    def send(self, request: bytes) -> None:
        """Begin the next request."""
        self.received, self._end, self._is_chunked = b"", -1, False
        self.begun = time.perf_counter()
        self.socket.sendall(request)

    def is_complete(self) -> bool:
        """Take what has come; whether the answer is whole."""
        part = self.socket.recv(262_144)
        if not part:
            raise ConnectionError("the server closed a kept connection")
        self.received += part
        if self._end < 0 and not self._is_chunked:
            head, blank, _ = self.received.partition(b"\r\n\r\n")
            if not blank:
                return False
            fields = dict(line.split(b":", 1) for line in head.lower().split(b"\r\n")[1:])
            if b"content-length" in fields:
                self._end = len(head) + 4 + int(fields[b"content-length"])
            else:
                self._is_chunked = True
        return self.received.endswith(b"0\r\n\r\n") if self._is_chunked else len(self.received) >= self._end

    def is_good(self) -> bool:
        """Whether the answer is a 200 without errors."""
        return self.received.startswith(b"HTTP/1.1 200") and b'"errors"' not in self.received


def _by_hand(port: int, path: str, token: str, bodies: Path, seconds: float, seed: int) -> dict[str, float]:
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nAuthorization: Bearer {token}"
    requests = [
        f"{head}\r\nContent-Length: {len(line)}\r\n\r\n".encode() + line for line in bodies.read_bytes().splitlines()
    ]
    place, faults, times = seed % len(requests), 0, []
    selector = selectors.DefaultSelector()
    begin = time.perf_counter()
    for _ in range(CONNECTIONS):
        connection = _Connection(port)
        selector.register(connection.socket, selectors.EVENT_READ, connection)
        connection.send(requests[place])
        place = (place + 1) % len(requests)
    # At least one answer, however slow.
    while (now := time.perf_counter()) - begin < seconds or not times:
        for key, _ in selector.select(timeout=10):
            connection = key.data
            if not connection.is_complete():
                continue
            times.append(time.perf_counter() - connection.begun)
            faults += not connection.is_good()
            connection.send(requests[place])
            place = (place + 1) % len(requests)
    times.sort()
    return {
        "requests": len(times),
        "seconds": now - begin,
        "faults": faults,
        "p50": times[len(times) // 2] * 1000 if times else 0,
        "p99": times[len(times) * 99 // 100] * 1000 if times else 0,
    }


def main() -> None:
    """Drive as told by the arguments: port, path, token, file of bodies, seconds, seed."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name, kind in (
        ("port", int),
        ("path", str),
        ("token", str),
        ("bodies", Path),
        ("seconds", float),
        ("seed", int),
    ):
        parser.add_argument(name, type=kind)
    print(json.dumps(_by_hand(**vars(parser.parse_args()))))


if __name__ == "__main__":
    main()
