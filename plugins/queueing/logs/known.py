"""What the words of a log are called here: services, counters, people and priority groups of one service point."""

from collections.abc import Callable, Mapping

from core.organisation.models import Employee, EmployeeIdentifier
from core.plugin_api import N_, refuse
from plugins.queueing.logs.mapping import LogMapping
from plugins.queueing.logs.rows import Logged
from plugins.queueing.models import Counter, PriorityGroup, QueueService, ServicePoint


class Known:
    """Ids by the words of one file; looked up once, before the first line."""

    def __init__(self, point: ServicePoint, mapping: LogMapping, headers: Mapping[str, str]) -> None:
        """Take the point's set-up; `headers` says which column holds service, counter, employee and priority."""
        services = QueueService.select().where(QueueService.point == point)
        self._services = _renamed({row.code: row.id for row in services}, mapping.services)
        counters = {str(row.number): row.id for row in Counter.select().where(Counter.point == point)}
        self._counters = _renamed(counters, {word: str(number) for word, number in mapping.counters.items()})
        groups = {row.code: row.id for row in PriorityGroup.select()}
        self._priorities = _renamed(groups, mapping.priorities)
        self._people: dict[str, int | None] = {}
        self._headers = headers

    def service_id(self, logged: Logged) -> int:
        """Return the service of a ticket."""
        text = N_("The service {value} is unknown at this service point. Set it up, or name its code under services.")
        return self._found(self._services.get, "service", logged.service, "LOG_SERVICE_UNKNOWN", text)

    def counter_id(self, logged: Logged) -> int | None:
        """Return the counter of a ticket, None where the file names none."""
        if not logged.counter:
            return None
        text = N_("The counter {value} is unknown at this service point. Set it up, or name its number under counters.")
        return self._found(self._counters.get, "counter", logged.counter, "LOG_COUNTER_UNKNOWN", text)

    def employee_id(self, logged: Logged) -> int | None:
        """Return the person who served, None where the file names nobody."""
        if not logged.employee:
            return None
        text = N_("Nobody here has the NIP {value}. Correct it, or import the employee first.")
        return self._found(self._person, "employee", logged.employee, "LOG_EMPLOYEE_UNKNOWN", text)

    def priority_id(self, logged: Logged) -> int | None:
        """Return the priority group of a ticket, None where the file names none."""
        if not logged.priority:
            return None
        text = N_("The priority group {value} is unknown. Name its code under priorities.")
        return self._found(self._priorities.get, "priority", logged.priority, "LOG_PRIORITY_UNKNOWN", text)

    def _found(self, look: Callable[[str], int | None], name: str, word: str, code: str, text: str) -> int:
        found = look(word)
        if found is None:
            raise refuse(code, text, self._headers.get(name, name), value=word or "''")
        return found

    def _person(self, number: str) -> int | None:
        if number not in self._people:
            others = EmployeeIdentifier.select(EmployeeIdentifier.employee).where(EmployeeIdentifier.number == number)
            person = Employee.get_or_none((Employee.nip == number) | Employee.id.in_(others))
            self._people[number] = None if person is None else person.id
        return self._people[number]


def _renamed(ids: Mapping[str, int], words: Mapping[str, str]) -> dict[str, int]:
    """Return ids by the words of the file, and by the names that the set-up has for them."""
    return {**ids, **{word: ids[name] for word, name in words.items() if name in ids}}
