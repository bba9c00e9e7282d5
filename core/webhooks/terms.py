"""Terms of webhooks."""

from enum import StrEnum


class WebhookState(StrEnum):
    """Whether a webhook sends; a paused one collects what it is to send."""

    ACTIVE = "ACTIVE"
    PAUSED = "PAUSED"


class PauseReason(StrEnum):
    """Why a webhook does not send."""

    NONE = "NONE"
    REQUESTED = "REQUESTED"
    FAILING = "FAILING"


class DeliveryState(StrEnum):
    """What became of one event for one webhook."""

    WAITING = "WAITING"
    DELIVERED = "DELIVERED"
    SKIPPED = "SKIPPED"
    DEAD = "DEAD"
