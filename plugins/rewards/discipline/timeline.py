"""What happened in a case, in its order, as far as the caller sees it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any
from zoneinfo import ZoneInfo

from core.i18n import long_day
from core.plugin_api import N_, Context, Record, active_registry, as_condition, translate, visible
from plugins.rewards.discipline import models
from plugins.rewards.discipline.models import DisciplineCase
from plugins.rewards.discipline.words import word_of


@dataclass(frozen=True)
class Happened:
    """One thing that happened on a day, in the caller's language; `source` is the document it stands in."""

    on: date
    text: str
    source: str = ""


@dataclass(frozen=True)
class _Said:
    """What a row says: the day (None: it has not happened), a marked text, the document and the gaps of the text."""

    on: date | None
    text: str
    source: str = ""
    gaps: Mapping[str, Any] = field(default_factory=dict)


def _report(row: Any) -> Iterator[_Said]:
    yield _Said(row.reported_on, N_("Reported: {text}"), gaps={"text": row.text})


def _breach(row: Any) -> Iterator[_Said]:
    gaps = {"item": row.item_text, "level": row.level}
    # The row has a moment of the world; people read the day of their own clocks.
    day = row.created_at.astimezone(ZoneInfo(active_registry().settings.time_zone)).date()
    yield _Said(day, N_("Charged with {item}, level {level}"), gaps=gaps)


def _summons(row: Any) -> Iterator[_Said]:
    gaps = {"number": row.number, "day": row.examine_on}
    yield _Said(row.summoned_on, N_("Summons {number} for {day}"), row.letter_number, gaps)
    yield _Said(row.noted_on, N_("Examination: {outcome}"), gaps={"outcome": row.outcome})


def _release(row: Any) -> Iterator[_Said]:
    yield _Said(row.valid_from, N_("Released from the post: {reason}"), row.decree_number, {"reason": row.reason})


def _examination(row: Any) -> Iterator[_Said]:
    if row.is_signed_by_examined:
        yield _Said(row.held_on, N_("Minutes signed by both."))
    else:
        yield _Said(row.held_on, N_("Not signed by the person: {reason}"), gaps={"reason": row.refusal_reason})


def _proposal(row: Any) -> Iterator[_Said]:
    gaps = {"sanction": row.sanction, "rule": row.rule_sanction or "-"}
    yield _Said(row.proposed_on, N_("Proposed: {sanction} (the rules: {rule})"), gaps=gaps)


def _decision(row: Any) -> Iterator[_Said]:
    name = {"sanction": row.sanction_name}
    yield _Said(row.set_on, N_("Decided: {sanction}"), row.decree_number, name)
    yield _Said(row.received_on, N_("The decision was received."), row.decree_number)
    yield _Said(row.effective_on, N_("In effect from this day: {sanction}"), row.decree_number, name)
    yield _Said(row.annulled_on, N_("Annulled: {reason}"), row.annulled_by_decree, {"reason": row.annulled_reason})


def _delivery(row: Any) -> Iterator[_Said]:
    if not row.was_present:
        yield _Said(row.offered_on, N_("The person was not there when the decision was to be handed over."))
    yield _Said(row.sent_on, N_("The decision was sent."), row.sent_by)


def _remedy(row: Any) -> Iterator[_Said]:
    yield _Said(row.filed_on, N_("Remedy filed: {kind}"), gaps={"kind": row.kind})
    yield _Said(row.decided_on, N_("Remedy decided: {outcome}"), row.outcome_decree, {"outcome": row.outcome})


_SAYS: Mapping[type[Record], Callable[[Any], Iterator[_Said]]] = {
    models.DisciplineReport: _report,
    models.Breach: _breach,
    models.Summons: _summons,
    models.TemporaryRelease: _release,
    models.Examination: _examination,
    models.SanctionProposal: _proposal,
    models.SanctionDecision: _decision,
    models.DecisionDelivery: _delivery,
    models.DisciplineRemedy: _remedy,
}


def timeline_of(ctx: Context, case_id: int) -> list[Happened]:
    """Return what the caller sees of what happened, one statement for each table, earliest first."""
    said = [one for model, says in _SAYS.items() for row in _rows(ctx, model, case_id) for one in says(row)]
    ends = DisciplineCase.select().where(
        (DisciplineCase.id == case_id) & as_condition(visible(ctx.actor, DisciplineCase))
    )
    said += [_Said(case.closed_on, N_("The case ended: {state}"), gaps={"state": case.state}) for case in ends]
    happened = [Happened(one.on, _filled(ctx, one), one.source) for one in said if one.on is not None]
    return sorted(happened, key=lambda one: one.on)


def _rows(ctx: Context, model: Any, case_id: int) -> list[Any]:
    query = model.select().where((model.case == case_id) & as_condition(visible(ctx.actor, model)))
    return list(query.order_by(model.id))


def _filled(ctx: Context, said: _Said) -> str:
    words = {name: _word(gap, ctx.language) for name, gap in said.gaps.items()}
    return translate(said.text, ctx.language).format(**words)


def _word(gap: Any, language: str) -> Any:
    if isinstance(gap, Enum):
        return word_of(gap, language)
    return long_day(gap, language) if isinstance(gap, date) else gap
