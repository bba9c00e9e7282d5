"""Back office of innovations: lists, and a page of each with its steps, effects and standing in the contest."""

from collections.abc import Sequence
from typing import Any

from admin.access import actor
from admin.blocks import Block, Step, Steps, Table
from admin.columns import STAMPS
from admin.readable import json_blocks
from admin.related import Related
from admin.show import shown, term
from admin.views import ScopedView, Shown
from core.law.in_force import find_rule
from core.organisation.models import Employee, WorkUnit
from core.plugin_api import N_, AdminView, active_registry, as_condition, translate, visible
from plugins.rewards.innovations.models import (
    Innovation,
    InnovationAuthor,
    InnovationEffect,
    InnovationEvidence,
    InnovationStep,
    InnovationUnit,
)
from plugins.rewards.innovations.reading_effects import fact_title_of, said_by
from plugins.rewards.innovations.rules.contest import KIND, standing
from plugins.rewards.innovations.terms import EffectCaution

_GROUP = N_("Rewards")

CAUTIONS = {
    EffectCaution.FEW_CASES: N_("There are few cases."),
    EffectCaution.UNEQUAL_WINDOWS: N_("The spans are not equally long."),
    EffectCaution.NO_VALUE_BEFORE: N_("There were no cases before."),
    EffectCaution.NO_VALUE_AFTER: N_("There were no cases after."),
    EffectCaution.FACT_NOT_OFFERED: N_("The plugin of this fact is off: it cannot be measured again."),
}
"""What people read of each caution."""


def _shown(value: Any) -> str:
    return "–" if value is None else shown(value, active_registry().settings)


def _percent(value: Any) -> str:
    return "–" if value is None else f"{_shown(value)} %"


def effects_table(rows: Sequence[InnovationEffect]) -> Table:
    """Return measured effects as a table: before, after, change, and what is to be kept in mind."""
    lines = []
    for row in rows:
        said = said_by(row)
        lines.append(
            (
                f"{fact_title_of(row)} ({row.unit_of_measure})" if row.unit_of_measure else fact_title_of(row),
                f"{_shown(row.before_value)} ({row.before_cases})",
                f"{_shown(row.before_first)} – {_shown(row.before_last)}",
                f"{_shown(row.after_value)} ({row.after_cases})",
                f"{_shown(row.after_first)} – {_shown(row.after_last)}",
                _percent(said.change_percent),
                " ".join(translate(CAUTIONS[one]) for one in said.cautions),
            )
        )
    headings = (
        N_("Fact"),
        N_("Before (cases)"),
        N_("Span before"),
        N_("After (cases)"),
        N_("Span after"),
        N_("Change"),
        N_("To be kept in mind"),
    )
    return Table(
        translate(N_("Measured effect")),
        tuple(translate(heading) for heading in headings),
        lines,
        translate(N_("Nothing was measured yet.")),
    )


def steps_of(row: Innovation, steps: Sequence[InnovationStep]) -> Steps:
    """Return the way of an innovation, each step with its day, reason and who decided."""
    said = [
        Step(
            term(step.stage),
            f"{_shown(step.day)}. {step.reason}".strip(),
            step.decided_by.name if step.decided_by is not None else "",
        )
        for step in steps
    ]
    return Steps(translate(N_("Steps")), [*said, *_contest(row)])


def _contest(row: Innovation) -> list[Step]:
    day = actor().today
    rule = find_rule(KIND, day)
    found = None if rule is None else standing(rule, row.group, row.implemented_on, day)
    if rule is None or found is None or found.ready_on is None:
        return []
    text = N_("The group {group} asks for {years} years in use; reached on {day}.")
    words = translate(text).format(
        group=translate(found.group.name), years=found.group.minimum_years, day=_shown(found.ready_on)
    )
    return [Step(translate(N_("Innovation contest")), words, f"{rule.regulation} ({rule.revision})")]


class InnovationView(ScopedView):
    """What is proposed, tried and adopted."""

    group = _GROUP
    order = ("proposed_on", True)
    columns = (
        Shown("title", N_("Title"), is_searched=True),
        Shown("unit", N_("Unit"), label=WorkUnit.name),
        Shown("stage", N_("Stage")),
        Shown("category", N_("Category")),
        Shown("group", N_("Group")),
        Shown("proposed_on", N_("Proposed on")),
        Shown("adopted_on", N_("Adopted on")),
        Shown("problem", N_("Problem"), is_listed=False, is_searched=True),
        Shown("description", N_("Description"), is_listed=False, is_searched=True),
        Shown("tried_on", N_("Trial from"), is_listed=False),
        Shown("implemented_on", N_("In use since"), is_listed=False),
        Shown("closed_on", N_("Declined or ended on"), is_listed=False),
        Shown("closing_reason", N_("Reason"), is_listed=False),
        Shown("origin", N_("Takes over"), is_listed=False),
        Shown("origin_note", N_("Takes over from outside"), is_listed=False),
        Shown("proposed_by", N_("Proposed by"), label=Employee.name, is_listed=False),
        Shown("rule", N_("Rules of the contest"), is_listed=False, is_raw=True),
        *STAMPS,
    )
    related = (
        Related(N_("Authors"), InnovationAuthor, "innovation", "rewards_innovation_author"),
        Related(N_("Further units concerned"), InnovationUnit, "innovation", "rewards_innovation_unit"),
        Related(N_("Evidence"), InnovationEvidence, "innovation", "rewards_innovation_evidence"),
        Related(N_("Taken over by"), Innovation, "origin", "rewards_innovation"),
    )

    def blocks(self, row: Any) -> Sequence[Block]:
        """Show the steps, the measured effects and the rules of the day of its proposal."""
        effects = list(
            InnovationEffect.select()
            .where((InnovationEffect.innovation == row.id) & as_condition(visible(actor(), InnovationEffect)))
            .order_by(InnovationEffect.measured_at, InnovationEffect.id)
        )
        steps = list(
            InnovationStep.select(InnovationStep, Employee)
            .left_outer_join(Employee, on=InnovationStep.decided_by == Employee.id)
            .where(InnovationStep.innovation == row.id)
            .order_by(InnovationStep.day, InnovationStep.id)
        )
        return [steps_of(row, steps), effects_table(effects), *json_blocks(N_("Rules of the contest"), row.rule)]


