"""A small city with the real holidays, and somebody at a desk who does the steps of a case on chosen days."""

from datetime import date

import pytest

from core.identity.models import Account, RoleGrant
from core.organisation.models import Employee
from core.settings import Settings
from core.workdays.reference import load
from plugins.rewards.discipline import services
from plugins.rewards.discipline.models import DisciplineCase, SanctionDecision
from plugins.rewards.discipline.services import Appointment
from plugins.rewards.discipline.terms import Impact, MemberElement, MemberRole
from tests.support.calls import on, system_context
from tests.support.city import build_city

ACT = (date(2026, 2, 2), date(2026, 2, 6))
REPORTED = date(2026, 3, 2)  # a Monday


class Desk:
    """Does steps of cases as the system itself; `day` is the day on which they are done."""

    def __init__(self, settings, city):
        self.settings, self.city, self.day = settings, city, REPORTED

    @property
    def ctx(self):
        return system_context(self.settings, on(self.day))

    def choose(self, **settings):
        """Let settings of the plugin have these values from now on."""
        sections = {"rewards": settings}
        # A copy would keep the section that was read before.
        self.settings = Settings(**{**self.settings.model_dump(), "sections": sections})

    def at(self, day):
        self.day = day
        return self

    def __getattr__(self, name):
        step = getattr(services, name)
        return lambda *args, **values: step(self.ctx, *args, **values)

    # ---- what stands

    def case(self, case_id):
        return DisciplineCase.get_by_id(case_id)

    def decision(self, case_id):
        rows = SanctionDecision.select().where(SanctionDecision.case == case_id)
        return rows.order_by(SanctionDecision.id.desc()).get()

    # ---- ways through a case

    def reported(self, employee=None, act=ACT, **values):
        person = employee or self.city.officer
        days = {"act_first_on": act[0], "act_last_on": act[1]}
        return self.report_breach(employee_id=person.id, text="Seen.", **days, **values).case_id

    def taken_up(self, **values):
        case = self.reported(**values)
        self.take_up(case)
        return case

    def charged(self, code="3.e", impact=Impact.UNIT, **values):
        case = self.taken_up(**values)
        self.charge(case, item_code=code, impact=impact)
        return case

    def officer_for_discipline(self):
        """The HR officer for discipline, with the role since the city began."""
        account, is_new = Account.get_or_create(
            username="disiplin",
            defaults={"password_hash": "-", "employee": self.city.other, "display_name": "Disiplin"},
        )
        if is_new:
            RoleGrant.create(account=account, role="rewards.discipline", valid_from=date(2026, 1, 1))
        return self.city.other

    def team(self):
        city = self.city
        return [
            Appointment(city.secretary.id, MemberRole.CHAIR, MemberElement.OVERSIGHT),
            Appointment(city.head.id, MemberRole.SECRETARY, MemberElement.HR),
            Appointment(city.chief.id, MemberRole.MEMBER, MemberElement.SUPERIOR),
        ]

    def examined(self, case):
        """Bring a charged case through an examination on the working day after the summons."""
        self.at(date(2026, 3, 4)).summon(case, examine_on=date(2026, 3, 9))
        self.at(date(2026, 3, 9)).note_appearance(case)
        self.examine(case, minutes="Said.", is_signed_by_examiner=True, is_signed_by_examined=True)
        return case

    def proposed(self, case, sanction="LIGHT_1", **values):
        self.at(date(2026, 3, 10)).propose(case, sanction=sanction, report="LHP", **values)
        return case

    def decided(self, sanction="LIGHT_1", **values):
        case = self.proposed(self.examined(self.charged()), sanction=sanction, reason="So proposed.")
        self.at(date(2026, 3, 11)).decide(
            case, sanction=sanction, decree_number="800/1", differs_reason="So decided.", **values
        )
        return case

    def received(self, sanction="LIGHT_1", **values):
        case = self.decided(sanction, **values)
        self.at(date(2026, 3, 12)).deliver(case)
        return case

    def in_effect(self, sanction="LIGHT_1", **values):
        case = self.received(sanction, **values)
        self.at(self.decision(case).effective_on).put_in_effect(case)
        return case


@pytest.fixture
def desk(registry):
    """A desk in the small city, whose calendar has the real holidays."""
    load()
    return Desk(registry.settings, build_city())


@pytest.fixture
def pppk(desk):
    """Somebody with a contract (PPPK) instead of the clerk of the small city."""
    Employee.update(status="PPPK", grade=None).where(Employee.id == desk.city.clerk.id).execute()
    return Employee.get_by_id(desk.city.clerk.id)


def code_of(refusal):
    """Return the codes of a refusal."""
    return [problem.code for problem in refusal.value.problems]
