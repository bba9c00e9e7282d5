"""Hostile bodies: each is refused with its status and code, at once, without memory that stays."""

import gc
import os
import sys
import time
from pathlib import Path

import pytest

from core.app import create_app
from core.settings import Settings
from tests.schema.hostile.corpus import corpus
from tests.support.databases import wanted

CORPUS = corpus()
# The promise is 0.2 s of a core of its own. Two workers on the threads of one core count twice the time for the same
# work, and counting which lines run, for the coverage, makes all of them several times as slow.
IS_ALONE = "PYTEST_XDIST_WORKER" not in os.environ
LONGEST_SECONDS = 1.0 if sys.gettrace() is not None else 0.2 if IS_ALONE else 0.45
MOST_GROWTH = 25_000_000
LARGEST_ANSWER = 50_000


@pytest.fixture
def client(db):
    # As it is delivered; other tests may ask for more.
    settings = db.model_copy(update={"graphql_max_cost": Settings.model_fields["graphql_max_cost"].default})
    client = create_app(settings, plugins=[]).test_client()
    # What other tests left in this process is not collected again and again while a body is timed.
    gc.collect()
    gc.freeze()
    yield client
    gc.unfreeze()


def send(client, hostile):
    """Send a body; return status, codes and size of the answer and the seconds of this process that it took."""
    headers = {"Accept": "application/graphql-response+json"}
    start = time.process_time()
    response = client.post("/graphql", data=hostile.body, content_type=hostile.kind, headers=headers)
    seconds = time.process_time() - start
    answers = response.json if isinstance(response.json, list) else [response.json]
    codes = {answer["errors"][0]["extensions"]["code"] if "errors" in answer else None for answer in answers}
    return response.status_code, codes, len(response.data), seconds


def resident():
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def test_there_are_enough_of_them():
    assert len(CORPUS) >= 100


def test_each_is_refused_at_once_and_memory_stays_flat(client, database_url):
    # Few of them reach the database at all.
    bodies = CORPUS if database_url.startswith(wanted()[0]) else CORPUS[::5]
    wrong, slow = [], []
    for hostile in bodies:
        status, codes, size, seconds = send(client, hostile)
        if (status, codes) != (hostile.status, {hostile.code}) or size > LARGEST_ANSWER:
            wrong.append((hostile.name, status, codes, size))
        # A collection of garbage or a busy neighbour may fall into it once.
        if seconds > LONGEST_SECONDS and (best := min(send(client, hostile)[3] for _ in "abc")) > LONGEST_SECONDS:
            slow.append((hostile.name, seconds, best))
    before = resident()
    for hostile in bodies[::2]:
        send(client, hostile)
    growth = resident() - before

    assert wrong == []
    assert slow == []
    assert growth < MOST_GROWTH
    answer = client.post("/graphql", json={"query": "{ employees { totalCount nodes { id } } }"})
    assert answer.json["data"] == {"employees": {"totalCount": 0, "nodes": []}}
