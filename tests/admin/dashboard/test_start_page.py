"""The start page: figures that are those of the lists behind them, charts as pictures and files, and cards."""

import csv
import io
import re
from datetime import date, timedelta

import pytest

from admin.dashboard import cards
from core.app import create_app
from core.appraisal.models import OrganizationPerformance
from core.appraisal.terms import OrganizationRating, Predicate
from core.charts import pictures
from core.exchange.models import ImportRun
from core.exchange.terms import ImportMode, ImportState
from core.identity.models import Account
from core.organisation.models import Assignment, ReportingLine, WorkUnit
from core.planning.models import EvaluationPeriod, EvaluationWindow
from core.plugin_api import DashboardCard, Figure
from tests.admin.dashboard.conftest import (
    count_of,
    evaluated,
    figures_with_links,
    reported,
    today,
)  # fmt: skip
from tests.contract.test_start_up_checks import plugin
from tests.support.city import person, post, report
from tests.support.office import Person
from tests.support.plans import approved_plan
from tests.support.statements import counted_statements

CHARTS = ("plans", "months", "predicates")


@pytest.fixture
def busy(city, plans):
    """Something in every chart and every kind of what is owed."""
    window = EvaluationWindow.get(number=1)
    evaluated(plans["officer"], window)
    evaluated(plans["chief"], window, predicate=Predicate.VERY_GOOD)
    evaluated(plans["officer"], EvaluationWindow.get(number=2), state="FINAL", received_on=today() - timedelta(days=3))
    reported(plans["officer"], city.period.starts_on + timedelta(days=70), today())
    return plans


@pytest.mark.parametrize("who", ["head", "chief", "auditor", "hradmin", "registrar"])
def test_every_number_is_that_of_the_list_behind_it(enter, busy, who):
    someone = enter(who)

    found = figures_with_links(someone.get("/admin/"))

    assert {href.split("?")[0] for href, _ in found} >= {"/admin/plan/", "/admin/evaluation/", "/admin/late/"}
    assert dict(found) == {href: count_of(someone.get(href)) for href, _ in found}
    assert sum(number for _, number in found) > 5


@pytest.mark.parametrize("who", ["head", "hradmin"])
def test_numbers_of_a_unit_below_are_those_of_its_lists(enter, city, busy, who):
    someone = enter(who)

    found = figures_with_links(someone.get(f"/admin/?unit={city.registry.id}"))

    assert dict(found) == {href: count_of(someone.get(href)) for href, _ in found}
    assert all("unit" in href for href, _ in found if "import-run" not in href)


def test_the_whole_of_ones_scope_now_is_shown_first(enter, city, busy):
    assert "<h2>Kota Contoh, Tahun 2026</h2>" in enter("hradmin").get("/admin/").text
    assert "<h2>Bidang Pencatatan Sipil, Tahun 2026</h2>" in enter("registrar").get("/admin/").text


def test_units_to_choose_are_those_of_ones_scope(enter, city, busy):
    page = enter("head").get(f"/admin/?unit={city.registry.id}").text

    options = re.findall(r'<option value="(\d+)"( selected)?>', page.split('name="unit"')[1].split("</select>")[0])
    assert options == [(str(city.agency.id), ""), (str(city.registry.id), " selected")]


def test_an_employee_reads_its_own_tasks_and_nothing_of_units(enter, city, busy):
    page = enter("officer").get("/admin/").text

    assert "What waits for you" in page
    assert "Take note of your evaluation: Triwulan 2" in page
    assert "chart-plans" not in page
    assert 'href="/admin/late/' not in page


