"""What a plugin can contribute: one small record for each kind, all of them frozen."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from core.context import Context
from core.errors import Problem
from core.live.states import State


@dataclass(frozen=True)
class Plugin:
    """The record of a plugin: `PLUGIN` in the module that its entry point names.

    `name` (lower-case letters and digits) is its entry-point name and the beginning of all it owns; `kinerja` the
    versions of Kinerja it fits (`>=0.1,<1`); `requires` the plugins that must be on too; `after` those that come first
    if they are on.
    """

    name: str
    title: str
    description: str
    kinerja: str = ""
    requires: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


@dataclass(frozen=True)
class MigrationSource:
    """A folder of numbered migration scripts of one owner."""

    directory: Path


@dataclass(frozen=True)
class RuleSet:
    """A kind of rule set of the law that decisions rest on, under `name` (`<plugin>.<kind>`).

    `fault_of(content)` says where a content is not usable (`bands.3.from`), None where all is well; `versions` is the
    folder with the versions that come with the plugin, files `<kind>-<revision>.json` shaped as those in core/law/data.
    """

    name: str
    title: str
    fault_of: Callable[[Mapping[str, Any]], str | None]
    versions: Path


@dataclass(frozen=True)
class TranslationSource:
    """A folder of `id.po` and `en.po` (or `id/*.po`) of one owner."""

    directory: Path


@dataclass(frozen=True)
class Permission:
    """Something that a role may allow; `roles` names roles of core that hold it from the start."""

    name: str
    title: str
    roles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Role:
    """A set of permissions that is granted to an account for a unit subtree and a time."""

    name: str
    title: str
    permissions: tuple[str, ...] = ()


@dataclass(frozen=True)
class FactValue:
    """A measured fact: its value, the number of cases behind it and the evidence (query, window, …) as JSON values."""

    value: Decimal
    cases: int
    evidence: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class FactDefinition:
    """A typed fact about a unit or an employee in a period; `measure(ctx, id, start, end)` gives None without cases."""

    name: str
    title: str
    unit: str
    about: Literal["unit", "employee"]
    measure: Callable[[Context, int, date, date], FactValue | None]


@dataclass(frozen=True)
class AdminView:
    """A page of the back office; `build()` gives the Flask-Admin view, `endpoint` begins with `<plugin>_`."""

    endpoint: str
    build: Callable[[], object]


@dataclass(frozen=True)
class Figure:
    """One labelled value of a dashboard card."""

    label: str
    value: str


@dataclass(frozen=True)
class Link:
    """A way to a page of the application: its words, in the reader's language, and its address without the host."""

    text: str
    address: str


@dataclass(frozen=True)
class DashboardCard:
    """A card on the start page of the back office; `figures(ctx)` obeys the policy of its caller.

    `links(ctx)` gives the pages to go to from there; they stand on a card that has figures.
    """

    name: str
    title: str
    figures: Callable[[Context], Sequence[Figure]]
    links: Callable[[Context], Sequence[Link]] | None = None


@dataclass(frozen=True)
class Command:
    """A group of the command line, named as its plugin; `build()` gives the typer application."""

    name: str
    help: str
    build: Callable[[], object]


@dataclass(frozen=True)
class Job:
    """Background work; `schedule` is a cron line (minute hour day month weekday) in the institution's time zone."""

    name: str
    title: str
    run: Callable[[Context], object]
    schedule: str | None = None


@dataclass(frozen=True)
class Capability:
    """An ability offered to other plugins under a versioned name (`training.completions@1`)."""

    name: str
    provider: object


@dataclass(frozen=True)
class Check:
    """A question that `kinerja doctor` asks; `run(ctx)` gives what is wrong, each problem with its remedy."""

    name: str
    title: str
    run: Callable[[Context], Sequence[Problem]]


@dataclass(frozen=True)
class DemoData:
    """A part of the demo data; `load(ctx, seed)` writes through services and is the same for the same seed."""

    name: str
    title: str
    load: Callable[[Context, int], None]


@dataclass(frozen=True)
class Importer:
    """A kind of file that `kinerja import` takes; `build()` gives the importer of core.exchange."""

    name: str
    title: str
    build: Callable[[], object]


@dataclass(frozen=True)
class Pages:
    """Web pages below `prefix` (`/-/name` for a plugin); `mount(app, registry)` registers the blueprint.

    `states(path)` gives the state that a stream of that address below the prefix tells, for `kinerja live`. With a
    `title` the home page leads to the first of them, `prefix/`, and says by `text` for whom they are.
    """

    prefix: str
    mount: Callable[[Any, Any], None]
    states: Callable[[str], State | None] | None = None
    title: str = ""
    text: str = ""


@dataclass(frozen=True)
class PersonalData:
    """What a plugin holds about a person, for the person: a title and rows of plain values."""

    title: str
    rows: Sequence[Mapping[str, Any]]
