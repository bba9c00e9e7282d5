"""What people do by hand to programmes, their criteria, rounds, panels and runs."""

from typing import Any, cast

from core.organisation.models import Employee, WorkUnit
from core.plugin_api import N_, Context, Does, FieldKind, Target, Values, Verb, VerbField, fetch
from core.verbs.calling import given
from plugins.rewards.programmes.models import (
    EligibilityRun,
    PanelMember,
    RewardCriteria,
    RewardProgramme,
    RewardRound,
)
from plugins.rewards.programmes.roles import MANAGE
from plugins.rewards.programmes.services.programmes import (
    ProgrammeChanges,
    create_programme,
    set_criteria,
    update_programme,
)
from plugins.rewards.programmes.services.rounds import (
    RoundChanges,
    add_panel_member,
    close_round,
    create_round,
    remove_panel_member,
    reopen_round,
    update_round,
)
from plugins.rewards.programmes.services.running import start_run
from plugins.rewards.programmes.templates import TITLES
from plugins.rewards.programmes.terms import AwardKind, RoundState


def _create_programme(ctx: Context, _target: Target, values: Values) -> RewardProgramme:
    more = given(values)
    # What is left empty comes from the template.
    return create_programme(ctx, **{name: value for name, value in more.items() if value not in ("", [])})


def _update_programme(ctx: Context, target: Target, values: Values) -> RewardProgramme:
    # An empty list is one, too: a programme may do without a checklist.
    changes = {**values, **({"checklist": values["checklist"] or []} if "checklist" in values else {})}
    return update_programme(ctx, target.id, target.version, cast("ProgrammeChanges", changes))


def _set_criteria(ctx: Context, target: Target, values: Values) -> RewardCriteria:
    stored = fetch(RewardCriteria, target.id, ctx, "input", "id")
    return set_criteria(ctx, stored.programme_id, values["criteria"] or [], values.get("note") or "")


def _create_round(ctx: Context, _target: Target, values: Values) -> RewardRound:
    return create_round(ctx, **given(values))


def _update_round(ctx: Context, target: Target, values: Values) -> RewardRound:
    return update_round(ctx, target.id, target.version, cast("RoundChanges", dict(values)))


def _add_member(ctx: Context, _target: Target, values: Values) -> PanelMember:
    return add_panel_member(ctx, **given(values))


def _start(ctx: Context, target: Target, values: Values) -> EligibilityRun:
    return start_run(ctx, round_id=target.id, as_of=values.get("as_of"))


def _template_choices(_ctx: Context) -> list[tuple[str, str]]:
    return list(TITLES.items())


def _is_open(row: Any) -> bool:
    return bool(row.state is RoundState.OPEN)


_NAME = VerbField("name", N_("Name"), help=N_("Empty: as in the template."))
_UNIT = VerbField(
    "unit_id", N_("Unit"), FieldKind.REFERENCE, refers_to=WorkUnit, help=N_("Empty: the whole institution.")
)
_LAW = (
    VerbField("legal_basis", N_("Legal basis"), FieldKind.LONG_TEXT),
    VerbField("source", N_("Source"), FieldKind.LONG_TEXT),
)
_RULES = (
    VerbField(
        "quota_per_unit", N_("Awards for each unit in a round"), FieldKind.INTEGER, help=N_("Empty: any number.")
    ),
    VerbField(
        "quota_depth",
        N_("Depth of the units of the quota"),
        FieldKind.INTEGER,
        help=N_("0: the institution, 1: its agencies; empty: the unit in which somebody works."),
    ),
    VerbField(
        "nominators",
        N_("Who nominates"),
        FieldKind.TEXTS,
        help=N_("One in a line: RULE (HR, from a run), SUPERIOR, PEER."),
    ),
    VerbField("min_scores", N_("Scores needed"), FieldKind.INTEGER),
    VerbField("objection_days", N_("Working days for objections"), FieldKind.INTEGER),
)
_SWITCHES = (
    VerbField("excludes_own_unit", N_("Nobody scores their own unit"), FieldKind.BOOLEAN),
    VerbField("shows_scorers", N_("Scores are shown with names"), FieldKind.BOOLEAN),
)
_DAYS = (
    VerbField("name", N_("Name"), is_required=True),
    VerbField("starts_on", N_("From"), FieldKind.DATE, is_required=True),
    VerbField("ends_on", N_("Until"), FieldKind.DATE, is_required=True),
)