def test_an_evaluator_reads_whose_plan_waits(enter, city, busy):
    page = enter("chief", "id").get("/admin/").text

    assert "Putuskan SKP Rina Wulandari" in page
    assert "Jatuh tempo" in page


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_is_a_picture_and_a_file_for_its_person_alone(enter, busy, name):
    someone = enter("head")
    page = someone.get("/admin/").text
    svg, png = (someone.get(f"/admin/charts/{name}.{ending}") for ending in ("svg", "png"))

    assert f'src="/admin/charts/{name}.svg?' in page
    assert (svg.status_code, svg.content_type) == (200, "image/svg+xml")
    assert svg.headers["Cache-Control"] == "private, no-cache"
    assert svg.text.startswith("<svg")
    assert (png.content_type, png.data[:8]) == ("image/png", b"\x89PNG\r\n\x1a\n")
    again = someone.client.get(f"/admin/charts/{name}.svg", headers={"If-None-Match": svg.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    file = someone.get(f"/admin/charts/{name}.png?download=1")
    assert file.headers["Content-Disposition"] == f'attachment; filename="{name}.png"'


def test_a_picture_is_drawn_once(enter, busy, monkeypatch):
    first = enter("head").get("/admin/charts/plans.svg")
    monkeypatch.setattr(pictures, "draw", None)

    second = enter("head").get("/admin/charts/plans.svg")

    assert (second.status_code, second.data) == (200, first.data)


def test_few_pictures_are_kept(enter, busy, db, monkeypatch):
    monkeypatch.setattr(pictures, "KEPT", 2)
    for name in CHARTS:
        enter("head").get(f"/admin/charts/{name}.svg")

    assert len(list((db.var_dir / "charts").iterdir())) == 2


def test_a_dark_and_a_narrow_picture_differ(enter, busy):
    someone = enter("head")

    dark = someone.get("/admin/charts/plans.svg?theme=dark").text
    narrow = someone.get("/admin/charts/plans.svg?size=narrow").text

    assert ("#1c2224" in dark, "#1c2224" in narrow) == (True, False)
    assert 'width="5' in dark or 'width="6' in dark
    assert int(float(re.search(r'width="([\d.]+)"', narrow).group(1))) < 360


def test_figures_as_a_file_are_those_of_the_table(enter, busy):
    answer = enter("head").get("/admin/charts/plans.csv")

    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert answer.content_type == "text/csv; charset=utf-8"
    assert rows == [
        ["State", "Plans"], ["Draft", "1"], ["Submitted", "1"], ["Returned", "0"], ["Approved", "3"], ["Ended", "0"],
    ]  # fmt: skip


def test_labels_are_in_the_persons_language_with_its_decimal_comma(enter, busy, plans, city):
    evaluated(plans["head"], EvaluationWindow.get(number=1))

    drawn = enter("hradmin", "id").get("/admin/charts/predicates.svg?window=1").text

    assert "Sangat Baik" in drawn
    assert "33,33 %" in drawn
    assert "Evaluasi menurut predikat: Triwulan 1" in drawn


def test_predicates_stand_beside_the_pattern_for_the_units_performance(enter, city, busy):
    window = EvaluationWindow.get(number=1)
    without = enter("head").get("/admin/?window=1").text
    OrganizationPerformance.create(
        unit=city.agency, period=city.period, window=window, window_number=1, rating=OrganizationRating.GOOD,
        set_on=today(),
    )  # fmt: skip

    page = enter("head").get("/admin/?window=1").text

    assert "The performance of this unit is not set" in without
    assert "Performance of the unit: good; " in page
    assert "Good: the largest group" in page


@pytest.mark.parametrize("who", ["officer", "sysadmin"])
def test_whoever_reads_no_unit_has_no_charts(enter, busy, who):
    for ending in ("svg", "png", "csv"):
        assert enter(who).get(f"/admin/charts/plans.{ending}").status_code == 404


def test_a_stranger_is_sent_to_the_log_in(app, city):
    for path in ("/admin/", "/admin/charts/plans.svg", "/admin/late/"):
        answer = app.test_client().get(path)
        assert (answer.status_code, answer.location.split("?")[0]) == (302, "/admin/login")


@pytest.mark.parametrize(
    "query",
    [
        "unit=abc", "unit=-1", "unit=99999999999999", "unit=999999", "period=0", "period=1%27%20OR%201", "window=99",
        "window=x", "unit=%00", "unit=%EF%BC%91",
    ],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/admin/", "/admin/charts/plans.svg", "/admin/late/"])
def test_what_an_address_cannot_mean_is_not_found(enter, busy, path, query):
    assert enter("head").get(f"{path}?{query}").status_code == 404


@pytest.mark.parametrize("where", ["root", "archive"])
def test_a_unit_beside_ones_own_is_not_found(enter, city, busy, where):
    unit = getattr(city, where).id
    for path in ("/admin/", "/admin/charts/plans.svg", "/admin/late/"):
        assert enter("registrar").get(f"{path}?unit={unit}").status_code == 404


@pytest.mark.parametrize("name", ["plans.exe", "nothing.svg", "plans.svg.png", "..%2fplans.svg"])
def test_there_is_no_other_chart(enter, busy, name):
    assert enter("head").get(f"/admin/charts/{name}").status_code == 404


def test_odd_themes_and_scripts_in_parameters_change_nothing(enter, city, busy):
    someone = enter("head")
    plain = someone.get("/admin/charts/plans.svg")

    odd = someone.get("/admin/charts/plans.svg?theme=<script>&size=%00&download=2")

    assert odd.data == plain.data
    assert b"<script" not in odd.data


def test_without_a_period_the_page_says_what_to_do(enter, city):
    EvaluationWindow.delete().execute()
    EvaluationPeriod.delete().execute()

    assert enter("hradmin").get("/admin/").status_code == 200
    assert "Make one first" in enter("hradmin").get("/admin/late/").text


def test_nothing_to_draw_is_said_in_words(enter, city):
    page = enter("hradmin").get("/admin/").text

    assert "There are no plans yet." in page
    assert "There are no predicates yet." in page
    assert "<img" not in page.split("<main")[1]


def test_a_name_that_is_a_script_is_shown_as_it_is(enter, city, busy):
    WorkUnit.update(name="<script>alert(1)</script>").where(WorkUnit.id == city.registry.id).execute()

    page = enter("head").get("/admin/").text

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_fifty_people_take_as_many_statements_as_five(enter, city, busy):
    someone = enter("hradmin")
    someone.get("/admin/")
    with counted_statements() as few:
        someone.get("/admin/")
    for number in range(45):
        one = person(f"1990051720150310{number + 10:02}", f"Pegawai {number}")
        post(one, city.registry, f"Analis {number}", "AHLI_PERTAMA", is_head=False)
        report(one, city.chief)
        approved_plan(city, one)
    with counted_statements() as many:
        someone.get("/admin/")

    assert Assignment.select().count() == ReportingLine.select().count() == 52
    assert len(many) == len(few)


def test_imports_are_counted_by_how_they_ended(enter, city):
    account = Account.get(username="registrar").id
    for state in (ImportState.DONE, ImportState.DONE, ImportState.REFUSED):
        ImportRun.create(
            kind="units", file_name="a.csv", sha256="0" * 64, mode=ImportMode.VALID_ROWS, state=state,
            account_id=account,
        )  # fmt: skip
    someone = enter("registrar")

    found = figures_with_links(someone.get("/admin/"))

    imports = {href: number for href, number in found if "/import-run/" in href}
    assert sorted(imports.values()) == [1, 2]
    assert imports == {href: count_of(someone.get(href)) for href in imports}


def test_the_systems_health_is_for_those_who_run_it(enter, city, monkeypatch):
    monkeypatch.setattr(cards, "_kept", cards._Kept())
    page = enter("sysadmin").get("/admin/").text

    assert '<a href="/admin/system/health/">System health</a>' in page
    assert '<a href="/admin/system/jobs/">Background work</a>' in page
    assert "Jobs waiting" in page
    assert "System health" not in enter("hradmin").get("/admin/").text


def test_a_card_of_a_plugin_is_there_while_the_plugin_is_on(db, city):
    card = DashboardCard("sample.card", "Sample card", lambda ctx: [Figure("Seen by", ctx.actor.name)])
    app = create_app(db, [plugin("sample", {"register_dashboard_cards": [card]})])
    with_it = Person(app, "head").get("/admin/").text
    app = create_app(db, [])

    assert ("Sample card" in with_it, "<dd>head</dd>" in with_it) == (True, True)
    assert "Sample card" not in Person(app, "head").get("/admin/").text


def test_a_day_of_another_year_is_a_period_of_its_own(enter, city, busy):
    old = EvaluationPeriod.create(
        code="2020", name="Tahun 2020", starts_on=date(2020, 1, 1), ends_on=date(2020, 12, 31),
        frequency=city.period.frequency, plan_deadline=date(2020, 1, 31), evaluation_deadline=date(2021, 1, 31),
    )  # fmt: skip
    page = enter("head").get(f"/admin/?period={old.id}").text

    assert "Tahun 2020</h2>" in page
    assert "There are no plans yet." in page
