"""GraphQL over HTTP as its specification wants it: every audit of graphql-http, against a real server."""

import json
import shutil
import subprocess
from pathlib import Path

from tests.support import databases
from tests.support.node_packages import installed
from tests.support.server import serving
from tests.support.services import need

HERE = Path(__file__).parent
AUDITS = 61


def test_every_audit_of_graphql_over_http_passes(folder, worker_id):
    need("audits")
    program = folder / "audit.mjs"
    shutil.copy(HERE / "audit.mjs", program)
    (folder / "node_modules").symlink_to(installed(HERE) / "node_modules")

    with (
        databases.prepared("sqlite", folder, f"audits_{worker_id}") as url,
        serving(folder, KINERJA_DATABASE_URL=url) as server,
    ):
        address = f"http://127.0.0.1:{server.port}/graphql"
        done = subprocess.run(["node", program, address], capture_output=True, text=True, timeout=120, check=False)

    assert done.returncode == 0, done.stderr
    results = json.loads(done.stdout)
    assert [(one["id"], one["name"], one["reason"]) for one in results if one["status"] != "ok"] == []
    assert len(results) == AUDITS


def test_the_lock_names_no_registry():
    text = (HERE / "package-lock.json").read_text(encoding="utf-8")

    assert "://" not in text
    assert '"integrity"' in text
