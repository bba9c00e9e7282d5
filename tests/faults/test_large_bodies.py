"""A client that sends far too much still gets its answer, on a real server: it reads only once it has sent all."""

import http.client
import json

import pytest

from tests.support.databases import open_for_tests
from tests.support.server import serving

MEGABYTE = 1_000_000


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "kind", "megabytes", "status", "code"),
    [
        ("/graphql", "application/json", 12, 413, "BODY_TOO_LARGE"),
        ("/files/evidence", "multipart/form-data; boundary=x", 12, 401, "UNAUTHENTICATED"),
    ],
)
def test_who_sends_too_much_is_told_so(deployed, database_url, path, kind, megabytes, status, code):
    open_for_tests(database_url)

    with serving(deployed) as server:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        connection.request("POST", path, b" " * (megabytes * MEGABYTE), {"Content-Type": kind})
        response = connection.getresponse()
        answer = json.loads(response.read())
        connection.close()

    problem = answer["problems"][0] if "problems" in answer else answer["errors"][0]["extensions"]
    assert (response.status, problem["code"]) == (status, code)
