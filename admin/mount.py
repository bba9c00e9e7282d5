"""Puts the back office into an application: Flask-Admin with our pages, and the views of every plugin."""

from typing import Any

from babel.numbers import format_decimal
from flask import Blueprint, Flask, g, request
from flask_admin import Admin
from flask_admin.theme import Bootstrap4Theme
from flask_babel import Babel

from admin import access
from admin.documents.pages import mount as mount_documents
from admin.guarding import csp_nonce, guard
from admin.history_of_row import history_of_row
from admin.home import HomeView
from admin.library_texts import speak_for_libraries
from admin.navigation import Navigation
from admin.show import shown
from core.contributions import AdminView
from core.errors import Problem
from core.i18n import N_
from core.plugin_host import PluginError
from core.registry import Registry

_FAULTS_OF_SERVER = 500


def mount(app: Flask, registry: Registry) -> None:
    """Mount the back office at /admin."""
    Babel(app, locale_selector=lambda: g.language)
    speak_for_libraries()
    guard(app)
    assets = Blueprint(
        "backoffice", __name__, template_folder="templates", static_folder="static", url_prefix="/admin/backoffice"
    )
    app.register_blueprint(assets)
    mount_documents(app)
    app.jinja_env.globals.update(
        form_token=access.form_token,
        current_actor=access.actor,
        current_language=lambda: g.language,
        csp_nonce=csp_nonce,
        history_of_row=history_of_row,
        day=lambda value: shown(value, registry.settings),
        layout_of_error=_layout_of_error,
        number=lambda value: format_decimal(value, locale=g.language),
    )
    theme = Bootstrap4Theme(base_template="backoffice/base.html")
    admin = Admin(app, name="Kinerja", url="/admin", index_view=HomeView(), theme=theme)
    titles = {plugin.record.name: plugin.record.title for plugin in registry.plugins if not plugin.is_built_in}
    groups: dict[str, str] = {}
    for owner, contribution in registry.owned("register_admin_views"):
        view = _built(owner, contribution)
        admin.add_view(view)
        groups[view.endpoint] = titles.get(owner, "")
    navigation = Navigation(admin, groups)
    app.jinja_env.globals.update(navigation=navigation.groups, account_url=navigation.account_url)


def _layout_of_error(status: int) -> str:
    """Return the template in which an error is told: a person who is known stays among the pages here.

    A fault of the server itself is told without asking the database anything more.
    """
    is_here = status < _FAULTS_OF_SERVER and request.path.startswith("/admin/") and access.actor().is_known
    return "backoffice/base.html" if is_here else "base.html"


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
