"""What people do by hand to innovations."""

from collections.abc import Callable, Sequence
from typing import cast

from core.facts.reading import offered_facts
from core.facts.rules.measuring import Span
from core.law.in_force import find_rule
from core.organisation.models import Employee, WorkUnit
from core.plugin_api import N_, Actor, Context, Does, FieldKind, Target, Values, Verb, VerbField
from core.verbs.calling import REASON, given, seen_version
from core.verbs.declare import NO_COLUMN
from plugins.rewards.innovations.models import Innovation, InnovationAuthor, InnovationEffect, InnovationEvidence
from plugins.rewards.innovations.policies import DECIDE, EDIT, PROPOSE
from plugins.rewards.innovations.roles import MANAGE
from plugins.rewards.innovations.rules.contest import KIND, Named, categories_of, groups_of
from plugins.rewards.innovations.rules.stages import NEXT
from plugins.rewards.innovations.services.authors import remove_author, set_author
from plugins.rewards.innovations.services.deciding import (
    adopt_innovation,
    decline_innovation,
    end_innovation,
    try_innovation,
)
from plugins.rewards.innovations.services.evidence import add_link, remove_evidence
from plugins.rewards.innovations.services.measuring import EffectAsked, measure_effect
from plugins.rewards.innovations.services.proposing import (
    InnovationChanges,
    change_innovation,
    propose_innovation,
    set_units,
)
from plugins.rewards.innovations.terms import AuthorRole, EffectDirection, InnovationStage


def _pairs(rows: Sequence[Named]) -> list[tuple[str, str]]:
    return [(row.code, row.name) for row in rows]


def _categories(ctx: Context) -> Sequence[tuple[str, str]]:
    rule = find_rule(KIND, ctx.today)
    return _pairs(categories_of(rule.content)) if rule else []


def _groups(ctx: Context) -> Sequence[tuple[str, str]]:
    rule = find_rule(KIND, ctx.today)
    return _pairs(groups_of(rule.content)) if rule else []


def _facts(_ctx: Context) -> Sequence[tuple[str, str]]:
    return [(fact.name, fact.title) for fact in offered_facts()]


def _works_or_manages(actor: Actor) -> bool:
    return bool(actor.home_unit_ids) or bool(actor.paths(MANAGE))


def _may_edit(actor: Actor) -> bool:
    return actor.employee_id is not None or bool(actor.paths(MANAGE))


def _propose(ctx: Context, _target: Target, values: Values) -> Innovation:
    return propose_innovation(ctx, **given(values))


def _change(ctx: Context, target: Target, values: Values) -> Innovation:
    return change_innovation(ctx, target.id, target.version, cast("InnovationChanges", dict(values)))


def _set_units(ctx: Context, target: Target, values: Values) -> Innovation:
    return set_units(ctx, target.id, seen_version(Innovation, target), values.get("unit_ids") or [])


def _try(ctx: Context, target: Target, values: Values) -> Innovation:
    return try_innovation(ctx, target.id, target.version, **given(values))


def _adopt(ctx: Context, target: Target, values: Values) -> Innovation:
    return adopt_innovation(ctx, target.id, target.version, **given(values))


def _decline(ctx: Context, target: Target, values: Values) -> Innovation:
    return decline_innovation(ctx, target.id, target.version, **{"reason": "", **given(values)})


def _end(ctx: Context, target: Target, values: Values) -> Innovation:
    return end_innovation(ctx, target.id, target.version, **{"reason": "", **given(values)})


def _set_author(ctx: Context, _target: Target, values: Values) -> InnovationAuthor:
    return set_author(ctx, **given(values))


def _remove_author(ctx: Context, target: Target, _values: Values) -> int:
    return remove_author(ctx, target.id, target.version)


def _add_link(ctx: Context, _target: Target, values: Values) -> InnovationEvidence:
    return add_link(ctx, **given(values))


def _remove_evidence(ctx: Context, target: Target, _values: Values) -> int:
    return remove_evidence(ctx, target.id, target.version)


def _measure(ctx: Context, _target: Target, values: Values) -> InnovationEffect:
    asked = EffectAsked(
        values["fact"],
        values["direction"],
        Span(values["before_first"], values["before_last"]),
        Span(values["after_first"], values["after_last"]),
        values.get("unit_id"),
        values.get("employee_id"),
    )
    return measure_effect(ctx, values["innovation_id"], asked)


_INNOVATION = VerbField("innovation_id", N_("Innovation"), FieldKind.REFERENCE, is_required=True, refers_to=Innovation)
_TEXTS = (
    VerbField("title", N_("Title"), is_required=True),
    VerbField("problem", N_("Problem"), FieldKind.LONG_TEXT, is_required=True, help=N_("What was wrong before.")),
    VerbField(
        "description", N_("Description"), FieldKind.LONG_TEXT, is_required=True, help=N_("What is done differently.")
    ),
    VerbField("category", N_("Category"), FieldKind.CHOICE, is_required=True, choices=_categories),
    VerbField("group", N_("Group"), FieldKind.CHOICE, is_required=True, choices=_groups),
    VerbField(
        "origin_id",
        N_("Takes over"),
        FieldKind.REFERENCE,
        refers_to=Innovation,
        help=N_("The adopted innovation that this one brings to another place (replikasi)."),
    ),
    VerbField("origin_note", N_("Takes over from outside"), help=N_("An innovation of another institution, in words.")),
)
_UNITS = VerbField("unit_ids", N_("Further units concerned"), FieldKind.REFERENCES, refers_to=WorkUnit)
_DAY = VerbField("day", N_("Day"), FieldKind.DATE, help=N_("Empty: today."))
_WHY = VerbField("reason", N_("Reason"), FieldKind.LONG_TEXT, column=NO_COLUMN)


