"""Services of this machine that some tests need: skipped with a reason when absent, failed when required.

`KINERJA_TEST_REQUIRE=postgresql,redis,browser,node,provider` names those whose absence is a failure (CI sets it).
"""

import os
import shutil
from functools import cache

import psycopg
import pytest
import redis

from tests.support import client_code
from tests.support.node_packages import ROOT, NotInstalledError, installed

POSTGRESQL_URL = os.environ.get("KINERJA_TEST_POSTGRESQL", "postgresql://postgres@127.0.0.1:5432/postgres")
# Each process of the test run has a Redis database of its own: 15, 14, …
_NUMBER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
REDIS_URL = os.environ.get("KINERJA_TEST_REDIS", "redis://127.0.0.1:6379") + f"/{15 - _NUMBER % 15}"
_PACKAGES = {"audits": ROOT / "tests" / "audits", "provider": ROOT / "tests" / "admin" / "account" / "provider"}
"""Services that are packages of Node, by the folder of their lock."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def required() -> set[str]:
    """Names of services whose absence fails a test."""
    return {name.strip() for name in os.environ.get("KINERJA_TEST_REQUIRE", "").split(",") if name.strip()}


def browser_path() -> str | None:
    """Path of Chromium on this machine, if there is one."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


@cache
def missing(name: str) -> str | None:
    """Say why service `name` cannot be used here, or None when it answers."""
    if name == "postgresql":
        try:
            psycopg.connect(POSTGRESQL_URL, connect_timeout=3).close()
        except psycopg.Error as error:
            return f"PostgreSQL does not answer at {POSTGRESQL_URL} ({error}); set KINERJA_TEST_POSTGRESQL"
    elif name == "redis":
        try:
            with redis.Redis.from_url(REDIS_URL, socket_connect_timeout=3) as client:
                client.ping()
        except redis.RedisError as error:
            return f"Redis does not answer at {REDIS_URL} ({error}); set KINERJA_TEST_REDIS"
    elif name == "browser":
        if browser_path() is None:
            return "No Chromium on this machine; on Debian or Ubuntu: apt install chromium"
    elif name in _PACKAGES:
        try:
            installed(_PACKAGES[name])
        except NotInstalledError as error:
            return str(error)
    elif name == "node":
        return client_code.why_no_typescript()
    else:
        raise ValueError(f"unknown service {name!r}")
    return None


def need(name: str) -> None:
    """Skip the running test when service `name` is absent, or fail it when the service is required."""
    reason = missing(name)
    if reason is None:
        return
    if name in required():
        pytest.fail(f"required by KINERJA_TEST_REQUIRE: {reason}", pytrace=False)
    pytest.skip(reason)
