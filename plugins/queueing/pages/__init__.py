"""Pages below /-/queueing/: for citizens, counters, displays and managers."""

from typing import Any

from flask import Blueprint, Flask, g

from core.plugin_api import Registry, translate
from plugins.queueing.pages import booking, calling, counter, dashboard, kiosk, planning, public, streams, ticket
from plugins.queueing.pages.showing import FILTERS

_SUBJECTS = (public, kiosk, booking, ticket, counter, dashboard, planning, streams)


def mount(app: Flask, registry: Registry) -> None:
    """Register the pages."""
    pages = Blueprint(
        "queueing", "plugins.queueing", template_folder="templates", static_folder="static", static_url_path="/static"
    )
    for subject in _SUBJECTS:
        subject.add_to(pages)
    app.extensions["queueing.rates"] = calling.rates_of(registry.settings)

    @pages.context_processor
    def _for_every_page() -> dict[str, Any]:
        return {
            "language": g.language,
            "t": translate,
            "queueing_form_token": calling.form_token,
            "who": calling.actor(),
            **FILTERS,
        }

    @pages.after_request
    def _unkept(response: Any) -> Any:
        # What citizens and staff see of tickets stays out of caches between them and here.
        if "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-store"
        return response

    app.register_blueprint(pages, url_prefix="/-/queueing")
