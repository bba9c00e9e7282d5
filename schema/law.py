"""The law's rule sets in GraphQL: every version with its days, and adding one."""

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

import strawberry

from core.context import Context
from core.law.in_force import find_version
from core.law.models import RuleVersion as RuleVersionModel
from core.law.services import NewRuleVersion
from core.law.services import add_rule_version as add
from schema.engine import Connection, Node, SchemaParts, column, entity, mutation, payload, root_one, root_pages
from schema.scalars import JSON


@entity(RuleVersionModel, order=("kind", "-revision"))
class RuleVersion(Node):
    """One version of a rule set of the law (peraturan) with the days on which it holds; one in use never changes."""

    kind: str = column(
        RuleVersionModel.kind,
        "Name of the rule set: predicate_matrix, distribution, credit_points, objection, head_result_rating, …",
    )
    revision: int = column(RuleVersionModel.revision, "Number of the version; from 1001 those of the institution.")
    regulation: str = column(RuleVersionModel.regulation, "The regulation (peraturan) that it comes from.")
    source: str = column(RuleVersionModel.source, "Where its text was found.")
    confidence: str = column(RuleVersionModel.confidence, "How sure the source is: H, M or L.")
    valid_from: date = column(RuleVersionModel.valid_from, "First day on which it holds.")
    valid_to: date | None = column(RuleVersionModel.valid_to, "Last day on which it holds; null while open.")
    content: JSON = column(RuleVersionModel.content, "The rule itself.", filterable=False, orderable=False)
    version: int = column(RuleVersionModel.version, "Version of the row.")


class Query:
    """Reading the law."""

    rule_versions: Connection[RuleVersion] = root_pages("Every version of every rule set.")
    rule_in_force: RuleVersion | None = root_one(
        lambda _ctx, kind, on: getattr(find_version(kind, on), "id", None),
        "The version of a rule set that is in force on a day; null where there is none.",
        args={"kind": (str, "Name of the rule set."), "on": (date, "The day.")},
    )


@strawberry.input(description="A new version of a rule set; the open version before it ends the day before.")
class AddRuleVersionInput:
    """A new version of a rule set."""

    kind: str = strawberry.field(description="Name of an existing rule set.")
    regulation: str = strawberry.field(description="The regulation (peraturan) that it comes from.")
    source: str = strawberry.field(description="Where its text is found.")
    confidence: str = strawberry.field(description="How sure the source is: H, M or L.")
    valid_from: date = strawberry.field(description="First day on which it holds.")
    content: JSON = strawberry.field(description="The rule itself, shaped like the version in force.")
    valid_to: date | None = strawberry.field(
        description="Last day on which it holds; open when left out.", default=None
    )


def _add_rule_version(ctx: Context, input: AddRuleVersionInput) -> dict[str, Any]:
    new = NewRuleVersion(
        kind=input.kind,
        regulation=input.regulation,
        source=input.source,
        confidence=input.confidence,
        valid_from=input.valid_from,
        valid_to=input.valid_to,
        content=cast("Mapping[str, Any]", input.content),
    )
    return {"rule_version": add(ctx, new)}


class Mutation:
    """Changing the law."""

    add_rule_version = mutation(
        _add_rule_version,
        input=AddRuleVersionInput,
        payload=payload("AddRuleVersionPayload", rule_version=(RuleVersion, "The new version.")),
        description="Add a version of a rule set when the law changes.",
    )


PARTS = SchemaParts(query=Query, mutation=Mutation)
