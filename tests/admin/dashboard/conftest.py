"""The small city ten months into a period, with people of several roles who open the start page."""

import re
from datetime import timedelta
from decimal import Decimal
from html import unescape

import pytest

from core.appraisal.models import Evaluation
from core.appraisal.terms import EvaluationKind, EvaluationState, Predicate
from core.database import utc_now
from core.planning.models import EvaluationPeriod, EvaluationWindow
from core.planning.terms import PlanState
from core.progress.models import ProgressRecord
from tests.support.apps import app_of
from tests.support.city import START, build_city
from tests.support.office import add_people
from tests.support.plans import approved_plan, indicators_of, plan_of

ROLES = {
    "head": None, "chief": None, "officer": None, "other": None, "auditor": "auditor", "hradmin": "hr_admin",
    "sysadmin": "system_admin",
}  # fmt: skip


def today():
    return utc_now().date()


@pytest.fixture
def city(db):
    """The small city with accounts; its period began some ten months ago, in quarters."""
    city = build_city()
    first = max((today() - timedelta(days=300)).replace(day=1), START)
    city.period.starts_on, city.period.ends_on = first, first + timedelta(days=363)
    city.period.plan_deadline = first + timedelta(days=30)
    city.period.evaluation_deadline = first + timedelta(days=400)
    city.period.save()
    for window in EvaluationWindow.select():
        begins = first + timedelta(days=91 * (window.number - 1))
        window.starts_on, window.ends_on = begins, begins + timedelta(days=90)
        window.save()
    add_people(city, ROLES | {"registrar": "hr_officer"}, registrar=city.registry)
    return city


@pytest.fixture
def plans(city):
    """Approved plans of head, chief and officer; the clerk's waits for the chief, the other's is a draft."""
    period = EvaluationPeriod.get_by_id(city.period.id)
    city.period = period
    approved = {name: approved_plan(city, getattr(city, name)) for name in ("head", "chief", "officer")}
    clerk = plan_of(city.clerk, period, state=PlanState.SUBMITTED)
    return {**approved, "clerk": clerk, "other": plan_of(city.other, period)}


def reported(plan, *days):
    """Report progress on a plan on those days."""
    indicator = indicators_of(plan)[0]
    for day in days:
        ProgressRecord.create(
            plan=plan, work_result=indicator.work_result_id, indicator=indicator, happened_on=day, quantity=Decimal(1)
        )


def evaluated(plan, window=None, **values):
    """An evaluation of the plan for a window or the year, final unless the values say otherwise."""
    return Evaluation.create(
        plan=plan, period=plan.period_id, employee=plan.employee_id, evaluator=plan.evaluator_id, unit=plan.unit_id,
        window=window, window_number=window.number if window else 0,
        kind=EvaluationKind.PERIODIC if window else EvaluationKind.ANNUAL,
        **{"state": EvaluationState.ACKNOWLEDGED, "predicate": Predicate.GOOD, "received_on": today()} | values,
    )  # fmt: skip


@pytest.fixture
def app(db, city):
    # A busy machine may take long to start the process that draws.
    return app_of(db, chart_seconds=60)


def figures_with_links(page):
    """The numbers of a page that are links to lists: address and number."""
    found = re.findall(r'<a href="(/admin/[a-z-]+/\?[^"]+)"[^>]*>(.*?)</a>', page.text, re.DOTALL)
    texts = [(unescape(href), re.sub(r"<span[^>]*>.*?</span>|<[^>]+>|\s", "", text)) for href, text in found]
    return [(href, int(text.replace(",", ""))) for href, text in texts if re.fullmatch(r"[\d,]+", text)]


def count_of(page):
    """The number of rows that a list says it has."""
    return int(re.search(r'role="status">\s*([\d.,]+)', page.text).group(1).replace(",", ""))


def said(page):
    """What the page tells after an act."""
    return [unescape(text) for text in re.findall(r'<p class="message[^>]*>(.*?)</p>', page.text)]
