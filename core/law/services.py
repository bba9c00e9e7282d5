"""Adding a version of a rule set when the law changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypedDict

import peewee as pw

from core.context import Context
from core.errors import Problem, Refused
from core.i18n import N_
from core.law.contents import fault_of, is_of_a_plugin_that_is_off, of_plugins
from core.law.models import RuleVersion
from core.law.reference import FIRST_LOCAL_REVISION
from core.policy import fetch, require
from core.work import UnitOfWork, unit_of_work

_LONGEST_REGULATION = 255


@dataclass(frozen=True)
class NewRuleVersion:
    """A version to be added: `valid_to` is its last day, None while open; `confidence` is H, M or L."""

    kind: str
    regulation: str
    source: str
    confidence: str
    valid_from: date
    valid_to: date | None
    content: Mapping[str, Any]


def add_rule_version(ctx: Context, new: NewRuleVersion) -> RuleVersion:
    """Add a version of a known rule set; the open version before it ends the day before, other overlaps are refused."""
    with unit_of_work(ctx) as work:
        require(ctx, "law.manage", None, "input")
        versions = list(
            RuleVersion.select().where(RuleVersion.kind == new.kind).order_by(RuleVersion.valid_from, RuleVersion.id)
        )
        known = bool(versions) or new.kind in {rule_set.name for rule_set in of_plugins()}
        problems = _faults(new, known=known and not is_of_a_plugin_that_is_off(new.kind))
        overlapping = [row for row in versions if _overlaps(row, new)]
        before = [row for row in overlapping if row.valid_to is None and row.valid_from < new.valid_from]
        problems += [_overlap(row) for row in overlapping if row not in before]
        if problems:
            raise Refused(problems)
        for row in before:
            work.update(row, valid_to=new.valid_from - timedelta(days=1))
        return _create(work, new)


class SourceChanges(TypedDict, total=False):
    """What may be put right about where a version comes from."""

    regulation: str
    source: str
    confidence: str


def correct_source(ctx: Context, rule_version_id: int, version: int | None, changes: SourceChanges) -> RuleVersion:
    """Put right where a version comes from; content and days stand, since decisions rest on them."""
    with unit_of_work(ctx) as work:
        row = fetch(RuleVersion, rule_version_id, ctx, "input", "id")
        require(ctx, "law.manage", row, "input", "id")
        texts = {name: str(changes.get(name, getattr(row, name))).strip() for name in SourceChanges.__annotations__}
        problems = _source_faults(**texts)
        if problems:
            raise Refused(problems)
        return work.update(row, version, **texts)


def _create(work: UnitOfWork, new: NewRuleVersion) -> RuleVersion:
    last = RuleVersion.select(pw.fn.MAX(RuleVersion.revision)).where(RuleVersion.kind == new.kind).scalar()
    made = work.create(
        RuleVersion,
        kind=new.kind,
        revision=max((last or 0) + 1, FIRST_LOCAL_REVISION),
        regulation=new.regulation.strip(),
        source=new.source.strip(),
        confidence=new.confidence,
        valid_from=new.valid_from,
        valid_to=new.valid_to,
        content=dict(new.content),
    )
    work.emit(
        "law.rule_version_added",
        {"rule_version_id": made.id, "kind": made.kind, "revision": made.revision, "valid_from": made.valid_from},
    )
    return made


def _faults(new: NewRuleVersion, *, known: bool) -> list[Problem]:
    found: list[Problem] = []
    if not known:
        found.append(
            Problem(
                "UNKNOWN_RULE_KIND",
                N_("There is no rule set {kind}. Use the kind of an existing rule set."),
                ("input", "kind"),
                {"kind": new.kind[:64]},
            )
        )
    found += _source_faults(new.regulation, new.source, new.confidence)
    if new.valid_to is not None and new.valid_to < new.valid_from:
        found.append(
            Problem(
                "DATES_REVERSED",
                N_("The last day {last} lies before the first day {first}. Correct one of them."),
                ("input", "validTo"),
                {"first": new.valid_from.isoformat(), "last": new.valid_to.isoformat()},
            )
        )
    fault = fault_of(new.kind, new.content)
    if fault is not None:
        found.append(
            Problem(
                "BAD_RULE_CONTENT",
                N_("The content of the rule is not usable at {place}. Take the version in force as a pattern."),
                ("input", "content"),
                {"place": fault},
            )
        )
    return found


def _source_faults(regulation: str, source: str, confidence: str) -> list[Problem]:
    found = [
        Problem(
            "TEXT_MISSING",
            N_("Where the rule comes from is not given. Name the regulation and where its text is found."),
            ("input", name),
        )
        for name, text in (("regulation", regulation), ("source", source))
        if not text.strip()
    ]
    if len(regulation.strip()) > _LONGEST_REGULATION:
        text = N_("This is longer than {longest} characters. Shorten it.")
        found.append(Problem("TEXT_TOO_LONG", text, ("input", "regulation"), {"longest": _LONGEST_REGULATION}))
    if confidence not in {"H", "M", "L"}:
        found.append(
            Problem(
                "BAD_CONFIDENCE",
                N_("{value} is no confidence. Use H, M or L."),
                ("input", "confidence"),
                {"value": confidence[:16]},
            )
        )
    return found


def _overlaps(row: RuleVersion, new: NewRuleVersion) -> bool:
    return (new.valid_to is None or row.valid_from <= new.valid_to) and (
        row.valid_to is None or row.valid_to >= new.valid_from
    )


def _overlap(row: RuleVersion) -> Problem:
    return Problem(
        "RULE_OVERLAP",
        N_(
            "Revision {revision} holds from {first} to {last} and would overlap. "
            "Choose days that no other version covers."
        ),
        ("input", "validFrom"),
        {
            "revision": row.revision,
            "first": row.valid_from.isoformat(),
            "last": row.valid_to.isoformat() if row.valid_to else "…",
        },
    )
