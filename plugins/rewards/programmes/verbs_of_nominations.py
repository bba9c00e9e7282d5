"""What people do by hand to nominations, objections and awards."""

from typing import Any, cast

from core.organisation.models import Employee
from core.plugin_api import N_, Actor, Context, Does, FieldKind, Target, Values, Verb, VerbField, fetch
from core.verbs.calling import REASON, given
from plugins.rewards.programmes.models import Award, AwardObjection, Nomination, PanelScore, RewardFile, RewardRound
from plugins.rewards.programmes.policies import CHANGE_FILES, OBJECT, SCORE, TAKE_BACK
from plugins.rewards.programmes.roles import DECIDE, MANAGE
from plugins.rewards.programmes.services.awards import AwardChanges, record_award, revoke_award, update_award
from plugins.rewards.programmes.services.deciding import (
    award_nomination,
    decide_objection,
    decline_nomination,
    grant_award,
    object_to_decision,
)
from plugins.rewards.programmes.services.nominating import nominate, verify_nomination, withdraw_nomination
from plugins.rewards.programmes.services.papers import remove_file
from plugins.rewards.programmes.services.scoring import declare_conflict, score_nomination
from plugins.rewards.programmes.terms import (
    AwardKind,
    AwardObjectionState,
    AwardState,
    NominationBasis,
    NominationState,
)


def _nominate(ctx: Context, _target: Target, values: Values) -> Nomination:
    return nominate(ctx, **given(values))


def _verify(ctx: Context, target: Target, values: Values) -> Nomination:
    checked = values.get("checked") or []
    if values.get("is_all_right"):
        row = fetch(Nomination, target.id, ctx, "input", "id")
        checked = [item["code"] for item in row.round.programme.checklist]
    return verify_nomination(
        ctx,
        target.id,
        target.version,
        accepted=bool(values.get("is_accepted")),
        checked=checked,
        note=values.get("note") or "",
    )


def _score(ctx: Context, target: Target, values: Values) -> PanelScore:
    return score_nomination(ctx, target.id, score=values["score"], note=values.get("note") or "")


def _award(ctx: Context, target: Target, values: Values) -> Nomination:
    return award_nomination(
        ctx,
        target.id,
        target.version,
        decree_number=values["decree_number"],
        decree_document=values.get("decree_document") or "",
        reason=values.get("note") or "",
    )


def _grant(ctx: Context, target: Target, values: Values) -> Award:
    return grant_award(
        ctx,
        target.id,
        target.version,
        published=bool(values.get("is_published")),
        awarded_on=values.get("awarded_on"),
    )


def _answer(ctx: Context, target: Target, values: Values) -> AwardObjection:
    upheld = bool(values.get("is_upheld"))
    return decide_objection(ctx, target.id, target.version, upheld=upheld, decision=values["decision"])


def _update_award(ctx: Context, target: Target, values: Values) -> Award:
    return update_award(ctx, target.id, target.version, cast("AwardChanges", dict(values)))


def _at(*states: NominationState) -> Any:
    return lambda row: row.state in states


def _is_somebody(actor: Actor) -> bool:
    return actor.employee_id is not None


def _note(*, is_required: bool = False) -> VerbField:
    return VerbField("note", N_("Note"), FieldKind.LONG_TEXT, is_required=is_required, column="-")


_N, _V, _D = NominationState.NOMINATED, NominationState.VERIFIED, NominationState.AWARDED

