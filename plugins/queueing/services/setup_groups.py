"""People who go first: the groups that the law names, loaded once and then kept by the institution."""

import csv
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypedDict

from core.database import transaction
from core.organisation.services.changing import check_values, refuse_all, stripped
from core.plugin_api import N_, Context, Problem, fetch, require, unit_of_work
from plugins.queueing.models import PriorityGroup
from plugins.queueing.policies import MANAGE_GROUPS
from plugins.queueing.services.setup import MOST, missing_problems, range_problems

_FILE = Path(__file__).parent.parent / "data" / "priority_groups.csv"
_CODE = re.compile(r"[A-Z0-9]+(_[A-Z0-9]+)*")
_RANGES = {"rank": (0, MOST)}


def load_groups() -> None:
    """Add the groups of UU 25/2009 where there are none, so that what people have changed stays as it is."""
    if PriorityGroup.select().exists():
        return
    with _FILE.open(encoding="utf-8", newline="") as file:
        rows = [{**row, "rank": int(row["rank"])} for row in csv.DictReader(file)]
    with transaction():
        # Several processes may start at once.
        PriorityGroup.insert_many(rows).on_conflict_ignore().execute()


class GroupChanges(TypedDict, total=False):
    """What can be changed about a group."""

    code: str
    name: str
    name_en: str
    rank: int
    source: str
    is_active: bool


def create_group(ctx: Context, *, code: str, name: str, **more: Any) -> PriorityGroup:
    """Add a group of people who go first."""
    values = stripped({"code": code, "name": name, **more})
    with unit_of_work(ctx) as work:
        require(ctx, MANAGE_GROUPS, None, "input")
        refuse_all(_problems(values, None))
        return work.create(PriorityGroup, **values)


def update_group(ctx: Context, group_id: int, version: int | None, changes: GroupChanges) -> PriorityGroup:
    """Change a group, or no longer offer it."""
    values = stripped(changes)
    with unit_of_work(ctx) as work:
        require(ctx, MANAGE_GROUPS, None, "input")
        row = fetch(PriorityGroup, group_id, ctx, "input", "id")
        refuse_all(_problems(values, row.id))
        return work.update(row, version, **values)


def _problems(values: Mapping[str, Any], own_id: int | None) -> list[Problem]:
    problems = missing_problems(values)
    if problems:
        return problems
    problems = check_values(PriorityGroup, values, required=("code", "name")) + range_problems(values, _RANGES)
    code = values.get("code", "")
    if code and not _CODE.fullmatch(code):
        text = N_("{code} is no code. Use capital letters, digits and underscores, such as LANSIA.")
        problems.append(Problem("GROUP_CODE", text, ("input", "code"), {"code": code}))
    twin = PriorityGroup.get_or_none(PriorityGroup.code == code) if code else None
    if twin is not None and twin.id != own_id:
        text = N_("The group {name} has the code {code} already. Choose another code.")
        problems.append(Problem("GROUP_CODE_TAKEN", text, ("input", "code"), {"code": code, "name": twin.name}))
    return problems
