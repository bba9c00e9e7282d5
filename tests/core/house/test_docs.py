"""The documentation is held true: settings, links, commands and the lock."""

import json
import re
import tomllib
from pathlib import Path

import pytest
import typer
from graphql import build_schema, parse, validate

from core.cli import build_app
from tests.support import settings_page

ROOT = Path(__file__).parents[3]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("plugins/*/README*.md")])


def test_the_page_of_settings_is_that_of_the_program():
    assert settings_page.PAGE.read_text(encoding="utf-8") == settings_page.page()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page):
    text = page.read_text(encoding="utf-8")

    links = [link.partition("#")[0] for link in re.findall(r"\]\((?!https?:|mailto:)([^)]+)\)", text)]

    assert [link for link in links if link and not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_command_that_a_page_names_exists(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    if page.parents[1].name == "plugins":
        monkeypatch.setenv("KINERJA_PLUGINS", page.parent.name)
    known = typer.main.get_command(build_app()).commands.keys()

    named = set(
        re.findall(r"^(?:\$ )?(?:\.venv/bin/)?kinerja ([a-z]+)", page.read_text(encoding="utf-8"), re.MULTILINE)
    )

    assert named <= known


def test_both_readmes_name_every_command(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    commands = typer.main.get_command(build_app()).commands

    for name in ("README.md", "README.id.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert [command for command in commands if f"`{command}`" not in text] == [], name


def queries():
    found = []
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        found += [(page.name, block) for block in re.findall(r"```graphql\n(.*?)```", text, re.DOTALL)]
        sent = re.findall(r"""-d '(\{"query":.*?\})'$""", text, re.DOTALL | re.MULTILINE)
        found += [(page.name, json.loads(" ".join(body.split()))["query"]) for body in sent]
    return found


@pytest.fixture(scope="module")
def sdl():
    return build_schema((ROOT / "schema" / "schema.graphql").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("page", "query"), queries())
def test_every_query_that_a_page_shows_fits_the_schema(sdl, page, query):
    assert validate(sdl, parse(query)) == []


def test_the_lock_holds_hashes_and_no_addresses():
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")

    pinned = re.findall(r"^[a-z0-9][a-z0-9._-]*==", lock, re.MULTILINE)
    assert len(pinned) > 50
    assert lock.count("--hash=sha256:") >= len(pinned)
    assert "://" not in lock
    assert "index" not in lock


def test_everything_that_pyproject_needs_is_in_the_lock():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    names = {re.split(r"[\[><=!~;, ]", item)[0] for item in wanted}
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    lock = set(re.findall(r"^([a-z0-9][a-z0-9._-]*)==", text, re.MULTILINE))

    assert names - lock == set()


def test_every_dependency_has_its_reason():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    reasons = (ROOT / "docs" / "adr" / "0002-dependencies.md").read_text(encoding="utf-8")
    names = [re.split(r"[\[><=!~;, ]", item)[0] for item in project["project"]["dependencies"]]

    assert [name for name in names if f"`{name}`" not in reasons] == []
