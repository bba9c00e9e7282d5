"""Problems of a service beside the fields of a form."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from core.plugin_api import Problem

_FIELDS = {
    "serviceId": "service",
    "service": "service",
    "day": "day",
    "slot": "slot",
    "nik": "nik",
    "holderName": "name",
    "phone": "phone",
    "priorityId": "priority",
    "code": "code",
    "token": "code",
}


@dataclass
class Faults:
    """What is wrong with a form: by field, and as a whole."""

    fields: dict[str, str] = field(default_factory=dict)
    whole: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.fields or self.whole)


def faults_of(problems: Sequence[Problem], shown: frozenset[str]) -> Faults:
    """Return the problems at the fields that a form shows, the others above it."""
    faults = Faults()
    for problem in problems:
        name = next((_FIELDS[part] for part in problem.path if isinstance(part, str) and part in _FIELDS), "")
        if name in shown and name not in faults.fields:
            faults.fields[name] = problem.message()
        else:
            faults.whole.append(problem.message())
    return faults
