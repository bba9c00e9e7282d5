"""Discipline in the world of the walk: who deals with which case, and what its person is told of it.

Four cases: of the clerk, only reported; of the officer, summoned, with a team; of `other`, decided but not received;
of the trainee, in effect. The regional secretary was in the team of the second until yesterday.
"""

from datetime import date, timedelta
from typing import Any

from core.settings import Settings
from plugins.rewards.discipline import models
from plugins.rewards.discipline.services.law import law_on
from plugins.rewards.discipline.terms import (
    Authority,
    CaseState,
    ClockKind,
    DecisionState,
    MemberElement,
    MemberRole,
    ReadChannel,
    RemedyKind,
    SalaryStopState,
    SanctionLevel,
)
from tests.support.calls import NOON, system_context

TODAY = NOON.date()
YESTERDAY = TODAY - timedelta(days=1)
ACT = date(2026, 1, 5)

_CASES = (
    ("clerk", "chief", CaseState.REPORTED, "officer", False),
    ("officer", "chief", CaseState.SUMMONED, "clerk", True),
    ("other", "other_chief", CaseState.DECIDED, None, True),
    ("trainee", "deputy", CaseState.IN_EFFECT, "chief", True),
)
_OFFICERS = {"trainee": "other", "officer": "secretary"}
"""To whom reports are assigned; only the first holds a role that keeps discipline."""
_TEAM = (
    ("head", MemberRole.CHAIR, MemberElement.SUPERIOR, None),
    ("deputy", MemberRole.SECRETARY, MemberElement.HR, None),
    ("other", MemberRole.MEMBER, MemberElement.OVERSIGHT, None),
    ("secretary", MemberRole.MEMBER, MemberElement.OTHER, YESTERDAY),
)


def add_discipline(rows: dict[str, Any], settings: Settings) -> None:
    """Add rows of every table of discipline."""
    rules = dict(law_on(system_context(settings), rows["employee.clerk"], ACT, ACT).snapshot)
    for label, superior, state, reporter, is_protected in _CASES:
        employee = rows[f"employee.{label}"]
        case = rows[f"case.{label}"] = models.DisciplineCase.create(
            number=f"HD-{label}", employee=employee, superior=rows[f"employee.{superior}"], state=state,
            act_first_on=ACT, act_last_on=ACT, opened_on=ACT, rules=rules,
        )  # fmt: skip
        models.DisciplineReport.create(
            case=case, reporter=rows[f"employee.{reporter}"] if reporter else None, is_reporter_protected=is_protected,
            source="Surat", text="Tidak masuk kerja", reported_on=ACT,
            officer=rows.get(f"employee.{_OFFICERS.get(label)}"),
        )  # fmt: skip
        models.Breach.create(
            case=case, item_code="4.f", item_text="Masuk kerja", level=SanctionLevel.HEAVY, first_on=ACT, last_on=ACT
        )
        for kind in (ClockKind.SUPERIOR_ACTS, ClockKind.DELIVERY):
            models.DisciplineClock.create(
                case=case, kind=kind, started_on=ACT, days=7, due_on=TODAY, article="Pasal 26", confidence="M",
                # The next superior was told that nothing was done to the report about the clerk.
                told=rows["employee.head"] if (label, kind) == ("clerk", ClockKind.SUPERIOR_ACTS) else None,
            )  # fmt: skip
        models.CaseRead.create(
            case=case, reader=rows[f"employee.{superior}"], channel=ReadChannel.PAGE, part="DisciplineCase",
            read_at=NOON,
        )  # fmt: skip
        if label != "clerk":
            _proceedings(rows, label, case)
    for who, role, element, until in _TEAM:
        models.CaseMember.create(
            case=rows["case.officer"], employee=rows[f"employee.{who}"], role=role, element=element, valid_from=ACT,
            valid_to=until,
        )  # fmt: skip
    for label, by, state in (
        ("officer", "chief", SalaryStopState.REPORTED), ("other", "other_chief", SalaryStopState.VERIFIED),
    ):  # fmt: skip
        rows[f"stop.{label}"] = models.SalaryStop.create(
            employee=rows[f"employee.{label}"], case=rows[f"case.{label}"], state=state, absent_first_on=ACT,
            absent_last_on=TODAY, days=[], stops_from=date(2026, 2, 1), reported_by=rows[f"employee.{by}"],
            reported_on=TODAY, rules={},
        )  # fmt: skip


