"""What the back office tells in sentences: how one stands oneself, how a predicate came about, what a change did."""

import re
from datetime import date

import pytest

from admin.explaining import explained
from core.app import create_app
from core.appraisal.models import Evaluation
from core.appraisal.terms import EvaluationKind, EvaluationState, Predicate, Rating
from core.database import utc_now
from core.i18n import speaking
from core.identity.models import Account, RoleGrant
from core.identity.passwords import hash_password
from core.organisation.models import Assignment
from core.planning.models import EvaluationPeriod
from core.plugin_host import start
from core.work import unit_of_work
from tests.support.apps import app_of
from tests.support.city import START, build_city
from tests.support.plans import approved_plan
from tests.support.statements import counted_statements

CELL = r'<td[^>]*data-title="([^"]+)"[^>]*>(.*?)</td>'
PASSWORD = "kucing-terbang-tujuh"
HASH = hash_password(PASSWORD)
RULE = {"regulation": "PermenPANRB 6/2022", "revision": 1, "valid_from": "2022-01-01"}
STEPS = [
    {"step": "ORGANIZATION_PERFORMANCE", "unit": "Bidang Arsip", "rating": "OUTSTANDING", "set_on": "2026-10-07"},
    {"step": "RESULT_RATING_OF_HEAD", "organization_rating": "GOOD", "result_rating": "MEETS", "rule": RULE},
    {"step": "DISTRIBUTION", "skipped": "TOO_FEW_EMPLOYEES", "warnings": [], "rule": None},
    {"step": "DISTRIBUTION", "skipped": None, "warnings": [], "rule": None},
    {"step": "DISTRIBUTION", "skipped": None, "warnings": [{}], "reason": "dibahas", "rule": None},
    {"step": "PREDICATE", "result_rating": "ABOVE", "behavior_rating": "MEETS", "predicate": "GOOD", "rule": RULE},
    {"step": "CREDIT_POINTS", "points": None, "rule": None},
    {"step": "CREDIT_POINTS", "points": "3.75", "months": 9, "percentage": "100", "coefficient": "5", "rule": RULE},
    {"step": "sample.bonus"},
]
SENTENCES = [
    "The performance of Bidang Arsip was set as outstanding on 7 October 2026.",
    "Whoever heads a unit is rated as the unit is: its performance good gives the rating meets expectation.",
    "Not compared: the unit has too few employees.",
    "The predicates of the unit fit the pattern for its performance.",
    "The predicates of the unit differ from the pattern. Reason given: dibahas. The predicate stays.",
    "Results above expectation and behaviour meets expectation give the predicate good.",
    "No credit points: no rule gives any for this position.",
    "9 of 12 months × 100 % × coefficient 5 = 3.75 credit points.",
    "",
]


@pytest.fixture
def city(db):
    """The small city as of this year, with an account for an officer and one of the HR office."""
    city = build_city()
    year = utc_now().year
    EvaluationPeriod.update(starts_on=date(year, 1, 1), ends_on=date(year, 12, 31)).execute()
    for name in ("officer", "clerk"):
        Account.create(username=name, display_name=name, employee=getattr(city, name), password_hash=HASH)
    admin = Account.create(username="hradmin", display_name="hradmin", password_hash=HASH)
    RoleGrant.create(account=admin, role="hr_admin", valid_from=START)
    return city


@pytest.fixture
def enter(db, city):
    """Open the back office for an account."""
    app = app_of(db)

    def open_for(username, language="en"):
        client = app.test_client()
        client.set_cookie("language", language)
        token = re.search(r'name="token" value="([^"]+)"', client.get("/admin/login").text).group(1)
        answer = client.post("/admin/login", data={"token": token, "username": username, "password": PASSWORD})
        assert answer.status_code == 302
        return client

    return open_for


def facts(page):
    """Title and text of each fact of a page."""
    found = re.findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", page.text, re.DOTALL)
    return {title: re.sub(r"<[^>]+>", "", text) for title, text in found}


def evaluated(plan, **values):
    """An evaluation of the plan for the whole year, final unless the values say otherwise."""
    return Evaluation.create(
        plan=plan, period=plan.period_id, employee=plan.employee_id, evaluator=plan.evaluator_id, unit=plan.unit_id,
        kind=EvaluationKind.ANNUAL, result_rating=Rating.MEETS, behavior_rating=Rating.MEETS,
        **{"state": EvaluationState.FINAL, "predicate": Predicate.GOOD, "received_on": date(2026, 10, 20)} | values,
    )  # fmt: skip


def test_one_who_has_nothing_yet_reads_what_to_do(enter):
    page = enter("officer").get("/admin/")

    assert facts(page) == {
        "Roles": "Employee",
        "Position": "Administrator Database Kependudukan Ahli Pertama, Bidang Pencatatan Sipil",
        "Superior": "Siti Aminah",
        "Your plan": "There is none for the current period yet. Draft it and submit it.",
        "Your latest evaluation": "There is none yet.",
    }


