"""Whether PostgreSQL plans a prepared statement once, or anew for the values of each call.

A large statement takes longer to plan than to run, and PostgreSQL left to itself plans it each time, since it cannot
see that the plan without values is no worse.
"""

from core.connection_settings import tell
from core.database import database, is_sqlite


def plan_once(*, wanted: bool) -> None:
    """Let this thread's connection plan prepared statements once, or (not wanted) as PostgreSQL sees fit."""
    if not is_sqlite() and not database.is_closed():
        tell("plan_cache_mode", "force_generic_plan" if wanted else "auto", default="auto")