def _proceedings(rows: dict[str, Any], label: str, case: models.DisciplineCase) -> None:
    models.Summons.create(case=case, number=1, summoned_on=YESTERDAY, examine_on=TODAY)
    models.TemporaryRelease.create(case=case, decree_number="800/1", reason="Pemeriksaan", valid_from=TODAY)
    if label == "officer":
        return
    models.Examination.create(case=case, held_on=TODAY, minutes="Berita acara")
    models.SanctionProposal.create(case=case, proposed_on=TODAY, sanction="LIGHT_1", report="Laporan")
    is_received = label == "trainee"
    decision = rows[f"decision.{label}"] = models.SanctionDecision.create(
        case=case, employee=case.employee, decree_number="800/2", set_on=TODAY, authority=Authority.DIRECT_SUPERIOR,
        state=DecisionState.IN_EFFECT if is_received else DecisionState.SET, level=SanctionLevel.LIGHT, step=1,
        sanction="LIGHT_1", sanction_name="Teguran lisan", snapshot={"explanation": {"steps": []}, "rules": {}},
        received_on=TODAY if is_received else None,
    )  # fmt: skip
    models.DecisionDelivery.create(case=case, decision=decision, offered_on=TODAY, was_present=is_received)
    models.DisciplineRemedy.create(
        case=case, decision=decision, kind=RemedyKind.OBJECTION, filed_on=TODAY, grounds="Tidak benar"
    )


def _in_team(who: Any, case: Any, *wanted: Any) -> bool:
    return any(
        row.employee_id == who.employee
        and row.valid_from <= TODAY
        and (row.valid_to is None or row.valid_to >= TODAY)
        and (not wanted or row.role in wanted or row.element in wanted)
        for row in models.CaseMember.select().where(models.CaseMember.case == case.id)
    )


def _deals(f: Any, who: Any, case: Any) -> bool:
    if who.employee is None or f.is_me(who, case.employee_id):
        return False
    told = models.DisciplineClock.select().where(
        (models.DisciplineClock.case == case.id) & (models.DisciplineClock.told == who.employee)
    )
    return f.is_me(who, case.superior_id) or _in_team(who, case) or told.exists()


def _follows(f: Any, who: Any, case: Any) -> bool:
    """Whether somebody deals with the case, or has its report as HR officer for discipline."""
    assigned = models.DisciplineReport.select().where(
        (models.DisciplineReport.case == case.id) & (models.DisciplineReport.officer == who.employee)
    )
    is_mine = not f.is_me(who, case.employee_id) and who.employee is not None and assigned.exists()
    return _deals(f, who, case) or (is_mine and f.anywhere(who, "rewards.keep_discipline"))


def _may_know(f: Any, who: Any, case: Any) -> bool:
    """Whether it is the person itself, whom the law has told of it: from the summons on."""
    return f.is_me(who, case.employee_id) and case.state not in {"REPORTED", "DISMISSED", "TAKEN_UP"}


def _case(f: Any, who: Any, row: Any) -> bool:
    return _follows(f, who, row) or _may_know(f, who, row)


def _of_case(f: Any, who: Any, row: Any) -> bool:
    return _case(f, who, row.case)


def _of_handled(f: Any, who: Any, row: Any) -> bool:
    return _follows(f, who, row.case)


def _decision(f: Any, who: Any, row: Any) -> bool:
    return _follows(f, who, row.case) or (_may_know(f, who, row.case) and row.received_on is not None)


def _clock(f: Any, who: Any, row: Any) -> bool:
    return _follows(f, who, row.case) or (_may_know(f, who, row.case) and row.kind != "SUPERIOR_ACTS")


def _reporter(f: Any, who: Any, row: Any) -> bool:
    knows = _in_team(who, row.case, MemberRole.CHAIR, MemberRole.SECRETARY)
    return not row.is_reporter_protected or f.is_me(who, row.reporter_id) or knows


def _read(f: Any, who: Any, row: Any) -> bool:
    return _deals(f, who, row.case) and _in_team(who, row.case, MemberRole.CHAIR, MemberElement.OVERSIGHT)


def _stop(f: Any, who: Any, row: Any) -> bool:
    if f.is_me(who, row.employee_id) or f.is_me(who, row.reported_by_id):
        return True
    places = [unit for unit, employee in f.members if employee == row.employee_id]
    return any(f.role(who, "rewards.keep_discipline", unit) for unit in places)


SEES_OF_DISCIPLINE: dict[Any, Any] = {
    models.DisciplineCase: _case,
    models.DisciplineReport: _of_handled,
    models.Breach: _of_case,
    models.CaseMember: _of_case,
    models.Summons: _of_case,
    models.Examination: _of_case,
    models.SanctionProposal: _of_handled,
    models.SanctionDecision: _decision,
    models.DecisionDelivery: _of_case,
    models.DisciplineRemedy: _of_case,
    models.DisciplineClock: _clock,
    models.TemporaryRelease: _of_case,
    models.SalaryStop: _stop,
    models.CaseRead: _read,
}
READS_OF_DISCIPLINE: dict[Any, Any] = {
    (models.DisciplineReport, "reporter"): _reporter,
    (models.DisciplineReport, "source"): _reporter,
}
