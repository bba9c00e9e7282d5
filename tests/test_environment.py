"""The test-suite's own promises: no network, and a clear word about services that are absent."""

import socket

import pytest

from tests.plugin_environment import NetworkRefusedError
from tests.support import services


@pytest.mark.parametrize("host", ["192.0.2.1", "example.org", "10.0.0.1", "2001:db8::1"])
def test_other_machines_are_out_of_reach(host):
    with pytest.raises(NetworkRefusedError):
        socket.create_connection((host, 80), timeout=1)


def test_a_datagram_to_another_machine_is_refused():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender, pytest.raises(NetworkRefusedError):
        sender.sendto(b"x", ("192.0.2.1", 9))


def test_this_machine_is_reachable():
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname(), timeout=5) as client,
    ):
        assert client.getpeername() == server.getsockname()


def test_an_absent_service_skips(monkeypatch):
    monkeypatch.setattr(services, "missing", lambda name: f"no {name} here")
    monkeypatch.delenv("KINERJA_TEST_REQUIRE", raising=False)

    with pytest.raises(pytest.skip.Exception, match="no redis here"):
        services.need("redis")


def test_an_absent_service_that_is_required_fails(monkeypatch):
    monkeypatch.setattr(services, "missing", lambda name: f"no {name} here")
    monkeypatch.setenv("KINERJA_TEST_REQUIRE", "postgresql, redis")

    with pytest.raises(pytest.fail.Exception, match="no redis here"):
        services.need("redis")
