"""What is told as it happens: runs that end, nominations that go on, awards."""

from collections.abc import Mapping
from typing import Any

import strawberry

from core.plugin_api import Context
from plugins.rewards.programmes.events import AWARD_GRANTED, AWARD_REVOKED, NOMINATION_CHANGED, RUN_FINISHED
from plugins.rewards.programmes.schema.types import Award, EligibilityRun, Nomination
from schema.engine import stream

Payload = Mapping[str, Any]


def _of_round(_ctx: Context, payload: Payload, round_id: str | None = None) -> bool:
    return round_id in {None, f"RewardRound:{payload['round_id']}"}


def _run(_ctx: Context, payload: Payload, **_asked: Any) -> Any:
    return payload["run_id"]


def _nomination(_ctx: Context, payload: Payload, **_asked: Any) -> Any:
    return payload["nomination_id"]


_ROUND = {"round_id": (strawberry.ID | None, "Only of this round.", None)}


class Subscription:
    """What is told as it happens."""

    eligibility_run_finished: EligibilityRun | None = stream(
        _run,
        "An eligibility run that has ended.",
        events=[RUN_FINISHED],
        concerns=_of_round,
        args=_ROUND,
    )
    nomination_changed: Nomination | None = stream(
        _nomination,
        "A nomination that was made or went a step on.",
        events=[NOMINATION_CHANGED],
        concerns=_of_round,
        args=_ROUND,
    )
    award_changed: Award | None = stream(
        lambda _ctx, payload: payload["award_id"],
        "An award that was granted or revoked.",
        events=[AWARD_GRANTED, AWARD_REVOKED],
        args={},
    )
