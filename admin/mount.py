"""Puts the back office into an application: Flask-Admin with our pages, and the views of every plugin."""

from typing import Any

from babel.numbers import format_decimal
from flask import Blueprint, Flask, g
from flask_admin import Admin
from flask_admin.theme import Bootstrap4Theme
from flask_babel import Babel

from admin import access
from admin.home import HomeView
from core.contributions import AdminView
from core.errors import Problem
from core.i18n import N_
from core.plugin_host import PluginError
from core.registry import Registry


def mount(app: Flask, registry: Registry) -> None:
    """Mount the back office at /admin."""
    # The words of the library itself are never shown; it wants the extension all the same.
    Babel(app, locale_selector=lambda: g.language)
    assets = Blueprint(
        "backoffice", __name__, template_folder="templates", static_folder="static", url_prefix="/admin/backoffice"
    )
    app.register_blueprint(assets)
    app.jinja_env.globals.update(
        form_token=access.form_token,
        current_actor=access.actor,
        current_language=lambda: g.language,
        number=lambda value: format_decimal(value, locale=g.language),
    )
    theme = Bootstrap4Theme(base_template="backoffice/base.html")
    admin = Admin(app, name="Kinerja", url="/admin", index_view=HomeView(), theme=theme)
    for owner, contribution in registry.owned("register_admin_views"):
        admin.add_view(_built(owner, contribution))


def _built(owner: str, contribution: AdminView) -> Any:
    """Build one view; a plugin whose view cannot be built stops start-up by name."""
    try:
        view: Any = contribution.build()
    except Exception as error:
        text = N_("Plugin {plugin} fails in {hook}: {error}. Repair it or take it off the setting plugins.")
        params = {"plugin": owner, "hook": "register_admin_views", "error": f"{type(error).__name__}: {error}"}
        raise PluginError(Problem("PLUGIN_BROKEN", text, params=params)) from error
    if view.endpoint != contribution.endpoint:
        text = N_("Plugin {plugin}: {hook} gives the name {name}, which does not begin with {prefix}. Rename it so.")
        params = {
            "plugin": owner,
            "hook": "register_admin_views",
            "name": view.endpoint,
            "prefix": contribution.endpoint,
        }
        raise PluginError(Problem("PLUGIN_PREFIX", text, params=params))
    return view