PROGRAMMES: tuple[Verb, ...] = (
    Verb(
        "rewards.create_programme",
        N_("New programme"),
        RewardProgramme,
        Does.CREATE,
        _create_programme,
        (
            VerbField("code", N_("Code"), is_required=True),
            VerbField("template", N_("Template"), FieldKind.CHOICE, choices=_template_choices),
            _NAME,
            VerbField("kind", N_("Kind"), FieldKind.CHOICE, choices=AwardKind),
            _UNIT,
            VerbField("description", N_("Description"), FieldKind.LONG_TEXT),
            *_LAW,
        ),
        permission=MANAGE,
        help=N_("A template brings criteria, checklist and quota; all of it can be changed afterwards."),
    ),
    Verb(
        "rewards.update_programme",
        N_("Correct"),
        RewardProgramme,
        Does.CORRECT,
        _update_programme,
        (
            VerbField("name", N_("Name"), is_required=True),
            _UNIT,
            VerbField("description", N_("Description"), FieldKind.LONG_TEXT),
            *_LAW,
            *_RULES,
            VerbField("checklist", N_("Checklist"), FieldKind.JSON),
            *_SWITCHES,
            VerbField("is_active", N_("In use"), FieldKind.BOOLEAN),
        ),
        permission=MANAGE,
    ),
    Verb(
        "rewards.set_criteria",
        N_("New version of the criteria"),
        RewardCriteria,
        Does.ACT,
        _set_criteria,
        (
            VerbField("criteria", N_("Criteria"), FieldKind.JSON),
            VerbField("note", N_("Note"), FieldKind.LONG_TEXT, column="-"),
        ),
        permission=MANAGE,
        help=N_("Earlier runs and decisions keep the version by which they were made."),
    ),
    Verb(
        "rewards.create_round",
        N_("New round"),
        RewardRound,
        Does.CREATE,
        _create_round,
        (
            VerbField(
                "programme_id", N_("Programme"), FieldKind.REFERENCE, is_required=True, refers_to=RewardProgramme
            ),
            *_DAYS,
            VerbField(
                "nominations_until", N_("Nominations until"), FieldKind.DATE, help=N_("Empty: the end of the round.")
            ),
        ),
        permission=MANAGE,
    ),
    Verb(
        "rewards.update_round",
        N_("Correct"),
        RewardRound,
        Does.CORRECT,
        _update_round,
        (*_DAYS, VerbField("nominations_until", N_("Nominations until"), FieldKind.DATE, is_required=True)),
        permission=MANAGE,
        suits=_is_open,
    ),
    Verb(
        "rewards.start_run",
        N_("Find out who is eligible"),
        RewardRound,
        Does.ACT,
        _start,
        (VerbField("as_of", N_("As of"), FieldKind.DATE, column="-", help=N_("Empty: today.")),),
        permission=MANAGE,
        suits=_is_open,
        help=N_("A worker looks at everybody and keeps the result of the day, with the reasons for each person."),
    ),
    Verb(
        "rewards.close_round",
        N_("Close the round"),
        RewardRound,
        Does.ACT,
        lambda ctx, target, _values: close_round(ctx, target.id, target.version),
        permission=MANAGE,
        suits=_is_open,
        is_grave=True,
    ),
    Verb(
        "rewards.reopen_round",
        N_("Open the round again"),
        RewardRound,
        Does.ACT,
        lambda ctx, target, _values: reopen_round(ctx, target.id, target.version),
        permission=MANAGE,
        suits=lambda row: not _is_open(row),
    ),
    Verb(
        "rewards.add_panel_member",
        N_("New panel member"),
        PanelMember,
        Does.CREATE,
        _add_member,
        (
            VerbField("round_id", N_("Round"), FieldKind.REFERENCE, is_required=True, refers_to=RewardRound),
            VerbField("employee_id", N_("Employee"), FieldKind.REFERENCE, is_required=True, refers_to=Employee),
        ),
        permission=MANAGE,
    ),
    Verb(
        "rewards.remove_panel_member",
        N_("Take off the panel"),
        PanelMember,
        Does.ACT,
        lambda ctx, target, _values: remove_panel_member(ctx, target.id, target.version),
        permission=MANAGE,
        is_grave=True,
    ),
)
"""Verbs of the set-up."""
