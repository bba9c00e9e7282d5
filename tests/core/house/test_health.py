"""What `kinerja doctor` asks: each fault has a code and a remedy, and a question that fails is a finding itself."""

import shutil
from types import SimpleNamespace

import pytest

from core import health
from core.commands.shared import connected, operator_context
from core.contributions import Check
from core.errors import Problem
from core.i18n import has_translation


def examined():
    return {
        finding.name: [problem.code for problem in finding.problems]
        for finding in health.examine(connected, operator_context)
    }


def test_a_full_disk_is_found(deployed, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=20_000_000))

    assert examined()["space"] == ["DISK_FULL"]


def test_a_queue_that_does_not_answer_is_found(deployed, monkeypatch):
    monkeypatch.setenv("KINERJA_JOBS_BACKEND", "redis")
    monkeypatch.setenv("KINERJA_REDIS_URL", "redis://127.0.0.1:1/0")

    assert examined()["jobs"] == ["QUEUE_UNREACHABLE"]


def test_a_plugin_that_is_not_installed_is_found(deployed, monkeypatch):
    monkeypatch.setenv("KINERJA_PLUGINS", "rewrds")

    found = examined()

    assert found["plugins"] == ["PLUGIN_NOT_INSTALLED"]
    assert "migrations" not in found


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (lambda ctx: [], []),
        (lambda ctx: [Problem("DUSTY", "It is dusty. Wipe it.")], ["DUSTY"]),
        (lambda ctx: 1 / 0, ["CHECK_FAILED"]),
    ],
)
def test_the_checks_of_plugins_are_asked_and_isolated(deployed, monkeypatch, answer, expected):
    from core.registry import Registry

    check = Check("demo.dust", "No dust", answer)
    monkeypatch.setattr(Registry, "checks", property(lambda self: (check,)))

    assert examined()["demo.dust"] == expected


def test_every_title_speaks_indonesian(deployed):
    untranslated = [
        finding.title
        for finding in health.examine(connected, operator_context)
        if not has_translation(finding.title, "id")
    ]

    assert untranslated == []
