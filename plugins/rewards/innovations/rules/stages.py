"""Which step may follow which, and what each asks for."""

from collections.abc import Mapping
from datetime import date

from core.plugin_api import N_, Problem
from plugins.rewards.innovations.terms import InnovationStage

NEXT: Mapping[InnovationStage, frozenset[InnovationStage]] = {
    InnovationStage.PROPOSED: frozenset({InnovationStage.TRIED, InnovationStage.DECLINED}),
    InnovationStage.TRIED: frozenset({InnovationStage.ADOPTED, InnovationStage.DECLINED}),
    InnovationStage.ADOPTED: frozenset({InnovationStage.ENDED}),
    InnovationStage.DECLINED: frozenset(),
    InnovationStage.ENDED: frozenset(),
}
"""The stages that may follow a stage."""

SAYS_WHY = frozenset({InnovationStage.DECLINED, InnovationStage.ENDED})
"""The stages that nobody reaches without a reason."""

CHANGES = frozenset({InnovationStage.PROPOSED, InnovationStage.TRIED})
"""The stages in which authors still change what they wrote."""


def step_problems(
    stage: InnovationStage, to: InnovationStage, day: date, *, since: date, today: date, reason: str
) -> list[Problem]:
    """Say why a step cannot be taken; `since` is the day of the step before."""
    problems = []
    if to not in NEXT[stage]:
        text = N_(
            "This step does not follow on the one before. Look at the steps of the innovation, and take the next."
        )
        problems.append(Problem("INNOVATION_STEP", text, ("id",)))
    elif not since <= day <= today:
        text = N_("{day} does not lie between the step before ({first}) and today ({last}). Correct the day.")
        problems.append(Problem("INNOVATION_DAY", text, ("day",), {"day": day, "first": since, "last": today}))
    if to in SAYS_WHY and not reason.strip():
        problems.append(Problem("REASON_MISSING", N_("This is done for a reason only. Give it."), ("reason",)))
    return problems