class InnovationAuthorView(ScopedView):
    """Who made which innovation."""

    group = _GROUP
    is_listed_in_menu = False
    stands = ("employee", "innovation")
    columns = (
        Shown("employee", N_("Employee"), label=Employee.name, is_searched=True),
        Shown("innovation", N_("Innovation"), label=Innovation.title, is_searched=True),
        Shown("role", N_("Role")),
        Shown("share", N_("Share (%)")),
        *STAMPS,
    )


class InnovationUnitView(ScopedView):
    """Further units that innovations concern."""

    group = _GROUP
    is_listed_in_menu = False
    stands = ("unit", "innovation")
    columns = (
        Shown("unit", N_("Unit"), label=WorkUnit.name, is_searched=True),
        Shown("innovation", N_("Innovation"), label=Innovation.title, is_searched=True),
        *STAMPS,
    )


class InnovationStepView(ScopedView):
    """The steps of innovations; nothing is ever changed here."""

    group = _GROUP
    is_listed_in_menu = False
    stands = ("stage", "day")
    order = ("day", True)
    columns = (
        Shown("innovation", N_("Innovation"), label=Innovation.title, is_searched=True),
        Shown("stage", N_("Stage")),
        Shown("day", N_("Day")),
        Shown("reason", N_("Reason")),
        Shown("decided_by", N_("Decided by"), label=Employee.name),
        Shown("recorded_at", N_("Entered at"), is_listed=False),
    )


class InnovationEvidenceView(ScopedView):
    """Links and files that prove innovations."""

    group = _GROUP
    is_listed_in_menu = False
    columns = (
        Shown("title", N_("Title"), is_searched=True),
        Shown("innovation", N_("Innovation"), label=Innovation.title, is_searched=True),
        Shown("kind", N_("Kind")),
        Shown("url", N_("Address")),
        Shown("file_name", N_("File name")),
        Shown("content_type", N_("Content type"), is_listed=False),
        Shown("size_bytes", N_("Size in bytes"), is_listed=False),
        Shown("sha256", N_("SHA-256"), is_listed=False),
        *STAMPS,
    )


class InnovationEffectView(ScopedView):
    """Facts before and after innovations, as they were measured."""

    group = _GROUP
    stands = ("title", "innovation")
    order = ("measured_at", True)
    columns = (
        Shown("innovation", N_("Innovation"), label=Innovation.title, is_searched=True),
        Shown("title", N_("Fact"), is_searched=True),
        Shown("before_value", N_("Before")),
        Shown("before_cases", N_("Cases before")),
        Shown("after_value", N_("After")),
        Shown("after_cases", N_("Cases after")),
        Shown("unit_of_measure", N_("Unit of measure")),
        Shown("measured_at", N_("Measured at")),
        Shown("direction", N_("The value is to become"), is_listed=False),
        Shown("subject", N_("Measured of"), is_listed=False),
        Shown("unit", N_("Unit"), label=WorkUnit.name, is_listed=False),
        Shown("employee", N_("Employee"), label=Employee.name, is_listed=False),
        Shown("before_first", N_("Before: from"), is_listed=False),
        Shown("before_last", N_("Before: until"), is_listed=False),
        Shown("after_first", N_("After: from"), is_listed=False),
        Shown("after_last", N_("After: until"), is_listed=False),
        Shown("fewest_cases", N_("Caution below so many cases"), is_listed=False),
        Shown("fact", N_("Name of the fact"), is_listed=False),
        Shown("measured_by", N_("Measured by"), label=Employee.name, is_listed=False),
        Shown("before_evidence", N_("Evidence before"), is_listed=False, is_raw=True),
        Shown("after_evidence", N_("Evidence after"), is_listed=False, is_raw=True),
    )

    def blocks(self, row: Any) -> Sequence[Block]:
        """Show what it says, and the queries that show the cases."""
        return [
            effects_table([row]),
            *json_blocks(N_("Evidence before"), row.before_evidence),
            *json_blocks(N_("Evidence after"), row.after_evidence),
        ]


VIEWS = [
    AdminView("rewards_innovation", lambda: InnovationView(Innovation, N_("Innovations"), "rewards_innovation")),
    AdminView(
        "rewards_innovation_effect",
        lambda: InnovationEffectView(InnovationEffect, N_("Effects of innovations"), "rewards_innovation_effect"),
    ),
    AdminView(
        "rewards_innovation_author",
        lambda: InnovationAuthorView(InnovationAuthor, N_("Authors of innovations"), "rewards_innovation_author"),
    ),
    AdminView(
        "rewards_innovation_unit",
        lambda: InnovationUnitView(InnovationUnit, N_("Units of innovations"), "rewards_innovation_unit"),
    ),
    AdminView(
        "rewards_innovation_step",
        lambda: InnovationStepView(InnovationStep, N_("Steps of innovations"), "rewards_innovation_step"),
    ),
    AdminView(
        "rewards_innovation_evidence",
        lambda: InnovationEvidenceView(
            InnovationEvidence, N_("Evidence of innovations"), "rewards_innovation_evidence"
        ),
    ),
]
