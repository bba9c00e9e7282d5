"""What holds for every test: no network beyond this machine, and services that are there or skipped by name."""

import ipaddress
import os
import socket
import sys

import pytest

from core.database import database
from tests.support.databases import empty, open_for_tests, wanted
from tests.support.fresh import fresh_database
from tests.support.services import need

SERVICES = ("postgresql", "redis", "browser")
LOCAL_NAMES = {"localhost", "", "::1"}


class NetworkRefusedError(RuntimeError):
    """A test tried to leave this machine."""


def _check(host: str) -> None:
    if host in LOCAL_NAMES:
        return
    try:
        if ipaddress.ip_address(host.partition("%")[0]).is_loopback:
            return
    except ValueError:
        pass
    raise NetworkRefusedError(f"tests reach only this machine, not {host!r}; use 127.0.0.1")


def _guard(function):
    def guarded(self, *args, **kwargs):
        address = args[-1] if args else None
        if self.family in {socket.AF_INET, socket.AF_INET6} and isinstance(address, tuple):
            _check(str(address[0]))
        return function(self, *args, **kwargs)

    return guarded


def pytest_configure() -> None:
    """Refuse connections and look-ups of other machines from now on; keep what was compiled for other processes."""
    # Tests start a hundred processes; where nothing compiled is kept, each of them would compile everything anew.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False
    look_up = socket.getaddrinfo

    def guarded_look_up(host, *args, **kwargs):
        _check(host.decode() if isinstance(host, bytes) else host or "")
        return look_up(host, *args, **kwargs)

    socket.getaddrinfo = guarded_look_up
    for name in ("connect", "connect_ex", "sendto"):
        setattr(socket.socket, name, _guard(getattr(socket.socket, name)))


@pytest.fixture(autouse=True)
def _services(request):
    for name in SERVICES:
        if request.node.get_closest_marker(name):
            need(name)


@pytest.fixture(params=wanted())
def fresh_database_url(request, tmp_path):
    """The URL of a database of each kind without tables, of this test alone."""
    with fresh_database(request.param, tmp_path) as url:
        yield url


@pytest.fixture(autouse=True)
def same_settings():
    """Take back what a command of this process has set for the processes that it would start (`kinerja demo`)."""
    before = {name: value for name, value in os.environ.items() if name.startswith("KINERJA_")}
    yield
    for name in [name for name in os.environ if name.startswith("KINERJA_") and name not in before]:
        del os.environ[name]
    os.environ.update(before)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A working folder without the settings of the person who runs the tests."""
    for name in list(os.environ):
        if name.startswith("KINERJA_") and not name.startswith("KINERJA_TEST_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    return tmp_path


@pytest.fixture
def here(folder, fresh_database_url, monkeypatch):
    """The same with a database of its own."""
    monkeypatch.setenv("KINERJA_DATABASE_URL", fresh_database_url)
    yield folder
    if database.obj is not None and not database.is_closed():
        database.close()


@pytest.fixture
def deployed(folder, database_url, monkeypatch):
    """A working folder on this worker's migrated database, which is emptied afterwards."""
    monkeypatch.setenv("KINERJA_DATABASE_URL", database_url)
    yield folder
    open_for_tests(database_url)
    empty()
    database.close()
