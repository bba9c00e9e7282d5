"""Discipline in the demo city: a case that is over, one under examination, a report that waits for its superior."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from core.demo.seed import chance
from core.identity.actors import actor_for_employee
from core.identity.models import Account, RoleGrant
from core.organisation.models import Assignment, Employee, Grade, Position, WorkUnit
from core.organisation.scope import holds_on
from core.organisation.terms import EmploymentStatus
from core.plugin_api import Actor, Context, unit_of_work
from core.workdays.rules import add_working_days, is_working_day
from core.workdays.services import load_holidays
from plugins.rewards.discipline import services
from plugins.rewards.discipline.models import DisciplineCase
from plugins.rewards.discipline.roles import ROLES
from plugins.rewards.discipline.services import Appointment
from plugins.rewards.discipline.terms import Impact, MemberElement, MemberRole

AGENCY, HOME, OVERSIGHT, HR = "04", "04.3", "03", "21"
_PEOPLE = 3
_CANDIDATES = 12
_BACK = 120
"""Days of the calendar behind today among which the steps lie; 48 of them are working days in any year."""
_CITIZENS = "Pengaduan warga"
_DUTY = "3.e"
_OFFICER = "petugas"
_LATE = "Jadwal rapat bidang."
"""Kept only where settings of the institution ask for other days than these."""


@dataclass(frozen=True)
class _Scene:
    """Who takes part, and on which days: `days[0]` is the working day before today, `days[1]` the one before that.

    Steps lie so many working days back, 0 is today.
    """

    ctx: Context
    head: int
    superior: int
    oversight: int
    hr: int
    days: Sequence[date]

    def told(self, back: int) -> Context:
        """Return a call by the loader itself so many working days ago."""
        return self._at(back, self.ctx.actor)

    def by_superior(self, back: int) -> Context:
        """Return a call by the superior so many working days ago."""
        return self._at(back, actor_for_employee(self.superior, self._day(back)))

    def _day(self, back: int) -> date:
        return self.days[back - 1] if back else self.ctx.today

    def _at(self, back: int, actor: Actor) -> Context:
        gone = (self.ctx.today - self._day(back)).days
        return Context(
            actor=actor,
            settings=self.ctx.settings,
            now=self.ctx.now - timedelta(days=gone),
            language=self.ctx.language,
        )


def load(ctx: Context, seed: int) -> None:
    """Load three cases of the civil registry; nothing in a city without it, or where they are there already.

    Numbers and ids of cases are drawn anew each time, as those of all cases.
    """
    if DisciplineCase.select().exists():
        return
    heads = {code: _head_of(code, ctx.today) for code in (AGENCY, HOME, OVERSIGHT, HR)}
    people = _people(ctx.today, seed)
    head, superior, oversight, hr = heads.values()
    if head is None or superior is None or oversight is None or hr is None or len(people) < _PEOPLE:
        return
    scene = _Scene(ctx, head, superior, oversight, hr, _working_days_before(ctx.today))
    _closed(scene, people[0])
    _under_examination(scene, people[1])
    _waiting(scene, people[2])


def _closed(scene: _Scene, employee_id: int) -> None:
    """A reprimand from report to end, in ten weeks."""
    case = _reported(scene.told(48), employee_id, scene.days[49], "Pemohon dibiarkan menunggu tanpa penjelasan.")
    services.take_up(scene.by_superior(46), case, late_reason=_LATE)
    services.charge(
        scene.by_superior(46),
        case,
        item_code=_DUTY,
        impact=Impact.UNIT,
        description="Meninggalkan loket.",
    )
    services.summon(
        scene.by_superior(44),
        case,
        examine_on=scene.days[39],
        letter_number="800.1.6/11",
        place="Ruang rapat bidang",
        late_reason=_LATE,
    )
    services.note_appearance(scene.by_superior(40), case)
    services.examine(
        scene.by_superior(40), case, minutes="Yang bersangkutan mengakui meninggalkan loket.",
        statement="Saya menyesal dan tidak akan mengulanginya.", is_signed_by_examiner=True,
        is_signed_by_examined=True, place="Ruang rapat bidang",
    )  # fmt: skip
    by_rule = services.rule_proposal(scene.by_superior(38), case).sanction or ""
    services.propose(scene.by_superior(38), case, sanction=by_rule, report="Pelanggaran terbukti; berdampak pada unit.")
    services.decide(scene.by_superior(37), case, sanction=by_rule, decree_number="800.1.6.2/7")
    services.deliver(scene.by_superior(35), case)
    services.put_in_effect(scene.told(20), case)
    services.close(scene.by_superior(18), case, note="Tidak ada keberatan.")


def _under_examination(scene: _Scene, employee_id: int) -> None:
    """A suspected medium breach before a team; the examination is due within two working days."""
    case = _reported(scene.by_superior(12), employee_id, scene.days[13], "Berkas pemohon diproses di luar antrean.")
    services.take_up(scene.by_superior(11), case, late_reason=_LATE)
    services.charge(
        scene.by_superior(9), case, item_code=_DUTY, impact=Impact.AGENCY, description="Tiga berkas mendahului antrean."
    )
    team = (
        (scene.head, MemberRole.CHAIR, MemberElement.OTHER),
        (scene.hr, MemberRole.SECRETARY, MemberElement.HR),
        (scene.superior, MemberRole.MEMBER, MemberElement.SUPERIOR),
        (scene.oversight, MemberRole.MEMBER, MemberElement.OVERSIGHT),
    )
    services.form_team(scene.told(8), case, members=[Appointment(*one) for one in team])
    summoned = scene.days[4]
    examined = add_working_days(summoned, 6, load_holidays(summoned, summoned + timedelta(days=_BACK)))
    services.summon(
        scene.by_superior(5),
        case,
        examine_on=examined,
        letter_number="800.1.6/19",
        place="Ruang rapat dinas",
        late_reason=_LATE,
    )
    _assign(scene, case)


def _assign(scene: _Scene, case_id: int) -> None:
    """Let the HR officer among the log-ins follow a case; nothing where nobody has that log-in."""
    account = Account.get_or_none(Account.username == _OFFICER)
    if account is None or account.employee is None:
        return
    agency = WorkUnit.get(WorkUnit.code == AGENCY)
    with unit_of_work(scene.ctx) as work:
        work.create(RoleGrant, account=account, role=ROLES[0].name, unit=agency, valid_from=scene.ctx.today)
    services.assign_report(scene.by_superior(0), case_id, officer_number=account.employee.nip)


def _waiting(scene: _Scene, employee_id: int) -> None:
    """A report on which the superior is to act within the next days."""
    _reported(scene.told(4), employee_id, scene.days[5], "Petugas meminta imbalan untuk mempercepat akta.", _CITIZENS)


def _reported(ctx: Context, employee_id: int, day: date, text: str, source: str = "") -> int:
    return services.report_breach(ctx, employee_id=employee_id, act_first_on=day, text=text, source=source).case_id


def _head_of(code: str, day: date) -> int | None:
    row = (
        Assignment.select(Assignment.employee)
        .join(Position)
        .switch(Assignment)
        .join(WorkUnit, on=Assignment.unit == WorkUnit.id)
        .where((WorkUnit.code == code) & Position.is_head & Assignment.is_primary & holds_on(Assignment, day))
        .order_by(Assignment.id)
        .first()
    )
    return None if row is None else int(row.employee_id)


def _people(day: date, seed: int) -> list[int]:
    """Choose civil servants of the registry below everybody in the team; nobody who has a log-in is one of them."""
    first = day - timedelta(days=_BACK)
    rows = (
        Employee.select(Employee.id)
        .join(Grade)
        .switch(Employee)
        .join(Assignment, on=Assignment.employee == Employee.id)
        .join(WorkUnit, on=Assignment.unit == WorkUnit.id)
        .switch(Assignment)
        .join(Position)
        .where(
            (WorkUnit.code == HOME)
            & ~Position.is_head
            & Assignment.is_primary
            & holds_on(Assignment, day)
            & holds_on(Assignment, first)
            & (Employee.status == EmploymentStatus.PNS)
            & Employee.id.not_in(Account.select(Account.employee).where(Account.employee.is_null(False)))
        )
        .order_by(Grade.rank_order, Employee.id)
        .limit(_CANDIDATES)
    )
    found = [int(row.id) for row in rows]
    return chance(f"discipline {seed}").sample(found, min(_PEOPLE, len(found)))


def _working_days_before(today: date) -> list[date]:
    """Return the working days behind `today`, the latest first."""
    earlier = [today - timedelta(days=number) for number in range(1, _BACK)]
    holidays = load_holidays(earlier[-1], today)
    return [day for day in earlier if is_working_day(day, holidays)]
