"""Every hook reaches the plugin, and what it gives arrives: one test for each, named after it."""

import ast
import dataclasses
import inspect
from collections import deque
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Protocol, runtime_checkable

import pytest
from typer.testing import CliRunner

from core import hookspecs, policy
from core.actor import Actor, Grant, system_actor
from core.app import create_app
from core.context import Context
from core.errors import CannotStart, Refused
from core.faults import recent_faults
from core.i18n import translate
from core.identity import services as identity
from core.jobs import JobQueue
from core.law.in_force import rule_in_force
from core.law.reference import FIRST_LOCAL_REVISION
from core.law.services import NewRuleVersion, add_rule_version
from core.law.verbs import VERBS as LAW_VERBS
from core.migrating import histories_of, migrate_everything
from core.plugin_host import build_registry, start
from core.verbs.declare import Target
from core.work import unit_of_work
from tests.dummy_plugin import plugin as dummy
from tests.dummy_plugin import schema as dummy_schema
from tests.dummy_plugin.models import DummyCall
from tests.support.live import reader_has_ended

ROOT = Path(__file__).parents[2]
SPECIFICATIONS = {
    node.name: node
    for node in ast.parse((ROOT / "core" / "hookspecs.py").read_text()).body
    if isinstance(node, ast.FunctionDef)
}


@pytest.fixture
def registry(db):
    """The application without web parts, with the dummy plugin on and its table there."""
    migrate_everything(build_registry(db, [dummy], web=False).migration_sources)
    return start(db, [dummy])


@pytest.fixture
def web(db):
    """A client of the whole application with the dummy plugin on."""
    migrate_everything(build_registry(db, [dummy], web=False).migration_sources)
    return create_app(db, [dummy]).test_client()


@pytest.fixture
def call(db):
    return Context(actor=system_actor(date(2026, 3, 2)), settings=db, language="en")


def given(registry, hook):
    return [item for owner, item in registry.owned(hook) if owner == "dummy"]


def kinds_of_rule_sets(ctx):
    adding = next(verb for verb in LAW_VERBS if verb.name == "law.add_rule_version")
    return adding.by_name["kind"].choices(ctx)


def noted(hook):
    return [row.detail for row in DummyCall.select().where(DummyCall.hook == hook).order_by(DummyCall.id)]


# ---- what holds for all


def test_every_hook_has_a_section_under_its_exact_signature():
    text = (ROOT / "docs" / "plugins" / "hooks.md").read_text()
    headings = [line for line in text.splitlines() if line.startswith("### ")]

    assert headings == [
        f"### `{name}({ast.unparse(node.args)}) -> {ast.unparse(node.returns)}`"
        for name, node in SPECIFICATIONS.items()
    ]


def test_every_hook_is_known_to_the_manager_and_used_by_the_dummy(db):
    manager = build_registry(db, [dummy], web=False).manager
    known = {name for name in vars(manager.hook) if not name.startswith("_")}
    used = {caller.name for caller in manager.get_hookcallers(dummy)}

    assert known == set(SPECIFICATIONS)
    assert used == known


def test_every_hook_has_a_test_of_its_name():
    here = {name.removeprefix("test_") for name, value in globals().items() if inspect.isfunction(value)}

    assert set(SPECIFICATIONS) <= here


def test_every_hook_says_in_one_sentence_what_it_is_for():
    for name in SPECIFICATIONS:
        assert len(inspect.getdoc(getattr(hookspecs, name)).split("\n\n")) == 1, name


# ---- one for each


def test_register_settings(db):
    chosen = db.model_copy(update={"sections": {"dummy": {"greeting": "Halo", "limit": "7"}}})

    registry = build_registry(chosen, [dummy], web=False)

    section = registry.settings.section("dummy", dummy.DummySettings)
    assert (section.greeting, section.limit) == ("Halo", 7)


def test_register_models(registry):
    assert given(registry, "register_models") == [DummyCall]
    assert registry.tables_of("dummy") == ["dummy_call"]


def test_register_migrations(registry):
    owners = [history.owner for history in histories_of(registry.migration_sources)]

    assert owners == ["core", "dummy"]
    assert DummyCall.table_exists()


