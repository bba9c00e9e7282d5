"""Programmes are set up, from a template or by hand, and their criteria change by versions."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

import peewee as pw

from core.organisation.models import WorkUnit
from core.organisation.services.changing import camel, check_values, refuse_all, rows_of, stripped
from core.plugin_api import N_, Context, Problem, fetch, refuse, require, unit_of_work
from plugins.rewards.programmes.models import RewardCriteria, RewardProgramme
from plugins.rewards.programmes.roles import MANAGE
from plugins.rewards.programmes.rules.criteria import fault_of
from plugins.rewards.programmes.services.access import held, range_problems, to_do
from plugins.rewards.programmes.templates import templates
from plugins.rewards.programmes.terms import AwardKind, NominationBasis

_CODE = re.compile(r"[a-z0-9]+([-_][a-z0-9]+)*")
_RANGES = {"quota_per_unit": (1, 100_000), "quota_depth": (0, 20), "min_scores": (0, 50), "objection_days": (0, 60)}
_CONFIDENCES = ("H", "M", "L")
_MOST_ITEMS = 30
_NULLABLE = {"quota_per_unit", "quota_depth", "unit_id"}


class ProgrammeChanges(TypedDict, total=False):
    """What can be changed about a programme."""

    name: str
    unit_id: int | None
    description: str
    legal_basis: str
    source: str
    confidence: str
    quota_per_unit: int | None
    quota_depth: int | None
    nominators: list[str]
    checklist: list[dict[str, str]]
    min_scores: int
    excludes_own_unit: bool
    shows_scorers: bool
    objection_days: int
    is_active: bool


def create_programme(
    ctx: Context,
    *,
    code: str,
    template: str = "",
    kind: AwardKind | None = None,
    criteria: Sequence[Mapping[str, Any]] | None = None,
    unit_id: int | None = None,
    **more: Any,
) -> RewardProgramme:
    """Set up a programme, for a unit and those below or (without one) for the institution.

    `template` names a shipped pattern; what is given besides takes its place. `more` is as in `ProgrammeChanges`.
    """
    values = _from_template(ctx, template) | stripped({"code": code, **more})
    rules = criteria if criteria is not None else values.pop("criteria")
    values.pop("criteria", None)
    if kind is not None:
        values["kind"] = kind
    with unit_of_work(ctx) as work:
        unit = None if unit_id is None else fetch(WorkUnit, unit_id, ctx, "input", "unitId")
        require(ctx, MANAGE, unit, "input", "unitId")
        if not values.get("name"):
            values["name"] = ""
        refuse_all([*_problems(values), *_code_problems(code.strip()), *_criteria_problems(rules)])
        made = work.create(RewardProgramme, unit=unit.id if unit else None, template=template, **values)
        work.create(RewardCriteria, programme=made.id, revision=1, criteria=list(rules))
        return made


def update_programme(
    ctx: Context, programme_id: int, version: int | None, changes: ProgrammeChanges
) -> RewardProgramme:
    """Change a programme; its criteria change by `set_criteria`."""
    values = stripped(changes)
    with unit_of_work(ctx) as work:
        programme = to_do(ctx, MANAGE, RewardProgramme, programme_id)
        refuse_all(_problems(values))
        if "unit_id" in values:
            key = values.pop("unit_id")
            unit = None if key is None else fetch(WorkUnit, key, ctx, "input", "unitId")
            require(ctx, MANAGE, unit, "input", "unitId")
            values["unit"] = unit.id if unit else None
        return work.update(programme, version, **values)


def set_criteria(
    ctx: Context, programme_id: int, criteria: Sequence[Mapping[str, Any]], note: str = ""
) -> RewardCriteria:
    """Give a programme new criteria: a version of its own, so that earlier runs and decisions keep theirs."""
    with unit_of_work(ctx) as work:
        programme = held(RewardProgramme, to_do(ctx, MANAGE, RewardProgramme, programme_id, "programmeId").id)
        refuse_all(_criteria_problems(criteria))
        last = newest_criteria(programme.id)
        if list(last.criteria) == list(criteria):
            text = N_("These are the criteria that hold already. Change something, or leave them.")
            raise refuse("CRITERIA_SAME", text, "input", "criteria")
        return work.create(
            RewardCriteria,
            programme=programme.id,
            revision=last.revision + 1,
            criteria=list(criteria),
            note=note.strip(),
        )


def newest_criteria(programme_id: int) -> RewardCriteria:
    """Return the criteria of a programme that hold now."""
    rows = RewardCriteria.select().where(RewardCriteria.programme == programme_id)
    row: RewardCriteria = rows.order_by(RewardCriteria.revision.desc()).get()
    return row


def newest_criteria_of(programme_ids: Sequence[int]) -> Mapping[int, int]:
    """Return by programme the id of the criteria that hold now; one statement."""
    newest = RewardCriteria.alias()
    highest = newest.select(pw.fn.MAX(newest.revision)).where(newest.programme == RewardCriteria.programme)
    rows = RewardCriteria.select(RewardCriteria.programme, RewardCriteria.id).where(
        RewardCriteria.programme.in_(list(programme_ids)) & (RewardCriteria.revision == highest)
    )
    return dict(rows_of(rows))


def _from_template(ctx: Context, code: str) -> dict[str, Any]:
    if not code:
        return {"criteria": [], "nominators": [], "checklist": [], "kind": AwardKind.APPRECIATION}
    pattern = templates().get(code)
    if pattern is None:
        text = N_("There is no template {code}. Choose one of {codes}.")
        raise refuse("TEMPLATE_UNKNOWN", text, "input", "template", code=code, codes=", ".join(templates()))
    values = {name: value for name, value in pattern.items() if name != "code"}
    values["kind"] = AwardKind(values["kind"])
    values["description"] = values["description"][ctx.language if ctx.language in {"id", "en"} else "id"]
    return values


def _code_problems(code: str) -> list[Problem]:
    if not _CODE.fullmatch(code) or len(code) > 32:
        text = N_("{code} is no code. Use small letters, digits and hyphens, such as teladan-bulanan.")
        return [Problem("PROGRAMME_CODE", text, ("input", "code"), {"code": code[:40]})]
    taken = RewardProgramme.get_or_none(RewardProgramme.code == code)
    if taken is None:
        return []
    text = N_("The programme {name} has the code {code} already. Choose another code.")
    return [Problem("PROGRAMME_CODE_TAKEN", text, ("input", "code"), {"code": code, "name": taken.name})]


def _problems(values: Mapping[str, Any]) -> list[Problem]:
    empty = [
        Problem("TEXT_MISSING", N_("This must not be empty. Fill it in."), ("input", camel(name)))
        for name, value in values.items()
        if value is None and name not in _NULLABLE
    ]
    if empty:
        return empty
    texts = {
        name: value
        for name, value in values.items()
        if isinstance(value, str) and isinstance(RewardProgramme._meta.fields.get(name), pw.CharField | pw.TextField)
    }
    problems = check_values(RewardProgramme, texts, required=("name",)) + range_problems(values, _RANGES)
    if values.get("confidence", "L") not in _CONFIDENCES:
        text = N_("{value} is no confidence. Use H, M or L.")
        problems.append(Problem("BAD_CONFIDENCE", text, ("input", "confidence"), {"value": values["confidence"]}))
    nominators = values.get("nominators", [])
    if not isinstance(nominators, list) or not set(map(str, nominators)) <= {one.value for one in NominationBasis}:
        text = N_("Only {kinds} can nominate. Choose among these.")
        kinds = ", ".join(one.value for one in NominationBasis)
        problems.append(Problem("NOMINATORS_UNKNOWN", text, ("input", "nominators"), {"kinds": kinds}))
    if not _is_checklist(values.get("checklist", [])):
        text = N_(
            "The checklist cannot be used. Give items with a code of their own and the texts id and en, {most} at most."
        )
        problems.append(Problem("CHECKLIST_UNUSABLE", text, ("input", "checklist"), {"most": _MOST_ITEMS}))
    return problems


def _is_checklist(items: Any) -> bool:
    if not isinstance(items, list) or len(items) > _MOST_ITEMS:
        return False
    shaped = [
        item
        for item in items
        if isinstance(item, Mapping)
        and set(item) == {"code", "id", "en"}
        and all(isinstance(text, str) and text.strip() for text in item.values())
    ]
    return len(shaped) == len(items) == len({item["code"] for item in shaped})


def _criteria_problems(criteria: Any) -> list[Problem]:
    fault = fault_of(criteria)
    if fault is None:
        return []
    text = N_("The criteria cannot be used at {place}. Take those of a template as a pattern.")
    return [Problem("CRITERIA_UNUSABLE", text, ("input", "criteria"), {"place": fault})]
