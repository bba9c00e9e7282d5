"""The back office before the world of the walk: an application in which a header says who the caller is."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from flask import g, request

from admin.views import ScopedView
from core import faults
from core.app import create_app
from core.database import database
from core.migrating import migrate_everything
from core.plugin_host import build_registry
from core.settings import Settings
from tests.support import databases
from tests.support.walk.reads import unnoted
from tests.support.walk.world import World, build_world

FIRST_PARTY = ("queueing", "rewards", "training")
TOKEN = "a-token-of-the-walk"


@contextmanager
def open_office(database_url: str, folder: Path) -> Iterator[World]:
    """Build the world and the application with every plugin of this repository; `world.app` is the application."""
    settings = Settings(secret_key="x" * 40, database_url=database_url, var_dir=folder, files_dir=folder / "files")
    databases.open_for_tests(database_url)
    # What failed in other tests of this process is no part of these pages.
    faults._faults.clear()
    migrate_everything(build_registry(settings, FIRST_PARTY, web=True).migration_sources)
    app = create_app(settings, FIRST_PARTY)
    world = build_world(settings)
    # No caller's roles or places change in this world: what an actor is need not be read at every request.
    actor_of = cache(lambda name: world.actors[name]())

    @app.before_request
    def be_the_caller() -> None:
        name = request.headers.get("X-Caller")
        if name:
            g.actor = actor_of(name)

    world.app = app
    with unnoted():
        yield world
    if database.is_closed():
        database.connect()
    databases.empty()
    database.close()


def views(app: Any) -> dict[Any, Any]:
    """Every view of a model, by model."""
    found = {view.model: view for view in app.extensions["admin"][0]._views if isinstance(view, ScopedView)}
    return dict(sorted(found.items(), key=lambda item: item[0].__name__))


class Browser:
    """The browser of one caller, with the token that its forms need."""

    def __init__(self, world: World, name: str, language: str = "en") -> None:
        self.client = world.app.test_client()
        self.headers = {"X-Caller": name, "Accept": "text/html"}
        self.client.set_cookie("language", language)
        with self.client.session_transaction() as session:
            session["token"] = TOKEN

    def get(self, path: str, **options: Any) -> Any:
        return self.client.get(path, headers=self.headers, **options)

    def post(self, path: str, **data: Any) -> Any:
        return self.client.post(path, data={"token": TOKEN, **data}, headers=self.headers)
