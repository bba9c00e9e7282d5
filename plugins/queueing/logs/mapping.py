"""How a log is read: which columns hold what, how its times are written, and what its words mean here."""

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import orjson
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from core.plugin_api import N_, Problem, Refused, refuse
from plugins.queueing.terms import TicketState

OUTCOMES = (TicketState.DONE, TicketState.NO_SHOW, TicketState.LEFT, TicketState.CANCELLED)
"""How a ticket of a log can have ended; one that was passed on is a ticket of its own in each service."""


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Headers = Annotated[list[str], BeforeValidator(_as_list)]
"""One header or several: of several, the first that is filled counts (for `ticket`: all of them, each filled)."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class LogColumns(_Part):
    """Which headers of the file hold what; only `ticket`, `arrival`, `end` and one of `day` and full times are needed.

    `left` is when somebody gave up (default: `end`), `employee` the NIP of the person at the counter.
    """

    ticket: Headers = Field(min_length=1)
    arrival: Headers = Field(min_length=1)
    end: Headers = Field(min_length=1)
    call: Headers = []
    start: Headers = []
    left: Headers = []
    day: Headers = []
    service: Headers = []
    outcome: Headers = []
    counter: Headers = []
    employee: Headers = []
    priority: Headers = []


class LogMapping(_Part):
    """A mapping: columns, formats of dates and times (as Python's strptime has them), and words of the file.

    With a column for the day, times are times of that day, otherwise each holds its date. Cells that are in `empty`
    count as empty. `services`, `outcomes`, `counters` and `priorities` say what words of the file mean here: the code
    of a service, the end of a ticket, the number of a counter, the code of a priority group. `service` is the service
    of all rows where no column says it. A row whose cells are those of one entry of `ignore` is no ticket.

    `tolerance_seconds` is how far the clocks of the file differ: a moment that lies no further before the one that it
    must follow counts as that moment. `past_midnight_hours` is how long after midnight a ticket of the day before may
    still be served; 0 means that such a row is wrong.
    """

    columns: LogColumns
    day_format: str = "%Y-%m-%d"
    time_format: str = "%H:%M:%S"
    time_zone: str = ""
    delimiter: str = Field("", max_length=1)
    empty: list[str] = []
    service: str = ""
    services: dict[str, str] = {}
    outcomes: dict[str, TicketState] = {}
    counters: dict[str, int] = {}
    priorities: dict[str, str] = {}
    ignore: list[dict[str, str]] = []
    tolerance_seconds: int = Field(0, ge=0, le=600)
    past_midnight_hours: int = Field(0, ge=0, le=12)

    @model_validator(mode="after")
    def _is_complete(self) -> "LogMapping":
        if not self.columns.service and not self.service:
            raise ValueError("columns.service, or service for all rows, is needed")
        wrong = sorted({state.value for state in self.outcomes.values() if state not in OUTCOMES})
        if wrong:
            raise ValueError(f"outcomes are {', '.join(OUTCOMES)}, not {', '.join(wrong)}")
        if not self.columns.day and "%d" not in self.time_format and "%j" not in self.time_format:
            raise ValueError("columns.day, or a time_format with the date, is needed")
        return self


def read_mapping(path: Path | None, changes: Mapping[str, Any] | None = None) -> LogMapping:
    """Return the mapping of a TOML or JSON file, with `changes` over it; refused with LOG_MAPPING_WRONG."""
    values = {} if path is None else _read(path)
    for name, value in (changes or {}).items():
        values[name] = {**values.get(name, {}), **value} if isinstance(value, Mapping) else value
    return mapping_of(values)


def mapping_of(values: Mapping[str, Any]) -> LogMapping:
    """Return plain values as a mapping; each fault is named by its place."""
    try:
        return LogMapping.model_validate(values)
    except ValidationError as error:
        text = N_("The mapping is wrong: {fault}. Correct it; plugins/queueing/README.md shows one.")
        raise Refused(
            [
                Problem("LOG_MAPPING_WRONG", text, ("mapping", *fault["loc"]), {"fault": fault["msg"]})
                for fault in error.errors()
            ]
        ) from None


def wanted_headers(mapping: LogMapping) -> Sequence[str]:
    """Return every header that the mapping speaks of, each once."""
    named = [header for headers in mapping.columns.model_dump().values() for header in headers]
    return list(dict.fromkeys([*named, *(header for rule in mapping.ignore for header in rule)]))


def _read(path: Path) -> dict[str, Any]:
    if not path.is_file():
        raise refuse("FILE_NOT_FOUND", N_("There is no file {name}. Check the path."), "mapping", name=str(path))
    data = path.read_bytes()
    try:
        values = orjson.loads(data) if path.suffix.lower() == ".json" else tomllib.loads(data.decode("utf-8-sig"))
    except ValueError as error:
        raise refuse(
            "LOG_MAPPING_UNREADABLE",
            N_("{name} is neither TOML nor JSON ({fault}). Correct it there."),
            "mapping",
            name=path.name,
            fault=str(error),
        ) from None
    if not isinstance(values, dict):
        raise refuse(
            "LOG_MAPPING_UNREADABLE", N_("{name} is neither TOML nor JSON ({fault}). Correct it there."), "mapping",
            name=path.name, fault="{…}",
        )  # fmt: skip
    return values