def test_one_without_a_post_is_told_whom_to_ask(enter, city):
    Assignment.update(valid_to=START).where(Assignment.employee == city.officer).execute()

    page = enter("officer", "id").get("/admin/")

    assert facts(page)["Jabatan"] == "Belum ada hari ini. Minta pengelola kepegawaian mencatat penugasan Anda."


def test_own_plan_and_evaluation_are_named_and_linked(enter, city):
    plan = approved_plan(city, city.officer)
    evaluation = evaluated(plan, explanation={"steps": [STEPS[5]]})
    client = enter("officer", "id")

    page = client.get("/admin/")

    assert facts(page)["SKP Anda"] == "Tahun 2026: disetujui"
    assert facts(page)["Evaluasi terakhir Anda"] == "Tahun 2026: baik (ditetapkan, 20 Oktober 2026)"
    assert f"/admin/plan/details/?id={plan.id}" in page.text
    assert f"/admin/evaluation/details/?id={evaluation.id}" in page.text
    shown = client.get(f"/admin/evaluation/details/?id={evaluation.id}").text
    assert "Hasil kerja di atas ekspektasi dan perilaku kerja sesuai ekspektasi menghasilkan predikat baik." in shown


def test_a_rating_not_final_yet_is_not_told_to_the_rated(enter, city):
    evaluated(approved_plan(city, city.officer), state=EvaluationState.RATED)

    assert facts(enter("officer").get("/admin/"))["Your latest evaluation"] == "There is none yet."


def test_roles_are_named_with_their_place(enter):
    page = enter("hradmin").get("/admin/")

    assert list(facts(page)) == ["Roles"]
    assert facts(page)["Roles"].endswith(" (the whole institution)")
    assert "<span>7 rows</span>" in page.text


def test_the_start_page_takes_as_many_statements_with_five_plans_as_with_none(enter, city):
    client = enter("hradmin")
    with counted_statements() as few:
        client.get("/admin/")
    for employee in (city.officer, city.clerk, city.chief, city.other, city.other_chief):
        evaluated(approved_plan(city, employee))
    with counted_statements() as many:
        client.get("/admin/")

    assert len(many) == len(few)


def test_results_of_a_plan_stand_on_its_page_and_a_change_shows_both_sides(enter, city, ctx):
    plan = approved_plan(city, city.officer)
    with unit_of_work(ctx) as work:
        work.update(city.officer, name="Budi Hartono")
    client = enter("hradmin")

    assert '<h2 id="block-1">Work results</h2>' in client.get(f"/admin/plan/details/?id={plan.id}").text
    latest = re.search(r'href="(/admin/history/details/\?id=\d+)', client.get("/admin/history/").text).group(1)
    page = client.get(latest).text
    assert re.findall(r'role="columnheader">([^<]+)<', page) == ["Field", "Before", "After", "Way back"]
    cells = {name: re.sub(r"<[^>]+>", "", cell).strip() for name, cell in re.findall(CELL, page, re.DOTALL)}
    assert (cells["Before"], cells["After"]) == ("Budi Santoso", "Budi Hartono")


@pytest.mark.parametrize(("step", "english"), list(zip(STEPS, SENTENCES, strict=True)))
def test_every_step_of_an_explanation_is_a_sentence(db, step, english):
    start(db, [], web=True)

    with speaking("en"):
        (said,) = explained({"steps": [step]}).steps
    with speaking("id"):
        (other,) = explained({"steps": [step]}).steps

    assert said.text == english
    assert other.text != english or not english
    if step.get("rule"):
        assert said.source == "PermenPANRB 6/2022, revision 1, in force since 1 January 2022"


def test_points_have_a_decimal_comma_in_indonesian(db):
    start(db, [], web=True)

    with speaking("id"):
        (step,) = explained({"steps": [STEPS[7]]}).steps

    assert step.text == "9 dari 12 bulan × 100 % × koefisien 5 = 3,75 angka kredit."


def test_an_objection_is_the_last_step_and_no_explanation_is_none(db):
    start(db, [], web=True)
    objection = {"filed_on": "2026-10-25", "state": "UPHELD", "decision": "Tetap."}

    with speaking("en"):
        steps = explained({"steps": [], "objection": objection})

    assert [step.text for step in steps.steps] == [
        "An objection was filed on 25 October 2026. It was decided: the evaluation stands. Tetap."
    ]
    assert explained(None) is None


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ("/admin/employee/?search=a&language=id", "/admin/employee/?search=a"),
        ("/graphql", "/graphql"),
        ("", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example/", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_a_change_of_language_leads_back_to_a_page_of_this_server_only(db, wanted, expected):
    client = create_app(db, []).test_client()

    answer = client.get("/language/en", query_string={"next": wanted})

    assert (answer.status_code, answer.location) == (302, expected)
