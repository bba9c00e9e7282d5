"""The plan's page shows bound facts with value, cases, evidence and state; the superior decides on a value's page."""

import re
from datetime import date
from decimal import Decimal
from html import unescape

import pytest

from core.database import utc_now
from core.facts.models import FactBinding, FactMeasurement
from core.facts.terms import FactState, FactSubject
from core.planning.models import EvaluationPeriod, Indicator, PerformancePlan
from core.planning.terms import MeasuringPattern
from core.progress.models import ProgressRecord
from tests.support.facts import SPEED, Source, facts_on, value
from tests.support.plans import approved_plan, indicators_of


@pytest.fixture
def measured(city, app):
    plan = approved_plan(city, city.officer)
    Indicator.update(pattern=MeasuringPattern.POSITION).execute()
    today = utc_now().date()
    for model in (EvaluationPeriod, PerformancePlan):
        model.update(starts_on=date(today.year, 1, 1), ends_on=date(today.year, 12, 31)).execute()
    first, second = indicators_of(plan)[:2]
    words = {"fact": SPEED, "subject": FactSubject.EMPLOYEE, "title": "Kecepatan", "unit_of_measure": "menit"}
    for indicator in (first, second):
        FactBinding.create(plan=plan, indicator=indicator, **words)
    return FactMeasurement.create(
        plan=plan, indicator=first, **words, starts_on=date(today.year, 1, 1), ends_on=date(today.year, 1, 2),
        value=Decimal("12.5"), cases=40, evidence={"query": "tickets", "unit": [1, 2]}, measured_at=utc_now(),
    )  # fmt: skip


def cells(page, title):
    """The rows of the table under a heading."""
    table = re.search(rf"{title}</h\d>.*?<tbody[^>]*>(.*?)</tbody>", page.text, re.DOTALL).group(1)
    rows = re.findall(r"<tr.*?>(.*?)</tr>", table, re.DOTALL)
    return [[text_of(cell) for cell in re.findall(r"<t[dh].*?>(.*?)</t[dh]>", row, re.DOTALL)] for row in rows]


def text_of(cell):
    return unescape(re.sub(r"<[^>]+>", "", cell)).strip()


def test_the_plans_page_shows_bound_facts(enter, measured):
    address = f"/admin/plan/details/?id={measured.plan_id}"
    year = measured.starts_on.year
    with facts_on(Source(lambda *_: value())):
        rows = cells(enter("officer").get(address), "Facts")
    off = cells(enter("chief").get(address), "Facts")

    assert rows[0][1:] == [
        "Kecepatan", f"1 January {year} to 2 January {year}", "12.5 menit", "40", "query: tickets; unit: 1, 2",
        "proposed",
    ]  # fmt: skip
    assert rows[1][1:] == ["Kecepatan", "–", "–", "–", "–", "Not measured yet"]
    assert [row[1] for row in off] == ["Kecepatan (the source is off)"] * 2


def test_a_plan_without_facts_shows_no_such_table(enter, measured):
    FactMeasurement.delete().execute()
    FactBinding.delete().execute()

    assert "Days measured" not in enter("officer").get(f"/admin/plan/details/?id={measured.plan_id}").text


def test_the_superior_accepts_on_the_page_of_the_value_and_the_holder_cannot(enter, measured):
    address = f"/admin/fact-measurement/details/?id={measured.id}"
    do = f"/admin/fact-measurement/do/facts.accept_fact?id={measured.id}"
    officer, chief = enter("officer"), enter("chief")
    assert "facts.accept_fact" not in officer.get(address).text
    assert officer.post(do, comment="").status_code != 303
    page = chief.get(address)
    assert "facts.accept_fact" in page.text
    assert ["query", "tickets"] in cells(page, "Evidence")
    assert FactMeasurement.get_by_id(measured.id).state is FactState.PROPOSED

    assert chief.post(do, **chief.filled(do)).status_code == 303

    assert FactMeasurement.get_by_id(measured.id).state is FactState.ACCEPTED
    (record,) = ProgressRecord.select()
    assert (record.quantity, record.recorded_by_id) == (Decimal("12.5"), chief.account.employee_id)
    assert "40 kejadian" in record.note
