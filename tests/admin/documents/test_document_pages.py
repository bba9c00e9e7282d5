"""Official forms over HTTP: who gets which, under what name, and that nothing is kept on the way."""

import io
import re
import zipfile
from datetime import date
from functools import cache

import pytest
from pypdf import PdfReader

from core.app import create_app
from core.appraisal.models import Evaluation
from core.appraisal.terms import EvaluationKind, EvaluationState, Predicate, Rating
from core.identity.models import Account, RoleGrant
from core.identity.passwords import hash_password
from core.planning.models import PerformancePlan
from tests.support.apps import app_of
from tests.support.city import START, build_city
from tests.support.plans import approved_plan

PASSWORD = "kucing-terbang-tujuh"


@cache
def password_hash():
    return hash_password(PASSWORD)


@pytest.fixture
def city(db):
    city = build_city()
    for name in ("officer", "chief", "other_chief"):
        Account.create(username=name, display_name=name, employee=getattr(city, name), password_hash=password_hash())
    hr = Account.create(username="hr", display_name="hr", password_hash=password_hash())
    RoleGrant.create(account=hr, role="hr_admin", valid_from=START)
    for one in (city.officer, city.other):
        plan = approved_plan(city, one)
        Evaluation.create(
            plan=plan, period=city.period, employee=one, evaluator=plan.evaluator_id, unit=plan.unit_id,
            kind=EvaluationKind.ANNUAL, state=EvaluationState.FINAL, result_rating=Rating.MEETS,
            behavior_rating=Rating.MEETS, predicate=Predicate.GOOD, received_on=date(2027, 1, 12),
        )  # fmt: skip
    return city


@pytest.fixture
def enter(db, city):
    app = app_of(db)

    def _enter(username):
        client = app.test_client()
        token = re.search(r'name="token" value="([^"]+)"', client.get("/admin/login").text).group(1)
        client.post("/admin/login", data={"token": token, "username": username, "password": PASSWORD})
        return client

    return _enter


def row_of(kind, employee):
    model = PerformancePlan if kind == "plan" else Evaluation
    return model.get(model.employee == employee.id)


@pytest.mark.parametrize(("kind", "title"), [("plan", "SKP"), ("evaluation", "Evaluasi kinerja")])
def test_a_form_is_sent_under_its_name_and_kept_nowhere(enter, city, kind, title):
    row = row_of(kind, city.officer)

    answer = enter("officer").get(f"/admin/{kind}/document?id={row.id}")

    assert (answer.status_code, answer.content_type) == (200, "application/pdf")
    name = f"{title} {row.id:06d} Budi Santoso.pdf".replace(" ", "%20")
    assert answer.headers["Content-Disposition"] == f"attachment; filename*=UTF-8''{name}"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Budi Santoso" in PdfReader(io.BytesIO(answer.data)).pages[0].extract_text()


@pytest.mark.parametrize("kind", ["plan", "evaluation"])
def test_a_stranger_logs_in_first_and_another_unit_finds_nothing(enter, city, db, kind):
    row = row_of(kind, city.officer)

    assert create_app(db, []).test_client().get(f"/admin/{kind}/document?id={row.id}").status_code == 302
    for path in (f"document?id={row.id}", "document?id=x", "document", f"document?id={10**30}"):
        assert enter("other_chief").get(f"/admin/{kind}/{path}").status_code == 404


@pytest.mark.parametrize("kind", ["plan", "evaluation"])
def test_all_that_a_list_finds_comes_as_an_archive(enter, city, kind):
    hr, chief = enter("hr"), enter("chief")

    def names(client, query=""):
        answer = client.get(f"/admin/{kind}/documents{query}")
        return sorted(name.split(" ", 1)[1][-16:] for name in zipfile.ZipFile(io.BytesIO(answer.data)).namelist())

    assert len(names(hr)) == 2
    assert [name.endswith("Budi Santoso.pdf") for name in names(chief)] == [True]
    assert len(names(hr, "?search=Dewi")) == 1
    assert hr.get(f"/admin/{kind}/documents?search=Nobody").status_code == 404


@pytest.mark.parametrize("kind", ["plan", "evaluation"])
def test_the_pages_of_a_row_and_of_a_list_link_to_the_forms(enter, city, kind):
    row = row_of(kind, city.officer)
    hr = enter("hr")

    details = hr.get(f"/admin/{kind}/details/?id={row.id}").text
    listed = hr.get(f"/admin/{kind}/?search=Budi").text

    assert f'href="/admin/{kind}/document?id={row.id}" download' in details
    link = re.search(rf'href="(/admin/{kind}/documents\?[^"]*)" download', listed).group(1).replace("&amp;", "&")
    assert len(zipfile.ZipFile(io.BytesIO(hr.get(link).data)).namelist()) == 1
    assert "/document?id=" not in hr.get(f"/admin/employee/details/?id={city.officer.id}").text
