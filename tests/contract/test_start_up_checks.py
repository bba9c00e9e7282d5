"""Whatever is wrong with a plugin stops start-up, and the message names plugin, fault and remedy in both languages."""

import types
from importlib.metadata import EntryPoint

import peewee as pw
import pytest

from core import plugin_host
from core.errors import CannotStart
from core.i18n import has_translation
from core.organisation.models import Employee
from core.plugin_api import (
    ActEntry,
    AdminView,
    Capability,
    Command,
    EventHandler,
    EventType,
    Job,
    MigrationSource,
    Permission,
    Plugin,
    PolicyEntry,
    Role,
    SettingsModel,
    Table,
    hookimpl,
)
from core.plugin_host import PluginError, build_registry
from core.settings import Settings


def settings(**values):
    return Settings(secret_key="x" * 40, **values)


def plugin(name="sample", hooks=None, **record):
    """Make a plugin's module: `hooks` maps the name of a hook to what it gives, or to a function."""
    module = types.ModuleType(f"sample_plugins.{name}")
    module.PLUGIN = Plugin(**{"name": name, "title": name, "description": name, "kinerja": ">=0.1", **record})
    for hook, given in (hooks or {}).items():
        setattr(module, hook, hookimpl(given if callable(given) else giving(given)))
    return module


def giving(value):
    def hook():
        return value

    return hook


def refusal(*plugins, **values):
    with pytest.raises(CannotStart) as stop:
        build_registry(settings(**values), list(plugins) or None, web=False)
    for problem in stop.value.problems:
        assert has_translation(problem.text, "id"), problem.text
        assert problem.message("id") != problem.message("en")
    return stop.value.message("en")


def table(name, **fields):
    meta = type("Meta", (), {"table_name": fields.pop("table_name", f"sample_{name.lower()}")})
    return type(name, (Table,), {"__module__": __name__, "Meta": meta, **fields})


def shown(model):
    return PolicyEntry(model, lambda actor, rows: True)


def test_a_plugin_that_is_not_installed_is_named_with_what_there_is():
    assert refusal(plugins=["parking"]) == (
        "Plugin parking is not installed. Install it or take it off the setting plugins; "
        "there is: queueing, rewards, training."
    )


def test_a_misspelt_plugin_is_named_with_the_closest():
    assert "Plugin reward is not installed. Did you mean rewards?" in refusal(plugins=["reward"])


def test_two_distributions_with_the_same_plugin_are_named(monkeypatch):
    points = [
        EntryPoint("rewards", "plugins.rewards.plugin", "kinerja.plugins"),
        EntryPoint("rewards", "other_rewards.plugin", "kinerja.plugins"),
    ]
    monkeypatch.setattr(plugin_host, "entry_points", lambda group: points)

    assert refusal(plugins=["rewards"]) == (
        "Two installed packages offer a plugin rewards: plugins.rewards.plugin, other_rewards.plugin. "
        "Uninstall one of them."
    )


def test_a_plugin_that_cannot_be_imported_is_named_with_its_error(monkeypatch):
    points = [EntryPoint("broken", "no_such_module_anywhere", "kinerja.plugins")]
    monkeypatch.setattr(plugin_host, "entry_points", lambda group: points)

    message = refusal(plugins=["broken"])

    assert message.startswith("Plugin broken cannot be imported: ModuleNotFoundError: No module named")
    assert "Repair its installation or take it off the list." in message


def test_an_entry_point_without_a_record_is_named(monkeypatch):
    points = [EntryPoint("json", "json", "kinerja.plugins")]
    monkeypatch.setattr(plugin_host, "entry_points", lambda group: points)

    assert "Plugin json: json has no PLUGIN = Plugin(…)." in refusal(plugins=["json"])


def test_a_record_with_another_name_than_its_entry_point_is_named(monkeypatch):
    points = [EntryPoint("prizes", "plugins.rewards.plugin", "kinerja.plugins")]
    monkeypatch.setattr(plugin_host, "entry_points", lambda group: points)

    assert "Plugin prizes calls itself rewards." in refusal(plugins=["prizes"])


@pytest.mark.parametrize("name", ["planning", "core", "port", "With-Dash", "under_score", "9lives"])
def test_a_reserved_or_odd_name_is_refused(name):
    assert f"Plugin {name}: the name is reserved or not made of lower-case letters" in refusal(plugin(name))


def test_a_plugin_outside_its_version_window_is_named():
    message = refusal(plugin(kinerja=">=7,<8"))

    assert "Plugin sample fits Kinerja >=7,<8, this is 0." in message
    assert "Install a release of it that fits." in message


def test_a_version_window_that_is_none_is_named():
    assert "Plugin sample: newest is no version specifier." in refusal(plugin(kinerja="newest"))


def test_a_missing_requirement_is_named():
    assert refusal(plugin(requires=("training",))) == (
        "Plugin sample requires training, which is not on. Add training to the setting plugins."
    )


