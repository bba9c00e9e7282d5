"""What a browser may load and run on a page below /admin: our own files, and scripts that carry this answer's nonce."""

import secrets

from flask import Flask, g, request
from werkzeug.wrappers import Response

_POLICY = (
    "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)


def csp_nonce() -> str:
    """Return the nonce of this request, the same wherever it is asked for."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(18)
    return str(g.csp_nonce)


def guard(app: Flask) -> None:
    """Send the strict policy with every answer below /admin, errors among them."""

    @app.after_request
    def restrict(response: Response) -> Response:
        if request.path == "/admin" or request.path.startswith("/admin/"):
            response.headers["Content-Security-Policy"] = _POLICY.format(nonce=csp_nonce())
        return response
