"""A day at a service point over HTTP: citizens come, counters call and serve, displays follow, the servers are killed.

Whoever gets no answer asks again: counters with the same key, so that it counts once; citizens take another number.
"""

import http.client
import json
import random
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock
from typing import Any, Self

from tests.support.queue_displays import Displays
from tests.support.queue_office import Office
from tests.support.server import Server

TAKE = "mutation($service: ID!) { takeNumber(input: {serviceId: $service}) { ticket { token label } code %s } }"
BOOK = """mutation($service: ID!, $day: Date!, $nik: String!) {
  bookTicket(input: {serviceId: $service, day: $day, nik: $nik}) { ticket { token label } code %s } }"""
HELD = "mutation($token: String!, $code: String!) { %s(input: {token: $token, code: $code}) { ticket { label } %s } }"
NEXT = "mutation($counter: ID!, $key: String!) { callNext(input: {counterId: $counter, key: $key}) { %s %s } }"
ACT = """mutation($ticket: ID!, $counter: ID!, $key: String!) {
  %s(input: {ticketId: $ticket, counterId: $counter, key: $key}) { %s %s } }"""
TRANSFER = """mutation($ticket: ID!, $counter: ID!, $service: ID!, $key: String!) {
  transferTicket(input: {ticketId: $ticket, counterId: $counter, serviceId: $service, key: $key}) { %s %s } }"""
TICKET = "ticket { id label }"
PROBLEMS = "problems { code message }"
SPANS = " ".join(f"{span}{name}" for span in ("wait", "serve") for name in ("Mean", "Median", "P90", "P95"))
DASHBOARD = f"""query($point: ID!) {{ queueDashboard(pointId: $point) {{ total {{
  arrivals served noShows left cancelled waiting withinTargetPercent abandonmentPercent {SPANS} }} }} }}"""

_PATIENCE_SECONDS = 60
_PAUSE_SECONDS = 0.1
_EMPTY_SECONDS = 0.2


@dataclass(frozen=True)
class Scale:
    """How much a day holds; its citizens come within `seconds`, and each is served for about `serving` seconds."""

    citizens: int
    counters: int
    displays: int
    seconds: float
    serving: float
    doors: int = 8  # kiosks and telephones that act at the same moment


@dataclass(frozen=True)
class Called:
    """A call as its counter was told of it."""

    key: str
    ticket: str
    label: str
    counter: int
    at: float


