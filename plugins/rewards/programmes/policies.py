"""Who sees programmes and what comes of them, and who may do what.

Programmes, criteria and rounds are open to everybody known: who is recognised, is recognised by open rules. A result of
a run is for its person and for HR of the unit. A nomination is for whoever made it, HR of the unit, the panel once it
is verified, and everybody who knows the nominee once it is decided, since they may object. What stands behind a
finding about discipline, only the person reads.
"""

from collections.abc import Callable
from typing import Any

from core.organisation.models import WorkUnit
from core.organisation.policies import sees_details, sees_person
from core.organisation.scope import unit_within
from core.plugin_api import ActEntry, Actor, PolicyEntry, among, as_condition, either
from plugins.rewards.programmes.models import (
    Award,
    AwardObjection,
    EligibilityResult,
    EligibilityRun,
    Nomination,
    PanelMember,
    PanelScore,
    RewardCriteria,
    RewardFile,
    RewardProgramme,
    RewardRound,
)
from plugins.rewards.programmes.roles import DECIDE, MANAGE, READ
from plugins.rewards.programmes.terms import AWARDED_STATES, FilePurpose, NominationState

SCORE = "rewards.score_nomination"
TAKE_BACK = "rewards.withdraw_nomination"
CHANGE_FILES = "rewards.change_files"

_PANEL_SEES = frozenset(NominationState) - {
    NominationState.NOMINATED,
    NominationState.REJECTED,
    NominationState.WITHDRAWN,
}


def _both(left: Any, right: Any) -> Any:
    if left is False or right is False:
        return False
    if left is True:
        return right
    return left if right is True else left & right


def _inside(actor: Actor, unit_column: Any) -> Any:
    """Return where HR reads the unit; what belongs to no unit is for those who read the whole institution."""
    return unit_within(unit_column, actor.paths(READ))


def _own(actor: Actor, column: Any) -> Any:
    return False if actor.employee_id is None else column == actor.employee_id


def _programme(actor: Actor, t: Any) -> Any:
    if not actor.is_known:
        return False
    return True if actor.paths(READ) else t.is_active == True  # noqa: E712 - SQL


def _of_programme(actor: Actor, t: Any) -> Any:
    programme = RewardProgramme.alias()
    rows = _programme(actor, programme)
    return rows if isinstance(rows, bool) else among(t.programme, programme.select(programme.id).where(rows))


def _run(actor: Actor, t: Any) -> Any:
    reader = actor.paths(READ)
    if "" in reader:
        return True
    if not reader:
        return False
    round_, programme = RewardRound.alias(), RewardProgramme.alias()
    rounds = round_.select(round_.id).join(programme).where(as_condition(unit_within(programme.unit, reader)))
    return among(t.round, rounds)


def _result(actor: Actor, t: Any) -> Any:
    return either(_own(actor, t.employee), _inside(actor, t.unit))


def _own_result(actor: Actor, t: Any) -> Any:
    return _own(actor, t.employee)


def _sits(actor: Actor, round_column: Any) -> Any:
    """Return where the actor is a member of the panel of a round."""
    if actor.employee_id is None:
        return False
    member = PanelMember.alias()
    return among(round_column, member.select(member.round).where(member.employee == actor.employee_id))


def _nomination(actor: Actor, t: Any) -> Any:
    if not actor.is_known:
        return False
    announced = _both(t.state.in_(list(AWARDED_STATES)), sees_person(actor, t.employee))
    panel = _both(t.state.in_(list(_PANEL_SEES)), _sits(actor, t.round))
    return either(_inside(actor, t.unit), _own(actor, t.nominator), panel, announced)


def _names_nominator(actor: Actor, t: Any) -> Any:
    return either(_inside(actor, t.unit), _own(actor, t.nominator))


def _works_on(actor: Actor, t: Any) -> Any:
    return either(_inside(actor, t.unit), _own(actor, t.nominator), _sits(actor, t.round))


def _hr_or_own(actor: Actor, t: Any) -> Any:
    return either(_inside(actor, t.unit), _own(actor, t.employee))


def _member(actor: Actor, t: Any) -> Any:
    if not actor.is_known:
        return False
    if actor.paths(READ):
        return True
    round_, programme = RewardRound.alias(), RewardProgramme.alias()
    shown = round_.select(round_.id).join(programme).where(programme.shows_scorers & programme.is_active)
    return either(_sits(actor, t.round), among(t.round, shown))


def _score(actor: Actor, t: Any) -> Any:
    nomination = Nomination.alias()
    read = _inside(actor, nomination.unit)
    decided = _both(nomination.state.in_([*AWARDED_STATES, NominationState.DECLINED]), _sits(actor, nomination.round))
    seen = either(read, decided)
    inside = seen if isinstance(seen, bool) else among(t.nomination, nomination.select(nomination.id).where(seen))
    return either(_own(actor, t.member), inside)


def _scorer(actor: Actor, t: Any) -> Any:
    nomination, round_, programme = Nomination.alias(), RewardRound.alias(), RewardProgramme.alias()
    shown = (
        nomination.select(nomination.id)
        .join(round_, on=nomination.round == round_.id)
        .join(programme, on=round_.programme == programme.id)
        .where(programme.shows_scorers)
    )
    return either(_own(actor, t.member), among(t.nomination, shown))