def test_a_cycle_is_named_without_those_that_only_wait_behind_it():
    first = plugin("first", requires=("second",))
    second = plugin("second", after=("first",))
    behind = plugin("behind", requires=("first",))

    assert refusal(first, second, behind) == (
        "Plugins first, second wait for each other. Remove one of their requires or after."
    )


def test_order_is_dependency_then_name_and_core_first():
    registry = build_registry(
        settings(),
        [plugin("zeta"), plugin("alpha", requires=("zeta",)), plugin("mid"), plugin("beta", after=("absent",))],
        web=False,
    )

    assert [loaded.record.name for loaded in registry.plugins] == ["core", "beta", "mid", "zeta", "alpha"]


def test_runtime_hooks_are_called_in_that_order():
    calls = []

    def noting(name):
        def personal_data(employee):
            calls.append(name)

        return personal_data

    registry = build_registry(
        settings(),
        [
            plugin("alpha", {"personal_data": noting("alpha")}, requires=("zeta",)),
            plugin("zeta", {"personal_data": noting("zeta")}),
        ],
        web=False,
    )

    registry.manager.hook.personal_data(employee=None)

    assert calls == ["zeta", "alpha"]


def test_a_misspelt_hook_is_named_with_the_closest():
    assert refusal(plugin(hooks={"register_model": []})) == (
        "Plugin sample: there is no hook register_model. Did you mean register_models?"
    )


def test_a_hook_with_an_unknown_argument_is_named():
    message = refusal(plugin(hooks={"startup": lambda registre: None}))

    assert message.startswith("Plugin sample: a hook does not fit:")
    assert "registre" in message
    assert "docs/plugins/hooks.md has every signature." in message


def test_an_unmarked_hook_is_named():
    module = plugin()
    module.register_models = list

    assert refusal(module) == "Plugin sample: register_models is not marked. Write @hookimpl above it."


def test_a_hook_that_fails_is_named_with_its_error():
    def register_jobs():
        raise ValueError("no clock")

    assert refusal(plugin(hooks={"register_jobs": register_jobs})) == (
        "Plugin sample fails in register_jobs: ValueError: no clock. Repair it or take it off the setting plugins."
    )


def test_a_hook_that_gives_no_list_is_named():
    assert refusal(plugin(hooks={"register_jobs": Job("sample.tidy", "Tidy", print)})) == (
        "Plugin sample: register_jobs gives Job, not a list. Return a list, also of one."
    )


@pytest.mark.parametrize(
    ("hook", "item"),
    [("register_jobs", "tidy"), ("register_models", str), ("register_settings", dict), ("register_policies", Table)],
)
def test_a_contribution_of_another_kind_is_named(hook, item):
    message = refusal(plugin(hooks={hook: [item]}))

    assert message.startswith(f"Plugin sample: {hook} gives ")
    assert "Correct the hook." in message


def test_two_contributions_where_one_belongs_are_named(tmp_path):
    sources = [MigrationSource(tmp_path), MigrationSource(tmp_path)]

    assert "Plugin sample: register_migrations gives 2 contributions. Give one." in refusal(
        plugin(hooks={"register_migrations": sources})
    )


WRONG_PREFIXES = [
    ("register_permissions", Permission("wave", "Wave"), "wave", "sample."),
    ("register_permissions", Permission("sampled.wave", "Wave"), "sampled.wave", "sample."),
    ("register_roles", Role("waver", "Waver"), "waver", "sample."),
    ("register_policies", ActEntry("planning.submit", lambda actor, plan: True), "planning.submit", "sample."),
    ("register_jobs", Job("tidy", "Tidy", print), "tidy", "sample."),
    ("register_events", EventType("planning.waved", "Waved."), "planning.waved", "sample."),
    ("register_event_handlers", EventHandler("answer", "absent.event", print), "answer", "sample."),
    ("register_capabilities", Capability("clock@1", 1), "clock@1", "sample."),
    ("register_commands", Command("wave", "Wave", print), "wave", "sample"),
]


@pytest.mark.parametrize(("hook", "item", "name", "prefix"), WRONG_PREFIXES)
def test_a_name_without_the_plugins_prefix_is_named(hook, item, name, prefix):
    assert refusal(plugin(hooks={hook: [item]})) == (
        f"Plugin sample: {hook} gives the name {name}, which does not begin with {prefix}. Rename it so."
    )


def test_a_back_office_endpoint_without_the_prefix_is_named():
    with pytest.raises(
        PluginError, match="register_admin_views gives the name award_view, which does not begin with sam"
    ):
        build_registry(settings(), [plugin(hooks={"register_admin_views": [AdminView("award_view", object)]})])


def test_a_table_without_the_prefix_is_named():
    note = table("Note", table_name="notes")
    hooks = {"register_models": [note], "register_policies": [shown(note)]}

    assert refusal(plugin(hooks=hooks)) == (
        "Plugin sample: register_models gives the name notes, which does not begin with sample_. Rename it so."
    )


def test_the_same_name_twice_is_named_with_both_plugins():
    hooks = {"register_models": [Employee]}

    message = refusal(plugin(hooks=hooks))

    assert "Plugins core and sample both give Employee to register_models. Rename one of the two." in message
    assert "Plugins core and sample both give employee to register_models." in message


