"""None, each alone, all: a plugin that is on leaves its traces everywhere, one that is off leaves none."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FIRST_PARTY = ("queueing", "rewards", "training")
TABLES = {"queueing": "queueing_ticket", "rewards": "rewards_award", "training": "training_plan_item"}
FIELDS = {
    "queueing": ("WorkUnit", "queueMetrics"),
    "rewards": ("Employee", "rewards"),
    "training": ("Employee", "trainingPlan"),
}

GIVEN = {
    "queueing.close_days",  # a job
    "queueing.counter",  # a role
    "queueing.hours",  # a question of the doctor
    "queueing.serve",  # a permission
    "queueing.ticket_changed",  # an event
    "queueing.today",  # a card
    "queueing.plan_shifts",  # a verb
    "queueing.wait_median_minutes",  # a fact
    "queueing.day",  # demo data
    "queueing_ticket",  # a page of the back office
}
"""Some of each kind that the queue gives, by name."""

GIVEN_BY_REWARDS = {
    "rewards.check_compliance",  # a job
    "rewards.innovation_officer",  # a role
    "rewards.compliance_runs",  # a question of the doctor
    "rewards.manage_innovations",  # a permission
    "rewards.innovation_adopted",  # an event
    "rewards.obligations",  # a card
    "rewards.adopt_innovation",  # a verb
    "rewards.innovation",  # a rule set
    "rewards_innovation",  # a page of the back office
}
"""Some of each kind that recognition and discipline give, by name."""

# A process of its own, since a module that was imported once stays imported.
REPORT = """
import json, sys
from core.app import create_app
from core.cli import build_app
from core.database import connect, database
from core.migrating import migrate_everything
from core.plugin_host import build_registry
from core.registry import active_registry
from core.settings import load_settings

settings = load_settings()
connect(settings.database_url)
migrate_everything(build_registry(settings).migration_sources)
app = create_app(settings)
client = app.test_client()
query = '{ %s }' % " ".join(
    '%s: __type(name: "%s") { fields { name } }' % (name, name) for name in ("Employee", "WorkUnit")
)
types = client.post("/graphql", json={"query": query}).json["data"]
names = client.post("/graphql", json={"query": "{ __schema { types { name } } }"}).json["data"]["__schema"]["types"]
print(json.dumps({
    "fields": {name: [field["name"] for field in (found or {"fields": []})["fields"]] for name, found in types.items()},
    "types": [found["name"] for found in names],
    "tables": database.get_tables(),
    "modules": sorted(name for name in sys.modules if name.startswith("plugins.")),
    "rules": [rule.rule for rule in app.url_map.iter_rules()],
    "endpoints": [rule.endpoint for rule in app.url_map.iter_rules()],
    "commands": [group.name for group in build_app().registered_groups],
    "home": client.get("/?language=en", headers={"Accept": "text/html"}).text,
    "ready": client.get("/readyz").status_code,
    "pages": client.get("/-/queueing/").status_code,
    "given": sorted({
        name for given in active_registry().contributions.values() for _, one in given
        for name in (getattr(one, "name", ""), getattr(one, "endpoint", "")) if isinstance(name, str)
    }),
}))
"""


def report(on, database_url, folder, more=None):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KINERJA_")}
    environment = {
        "KINERJA_PLUGINS": ",".join(on),
        "KINERJA_DATABASE_URL": database_url,
        "KINERJA_VAR_DIR": str(folder / "var"),
        "KINERJA_FILES_DIR": str(folder / "files"),
    }
    done = subprocess.run(
        [sys.executable, "-c", REPORT + (more or "")],
        env=kept | environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


SETS = [(), *((name,) for name in FIRST_PARTY), ("queueing", "rewards"), FIRST_PARTY]


@pytest.mark.parametrize("on", SETS, ids=lambda on: "+".join(on) or "none")
def test_a_plugin_leaves_traces_exactly_when_it_is_on(on, tmp_path):
    seen = report(on, f"sqlite:///{tmp_path / 'kinerja.db'}", tmp_path)

    off = set(FIRST_PARTY) - set(on)
    assert seen["ready"] == 200
    assert {name.split(".")[1] for name in seen["modules"]} == set(on)
    assert {name for name, table in TABLES.items() if table in seen["tables"]} == set(on)
    assert {name for name, (target, field) in FIELDS.items() if field in seen["fields"][target]} == set(on)
    for name in off:
        assert f"/-/{name}" not in " ".join(seen["rules"])
        assert not any(endpoint.startswith(name) for endpoint in seen["endpoints"])
        assert name not in seen["commands"]
        assert not [given for given in seen["given"] if given.startswith((f"{name}.", f"{name}_"))]
    assert {"Award", "TrainingPlanItem", "Ticket"} & set(seen["types"]) == {
        {"rewards": "Award", "training": "TrainingPlanItem", "queueing": "Ticket"}[name] for name in on
    }
    is_queue_on = "queueing" in on
    assert seen["pages"] == (200 if is_queue_on else 404)
    assert ("queueing" in seen["commands"]) == is_queue_on
    assert set(seen["given"]) & GIVEN == (GIVEN if is_queue_on else set())
    assert set(seen["given"]) & GIVEN_BY_REWARDS == (GIVEN_BY_REWARDS if "rewards" in on else set())
    for name in FIRST_PARTY:
        assert (f"<dt>{name.capitalize()}</dt>" in seen["home"]) == (name in on)


# Rows written by one process with the plugin on; what a process with other plugins then finds of them.
ROWS = """
import json
from datetime import date
from core.database import database
from plugins.rewards.innovations.models import Innovation
from core.organisation.models import WorkUnit

if not Innovation.select().exists():
    unit = WorkUnit.create(code="00", name="Kota", path="00000001", valid_from=date(2026, 1, 1))
    Innovation.create(
        unit=unit, title="Antrean", problem="-", description="-", category="-", group="-", rule={},
        proposed_on=date(2026, 1, 5),
    )
print(json.dumps({"titles": [row.title for row in Innovation.select()]}))
"""


def test_rows_stay_while_the_plugin_is_off_and_are_there_when_it_is_on_again(tmp_path):
    url = f"sqlite:///{tmp_path / 'kinerja.db'}"
    written = report(("rewards",), url, tmp_path, ROWS)
    off = report(("queueing",), url, tmp_path)
    on_again = report(("queueing", "rewards"), url, tmp_path, ROWS)

    assert "Innovation" not in off["types"]
    assert "rewards_innovation" in off["tables"]
    assert not [module for module in off["modules"] if module.startswith("plugins.rewards")]
    assert written == on_again == {"titles": ["Antrean"]}
