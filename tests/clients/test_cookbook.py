"""Every recipe of docs/clients/cookbook, run as the person it is for; the page says what that took."""

import json
import os
import re
from datetime import date

import pytest

import schema.context
from core.app import create_app
from core.appraisal.services import conclusions, objections, performances, ratings
from core.appraisal.terms import OrganizationRating, Rating
from core.exchange.models import ImportRun
from core.exchange.terms import ImportMode, ImportState
from core.identity import services as identity
from core.identity.models import RoleGrant
from core.organisation.models import Employee
from core.planning.models import EvaluationWindow
from core.planning.terms import PlanState
from core.progress.models import Evidence, Feedback, ProgressRecord
from core.progress.terms import EvidenceKind, FeedbackTone, GiverRelation
from core.work import unit_of_work
from tests.support import cookbook
from tests.support.calls import call_as, on, system_context
from tests.support.city import START, build_city
from tests.support.plans import approved_plan, indicators_of
from tests.support.statements import counted_statements

TODAY = date(2026, 4, 20)
WRITE = bool(os.environ.get("KINERJA_WRITE_COOKBOOK"))


class Stage:
    """The small city in the middle of a year, with something to show on every screen."""

    def __init__(self, settings):
        self.settings = settings
        self.city = city = build_city()
        self.window = EvaluationWindow.get(EvaluationWindow.number == 1)
        approved_plan(city, city.chief)
        self.plan = approved_plan(city, city.officer)
        self.draft = approved_plan(city, city.other_chief, state=PlanState.DRAFT)
        approved_plan(city, city.clerk, state=PlanState.SUBMITTED)
        (self.indicator, *_) = indicators_of(self.plan)
        self._progress()
        self._feedback()
        self.evaluation = self._evaluated(self.plan, "chief", "registry")
        contested = self._evaluated(approved_plan(city, city.other), "other_chief", "archive")
        objections.file_objection(self.as_("other"), contested.id, "Target kedua tercapai")
        self.tokens = self._tokens()
        with unit_of_work(system_context(settings, on(TODAY))) as work:
            work.create(
                ImportRun, kind="employees", file_name="pegawai.xlsx", sha256="0" * 64, mode=ImportMode.VALID_ROWS,
                state=ImportState.DONE, created_rows=7,
            )  # fmt: skip

    def as_(self, who):
        return call_as(self.settings, getattr(self.city, who).id, on(TODAY))

    def ids(self):
        """The id of each type that the recipes name."""
        return {
            "Employee": self.city.officer.id,
            "Evaluation": self.evaluation.id,
            "EvaluationPeriod": self.city.period.id,
            "Indicator": self.indicator.id,
            "PerformancePlan": self.plan.id,
            "WorkUnit": self.city.agency.id,
        }

    def _progress(self):
        for day in (10, 20):
            record = ProgressRecord.create(
                plan=self.plan, work_result=self.indicator.work_result_id, indicator=self.indicator,
                recorded_by=self.city.officer, happened_on=date(2026, 2, day), quantity=day, note="Loket kedua dibuka",
            )  # fmt: skip
            Evidence.create(
                progress_record=record, kind=EvidenceKind.LINK, title="Laporan", url="https://example.org/laporan"
            )

    def _feedback(self):
        givers = [("chief", GiverRelation.SUPERIOR), *((who, GiverRelation.PEER) for who in ("clerk", "other", "head"))]
        for who, relation in givers:
            Feedback.create(
                plan=self.plan, employee=self.city.officer, giver=getattr(self.city, who), relation=relation,
                tone=FeedbackTone.POSITIVE, text="Pelayanan lebih cepat", given_on=date(2026, 3, 2),
            )  # fmt: skip

    def _evaluated(self, plan, evaluator, unit):
        span = (getattr(self.city, unit).id, self.city.period.id, self.window.id)
        performances.set_organization_performance(
            self.as_("head"), performances.PerformanceOfUnit(*span, OrganizationRating.GOOD, "Laporan kinerja")
        )
        rated = ratings.rate_evaluation(
            self.as_(evaluator),
            ratings.Ratings(
                plan_id=plan.id, window_id=self.window.id, result_rating=Rating.MEETS, behavior_rating=Rating.ABOVE
            ),
        )
        return conclusions.finalise_evaluation(self.as_(evaluator), rated.id, rated.version)

    def _tokens(self):
        ctx = system_context(self.settings, on(TODAY))
        people = {who: getattr(self.city, who) for who in ("head", "chief", "officer", "other_chief")}
        people["admin"] = self.city.secretary
        made = {}
        for who, person in people.items():
            account = identity.create_account(ctx, username=who, employee_id=person.id)
            if who == "admin":
                RoleGrant.create(account=account, role="hr_admin", valid_from=START)
            scopes = ("read", "write")
            made[who] = identity.create_api_token(ctx, name="app", scopes=scopes, account_id=account.id).token
        return made

    def variables(self, recipe):
        """The variables of a recipe with ids of this city in place of the page's."""
        ids = self.ids()
        if recipe.file.name == "submit-plan.graphql":
            ids["PerformancePlan"] = self.draft.id
        text = re.sub(r'"([A-Z]\w+):\d+"', lambda found: f'"{found[1]}:{ids[found[1]]}"', json.dumps(recipe.variables))
        given = json.loads(text)
        return {**given, "number": self.evaluation.id} if "number" in given else given


