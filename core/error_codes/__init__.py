"""Every code with which something is refused or fails: what it means, what to do, and its HTTP status if it has one.

A code is never given another meaning. `python -m tests.support.errors_page` writes docs/clients/errors.md from here and
prints the codes of the program that are still missing here.
"""

from core.error_codes.appraisal import APPRAISAL
from core.error_codes.attendance import ATTENDANCE
from core.error_codes.back_office import BACK_OFFICE
from core.error_codes.exchange import EXCHANGE
from core.error_codes.facts import FACTS
from core.error_codes.house import HOUSE
from core.error_codes.identity import IDENTITY
from core.error_codes.organisation import ORGANISATION
from core.error_codes.planning import PLANNING
from core.error_codes.programs import PROGRAMS
from core.error_codes.progress import PROGRESS
from core.error_codes.records import RECORDS
from core.error_codes.requests import REQUESTS
from core.error_codes.statistics import STATISTICS
from core.i18n import N_

AREAS: dict[str, dict[str, str]] = {
    N_("Requests"): REQUESTS,
    N_("Accounts"): IDENTITY,
    N_("Organisation"): ORGANISATION,
    N_("Attendance"): ATTENDANCE,
    N_("Plans"): PLANNING,
    N_("Progress"): PROGRESS,
    N_("Facts"): FACTS,
    N_("Evaluations"): APPRAISAL,
    N_("Files"): EXCHANGE,
    N_("Records"): RECORDS,
    N_("Bin, bulk changes and approval"): BACK_OFFICE,
    N_("Aggregates and charts"): STATISTICS,
    N_("Other programs"): PROGRAMS,
    N_("Running it"): HOUSE,
}
"""The codes by area, each with its meaning and its remedy; `{…}` stands for what the case names."""

ERROR_CODES: dict[str, str] = {code: text for codes in AREAS.values() for code, text in codes.items()}
"""Every code with its meaning and its remedy."""

STATUSES: dict[str, int] = {
    "BAD_BODY": 400,
    "BAD_EXTENSIONS": 400,
    "BAD_JSON": 400,
    "BAD_OPERATION_NAME": 400,
    "BAD_REQUEST": 400,
    "BAD_VARIABLES": 400,
    "BATCH_TOO_LARGE": 400,
    "BATCH_TOO_LONG": 400,
    "NO_BATCHES": 400,
    "NO_QUERY": 400,
    "UNAUTHENTICATED": 401,
    "FORBIDDEN": 403,
    "NOT_FOUND": 404,
    "METHOD_NOT_ALLOWED": 405,
    "QUERIES_ONLY": 405,
    "STALE_VERSION": 409,
    "BODY_TOO_LARGE": 413,
    "FILE_TOO_LARGE": 413,
    "REQUEST_ENTITY_TOO_LARGE": 413,
    "BAD_CHARSET": 415,
    "BAD_CONTENT_TYPE": 415,
    "FILE_TYPE_NOT_ACCEPTED": 415,
    "STREAMS_ONLY": 406,
    "REQUEST_TIMEOUT": 408,
    "RATE_LIMITED": 429,
    "LIVE_STREAMS_OF_ACCOUNT": 429,
    "LIVE_STREAMS_OF_ADDRESS": 429,
    "INTERNAL_ERROR": 500,
    "CHARTS_BUSY": 503,
    "CHART_FAILED": 503,
    "DATABASE_UNAVAILABLE": 503,
    "LIVE_STREAMS_FULL": 503,
    "MIGRATIONS_PENDING": 503,
}
"""The HTTP status of an answer that consists of this refusal; without one it is data in an answer of status 200."""
