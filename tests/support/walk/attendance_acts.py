"""Who may do what to leave and attendance: the office of the unit, nobody else."""

from tests.support.walk.act import HR_REGISTRY, Act, day, gid, seen
from tests.support.walk.world import YESTERDAY

ACTS_OF_ATTENDANCE: dict[str, Act] = {
    "recordLeave": Act(
        lambda w: {
            "employeeId": gid(w, "employee.officer"), "kind": "UNPAID", "firstDay": "2026-03-02",
            "lastDay": "2026-03-31",
        },
        HR_REGISTRY,
    ),
    "changeLeave": Act(lambda w: seen(w, "leave.officer", lastDay="2026-02-10"), HR_REGISTRY),
    "withdrawLeave": Act(lambda w: seen(w, "leave.officer", reason="Batal"), HR_REGISTRY),
    "recordAttendanceDay": Act(
        lambda w: {"employeeId": gid(w, "employee.officer"), "day": day(YESTERDAY), "state": "UNEXCUSED"}, HR_REGISTRY
    ),
    "changeAttendanceDay": Act(lambda w: seen(w, "day.officer", lateMinutes=9), HR_REGISTRY),
    "removeAttendanceDay": Act(lambda w: seen(w, "day.officer", reason="Salah orang"), HR_REGISTRY),
}  # fmt: skip
