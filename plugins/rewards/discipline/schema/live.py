"""What the people of a case are told as it happens; the policy keeps everybody else from hearing of it."""

from collections.abc import Mapping
from typing import Any

import strawberry

from core.plugin_api import Context
from plugins.rewards.discipline.events import CLOCK_BROKEN, STEP_DONE, SUPERIOR_SILENT
from plugins.rewards.discipline.schema.reading import DisciplineCase
from schema.engine import stream

Payload = Mapping[str, Any]


def _case(_ctx: Context, payload: Payload, case_id: strawberry.ID | None = None) -> int:  # noqa: ARG001 - see _concerns
    return int(payload["case_id"])


def _concerns(_ctx: Context, payload: Payload, case_id: strawberry.ID | None = None) -> bool:
    return case_id in {None, f"DisciplineCase:{payload['case_id']}"}


class DisciplineSubscription:
    """Live fields of discipline."""

    discipline_case_changed: DisciplineCase | None = stream(
        _case,
        "A case of the caller in which a step was done or a deadline passed.",
        events=[STEP_DONE, CLOCK_BROKEN, SUPERIOR_SILENT],
        concerns=_concerns,
        args={"case_id": (strawberry.ID | None, "Only this case.", None)},
    )
