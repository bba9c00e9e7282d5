"""The look-up by which forms and filters find rows of a view."""

from typing import Any

from flask import Response, jsonify, redirect, request, url_for
from flask_admin import expose

from admin import access
from admin.listing.lookups import looked_up
from core.i18n import N_, translate

_NOT_LOGGED_IN = N_("You are not logged in. Log in and repeat.")


class LookupPages:
    """What a view answers to inputs that look for a row."""

    model: Any
    endpoint: Any

    @expose("/lookup")
    def lookup_view(self) -> Response:
        """Give the rows that fit `q` as JSON: id and text, those that begin so first."""
        return jsonify(looked_up(access.actor(), self.model, request.args.get("q", "")))

    def inaccessible_callback(self, name: str, **kwargs: Any) -> Any:  # noqa: ARG002 - Flask-Admin's signature
        """Send a stranger to the log-in and back here afterwards; an input is told in JSON."""
        if name == "lookup_view":
            answer = jsonify({"error": {"code": "FORBIDDEN", "message": translate(_NOT_LOGGED_IN)}})
            answer.status_code = 403
            return answer
        target = request.full_path if request.method == "GET" else url_for(f"{self.endpoint}.index_view")
        return redirect(url_for("admin.login", next=target))
