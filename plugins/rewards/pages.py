"""Pages below /-/rewards/, joined from the areas of the plugin."""

from typing import Any

from flask import Blueprint, Flask, g

from admin import access
from core.plugin_api import Registry, translate
from plugins.rewards.allowance import pages as allowance
from plugins.rewards.innovations import pages as innovations
from plugins.rewards.points import pages as points
from plugins.rewards.programmes import pages as programmes


def mount(app: Flask, _registry: Registry) -> None:
    """Register the pages."""
    pages = Blueprint(
        "rewards", "plugins.rewards", template_folder="templates", static_folder="static", static_url_path="/static"
    )
    for area in (innovations, points, allowance, programmes):
        area.add_to(pages)

    @pages.context_processor
    def _for_every_page() -> dict[str, Any]:
        return {"language": g.language, "t": translate, "form_token": access.form_token}

    @pages.after_request
    def _unkept(response: Any) -> Any:
        # What the caller may see may change from call to call.
        if "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "private, no-cache"
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    app.register_blueprint(pages, url_prefix="/-/rewards")
