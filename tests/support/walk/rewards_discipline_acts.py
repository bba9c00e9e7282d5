"""Who may do what in discipline: those who deal with the case, and the person only its remedy.

Most steps do not follow on the state of the case here; the whole way is walked in tests/plugins/rewards/discipline.
"""

from typing import Any

from plugins.rewards.discipline.forms import FORMS
from tests.support.walk.act import Act, gid
from tests.support.walk.world import World

_TEAM = frozenset({"chief", "head", "deputy", "other"})
"""Who deals with the case of the officer: the superior and today's team."""
_SEES_OFFICER = frozenset(
    {
        "officer", "clerk", "chief", "head", "secretary", "other", "hr_officer", "hr_admin", "auditor", "discipline",
        "rewards_officer",
    }
)  # fmt: skip
"""Everybody reports; whom one does not see, one cannot name."""
_HR_OF_DISCIPLINE = frozenset({"hr_admin", "other", "discipline"})

_NEEDED: dict[str, dict[str, Any]] = {
    "takeUpCase": {"lateReason": "Libur"},
    "dismissCase": {"reason": "Tidak terbukti", "lateReason": "Libur"},
    "handUpCase": {"reason": "Terlibat"},
    "chargeWithBreach": {"itemCode": "3.a"},
    "releaseFromPost": {"reason": "Pemeriksaan", "decreeNumber": "1"},
    "summonToExamination": {"examineOn": "2026-01-20"},
    "recordExamination": {"minutes": "BAP"},
    "proposeSanction": {"sanction": "LIGHT_1", "report": "Laporan"},
    "clearPerson": {"reason": "Tidak terbukti"},
    "decideSanction": {"sanction": "LIGHT_1", "decreeNumber": "1"},
    "dispatchDecision": {"sentBy": "Pos"},
    "fileDisciplineRemedy": {"grounds": "Keliru"},
    "answerDisciplineRemedy": {"answer": "Tetap"},
    "decideDisciplineRemedy": {"outcome": "UPHELD", "decreeNumber": "1", "text": "Tetap"},
    "annulDecision": {"reason": "Keliru", "decreeNumber": "1"},
}
_WORKS = frozenset({"chargeWithBreach", "noteAbsenceAtExamination", "noteAppearanceAtExamination"})


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


def _of_case(label: str, **more: Any) -> Any:
    def given(world: World) -> dict[str, Any]:
        return {"caseId": gid(world, f"case.{label}"), "version": world.rows[f"case.{label}"].version, **more}

    return given


def _of_stop(label: str, **more: Any) -> Any:
    def given(world: World) -> dict[str, Any]:
        return {"id": gid(world, f"stop.{label}"), "version": world.rows[f"stop.{label}"].version, **more}

    return given


def _step(name: str) -> Act:
    if name in {"dismissCase", "handUpCase", "takeUpCase"}:
        # Of a report: its superior, and the one above who was told that nothing was done.
        return Act(_of_case("clerk", **_NEEDED.get(name, {})), {"chief", "head"})
    if name == "assignReport":
        # Of the superior alone: no team has a chair yet. `other` is an HR administrator.
        return Act(lambda w: _of_case("clerk", officerNumber=w.rows["employee.other"].nip)(w), {"chief"})
    allowed = _TEAM | {"officer"} if name == "fileDisciplineRemedy" else _TEAM
    return Act(_of_case("officer", **_NEEDED.get(name, {})), allowed, works=name in _WORKS)


ACTS_OF_DISCIPLINE: dict[str, Act] = {
    **{_camel(form.name): _step(_camel(form.name)) for form in FORMS},
    "formExaminationTeam": Act(_of_case("officer", members=[]), _TEAM, works=False),
    "reportBreach": Act(
        lambda w: {"employeeId": gid(w, "employee.officer"), "actFirstOn": "2026-01-05", "text": "Tidak masuk"},
        _SEES_OFFICER,
    ),
    "reportSalaryStop": Act(
        lambda w: {"employeeId": gid(w, "employee.officer"), "absentDays": ["2026-01-05"]},
        {"chief", "hr_admin", "other", "discipline"},
        works=False,
    ),
    "verifySalaryStop": Act(_of_stop("officer"), _HR_OF_DISCIPLINE),
    "rejectSalaryStop": Act(_of_stop("officer", reason="Keliru"), _HR_OF_DISCIPLINE),
    # Nobody stops, or lets go on, his own salary: `other` is an HR administrator and an employee.
    "setSalaryStop": Act(_of_stop("other", decreeNumber="1"), {"hr_admin", "hr_admin_archive", "discipline"}),
    "liftSalaryStop": Act(
        _of_stop("other", reason="Keliru"), {"hr_admin", "hr_admin_archive", "discipline"}, works=False
    ),
}
