"""What the history needs by the clock."""

from core.context import Context
from core.contributions import Job
from core.errors import refuse
from core.history.chain import broken_links
from core.i18n import N_

VERIFY = "history.verify"
"""The name of the job that checks the chain of hashes."""


def _verify(_ctx: Context) -> None:
    broken = [str(key) for key, _ in broken_links()]
    if broken:
        text = N_("History rows do not fit their hashes: {rows}. Run: kinerja history verify")
        raise refuse("HISTORY_BROKEN", text, rows=", ".join(broken[:10]))


JOBS: tuple[Job, ...] = (
    Job(VERIFY, N_("Check that nobody changed the history past the application"), _verify, "10 3 * * *"),
)
