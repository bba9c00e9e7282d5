"""What follows from the rules for the breaches of a case, shown with its reasons; a human proposes beside it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.organisation.services.changing import rows_of
from core.plugin_api import N_, Context, fetch, refuse, require, unit_of_work
from plugins.rewards.discipline.models import Breach, DisciplineCase, Examination, SanctionDecision, SanctionProposal
from plugins.rewards.discipline.policies import act_of
from plugins.rewards.discipline.rules.sanctions import Charge, one_sanction, sanction_of
from plugins.rewards.discipline.services.law import law_of
from plugins.rewards.discipline.services.steps import begin_step, day_of, end_step, filled
from plugins.rewards.discipline.services.summonses import last_summons
from plugins.rewards.discipline.terms import BreachState, DecisionState, Step


@dataclass(frozen=True)
class RuleProposal:
    """The one sanction that follows from the rules (None: none), and how it does, as JSON values."""

    sanction: str | None
    explanation: dict[str, Any]


def rule_proposal(ctx: Context, case_id: int) -> RuleProposal:
    """Return what the rules give for a case, for whoever deals with it; nothing is written."""
    case = fetch(DisciplineCase, case_id, ctx, "input", "caseId")
    require(ctx, act_of(Step.PROPOSE), case, "input", "caseId")
    return proposal_for(case)


def propose(
    ctx: Context,
    case_id: int,
    version: int | None = None,
    *,
    sanction: str,
    report: str,
    reason: str = "",
    on: date | None = None,
) -> SanctionProposal:
    """Propose a sanction with the report of the examination; one that differs from the rules says why."""
    with unit_of_work(ctx) as work:
        case = begin_step(ctx, Step.PROPOSE, case_id, version)
        held = Examination.get_or_none(Examination.case == case.id)
        day = day_of(ctx, on, "on", held.held_on if held else last_summons(case).noted_on)
        by_rule = proposal_for(case)
        check_sanction(case, sanction, by_rule.sanction, reason, "reason")
        made = work.create(
            SanctionProposal,
            case=case,
            proposed_by=ctx.actor.employee_id,
            proposed_on=day,
            rule_sanction=by_rule.sanction or "",
            sanction=sanction,
            reason=reason.strip(),
            report=filled(report, "report"),
            explanation=by_rule.explanation,
        )
        end_step(work, Step.PROPOSE, case, day)
        return made


def check_sanction(case: DisciplineCase, sanction: str, by_rule: str | None, reason: str, name: str) -> None:
    """Refuse a sanction that the rules of the case do not know, or that differs from theirs without a reason."""
    sanctions = law_of(case).sanctions
    if sanction_of(sanctions, sanction) is None:
        text = N_("The rules of the day of the act know no sanction {sanction}. Choose one of {codes}.")
        codes = ", ".join(one.code for one in sanctions.sanctions)
        raise refuse("DISCIPLINE_SANCTION", text, "input", "sanction", sanction=sanction[:16], codes=codes)
    if sanction != by_rule and not reason.strip():
        text = N_("The rules give {by_rule}, this is {sanction}. Say why it differs.")
        raise refuse("DISCIPLINE_DIFFERS", text, "input", name, by_rule=by_rule or "-", sanction=sanction)


def proposal_for(case: DisciplineCase, not_proved: Collection[int] = ()) -> RuleProposal:
    """Return what the rules give for the breaches of a case but those not proved."""
    law = law_of(case)
    rows = [row for row in breaches_of(case) if row.id not in not_proved]
    earlier = _sanctions_of([row.repeats_id for row in rows if row.repeats_id])
    charges = [
        Charge(row.item_code, row.level, row.sanction or None, row.is_absence, earlier.get(row.repeats_id or 0))
        for row in rows
    ]
    heavier = law.procedure.repeat_is_heavier_except_absence
    sanction, steps = one_sanction(charges, law.sanctions, repeat_is_heavier=heavier)
    explanation = {
        "sanction": sanction,
        "one_sanction": "heaviest",
        "steps": [
            {
                "breach_id": row.id,
                "item": row.item_code,
                "text": row.item_text,
                "level": row.level.value,
                "impact": row.impact.value,
                "days_in_year": row.days_in_year,
                "days_in_a_row": row.days_in_a_row,
                "repeats": earlier.get(row.repeats_id or 0),
                "basis": step.basis,
                "sanction": step.sanction,
            }
            for row, step in zip(rows, steps, strict=True)
        ],
        "rules": {
            name: {key: rule[key] for key in ("regulation", "revision", "valid_from", "confidence")}
            for name, rule in law.snapshot.items()
        },
    }
    return RuleProposal(sanction, explanation)


def breaches_of(case: DisciplineCase) -> list[Breach]:
    """Return the breaches of a case in the order in which they were charged."""
    return list(Breach.select().where(Breach.case == case.id).order_by(Breach.id))


def _sanctions_of(breach_ids: Collection[int]) -> dict[int, str]:
    if not breach_ids:
        return {}
    rows = (
        Breach.select(Breach.id, SanctionDecision.sanction)
        .join(SanctionDecision, on=(SanctionDecision.case == Breach.case))
        .where(
            Breach.id.in_(list(breach_ids))
            & (Breach.state == BreachState.PROVED)
            & (SanctionDecision.state == DecisionState.IN_EFFECT)
        )
    )
    return dict(rows_of(rows))