def test_the_same_name_twice_in_one_plugin_is_named():
    jobs = [Job("sample.tidy", "Tidy", print), Job("sample.tidy", "Tidy again", print)]

    assert "Plugins sample and sample both give sample.tidy to register_jobs." in refusal(
        plugin(hooks={"register_jobs": jobs})
    )


def test_a_class_name_of_core_is_refused_for_a_table_of_a_plugin():
    own = table("Employee", table_name="sample_employee")
    hooks = {"register_models": [own], "register_policies": [shown(own)]}

    assert refusal(plugin(hooks=hooks)) == (
        "Plugins core and sample both give Employee to register_models. Rename one of the two."
    )


def test_a_table_without_a_policy_is_named():
    assert refusal(plugin(hooks={"register_models": [table("Note")]})) == (
        "Plugin sample: nobody is told who sees Note. Give a PolicyEntry in register_policies."
    )


def test_a_policy_for_a_table_of_somebody_else_is_refused():
    message = refusal(plugin(hooks={"register_policies": [shown(Employee)]}))

    assert "Plugin sample gives a policy for Employee, which it does not own. Remove that policy." in message


@pytest.mark.parametrize("on_delete", [None, "RESTRICT", "NO ACTION"])
def test_a_foreign_key_that_could_block_core_is_named(on_delete):
    note = table("Note", employee=pw.ForeignKeyField(Employee, backref="+", on_delete=on_delete))
    hooks = {"register_models": [note], "register_policies": [shown(note)]}

    assert refusal(plugin(hooks=hooks)) == (
        "Plugin sample: Note.employee could block core when the plugin is off. "
        'Give it on_delete="CASCADE" or "SET NULL".'
    )


def test_a_foreign_key_that_adds_a_name_to_a_table_of_core_is_named():
    note = table("Note", employee=pw.ForeignKeyField(Employee, backref="sample_notes", on_delete="CASCADE"))
    hooks = {"register_models": [note], "register_policies": [shown(note)]}

    assert refusal(plugin(hooks=hooks)) == (
        'Plugin sample: Note.employee would add a name to the table it points to. Give it backref="+".'
    )


def test_an_unknown_role_permission_or_event_is_named_with_the_closest():
    hooks = {
        "register_permissions": [Permission("sample.wave", "Wave", roles=("hr_offiser",))],
        "register_roles": [Role("sample.waver", "Waver", ("sample.waev",))],
        "register_events": [EventType("sample.waved", "Waved.")],
        "register_event_handlers": [EventHandler("sample.answer", "sample.wave", print)],
    }

    assert refusal(plugin(hooks=hooks)).splitlines() == [
        "Plugin sample: sample.wave names hr_offiser, which nobody registers. Did you mean hr_officer?",
        "Plugin sample: sample.waver names sample.waev, which nobody registers. Did you mean sample.wave?",
        "Plugin sample: sample.answer names sample.wave, which nobody registers. Did you mean sample.waved?",
    ]


def test_a_handler_for_an_event_of_a_plugin_that_is_off_is_no_mistake():
    handlers = [EventHandler("sample.answer", "rewards.award_given", print)]

    registry = build_registry(settings(), [plugin(hooks={"register_event_handlers": handlers})], web=False)

    assert [item.name for owner, item in registry.owned("register_event_handlers") if owner == "sample"] == [
        "sample.answer"
    ]


class SampleSettings(SettingsModel):
    limit: int = 3


@pytest.mark.parametrize(
    ("section", "message"),
    [
        ({"limt": "4"}, "Unknown setting sample.limt ([sample]). Did you mean sample.limit? Correct or remove it."),
        ({"limit": "many"}, "The setting sample.limit is not usable: Input should be a valid integer"),
    ],
)
def test_a_wrong_setting_of_a_plugin_is_named(section, message):
    module = plugin(hooks={"register_settings": [SampleSettings]})

    assert message in refusal(module, sections={"sample": section})


def test_a_section_for_a_plugin_without_settings_is_refused():
    assert "Plugin sample has no settings. Remove the section sample." in refusal(
        plugin(), sections={"sample": {"limit": "4"}}
    )


def test_a_section_of_nobody_is_refused_and_that_of_a_plugin_that_is_off_may_stay():
    assert "Unknown setting quueing" in refusal(sections={"quueing": {"x": 1}})

    registry = build_registry(settings(sections={"queueing": {"x": 1}}), [], web=False)

    assert not registry.is_on("queueing")


def test_all_faults_are_told_at_once():
    hooks = {
        "register_jobs": [Job("tidy", "Tidy", print), Job("sort", "Sort", print)],
        "register_models": [table("Note")],
    }

    assert len(refusal(plugin(hooks=hooks)).splitlines()) == 3


def test_the_message_at_start_has_both_languages():
    with pytest.raises(PluginError) as stop:
        build_registry(settings(), [plugin(requires=("training",))], web=False)

    english, indonesian = str(stop.value).splitlines()
    assert english.startswith("Plugin sample requires training")
    assert indonesian.startswith("Plugin sample memerlukan training")