def _objection(actor: Actor, t: Any) -> Any:
    nomination = Nomination.alias()
    seen = either(_inside(actor, nomination.unit), _own(actor, nomination.employee))
    inside = seen if isinstance(seen, bool) else among(t.nomination, nomination.select(nomination.id).where(seen))
    return either(_own(actor, t.employee), inside)


def _objector(actor: Actor, t: Any) -> Any:
    nomination = Nomination.alias()
    seen = _inside(actor, nomination.unit)
    inside = seen if isinstance(seen, bool) else among(t.nomination, nomination.select(nomination.id).where(seen))
    return either(_own(actor, t.employee), inside)


def _award(actor: Actor, t: Any) -> Any:
    published = _both(t.is_published == True, sees_person(actor, t.employee))  # noqa: E712 - SQL
    return either(published, sees_details(actor, t.employee), _inside(actor, t.unit))


def _of(table: Any, column: Any, rows: Any) -> Any:
    """Return where a column points to one of the rows of an alias."""
    return rows if rows is False else among(column, table.select(table.id).where(as_condition(rows)))


def _file(actor: Actor, t: Any) -> Any:
    """Evidence is for those who read that of the nomination, a decree for whoever sees the award.

    Before the grant it is not said yet whether the award is published: until then HR and the person read the decree.
    """
    nomination, award = Nomination.alias(), Award.alias()
    proves = _of(nomination, t.nomination, _both(_nomination(actor, nomination), _works_on(actor, nomination)))
    decides = _of(nomination, t.nomination, _hr_or_own(actor, nomination))
    return either(
        _both(t.purpose == FilePurpose.EVIDENCE, proves),
        _both(t.purpose == FilePurpose.DECREE, decides),
        _of(award, t.award, _award(actor, award)),
    )


def _unit_path(subject: Any) -> str | None:
    """Return the path of the unit that a subject belongs to, None for the whole institution."""
    if isinstance(subject, RewardCriteria | RewardRound):
        subject = subject.programme
    if isinstance(subject, EligibilityRun | PanelMember):
        subject = subject.round.programme
    if isinstance(subject, AwardObjection | PanelScore):
        subject = subject.nomination
    unit = subject if isinstance(subject, WorkUnit) or subject is None else subject.unit
    return None if unit is None else str(unit.path)


def _holds(permission: str) -> Callable[[Actor, Any], bool]:
    def rule(actor: Actor, subject: Any) -> bool:
        return actor.holds(permission, _unit_path(subject))

    return rule


def _scores(actor: Actor, subject: Nomination) -> bool:
    if actor.employee_id is None or actor.employee_id in {subject.employee_id, subject.nominator_id}:
        return False
    mine = (PanelMember.round == subject.round_id) & (PanelMember.employee == actor.employee_id)
    return bool(PanelMember.select().where(mine).exists())


def _takes_back(actor: Actor, subject: Nomination) -> bool:
    own = actor.employee_id is not None and actor.employee_id == subject.nominator_id
    return own or actor.holds(MANAGE, _unit_path(subject))


def _changes_file(actor: Actor, subject: RewardFile) -> bool:
    nomination = subject.nomination
    if nomination is not None and subject.purpose is FilePurpose.EVIDENCE:
        return _takes_back(actor, nomination)
    return actor.holds(DECIDE, _unit_path(subject.award or nomination))


def _objects(actor: Actor, _subject: Any) -> bool:
    return actor.employee_id is not None


OBJECT = "rewards.object_to_decision"
NOMINATE = "rewards.nominate"

ENTRIES: list[PolicyEntry] = [
    PolicyEntry(RewardProgramme, _programme),
    PolicyEntry(RewardCriteria, _of_programme),
    PolicyEntry(RewardRound, _of_programme),
    PolicyEntry(EligibilityRun, _run),
    PolicyEntry(EligibilityResult, _result, {"confidential": _own_result}),
    PolicyEntry(
        Nomination,
        _nomination,
        {
            **dict.fromkeys(("nominator",), _names_nominator),
            **dict.fromkeys(("statement", "evidence", "checked", "verification_note", "reason"), _works_on),
            **dict.fromkeys(("findings", "snapshot", "result"), _hr_or_own),
        },
    ),
    PolicyEntry(PanelMember, _member),
    PolicyEntry(PanelScore, _score, {"member": _scorer}),
    PolicyEntry(AwardObjection, _objection, {"employee": _objector}),
    PolicyEntry(Award, _award, {"revoked_reason": _hr_or_own}),
    PolicyEntry(RewardFile, _file),
]
"""Rows and masks of programmes."""

ACTS: list[ActEntry] = [
    # Subject: a unit (None: the whole institution), or a row of a programme.
    ActEntry(READ, _holds(READ)),
    ActEntry(MANAGE, _holds(MANAGE)),
    ActEntry(DECIDE, _holds(DECIDE)),
    # Subject: a nomination.
    ActEntry(SCORE, _scores),
    ActEntry(TAKE_BACK, _takes_back),
    ActEntry(OBJECT, _objects),
    # Subject: a file.
    ActEntry(CHANGE_FILES, _changes_file),
    # Subject: a round; whom somebody may nominate, the service asks.
    ActEntry(NOMINATE, _objects),
]
"""What may be done by whom."""
