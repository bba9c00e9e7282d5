"""A city with approved plans, and the steps of an evaluation as its people take them."""

from dataclasses import dataclass
from datetime import date

import pytest

from core.appraisal.models import Evaluation
from core.appraisal.services import conclusions, objections, performances, ratings
from core.appraisal.terms import OrganizationRating, Rating
from core.identity.models import Account, RoleGrant
from core.planning.models import EvaluationWindow
from tests.support.calls import call_as, on
from tests.support.city import City, build_city
from tests.support.plans import approved_plan

FINAL_DAY = date(2026, 3, 1)


@dataclass
class Stage:
    """The city, its plans and short words for what people do."""

    settings: object
    city: City
    plans: dict

    def as_(self, who, day=FINAL_DAY, reason=None):
        return call_as(self.settings, getattr(self.city, who).id, on(day), reason)

    def window(self, number):
        return EvaluationWindow.get(
            (EvaluationWindow.period == self.city.period.id) & (EvaluationWindow.number == number)
        )

    def grant(self, who, role="hr_admin", unit=None):
        account = Account.create(username=who, password_hash="-", employee=getattr(self.city, who).id, display_name=who)
        RoleGrant.create(account=account, role=role, unit=unit, valid_from=date(2026, 1, 1))

    def set_performance(self, unit="registry", by="head", rating="GOOD", window=None, day=FINAL_DAY, version=None):
        return performances.set_organization_performance(
            self.as_(by, day),
            performances.PerformanceOfUnit(
                getattr(self.city, unit).id,
                self.city.period.id,
                window.id if window else None,
                OrganizationRating(rating),
                "Laporan kinerja",
                version,
            ),
        )

    def rate(self, who="officer", by="chief", result="MEETS", behavior="MEETS", window=None, day=FINAL_DAY):
        plan = self.plans[who]
        existing = Evaluation.get_or_none(
            (Evaluation.plan == plan.id) & (Evaluation.window_number == (window.number if window else 0))
        )
        return ratings.rate_evaluation(
            self.as_(by, day),
            ratings.Ratings(
                plan_id=plan.id,
                window_id=window.id if window else None,
                version=existing.version if existing else None,
                result_rating=Rating(result) if result else None,
                behavior_rating=Rating(behavior) if behavior else None,
                result_note="Hasil kerja",
                behavior_note="Perilaku kerja",
            ),
        )

    def finalise(self, evaluation, by="chief", day=FINAL_DAY, reason=None, version=None):
        return conclusions.finalise_evaluation(self.as_(by, day), evaluation.id, version or evaluation.version, reason)

    def final(self, who="officer", by="chief", **values):
        """Set the performance, rate and finalise."""
        self.set_performance()
        return self.finalise(self.rate(who, by, **values), by)

    def object(self, evaluation, by="officer", day=FINAL_DAY, reason="Target kedua tercapai"):
        return objections.file_objection(self.as_(by, day), evaluation.id, reason)

    def decide(self, objection, by="head", day=FINAL_DAY, version=None, **values):
        decision = objections.Decision(
            **{
                "outcome": objections.ObjectionState.UPHELD,
                "text": "Penilaian sudah tepat",
                "evaluator_statement": "Target kedua terlambat",
                **values,
            }
        )
        return objections.decide_objection(self.as_(by, day), objection.id, version or objection.version, decision)


@pytest.fixture
def stage(db):
    city = build_city()
    people = ("secretary", "head", "chief", "officer", "clerk", "other_chief", "other")
    return Stage(db, city, {who: approved_plan(city, getattr(city, who)) for who in people})


def codes(refusal):
    return [(problem.code, problem.path[1:]) for problem in refusal.value.problems]