def test_register_permissions(registry):
    officer = next(role for role in registry.roles if role.name == "hr_officer")

    assert [permission.name for permission in given(registry, "register_permissions")] == ["dummy.wave"]
    assert officer.permissions[-1] == "dummy.wave"


def test_register_roles(registry):
    from core.identity.roles import permissions_of

    assert permissions_of("dummy.waver") == frozenset({"dummy.wave"})
    assert "dummy.wave" in permissions_of("hr_officer")
    assert "dummy.wave" not in permissions_of("auditor")


def test_register_policies(registry):
    known = Actor(today=date(2026, 3, 2), account_id=1)
    waver = Actor(today=date(2026, 3, 2), account_id=2, grants=(Grant("dummy.waver", "", frozenset({"dummy.wave"})),))

    assert policy.visible(Actor(today=date(2026, 3, 2)), DummyCall) is False
    assert policy.visible(known, DummyCall) is True
    assert not policy.may(known, "dummy.wave", None)
    assert policy.may(waver, "dummy.wave", None)


def test_register_schema(web):
    answer = web.post("/graphql", json={"query": '{ dummyGreeting(name: "Wayan") { text } }'})

    assert answer.json["data"] == {"dummyGreeting": {"text": "Hello Wayan"}}


def test_a_stream_of_a_plugin_tells_what_concerns_the_subscriber(web, call):
    account = identity.create_account(call, username="wayan")
    token = identity.create_api_token(call, name="t", scopes=("read",), account_id=account.id).token
    query = 'subscription { dummyWaved(by: "Wayan") { text } }'
    headers = {"Authorization": f"Bearer {token}"}

    response = web.post("/graphql/stream", json={"query": query}, headers=headers)
    told = response.iter_encoded()
    beginning = next(told)
    with unit_of_work(call) as work:
        work.emit("dummy.waved", {"by": "Made"})
        work.emit("dummy.waved", {"by": "Wayan"})
    message = next(told)
    response.close()
    reader_has_ended()

    assert beginning.startswith(b"retry: ")
    assert b'data: {"data":{"dummyWaved":{"text":"Wayan waves"}}' in message


def test_a_stream_that_waits_for_a_misspelt_event_stops_start_up(db, monkeypatch):
    migrate_everything(build_registry(db, [dummy], web=False).migration_sources)
    declared = dummy_schema.Subscription.__dict__["dummy_waved"]
    monkeypatch.setattr(declared, "source", dataclasses.replace(declared.source, events=("dummy.waived",)))
    # A schema of the same parts may be kept from another test.
    monkeypatch.setattr("schema.application._built", deque())

    with pytest.raises(CannotStart, match=r"dummy\.waived"):
        create_app(db, [dummy])


def test_register_facts(registry, call):
    (fact,) = given(registry, "register_facts")

    value = fact.measure(call, 1, date(2026, 1, 1), date(2026, 3, 31))

    assert (value.value, value.cases, value.evidence) == (Decimal(3), 3, {"query": "calls"})


def test_register_admin_views(db):
    registry = build_registry(db, [dummy])

    assert [view.endpoint for view in registry.admin_views if view.endpoint.startswith("dummy")] == ["dummy_view"]


def test_register_dashboard_cards(registry, call):
    (card,) = given(registry, "register_dashboard_cards")

    assert [(figure.label, figure.value) for figure in card.figures(call)] == [("Calls", "3")]


def test_register_commands(registry):
    (command,) = given(registry, "register_commands")

    result = CliRunner().invoke(command.build(), ["wave"])

    assert (result.exit_code, result.output) == (0, "dummy waves\n")


def test_register_jobs(registry):
    queue = JobQueue(registry.settings, registry.jobs, immediate=True)

    queue.enqueue("dummy.tidy")

    assert noted("job") == ["dummy.tidy"]


def test_register_events(registry):
    assert [event.name for event in given(registry, "register_events")] == ["dummy.waved"]


def test_register_event_handlers(registry, call):
    with unit_of_work(call) as work:
        work.emit("dummy.waved", {"by": "Wayan"})
        assert noted("event") == []

    assert noted("event") == ["Wayan"]


