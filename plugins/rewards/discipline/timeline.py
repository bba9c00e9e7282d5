"""What happened in a case, in its order, as far as the caller sees it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from core.plugin_api import N_, Context, as_condition, translate, visible
from plugins.rewards.discipline import models
from plugins.rewards.discipline.models import DisciplineCase


@dataclass(frozen=True)
class Happened:
    """One thing that happened on a day, in the caller's language; `source` is the document it stands in."""

    on: date
    text: str
    source: str = ""


def timeline_of(ctx: Context, case_id: int) -> list[Happened]:
    """Return what the caller sees of what happened, one statement for each table, earliest first."""
    found: list[Happened] = []

    def say(day: date | None, text: str, source: str = "", **gaps: Any) -> None:
        if day is not None:
            words = {
                name: translate(gap.value, ctx.language) if hasattr(gap, "value") else gap for name, gap in gaps.items()
            }
            found.append(Happened(day, translate(text, ctx.language).format(**words), source))

    for row in _rows(ctx, models.DisciplineReport, case_id):
        say(row.reported_on, N_("Reported: {text}"), text=row.text)
    for row in _rows(ctx, models.Breach, case_id):
        say(row.created_at.date(), N_("Charged with {item}, level {level}"), item=row.item_text, level=row.level)
    for row in _rows(ctx, models.Summons, case_id):
        say(row.summoned_on, N_("Summons {number} for {day}"), row.letter_number, number=row.number, day=row.examine_on)
        say(row.noted_on, N_("Examination: {outcome}"), outcome=row.outcome)
    for row in _rows(ctx, models.TemporaryRelease, case_id):
        say(row.valid_from, N_("Released from the post: {reason}"), row.decree_number, reason=row.reason)
    for row in _rows(ctx, models.Examination, case_id):
        text = N_("Minutes signed by both.") if row.is_signed_by_examined else N_("Not signed by the person: {reason}")
        say(row.held_on, text, reason=row.refusal_reason)
    for row in _rows(ctx, models.SanctionProposal, case_id):
        say(row.proposed_on, N_("Proposed: {sanction} (the rules: {rule})"), sanction=row.sanction,
            rule=row.rule_sanction or "-")  # fmt: skip
    for row in _rows(ctx, models.SanctionDecision, case_id):
        say(row.set_on, N_("Decided: {sanction}"), row.decree_number, sanction=row.sanction_name)
        say(row.received_on, N_("The decision was received."), row.decree_number)
        say(row.effective_on, N_("In effect from this day: {sanction}"), row.decree_number, sanction=row.sanction_name)
        say(row.annulled_on, N_("Annulled: {reason}"), row.annulled_by_decree, reason=row.annulled_reason)
    for row in _rows(ctx, models.DecisionDelivery, case_id):
        if not row.was_present:
            say(row.offered_on, N_("The person was not there when the decision was to be handed over."))
        say(row.sent_on, N_("The decision was sent."), row.sent_by)
    for row in _rows(ctx, models.DisciplineRemedy, case_id):
        say(row.filed_on, N_("Remedy filed: {kind}"), kind=row.kind)
        say(row.decided_on, N_("Remedy decided: {outcome}"), row.outcome_decree, outcome=row.outcome)
    rows = DisciplineCase.select().where(
        (DisciplineCase.id == case_id) & as_condition(visible(ctx.actor, DisciplineCase))
    )
    for row in rows:
        say(row.closed_on, N_("The case ended: {state}"), state=row.state)
    return sorted(found, key=lambda one: one.on)


def _rows(ctx: Context, model: Any, case_id: int) -> list[Any]:
    query = model.select().where((model.case == case_id) & as_condition(visible(ctx.actor, model)))
    return list(query.order_by(model.id))
