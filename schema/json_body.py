"""The body of an HTTP request that is to be JSON: its kind and its size."""

from flask import request
from werkzeug.exceptions import RequestEntityTooLarge

from core.i18n import N_
from core.settings import Settings
from schema.bad_request import BadRequest

JSON = "application/json"


def require_json() -> None:
    """Refuse a request whose body is not said to be JSON."""
    # A form or plain text can be sent by any web page without asking; JSON cannot.
    if request.mimetype != JSON:
        raise BadRequest(
            "BAD_CONTENT_TYPE",
            N_("The body is {given}. Send it as {wanted}."),
            415,
            given=request.mimetype or "?",
            wanted=JSON,
        )


def whole_body(settings: Settings) -> bytes:
    """Return the body; refuse one of more than `graphql_max_bytes`."""
    request.max_content_length = settings.graphql_max_bytes
    try:
        return request.get_data(cache=False)
    except RequestEntityTooLarge:
        raise BadRequest(
            "BODY_TOO_LARGE",
            N_("The body has more than {limit} bytes. Send less at once, in several requests."),
            413,
            limit=settings.graphql_max_bytes,
        ) from None