def test_register_capabilities(registry):
    @runtime_checkable
    class Clock(Protocol):
        def hour(self) -> int: ...

    @runtime_checkable
    class Calendar(Protocol):
        def month(self) -> int: ...

    assert registry.capability("dummy.clock@1", Clock).hour() == 7
    assert registry.capability("dummy.clock@2", Clock) is None
    assert registry.capability("dummy.clock@1", Calendar) is None
    assert recent_faults("dummy")[-1].error == "TypeError: Clock is no Calendar"


def test_register_translations(registry):
    assert translate("A dummy objects.", "id") == "Sebuah boneka keberatan."


def test_register_checks(registry, call):
    (check,) = given(registry, "register_checks")

    assert [problem.code for problem in check.run(call)] == ["DUMMY_ILL"]


def test_register_demo_data(registry, call):
    (demo,) = given(registry, "register_demo_data")

    demo.load(call, 42)

    assert noted("demo") == ["42"]


def test_register_importers(registry):
    (importer,) = given(registry, "register_importers")

    assert (importer.name, importer.build()) == ("dummy.calls", "an importer")


def test_register_verbs(registry, call):
    (verb,) = given(registry, "register_verbs")

    verb.run(call, Target(0), {"to": "you"})

    assert noted("verb") == ["you"]


def test_register_rule_sets(registry, call):
    (rule_set,) = given(registry, "register_rule_sets")
    first = rule_in_force("dummy.waving", date(2026, 3, 2))
    new = {"regulation": "Perwal 1", "source": "-", "confidence": "M", "valid_from": date(2026, 4, 1), "valid_to": None}

    assert (first.revision, first.content) == (1, {"waves": 1})
    assert (rule_set.name, rule_set.title) in kinds_of_rule_sets(call)
    with pytest.raises(Refused) as refusal:
        add_rule_version(call, NewRuleVersion(kind="dummy.waving", content={"waves": 3}, **new))
    assert [(problem.code, problem.params) for problem in refusal.value.problems] == [
        ("BAD_RULE_CONTENT", {"place": "waves"})
    ]
    added = add_rule_version(call, NewRuleVersion(kind="dummy.waving", content={"waves": 2}, **new))
    assert added.revision == FIRST_LOCAL_REVISION
    assert rule_in_force("dummy.waving", date(2026, 3, 31)).content == {"waves": 1}
    assert rule_in_force("dummy.waving", date(2026, 4, 1)).content == {"waves": 2}


def test_the_rules_of_a_plugin_stay_while_it_is_off_and_nobody_adds_to_them(registry, db, call):
    start(db)

    assert rule_in_force("dummy.waving", date(2026, 3, 2)).content == {"waves": 1}
    new = NewRuleVersion("dummy.waving", "Perwal 1", "-", "M", date(2026, 4, 1), None, {"waves": 2})
    with pytest.raises(Refused) as refusal:
        add_rule_version(call, new)
    assert [problem.code for problem in refusal.value.problems] == ["UNKNOWN_RULE_KIND"]


def test_register_pages(web):
    answer = web.get("/-/dummy/hello")

    assert (answer.status_code, answer.text) == (200, "Hello")


def test_startup(registry):
    assert noted("startup") == ["2"]


def test_plugin_enabled(registry):
    start(registry.settings, [dummy])

    assert noted("plugin_enabled") == ["first"]


def test_plugin_disabled(registry):
    start(registry.settings, [])
    start(registry.settings, [])

    assert noted("plugin_disabled") == [""]


def test_validate_appraisal(registry):
    (problem,) = registry.validate_appraisal(12)

    assert (problem.code, problem.path) == ("DUMMY_OBJECTS", ("appraisal", 12))
    assert problem.message("id") == "Sebuah boneka keberatan."


def test_personal_data(registry):
    (held,), failed = registry.personal_data("Wayan")

    assert (held.title, held.rows, failed) == ("Calls", [{"hook": "none", "about": "Wayan"}], ())


def test_erase_personal_data(registry):
    (problem,) = registry.erase_personal_data("Wayan")

    assert (problem.code, problem.path) == ("DUMMY_KEEPS", ("employee", "Wayan"))