@pytest.fixture
def stage(db, monkeypatch):
    monkeypatch.setattr(schema.context, "utc_now", lambda: on(TODAY))
    client = create_app(db).test_client()
    stage = Stage(db)
    stage.send = lambda who, text: client.post(
        "/graphql",
        data=text,
        content_type="application/json",
        headers={"Authorization": f"Bearer {stage.tokens[who]}", "Accept-Language": "en"},
    )
    return stage


def is_empty(value):
    """Whether an answer shows nothing at all below its root fields."""
    if isinstance(value, dict):
        return all(is_empty(item) for name, item in value.items() if name not in {"pageInfo", "problems"})
    return not value if isinstance(value, list) else value in {None, 0}


def problems_in(value):
    """Return all problems anywhere in an answer to a mutation."""
    if isinstance(value, dict):
        own = value.get("problems") or []
        return [*own, *(found for item in value.values() for found in problems_in(item))]
    return [found for item in value for found in problems_in(item)] if isinstance(value, list) else []


def run(stage, recipe):
    """Run a recipe; return what it took. A query is run twice first, so that what is planned once is not counted."""
    if recipe.is_stream:
        # The clients do that with a server of its own (test_living.py).
        return cookbook.Measured(None, None)
    text = cookbook.body(recipe, stage.variables(recipe))
    is_query = recipe.operation.startswith("query")
    for _ in range(2 if is_query else 0):
        stage.send(recipe.who, text)
    with counted_statements() as statements:
        response = stage.send(recipe.who, text)
    answer = response.json
    assert response.status_code == 200, answer
    assert "errors" not in answer, answer
    assert not is_empty(answer["data"]), (recipe.file.name, answer)
    if not is_query:
        assert problems_in(answer["data"]) == [], recipe.file.name
    cost = (answer.get("extensions") or {}).get("cost")
    # What only PostgreSQL has: the lock of the history, and the bell for those who listen.
    taken = [text for text in statements if "pg_advisory" not in text and "pg_notify" not in text]
    return cookbook.Measured(len(taken), cost.get("requested") if isinstance(cost, dict) else cost)


def test_every_recipe_answers_as_its_person_and_takes_what_the_page_says(stage):
    measured = [(recipe, run(stage, recipe)) for recipe in cookbook.recipes()]
    text = cookbook.page(measured)

    if WRITE:
        cookbook.PAGE.write_text(text, encoding="utf-8")
    assert cookbook.PAGE.read_text(encoding="utf-8") == text, "Write it again, as its first line says."


def test_a_page_of_more_rows_takes_no_more_statements(stage):
    (recipe,) = [recipe for recipe in cookbook.recipes() if recipe.file.name == "employees.graphql"]
    few = run(stage, recipe).statements
    grade = stage.city.officer.grade_id
    rows = [
        {"nip": f"19900101201501{1}{number:03d}", "name": f"Pegawai {number}", "status": "PNS", "sex": "MALE",
         "birth_date": date(1990, 1, 1), "grade": grade}
        for number in range(150)
    ]  # fmt: skip
    Employee.insert_many(rows).execute()

    assert run(stage, recipe).statements == few