@dataclass
class Told:
    """What the server acknowledged, and what it refused."""

    tickets: dict[str, str] = field(default_factory=dict)
    """Labels by token; of a booking whose holder has not come the prefix alone."""
    calls: list[Called] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    """Keys of everything that counters did."""
    problems: list[tuple[str, str]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    unanswered: int = 0
    answered: int = 0
    lock: Lock = field(default_factory=Lock)


class Caller:
    """Somebody who asks over one kept line, and again when no answer comes."""

    def __init__(self, port: int, told: Told, token: str = "") -> None:
        self._told = told
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self._headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def ask(self, query: str, **variables: Any) -> Any:
        """Return the value of the only field, or None if it was refused; ask again while nobody answers."""
        body = json.dumps({"query": query, "variables": variables})
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while True:
            try:
                self._connection.request("POST", "/graphql", body, self._headers)
                response = self._connection.getresponse()
                content = response.read()
                break
            except (OSError, http.client.HTTPException) as error:
                self._connection.close()
                # Who is not even listened to has asked for nothing.
                with self._told.lock:
                    self._told.unanswered += not isinstance(error, ConnectionRefusedError)
                if time.monotonic() > deadline:
                    raise
                time.sleep(_PAUSE_SECONDS)
        answer = json.loads(content) if response.status == 200 else {"errors": [content.decode(errors="replace")]}
        with self._told.lock:
            self._told.answered += 1
            if "errors" in answer:
                self._told.errors.append(f"{response.status} {answer['errors']}"[:500])
                return None
            (value,) = answer["data"].values()
            problems = value.get("problems", [])
            self._told.problems += [(problem["code"], problem["message"]) for problem in problems]
        return None if problems else value


class Servers:
    """`kinerja serve`, and `kinerja live` beside it if there are many displays; killed and started together."""

    def __init__(self, folder: Path, environment: dict[str, str], *, has_live: bool) -> None:
        self.web = Server(folder, environment, ("serve", "--no-worker"))
        self.live = Server(folder, environment, ("live",)) if has_live else self.web
        self._all = [self.web, self.live] if has_live else [self.web]

    def start(self) -> None:
        """Start them and wait until they answer."""
        for server in self._all:
            server.begin()
        for server in self._all:
            server.wait_until_ready()

    def kill(self) -> None:
        """Kill them without warning."""
        for server in self._all:
            server.kill()

    @contextmanager
    def running(self) -> Iterator["Servers"]:
        """Run them in the block."""
        try:
            self.start()
            yield self
        finally:
            self.kill()


@dataclass
class Restart:
    """When the servers were killed, when they answered again, and when the last display followed again."""

    killed: float
    ready: float = 0.0
    resumed: float = 0.0


class QueueDay:
    """One day; what was told is in `told`, what displays showed in `displays`."""

    def __init__(self, servers: Servers, office: Office, scale: Scale, day: str, seed: int = 1) -> None:
        self.told = Told()
        self.restart: Restart | None = None
        self.seconds = 0.0
        self.displays = Displays(servers.live.port, scale.displays)
        self.dashboard: dict[str, Any] = {}
        self._servers = servers
        self._office = office
        self._scale = scale
        self._day = day
        self._seed = seed
        self._all_came = Event()

    def run(self) -> None:
        """Let all of it happen; at the end a few people wait and two are called."""
        scale, begun = self._scale, time.monotonic()
        self.displays.start()
        self.displays.wait_until_all_follow(0, 60)
        with ThreadPoolExecutor(scale.doors) as doors, ThreadPoolExecutor(scale.counters) as counters:
            serving = [counters.submit(self._serve, place) for place in range(scale.counters)]
            coming = [doors.submit(self._come, place) for place in range(scale.doors)]
            try:
                self._await_half(coming)
                self._kill_and_restart()
                for future in coming:
                    future.result(300)
            finally:
                # Whatever failed: counters that wait for more citizens would keep it from being told.
                self._all_came.set()
            for future in serving:
                future.result(300)
        self.seconds = time.monotonic() - begun
        self._close()

    def _await_half(self, coming: Sequence[Any]) -> None:
        while len(self.told.tickets) < self._scale.citizens // 2 and not all(future.done() for future in coming):
            time.sleep(_PAUSE_SECONDS)

    def _kill_and_restart(self) -> None:
        self.restart = Restart(time.monotonic())
        self._servers.kill()
        self._servers.start()
        self.restart.ready = time.monotonic()
        self.restart.resumed = self.displays.wait_until_all_follow(self.restart.killed, 60)

    def _close(self) -> None:
        with ExitStack() as stack:
            citizen = stack.enter_context(self._caller())
            for place in range(5):
                self._take(citizen, self._service(place))
            for place, counter in enumerate(self._office.counters[:2]):
                self._call(stack.enter_context(self._clerk(place)), counter, f"last {place}")
            manager = stack.enter_context(self._caller(self._office.manager))
            value = manager.ask(DASHBOARD, point=f"ServicePoint:{self._office.point}")
            self.dashboard = value["total"] if value else {}

    def _caller(self, token: str = "") -> Caller:
        return Caller(self._servers.web.port, self.told, token)

    def _clerk(self, place: int) -> Caller:
        return self._caller(self._office.clerks[place % len(self._office.clerks)])

    def _service(self, place: int) -> str:
        return f"QueueService:{self._office.services[place % len(self._office.services)]}"

    def _come(self, door: int) -> None:
        """Let every citizen of one door come, each at its moment; more come in the first half of the day."""
        scale, chance = self._scale, random.Random(self._seed * 1_000 + door)
        mine = range(door, scale.citizens, scale.doors)
        moments = sorted(chance.betavariate(1.2, 1.8) * scale.seconds for _ in mine)
        begun = time.monotonic()
        with self._caller() as caller:
            for number, moment in zip(mine, moments, strict=True):
                time.sleep(max(0.0, begun + moment - time.monotonic()))
                self._citizen(caller, number, chance)

    def _citizen(self, caller: Caller, number: int, chance: random.Random) -> None:
        kind = chance.random()
        service = self._service(chance.randrange(len(self._office.services)))
        if kind < 0.2:
            booked = caller.ask(BOOK % PROBLEMS, service=service, day=self._day, nik=f"32{number:014}")
            if booked is None:
                return
            token, code = booked["ticket"]["token"], booked["code"]
            self._note(token, booked["ticket"]["label"])
            act = "cancelTicket" if kind < 0.02 else "checkIn"
            came = caller.ask(HELD % (act, PROBLEMS), token=token, code=code)
            if came is not None:
                self._note(token, came["ticket"]["label"])
            return
        taken = self._take(caller, service)
        if taken is not None and kind > 0.96:
            time.sleep(self._scale.serving)
            caller.ask(HELD % ("leaveQueue", PROBLEMS), token=taken["ticket"]["token"], code=taken["code"])

    def _take(self, caller: Caller, service: str) -> Any:
        taken = caller.ask(TAKE % PROBLEMS, service=service)
        if taken is not None:
            self._note(taken["ticket"]["token"], taken["ticket"]["label"])
        return taken

    def _note(self, token: str, label: str) -> None:
        with self.told.lock:
            self.told.tickets[token] = label

    def _serve(self, place: int) -> None:
        """Call and serve at a counter until nobody comes any more."""
        counter, chance = self._office.counters[place], random.Random(self._seed * 2_000 + place)
        with self._clerk(place) as clerk:
            number = 0
            while True:
                is_last = self._all_came.is_set()
                ticket = self._call(clerk, counter, f"{counter} {number}")
                number += 1
                if ticket is not None:
                    self._attend(clerk, counter, ticket, chance)
                elif is_last:
                    return
                else:
                    time.sleep(_EMPTY_SECONDS)

    def _call(self, clerk: Caller, counter: int, key: str) -> Any:
        value = clerk.ask(NEXT % (TICKET, PROBLEMS), counter=f"Counter:{counter}", key=key)
        ticket = value["ticket"] if value else None
        if ticket is not None:
            with self.told.lock:
                number = self._office.counters.index(counter) + 1
                self.told.calls.append(Called(key, ticket["id"], ticket["label"], number, time.monotonic()))
                self.told.keys.append(key)
        return ticket

    def _attend(self, clerk: Caller, counter: int, ticket: Any, chance: random.Random) -> None:
        def act(name: str) -> Any:
            return self._done(f"{name} {ticket['id']}", lambda key: clerk.ask(
                ACT % (name, TICKET, PROBLEMS), ticket=ticket["id"], counter=f"Counter:{counter}", key=key
            ))  # fmt: skip

        serving = chance.expovariate(1 / self._scale.serving) if self._scale.serving else 0.0
        time.sleep(min(serving, 5 * self._scale.serving) / 2)
        kind = chance.random()
        if kind < 0.06:
            if kind < 0.03:
                act("recallTicket")
            act("markNoShow")
            return
        if act("startServing") is None:
            # The holder left on the way.
            return
        if kind > 0.95:
            act("holdTicket")
            act("resumeTicket")
        time.sleep(min(serving, 5 * self._scale.serving) / 2)
        if kind > 0.92 and kind < 0.95:
            other = self._service(chance.randrange(len(self._office.services)))
            self._done(f"transfer {ticket['id']}", lambda key: clerk.ask(
                TRANSFER % (TICKET, PROBLEMS), ticket=ticket["id"], counter=f"Counter:{counter}", service=other, key=key
            ))  # fmt: skip
        else:
            act("finishTicket")

    def _done(self, key: str, ask: Callable[[str], Any]) -> Any:
        value = ask(key)
        if value is not None:
            with self.told.lock:
                self.told.keys.append(key)
        return value
