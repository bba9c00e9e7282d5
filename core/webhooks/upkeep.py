"""What the doctor asks about webhooks."""

from collections.abc import Sequence

from core.context import Context
from core.contributions import Check
from core.errors import Problem
from core.i18n import N_
from core.webhooks.services import list_webhooks
from core.webhooks.terms import PauseReason


def webhooks_send(ctx: Context) -> Sequence[Problem]:
    """Tell which webhooks were paused because their receivers failed."""
    text = N_(
        "The webhook {name} of {owner} is paused: its receiver failed. Mend it. Then: kinerja webhooks resume {id}"
    )
    return [
        Problem("WEBHOOK_PAUSED", text, params={"name": row.name, "owner": row.account.username, "id": row.id})
        for row in list_webhooks(ctx)
        if row.paused_reason is PauseReason.FAILING
    ]


CHECKS: tuple[Check, ...] = (Check("webhooks.send", N_("No webhook is paused by failures"), webhooks_send),)