def _before(to: InnovationStage) -> Callable[[Innovation], bool]:
    """Return the rule that a stage may follow on that of an innovation."""
    return lambda row: to in NEXT[row.stage]


VERBS = (
    Verb(
        "rewards.propose_innovation",
        N_("Propose an innovation"),
        Innovation,
        Does.CREATE,
        _propose,
        (
            VerbField("unit_id", N_("Unit"), FieldKind.REFERENCE, is_required=True, refers_to=WorkUnit),
            *_TEXTS,
            _UNITS,
            VerbField("proposed_on", N_("Proposed on"), FieldKind.DATE, help=N_("Empty: today.")),
        ),
        permission=PROPOSE,
        allows=_works_or_manages,
    ),
    Verb("rewards.change_innovation", N_("Correct"), Innovation, Does.CORRECT, _change, _TEXTS, permission=EDIT),
    Verb(
        "rewards.set_innovation_units",
        N_("Set the units concerned"),
        Innovation,
        Does.ACT,
        _set_units,
        (_UNITS,),
        permission=EDIT,
    ),
    Verb(
        "rewards.try_innovation",
        N_("Begin the trial"),
        Innovation,
        Does.ACT,
        _try,
        (_DAY, _WHY),
        permission=DECIDE,
        suits=_before(InnovationStage.TRIED),
    ),
    Verb(
        "rewards.adopt_innovation",
        N_("Adopt"),
        Innovation,
        Does.ACT,
        _adopt,
        (
            _DAY,
            VerbField("implemented_on", N_("In use since"), FieldKind.DATE, help=N_("Empty: since the adoption.")),
            _WHY,
        ),
        permission=DECIDE,
        suits=_before(InnovationStage.ADOPTED),
        help=N_("Everybody of the institution sees it from then on."),
    ),
    Verb(
        "rewards.decline_innovation",
        N_("Decline"),
        Innovation,
        Does.ACT,
        _decline,
        (REASON, _DAY),
        permission=DECIDE,
        suits=_before(InnovationStage.DECLINED),
        is_grave=True,
    ),
    Verb(
        "rewards.end_innovation",
        N_("Note the end"),
        Innovation,
        Does.ACT,
        _end,
        (REASON, _DAY),
        permission=DECIDE,
        suits=_before(InnovationStage.ENDED),
        is_grave=True,
    ),
    Verb(
        "rewards.set_innovation_author",
        N_("Name an author"),
        InnovationAuthor,
        Does.CREATE,
        _set_author,
        (
            _INNOVATION,
            VerbField("employee_id", N_("Author"), FieldKind.REFERENCE, is_required=True, refers_to=Employee),
            VerbField("role", N_("Role"), FieldKind.CHOICE, is_required=True, choices=AuthorRole),
            VerbField("share", N_("Share (%)"), FieldKind.AMOUNT, help=N_("Of all authors together at most 100.")),
        ),
        permission=EDIT,
        allows=_may_edit,
    ),
    Verb(
        "rewards.remove_innovation_author",
        N_("Take off the authors"),
        InnovationAuthor,
        Does.ACT,
        _remove_author,
        permission=EDIT,
        subject=lambda row: row.innovation,
        is_grave=True,
    ),
    Verb(
        "rewards.add_innovation_link",
        N_("Add a link"),
        InnovationEvidence,
        Does.CREATE,
        _add_link,
        (_INNOVATION, VerbField("url", N_("Address"), is_required=True), VerbField("title", N_("Title"))),
        permission=EDIT,
        allows=_may_edit,
    ),
    Verb(
        "rewards.remove_innovation_evidence",
        N_("Remove"),
        InnovationEvidence,
        Does.ACT,
        _remove_evidence,
        permission=EDIT,
        subject=lambda row: row.innovation,
        is_grave=True,
    ),
    Verb(
        "rewards.measure_innovation_effect",
        N_("Measure the effect"),
        InnovationEffect,
        Does.CREATE,
        _measure,
        (
            _INNOVATION,
            VerbField("fact", N_("Fact"), FieldKind.CHOICE, is_required=True, choices=_facts),
            VerbField(
                "direction", N_("The value is to become"), FieldKind.CHOICE, is_required=True, choices=EffectDirection
            ),
            VerbField(
                "unit_id",
                N_("Unit"),
                FieldKind.REFERENCE,
                refers_to=WorkUnit,
                help=N_("For facts about a unit; empty: that of the innovation."),
            ),
            VerbField(
                "employee_id",
                N_("Author"),
                FieldKind.REFERENCE,
                refers_to=Employee,
                help=N_("For facts about a person."),
            ),
            VerbField("before_first", N_("Before: from"), FieldKind.DATE, is_required=True),
            VerbField("before_last", N_("Before: until"), FieldKind.DATE, is_required=True),
            VerbField("after_first", N_("After: from"), FieldKind.DATE, is_required=True),
            VerbField("after_last", N_("After: until"), FieldKind.DATE, is_required=True),
        ),
        permission=EDIT,
        allows=_may_edit,
        help=N_("What is measured is kept as it is, with its query; measured again, it is another measurement."),
    ),
)
