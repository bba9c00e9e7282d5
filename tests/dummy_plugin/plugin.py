"""The dummy plugin: every hook of Kinerja once."""

from decimal import Decimal
from pathlib import Path

from core.plugin_api import (
    N_,
    ActEntry,
    AdminView,
    Capability,
    Check,
    Command,
    DashboardCard,
    DemoData,
    Does,
    EventHandler,
    EventType,
    FactDefinition,
    FactValue,
    Figure,
    Importer,
    Job,
    MigrationSource,
    Pages,
    Permission,
    PersonalData,
    Plugin,
    PolicyEntry,
    Problem,
    Role,
    RuleSet,
    SettingsModel,
    TranslationSource,
    Verb,
    VerbField,
    hookimpl,
)
from tests.dummy_plugin.models import DummyCall

PLUGIN = Plugin(name="dummy", title="Dummy", description="Uses every hook once.", kinerja=">=0.1,<1")

_FOLDER = Path(__file__).parent


class DummySettings(SettingsModel):
    greeting: str = "Hello"
    limit: int = 3


class Clock:
    def hour(self) -> int:
        return 7


def note(hook: str, detail: str = "") -> None:
    DummyCall.create(hook=hook, detail=detail)


@hookimpl
def register_settings():
    return [DummySettings]


@hookimpl
def register_models():
    return [DummyCall]


@hookimpl
def register_migrations():
    return [MigrationSource(_FOLDER / "migrations")]


@hookimpl
def register_permissions():
    return [Permission("dummy.wave", "Wave", roles=("hr_officer",))]


@hookimpl
def register_roles():
    return [Role("dummy.waver", "Waver", ("dummy.wave",))]


@hookimpl
def register_policies():
    return [
        PolicyEntry(DummyCall, lambda actor, table: actor.is_known),
        ActEntry("dummy.wave", lambda actor, subject: bool(actor.paths("dummy.wave"))),
    ]


@hookimpl
def register_schema():
    from tests.dummy_plugin.schema import PARTS

    return [PARTS]


@hookimpl
def register_facts():
    return [
        FactDefinition(
            "dummy.calls",
            "Calls",
            "calls",
            "unit",
            lambda ctx, unit, start, end: FactValue(Decimal(3), 3, {"query": "calls"}),
        )
    ]


@hookimpl
def register_admin_views():
    def build():
        from flask_admin import BaseView, expose

        class DummyView(BaseView):
            @expose("/")
            def index(self):
                return "dummy view"

        return DummyView(name="Dummy", endpoint="dummy_view")

    return [AdminView("dummy_view", build)]


@hookimpl
def register_dashboard_cards():
    return [DashboardCard("dummy.card", "Dummy", lambda ctx: [Figure("Calls", "3")])]


@hookimpl
def register_commands():
    def build():
        import typer

        app = typer.Typer()

        @app.command("wave", help="Wave.")
        def wave() -> None:
            typer.echo("dummy waves")

        @app.callback()
        def group() -> None:
            """Let the group have one command."""

        return app

    return [Command("dummy", "Dummy", build)]


@hookimpl
def register_jobs():
    return [Job("dummy.tidy", "Tidy", lambda ctx: note("job", ctx.actor.name), schedule="0 3 * * *")]


@hookimpl
def register_events():
    return [EventType("dummy.waved", "Somebody waved.")]


@hookimpl
def register_event_handlers():
    return [EventHandler("dummy.answer", "dummy.waved", lambda event, ctx: note("event", event.payload["by"]))]


@hookimpl
def register_capabilities():
    return [Capability("dummy.clock@1", Clock())]


@hookimpl
def register_translations():
    return [TranslationSource(_FOLDER / "translations")]


@hookimpl
def register_checks():
    return [Check("dummy.check", "Is the dummy well", lambda ctx: [Problem("DUMMY_ILL", N_("A dummy objects."))])]


@hookimpl
def register_demo_data():
    return [DemoData("dummy.demo", "Calls", lambda ctx, seed: note("demo", str(seed)))]


@hookimpl
def register_importers():
    return [Importer("dummy.calls", "Calls", lambda: "an importer")]


@hookimpl
def register_verbs():
    def wave(ctx, target, values):
        note("verb", values["to"])

    return [Verb("dummy.wave", "Wave", DummyCall, Does.CREATE, wave, (VerbField("to", "To"),))]


@hookimpl
def register_rule_sets():
    def fault_of(content):
        return None if content.get("waves") in {1, 2} else "waves"

    return [RuleSet("dummy.waving", "Waving", fault_of, _FOLDER / "data")]


@hookimpl
def register_pages():
    def mount(app, registry):
        from flask import Blueprint

        pages = Blueprint("dummy", __name__)

        @pages.get("/hello")
        def hello():
            return registry.settings.section("dummy", DummySettings).greeting

        app.register_blueprint(pages, url_prefix="/-/dummy")

    return [Pages("/-/dummy", mount)]


@hookimpl
def startup(registry):
    note("startup", str(len(registry.plugins)))


@hookimpl
def plugin_enabled(since):
    note("plugin_enabled", "first" if since is None else since.isoformat())


@hookimpl
def plugin_disabled():
    note("plugin_disabled")


@hookimpl
def validate_appraisal(appraisal):
    return [Problem("DUMMY_OBJECTS", N_("A dummy objects."), ("appraisal", appraisal))]


@hookimpl
def personal_data(employee):
    return [PersonalData("Calls", [{"hook": "none", "about": employee}])]


@hookimpl
def erase_personal_data(employee):
    return [Problem("DUMMY_KEEPS", N_("A dummy objects."), ("employee", employee))]
