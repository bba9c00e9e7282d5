"""The demo's log-ins: one for every role, held by believable people."""

import json
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from core.demo.city import REGISTRY, REGISTRY_AGENCY, DemoCity, Seat
from core.demo.seed import chance
from core.identity.models import Account, RoleGrant
from core.identity.passwords import hash_password
from core.organisation.models import WorkUnit
from core.work import UnitOfWork

_WORDS = ("akta", "antre", "bukti", "dialog", "kota", "layanan", "loket", "meja", "surat", "target", "unit", "warga")


@dataclass(frozen=True)
class DemoLogin:
    """A log-in to be printed: the role it shows, its user name and its password."""

    role: str
    username: str
    password: str


def build(work: UnitOfWork, city: DemoCity, since: date) -> list[DemoLogin]:
    """Create an account for each role and return the log-ins."""
    random = chance("passwords")
    logins: list[DemoLogin] = []
    for role, username, seat, unit in _holders(city):
        password = "-".join([*random.sample(_WORDS, 3), str(random.randint(100, 999))])
        account = work.create(
            Account,
            username=username,
            password_hash=hash_password(password),
            employee=seat.employee,
            display_name=seat.employee.name,
        )
        if role in {"hr_officer", "hr_admin", "auditor", "system_admin"}:
            work.create(RoleGrant, account=account, role=role, unit=unit, valid_from=since)
        logins.append(DemoLogin(role, username, password))
    return logins


def _holders(city: DemoCity) -> list[tuple[str, str, Seat, WorkUnit | None]]:
    clerk, colleague = city.staff(REGISTRY)[:2]
    return [
        ("employee", "pegawai", clerk, None),
        ("colleague", "rekan", colleague, None),
        ("superior", "atasan", city.head(REGISTRY), None),
        ("head_of_unit", "kepala", city.head(REGISTRY_AGENCY), None),
        ("head_of_institution", "sekda", city.head("00"), None),
        ("hr_officer", "petugas", city.staff("04.1")[0], city.units[REGISTRY_AGENCY]),
        ("hr_admin", "admin", city.staff("21.3")[0], None),
        ("auditor", "auditor", city.staff("03.1")[0], None),
        ("system_admin", "sistem", city.staff("14.2")[0], None),
    ]


def write_logins(logins: list[DemoLogin], path: Path) -> None:
    """Write the log-ins as JSON, readable by the owner of the process only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.chmod(0o600)
    path.write_text(json.dumps([asdict(login) for login in logins], indent=2) + "\n", encoding="utf-8")


def read_logins(path: Path) -> list[DemoLogin]:
    """Return the log-ins written before."""
    return [DemoLogin(**entry) for entry in json.loads(path.read_text(encoding="utf-8"))]
