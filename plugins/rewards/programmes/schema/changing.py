"""A mutation for every step of a programme, made from one table: its input, its service and its answer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import strawberry

from core.plugin_api import Context
from plugins.rewards.programmes.schema.inputs import Given, id_of, input_type, row_of, values_of
from plugins.rewards.programmes.schema.terms import AwardKind, NominationBasis
from plugins.rewards.programmes.schema.types import (
    Award,
    AwardObjection,
    EligibilityRun,
    Nomination,
    PanelMember,
    PanelScore,
    RewardCriteria,
    RewardProgramme,
    RewardRound,
)
from plugins.rewards.programmes.services import (
    awards,
    deciding,
    nominating,
    papers,
    programmes,
    rounds,
    running,
    scoring,
)
from schema.engine import mutation, payload
from schema.scalars import JSON


@dataclass(frozen=True)
class Step:
    """A mutation: its name, what it does, its values, its service, and the type that it answers with.

    `changes` says that the values besides id and version are given to the service as one mapping.
    """

    name: str
    text: str
    given: Sequence[Given]
    service: Callable[..., Any]
    answer: Any
    noun: str
    changes: bool = False

    def perform(self, ctx: Context, input: Any) -> dict[str, Any]:
        """Call the service and return what the payload holds."""
        values = dict(values_of(input, self.given))
        if "id" not in values:
            return {self.noun: self.service(ctx, **values)}
        seen: list[Any] = [values.pop("id")]
        if any(one.name == "version" for one in self.given):
            seen.append(values.pop("version", None))
        made = self.service(ctx, *seen, values) if self.changes else self.service(ctx, *seen, **values)
        return {self.noun: made}


def _optional(name: str, kind: Any, text: str, refers: str = "") -> Given:
    return Given(name, kind, text, is_required=False, refers=refers)


_DAYS = (
    Given("name", str, "Name."),
    Given("starts_on", date, "First day of the period."),
    Given("ends_on", date, "Last day of the period."),
)
_PROGRAMME = (
    _optional("name", str, "Name."),
    _optional("unit_id", strawberry.ID, "Only for this unit and those below.", "WorkUnit"),
    _optional("description", str, "What it is for."),
    _optional("legal_basis", str, "The regulation."),
    _optional("source", str, "Where its rules were found."),
    _optional("confidence", str, "How sure the source is: H, M or L."),
    _optional("quota_per_unit", int, "Awards for each unit in a round; null: any number."),
    _optional("quota_depth", int, "Depth of the units of the quota; null: the own unit."),
    _optional("nominators", list[NominationBasis], "Who nominates."),
    _optional("checklist", JSON, "What verification ticks off: a list of code, id, en."),
    _optional("min_scores", int, "Scores needed for a decision."),
    _optional("excludes_own_unit", bool, "Whether nobody scores the own unit."),
    _optional("shows_scorers", bool, "Whether scores are shown with names."),
    _optional("objection_days", int, "Working days for objections."),
)
_REASON = Given("reason", str, "Why.")
_NOMINATION = row_of("Nomination")
_NOTE = _optional("note", str, "Note.")


def _plain_nominators(service: Callable[..., Any]) -> Callable[..., Any]:
    """Return the service with the terms of nominators as texts, as they are stored."""

    def call(ctx: Context, *seen: Any, **values: Any) -> Any:
        given = seen[-1] if seen else values
        if given.get("nominators"):
            given["nominators"] = [one.value for one in given["nominators"]]
        return service(ctx, *seen, **values)

    return call


STEPS: tuple[Step, ...] = (
    Step(
        "create_reward_programme",
        "Set up a programme, from a shipped template or by hand.",
        (
            Given("code", str, "Short code, unique."),
            _optional("template", str, "A shipped template; what is given besides takes the place of its parts."),
            _optional("kind", AwardKind, "What it gives."),
            _optional("criteria", JSON, "Its rules over facts; a list."),
            *_PROGRAMME,
        ),
        _plain_nominators(programmes.create_programme),
        RewardProgramme,
        "programme",
    ),
    Step(
        "update_reward_programme",
        "Change a programme.",
        (*row_of("RewardProgramme"), *_PROGRAMME, _optional("is_active", bool, "Whether it is in use.")),
        _plain_nominators(programmes.update_programme),
        RewardProgramme,
        "programme",
        changes=True,
    ),
    Step(
        "set_reward_criteria",
        "Give a programme new criteria, as a version of its own.",
        (
            id_of("programme_id", "RewardProgramme", "The programme."),
            Given("criteria", JSON, "The rules over facts; a list."),
            _NOTE,
        ),
        programmes.set_criteria,
        RewardCriteria,
        "criteria",
    ),
    Step(
        "create_reward_round",
        "Open a round of a programme.",
        (
            id_of("programme_id", "RewardProgramme", "The programme."),
            *_DAYS,
            _optional("nominations_until", date, "Last day for nominations; without it the end of the period."),
        ),
        rounds.create_round,
        RewardRound,
        "round",
    ),
    Step(
        "update_reward_round",
        "Change name and days of an open round.",
        (
            *row_of("RewardRound"),
            *(_optional(one.name, one.kind, one.text) for one in _DAYS),
            _optional("nominations_until", date, "Last day for nominations."),
        ),
        rounds.update_round,
        RewardRound,
        "round",
        changes=True,
    ),
    Step(
        "close_reward_round",
        "Close a round in which everything is decided.",
        row_of("RewardRound"),
        rounds.close_round,
        RewardRound,
        "round",
    ),
    Step(
        "reopen_reward_round",
        "Open a round again.",
        row_of("RewardRound"),
        rounds.reopen_round,
        RewardRound,
        "round",
    ),
    Step(
        "add_panel_member",
        "Let somebody score in a round.",
        (id_of("round_id", "RewardRound", "The round."), id_of("employee_id", "Employee", "Who.")),
        rounds.add_panel_member,
        PanelMember,
        "member",
    ),
    Step(
        "start_eligibility_run",
        "Find out in the background who is eligible.",
        (id_of("round_id", "RewardRound", "The round."), _optional("as_of", date, "The day; without it today.")),
        running.start_run,
        EligibilityRun,
        "run",
    ),
    Step(
        "nominate",
        "Nominate somebody, with a statement and evidence.",
        (
            id_of("round_id", "RewardRound", "The round."),
            id_of("employee_id", "Employee", "Who is nominated."),
            Given("basis", NominationBasis, "As whom the caller nominates."),
            Given("statement", str, "What speaks for the award."),
            _optional("evidence", list[str], "Links or names of documents."),
        ),
        nominating.nominate,
        Nomination,
        "nomination",
    ),
    Step(
        "withdraw_nomination",
        "Take a nomination back.",
        (*_NOMINATION, _REASON),
        nominating.withdraw_nomination,
        Nomination,
        "nomination",
    ),
    Step(
        "verify_nomination",
        "Tick off the checklist, and let the nomination go to the panel or end.",
        (
            *_NOMINATION,
            Given("accepted", bool, "Whether it goes to the panel."),
            _optional("checked", list[str], "Codes of the checklist that are right."),
            _NOTE,
        ),
        nominating.verify_nomination,
        Nomination,
        "nomination",
    ),
    Step(
        "score_nomination",
        "Give a nomination a score as a member of the panel.",
        (_NOMINATION[0], Given("score", int, "From 0 to 100."), _NOTE),
        scoring.score_nomination,
        PanelScore,
        "score",
    ),
    Step(
        "declare_conflict_of_interest",
        "Keep out of a nomination as a member of the panel.",
        (_NOMINATION[0], Given("note", str, "Which conflict.")),
        scoring.declare_conflict,
        PanelScore,
        "score",
    ),
    Step(
        "award_nomination",
        "Decide by decree that a nominee is to be awarded.",
        (
            *_NOMINATION,
            Given("decree_number", str, "Number of the decree."),
            _optional("decree_document", str, "Where the signed decree lies: an https address."),
            _optional("reason", str, "Why."),
        ),
        deciding.award_nomination,
        Nomination,
        "nomination",
    ),
    Step(
        "decline_nomination",
        "Decide that a nominee is not awarded.",
        (*_NOMINATION, _REASON),
        deciding.decline_nomination,
        Nomination,
        "nomination",
    ),
    Step(
        "object_to_award",
        "Object to a decision as long as its time runs.",
        (id_of("nomination_id", "Nomination", "The nomination."), _REASON),
        deciding.object_to_decision,
        AwardObjection,
        "objection",
    ),
    Step(
        "decide_award_objection",
        "Answer an objection.",
        (
            *row_of("AwardObjection"),
            Given("upheld", bool, "Whether it is right; then the panel decides anew."),
            Given("decision", str, "The answer."),
        ),
        deciding.decide_objection,
        AwardObjection,
        "objection",
    ),
    Step(
        "grant_award",
        "Grant what was decided: the award and its certificate.",
        (
            *_NOMINATION,
            _optional("published", bool, "Whether colleagues see it; without it they do."),
            _optional("awarded_on", date, "The day; without it today."),
        ),
        deciding.grant_award,
        Award,
        "award",
    ),
    Step(
        "record_award",
        "Enter an award of former years or from elsewhere.",
        (
            id_of("employee_id", "Employee", "Who received it."),
            Given("kind", AwardKind, "Its kind."),
            Given("title", str, "What the decree calls it."),
            Given("awarded_on", date, "When it was given."),
            Given("decree_number", str, "Number of the decree."),
            _optional("is_published", bool, "Whether colleagues see it."),
        ),
        awards.record_award,
        Award,
        "award",
    ),
    Step(
        "update_award",
        "Correct an award that was entered by hand, or show or hide any.",
        (
            *row_of("Award"),
            _optional("title", str, "What the decree calls it."),
            _optional("decree_number", str, "Number of the decree."),
            _optional("is_published", bool, "Whether colleagues see it."),
        ),
        awards.update_award,
        Award,
        "award",
        changes=True,
    ),
    Step(
        "revoke_award",
        "Revoke an award with a reason; its certificate holds no more.",
        (*row_of("Award"), _REASON),
        awards.revoke_award,
        Award,
        "award",
    ),
)
"""Every step but the one that takes something away."""


def _remove(ctx: Context, input: Any) -> dict[str, Any]:
    values = values_of(input, row_of("PanelMember"))
    rounds.remove_panel_member(ctx, values["id"], values.get("version"))
    return {"is_removed": True}


def _remove_file(ctx: Context, input: Any) -> dict[str, Any]:
    values = values_of(input, row_of("RewardFile"))
    papers.remove_file(ctx, values["id"], values.get("version"))
    return {"is_removed": True}


def _mutation(step: Step) -> Any:
    name = "".join(part.title() for part in step.name.split("_"))
    return mutation(
        step.perform,
        input=input_type(f"{name}Input", step.text, step.given),
        payload=payload(f"{name}Payload", **{step.noun: (step.answer, "As it stands now; null when refused.")}),
        description=step.text,
    )


MUTATIONS: dict[str, Any] = {
    **{step.name: _mutation(step) for step in STEPS},
    "remove_panel_member": mutation(
        _remove,
        input=input_type("RemovePanelMemberInput", "Take somebody off a panel.", row_of("PanelMember")),
        payload=payload("RemovePanelMemberPayload", is_removed=(bool, "Whether it was done.")),
        description="Take somebody off a panel who has not scored.",
    ),
    "remove_reward_file": mutation(
        _remove_file,
        input=input_type("RemoveRewardFileInput", "Remove a file of a nomination or an award.", row_of("RewardFile")),
        payload=payload("RemoveRewardFilePayload", is_removed=(bool, "Whether it was done.")),
        description="Remove a file of a nomination or an award, as long as one could be added there.",
    ),
}
"""The mutations by name."""

Mutation = type("Mutation", (), {"__module__": __name__, "__annotations__": {}, **MUTATIONS})
"""The class that the schema takes them from."""
