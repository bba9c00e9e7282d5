"""A city of a thousand employees behind a real server, and the two clients."""

import json
import os
import subprocess
import sys
from datetime import date
from types import SimpleNamespace

import pytest

from core.database import database, utc_now
from core.identity import services as identity
from core.identity.models import RoleGrant
from core.organisation.models import Assignment, Employee
from core.organisation.terms import EmploymentStatus, Sex
from core.planning.terms import PlanState
from core.plugin_host import start
from core.settings import load_settings
from tests.support import client_code
from tests.support.calls import system_context
from tests.support.city import START, build_city
from tests.support.databases import empty, open_for_tests
from tests.support.plans import approved_plan, indicators_of
from tests.support.server import serving
from tests.support.services import need

PASSWORD = "lima kata acak yang panjang"
PEOPLE = 1000


@pytest.fixture(scope="session", autouse=True)
def python_client():
    """The Python client on the path, as in a client team's own project."""
    sys.path.insert(0, str(client_code.PYTHON))
    yield
    sys.path.remove(str(client_code.PYTHON))


@pytest.fixture(scope="session")
def compiled(tmp_path_factory):
    """The folder of the TypeScript client as JavaScript, checked by the compiler."""
    need("node")
    folder = tmp_path_factory.mktemp("typescript")
    answer = client_code.compile_typescript(folder)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    # Node reads the kind of a module from the package that it belongs to.
    (folder / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    return folder


@pytest.fixture
def node(compiled):
    """Start a story of tests/clients/node/story.mjs; give its process."""
    running = []

    def tell(**given):
        process = subprocess.Popen(
            ["node", client_code.ROOT / "tests/clients/node/story.mjs", compiled / "index.js", json.dumps(given)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        running.append(process)
        return process

    yield tell
    for process in running:
        process.kill()
        process.communicate()


def told(process, timeout=30):
    """Return what a story told, by name."""
    out, fault = process.communicate(timeout=timeout)
    assert process.returncode == 0, out + fault
    return {name: what for line in out.splitlines() for name, what in json.loads(line).items()}


@pytest.fixture(scope="module")
def house(database_url, tmp_path_factory):
    """A server on a city of a thousand people, and what its clients need to know."""
    folder = tmp_path_factory.mktemp("house")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for name in [
            name for name in os.environ if name.startswith("KINERJA_") and not name.startswith("KINERJA_TEST_")
        ]:
            patch.delenv(name)
        patch.setenv("KINERJA_DATABASE_URL", database_url)
        open_for_tests(database_url)
        settings = load_settings()
        start(settings)
        city = _thousand(build_city())
        ctx = system_context(settings, utc_now())
        for who in ("officer", "clerk", "chief", "head"):
            account = identity.create_account(ctx, username=who, password=PASSWORD, employee_id=getattr(city, who).id)
            if who == "officer":
                RoleGrant.create(account=account, role="hr_admin", valid_from=START)
        indicator = indicators_of(approved_plan(city, city.officer))[0]
        draft = approved_plan(city, city.clerk, state=PlanState.DRAFT)
        with serving(folder) as server:
            yield SimpleNamespace(
                server=server,
                url=f"http://127.0.0.1:{server.port}/graphql",
                city=city,
                indicator=f"Indicator:{indicator.id}",
                plan=f"PerformancePlan:{draft.id}",
            )
    open_for_tests(database_url)
    empty()
    database.close()


def _thousand(city):
    grade = city.officer.grade_id
    born = date(1990, 1, 1)
    rows = [
        {
            "nip": f"19900101201501{1 + number % 2}{number:03d}",
            "name": f"Pegawai {number:04d}",
            "status": EmploymentStatus.PNS,
            "sex": Sex.MALE if number % 2 == 0 else Sex.FEMALE,
            "birth_date": born,
            "grade": grade,
        }
        for number in range(PEOPLE - Employee.select().count())
    ]
    with database.atomic():
        for first in range(0, len(rows), 200):
            Employee.insert_many(rows[first : first + 200]).execute()
        place = Assignment.get(Assignment.employee == city.clerk.id)
        new = Employee.select(Employee.id).where(Employee.name.startswith("Pegawai ")).tuples()
        places = [
            {"employee": key, "position": place.position_id, "unit": place.unit_id, "valid_from": START}
            for (key,) in new
        ]
        for first in range(0, len(places), 200):
            Assignment.insert_many(places[first : first + 200]).execute()
    return city
