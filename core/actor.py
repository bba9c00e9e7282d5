"""Who acts: an account with its employee, its grants and the units that it heads."""

from dataclasses import dataclass
from datetime import date

EVERYWHERE = ""
"""The path prefix of the whole institution."""


@dataclass(frozen=True)
class Grant:
    """A role held by the actor today over the units below `unit_path`, with the permissions of that role."""

    role: str
    unit_path: str
    permissions: frozenset[str]


@dataclass(frozen=True)
class Actor:
    """Who acts: an account, its employee, its grants and the units that it heads today.

    `headed_paths` are the paths of units headed today (definitively, as Plt or as Plh); `home_paths` those of the units
    in which the employee holds an assignment today; `token_scopes` limits an API token (None: no limit).
    """

    today: date
    account_id: int | None = None
    employee_id: int | None = None
    name: str = "anonymous"
    grants: tuple[Grant, ...] = ()
    headed_paths: tuple[str, ...] = ()
    home_unit_ids: tuple[int, ...] = ()
    token_scopes: frozenset[str] | None = None
    session_id: int | None = None
    is_system: bool = False

    @property
    def is_known(self) -> bool:
        """Whether the actor has identified itself."""
        return self.is_system or self.account_id is not None

    def paths(self, permission: str) -> tuple[str, ...]:
        """Return the path prefixes of the units over which a role gives the actor `permission`."""
        if self.is_system:
            return (EVERYWHERE,)
        return tuple(sorted({grant.unit_path for grant in self.grants if permission in grant.permissions}))

    def holds(self, permission: str, unit_path: str | None) -> bool:
        """Whether a role gives the actor `permission` over the unit at `unit_path` (None: the whole institution)."""
        place = EVERYWHERE if unit_path is None else unit_path
        return any(place.startswith(prefix) for prefix in self.paths(permission))


def system_actor(today: date, name: str = "system") -> Actor:
    """Return the actor for work that nobody in particular asked for: migrations, jobs, the command line."""
    return Actor(today=today, name=name, is_system=True)