NOMINATIONS: tuple[Verb, ...] = (
    Verb(
        "rewards.nominate",
        N_("Nominate"),
        Nomination,
        Does.CREATE,
        _nominate,
        (
            VerbField("round_id", N_("Round"), FieldKind.REFERENCE, is_required=True, refers_to=RewardRound),
            VerbField("employee_id", N_("Employee"), FieldKind.REFERENCE, is_required=True, refers_to=Employee),
            VerbField("basis", N_("Nominated by"), FieldKind.CHOICE, is_required=True, choices=NominationBasis),
            VerbField("statement", N_("Statement"), FieldKind.LONG_TEXT, is_required=True),
            VerbField(
                "evidence", N_("Evidence"), FieldKind.TEXTS, help=N_("Links or names of documents, one in a line.")
            ),
        ),
        permission=MANAGE,
        allows=_is_somebody,
    ),
    Verb(
        "rewards.withdraw_nomination",
        N_("Take back"),
        Nomination,
        Does.ACT,
        lambda ctx, target, values: withdraw_nomination(ctx, target.id, target.version, values["reason"]),
        (REASON,),
        permission=TAKE_BACK,
        suits=_at(_N, _V),
        is_grave=True,
    ),
    Verb(
        "rewards.verify_nomination",
        N_("Verify"),
        Nomination,
        Does.ACT,
        _verify,
        (
            VerbField("is_accepted", N_("Goes to the panel"), FieldKind.BOOLEAN),
            VerbField("is_all_right", N_("Everything on the checklist is right"), FieldKind.BOOLEAN),
            VerbField(
                "checked",
                N_("What is right"),
                FieldKind.TEXTS,
                column="-",
                help=N_("Codes of the checklist, one in a line, where not everything is right."),
            ),
            _note(),
        ),
        permission=MANAGE,
        suits=_at(_N),
    ),
    Verb(
        "rewards.score_nomination",
        N_("Score"),
        Nomination,
        Does.ACT,
        _score,
        (VerbField("score", N_("Score (0 to 100)"), FieldKind.INTEGER, is_required=True), _note()),
        permission=SCORE,
        suits=_at(_V),
    ),
    Verb(
        "rewards.declare_conflict",
        N_("Declare a conflict of interest"),
        Nomination,
        Does.ACT,
        lambda ctx, target, values: declare_conflict(ctx, target.id, values["note"]),
        (_note(is_required=True),),
        permission=SCORE,
        suits=_at(_V),
    ),
    Verb(
        "rewards.award_nomination",
        N_("Decide: award"),
        Nomination,
        Does.ACT,
        _award,
        (
            VerbField("decree_number", N_("Number of the decree"), is_required=True),
            VerbField("decree_document", N_("Address of the decree"), help=N_("Where the signed document lies.")),
            _note(),
        ),
        permission=DECIDE,
        suits=_at(_V),
        is_grave=True,
    ),
    Verb(
        "rewards.decline_nomination",
        N_("Decide: decline"),
        Nomination,
        Does.ACT,
        lambda ctx, target, values: decline_nomination(ctx, target.id, target.version, values["reason"]),
        (REASON,),
        permission=DECIDE,
        suits=_at(_V),
        is_grave=True,
    ),
    Verb(
        "rewards.object_to_decision",
        N_("Object"),
        Nomination,
        Does.ACT,
        lambda ctx, target, values: object_to_decision(ctx, nomination_id=target.id, reason=values["reason"]),
        (REASON,),
        permission=OBJECT,
        suits=_at(_D),
    ),
    Verb(
        "rewards.decide_objection",
        N_("Answer"),
        AwardObjection,
        Does.ACT,
        _answer,
        (
            VerbField(
                "is_upheld",
                N_("The objection is right"),
                FieldKind.BOOLEAN,
                help=N_("Then the decision falls and the panel decides anew."),
            ),
            VerbField("decision", N_("Answer"), FieldKind.LONG_TEXT, is_required=True),
        ),
        permission=DECIDE,
        suits=lambda row: row.state is AwardObjectionState.FILED,
        is_grave=True,
    ),
    Verb(
        "rewards.grant_award",
        N_("Grant"),
        Nomination,
        Does.ACT,
        _grant,
        (
            VerbField("is_published", N_("Published"), FieldKind.BOOLEAN),
            VerbField("awarded_on", N_("Awarded on"), FieldKind.DATE, help=N_("Empty: today.")),
        ),
        permission=DECIDE,
        suits=_at(_D),
        is_grave=True,
    ),
    Verb(
        "rewards.record_award",
        N_("Enter an award"),
        Award,
        Does.CREATE,
        lambda ctx, _target, values: record_award(ctx, **given(values)),
        (
            VerbField("employee_id", N_("Employee"), FieldKind.REFERENCE, is_required=True, refers_to=Employee),
            VerbField("kind", N_("Kind"), FieldKind.CHOICE, is_required=True, choices=AwardKind),
            VerbField("title", N_("Title"), is_required=True),
            VerbField("awarded_on", N_("Awarded on"), FieldKind.DATE, is_required=True),
            VerbField("decree_number", N_("Number of the decree"), is_required=True),
            VerbField("is_published", N_("Published"), FieldKind.BOOLEAN),
        ),
        permission=DECIDE,
        help=N_("For awards of former years or from elsewhere; they get no certificate from here."),
    ),
    Verb(
        "rewards.update_award",
        N_("Correct"),
        Award,
        Does.CORRECT,
        _update_award,
        (
            VerbField("title", N_("Title"), is_required=True),
            VerbField("decree_number", N_("Number of the decree"), is_required=True),
            VerbField("is_published", N_("Published"), FieldKind.BOOLEAN),
        ),
        permission=DECIDE,
    ),
    Verb(
        "rewards.revoke_award",
        N_("Revoke"),
        Award,
        Does.ACT,
        lambda ctx, target, values: revoke_award(ctx, target.id, target.version, values["reason"]),
        (REASON,),
        permission=DECIDE,
        suits=lambda row: row.state is AwardState.GRANTED,
        is_grave=True,
    ),
    Verb(
        "rewards.remove_file",
        N_("Remove"),
        RewardFile,
        Does.ACT,
        lambda ctx, target, _values: remove_file(ctx, target.id, target.version),
        permission=CHANGE_FILES,
        is_grave=True,
    ),
)
"""Verbs of the flow, in its order."""
