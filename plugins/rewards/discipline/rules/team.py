"""What stands against the composition of an examination team (PP 94/2021 Pasal 27, PerBKN 6/2022 Pasal 29)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from plugins.rewards.discipline.rules.contents import Team
from plugins.rewards.discipline.terms import MemberElement, MemberRole


@dataclass(frozen=True)
class Standing:
    """How high somebody stands: `rank` rises with rank, `post` falls with it (1 is the highest); None: not known.

    Ranks of different kinds of employment are not compared: `scale` names the one of `rank`.
    """

    rank: int | None
    scale: str
    post: int | None


@dataclass(frozen=True)
class Candidate:
    """Somebody who is to be in the team."""

    employee_id: int
    role: MemberRole
    element: MemberElement
    standing: Standing


class TeamFault(StrEnum):
    """What is wrong with a team."""

    NOT_ONE_CHAIR = "NOT_ONE_CHAIR"
    NOT_ONE_SECRETARY = "NOT_ONE_SECRETARY"
    NO_MEMBER = "NO_MEMBER"
    ELEMENT_MISSING = "ELEMENT_MISSING"
    TWICE = "TWICE"
    EXAMINED_HIMSELF = "EXAMINED_HIMSELF"
    LOWER = "LOWER"


def is_lower(member: Standing, examined: Standing) -> bool:
    """Whether a member stands lower than the examined, by post or, within one scale of ranks, by rank."""
    by_post = member.post is not None and examined.post is not None and member.post > examined.post
    comparable = member.scale == examined.scale and member.rank is not None and examined.rank is not None
    return by_post or (comparable and (member.rank or 0) < (examined.rank or 0))


def team_faults(
    members: Sequence[Candidate], examined_id: int, examined: Standing, team: Team
) -> list[tuple[TeamFault, int | str]]:
    """Return what is wrong with a team, each with the employee's id or the name of what is missing."""
    roles = Counter(member.role for member in members)
    faults: list[tuple[TeamFault, int | str]] = []
    if MemberRole.CHAIR in team.roles and roles[MemberRole.CHAIR] != 1:
        faults.append((TeamFault.NOT_ONE_CHAIR, MemberRole.CHAIR.value))
    if MemberRole.SECRETARY in team.roles and roles[MemberRole.SECRETARY] != 1:
        faults.append((TeamFault.NOT_ONE_SECRETARY, MemberRole.SECRETARY.value))
    if MemberRole.MEMBER in team.roles and not roles[MemberRole.MEMBER]:
        faults.append((TeamFault.NO_MEMBER, MemberRole.MEMBER.value))
    there = {member.element for member in members}
    faults += [(TeamFault.ELEMENT_MISSING, one.value) for one in team.elements if one not in there]
    seen = Counter(member.employee_id for member in members)
    faults += [(TeamFault.TWICE, key) for key, count in seen.items() if count > 1]
    for member in members:
        if member.employee_id == examined_id:
            faults.append((TeamFault.EXAMINED_HIMSELF, member.employee_id))
        elif team.no_member_lower and is_lower(member.standing, examined):
            faults.append((TeamFault.LOWER, member.employee_id))
    return faults
