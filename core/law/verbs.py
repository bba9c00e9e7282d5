"""What people do by hand to rule sets."""

from collections.abc import Sequence
from typing import cast

from core.context import Context
from core.i18n import N_
from core.law.contents import of_plugins
from core.law.models import RuleVersion
from core.law.rule import (
    CREDIT_POINTS,
    DISTRIBUTION,
    HEAD_RESULT_RATING,
    NUMERIC_SCALE,
    OBJECTION,
    PREDICATE_MATRIX,
)
from core.law.services import NewRuleVersion, SourceChanges, add_rule_version, correct_source
from core.verbs.calling import given
from core.verbs.declare import Does, FieldKind, Target, Values, Verb, VerbField


def _kinds(_ctx: Context) -> Sequence[tuple[str, str]]:
    return [
        (PREDICATE_MATRIX, N_("Matrix of predicates")),
        (DISTRIBUTION, N_("Distribution of predicates")),
        (CREDIT_POINTS, N_("Credit points")),
        (OBJECTION, N_("Time for objections")),
        (HEAD_RESULT_RATING, N_("Rating of the unit's head")),
        (NUMERIC_SCALE, N_("Scale of numbers")),
        *((rule_set.name, rule_set.title) for rule_set in of_plugins()),
    ]


def _levels(_ctx: Context) -> Sequence[tuple[str, str]]:
    return [("H", N_("high")), ("M", N_("middling")), ("L", N_("low"))]


def _add(ctx: Context, _target: Target, values: Values) -> RuleVersion:
    wanted = {"valid_to": None, "content": {}, **given(values)}
    return add_rule_version(ctx, NewRuleVersion(**wanted))


def _correct(ctx: Context, target: Target, values: Values) -> RuleVersion:
    return correct_source(ctx, target.id, target.version, cast("SourceChanges", dict(values)))


_SOURCE = (
    VerbField("regulation", N_("Regulation"), is_required=True),
    VerbField("source", N_("Source"), FieldKind.LONG_TEXT, is_required=True),
    VerbField("confidence", N_("Confidence"), FieldKind.CHOICE, is_required=True, choices=_levels),
)

VERBS = (
    Verb(
        "law.add_rule_version",
        N_("New version"),
        RuleVersion,
        Does.CREATE,
        _add,
        (
            VerbField("kind", N_("Rule set"), FieldKind.CHOICE, is_required=True, choices=_kinds),
            *_SOURCE,
            VerbField("valid_from", N_("From"), FieldKind.DATE, is_required=True),
            VerbField("valid_to", N_("Until"), FieldKind.DATE),
            VerbField(
                "content",
                N_("Content"),
                FieldKind.JSON,
                is_required=True,
                help=N_("Take the content of the version in force as a pattern and change what the new law changes."),
            ),
        ),
        permission="law.manage",
        allows=lambda actor: actor.holds("law.manage", None),
        help=N_("The version that is open ends the day before."),
    ),
    Verb(
        "law.correct_source",
        N_("Correct the source"),
        RuleVersion,
        Does.CORRECT,
        _correct,
        _SOURCE,
        permission="law.manage",
        help=N_("Decisions rest on the content, which never changes: a new law is a new version."),
    ),
)
