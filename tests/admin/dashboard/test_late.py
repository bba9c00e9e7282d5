"""Who is late: the list, person by person, and reminders at a click."""

import re
from datetime import timedelta

import pytest

from core.history.models import HistoryRecord
from core.jobs import JobQueue
from core.organisation.models import Employee
from core.organisation.terms import EmployeeState
from core.overview.models import Reminder, ReminderOrder
from core.overview.terms import DutyKind, OrderState
from core.planning.models import EvaluationPeriod
from core.registry import active_registry
from tests.admin.dashboard.conftest import count_of, figures_with_links, reported, said, today
from tests.support.statements import counted_statements

PATH = "/admin/late/"
REMINDED = "Reminded. The person reads it on the start page; no e-mail is sent."


def rows(page):
    """About whom, and what, of each row of the list."""
    table = page.text.split("<tbody")[1].split("</tbody>")[0] if "<tbody" in page.text else ""
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in table.split("</tr>")]
    return [tuple(re.sub(r"<[^>]+>", "", cell).strip() for cell in row[:3]) for row in cells if row]


def about(city, name="clerk", kind="PLAN", **more):
    return {"kind": kind, "about": getattr(city, name).id, "period": city.period.id, "number": 0, **more}


def test_everybody_who_owes_something_is_listed_with_who_has_to_do_it(enter, city, plans):
    page = enter("head").get(f"{PATH}?kind=PLAN")

    assert sorted(rows(page)) == [
        ("Agus Pratama", "Plan not set", "Agus Pratama"),
        ("Dewi Lestari", "Plan not set", "Dewi Lestari"),
        ("Rina Wulandari", "Plan not set", "Siti Aminah"),
    ]
    assert count_of(page) == 3


def test_numbers_by_kind_and_unit_are_those_of_their_lists(enter, city, plans):
    someone = enter("head")

    found = figures_with_links(someone.get(PATH))

    assert len(found) > 10
    assert dict(found) == {href: count_of(someone.get(href)) for href, _ in found}


def test_a_month_of_the_year_may_be_looked_at(enter, city, plans):
    first = city.period.starts_on
    reported(plans["officer"], first + timedelta(days=3))

    page = enter("head").get(f"{PATH}?kind=PROGRESS&month={first:%Y-%m}")

    assert {row[0] for row in rows(page)} == {"Ketut Wirawan", "Siti Aminah"}
    assert "Remind all" not in page.text


def test_who_is_on_leave_is_not_called_late(enter, city, plans):
    Employee.update(state=EmployeeState.ON_LEAVE).where(Employee.id == city.clerk.id).execute()

    assert "Rina Wulandari" not in {row[0] for row in rows(enter("head").get(PATH))}


def test_who_is_exempt_is_a_setting(app, db, enter, city, plans, monkeypatch):
    Employee.update(state=EmployeeState.ON_LEAVE).where(Employee.id == city.clerk.id).execute()
    changed = db.model_copy(update={"compliance_exempt": ["LEFT"]})
    monkeypatch.setattr("admin.access.active_registry", type("R", (), {"settings": changed}))

    assert "Rina Wulandari" in {row[0] for row in rows(enter("head").get(PATH))}


@pytest.mark.parametrize("who", ["officer", "sysadmin"])
def test_for_whoever_reads_no_unit_there_is_no_such_page(enter, city, plans, who):
    assert enter(who).get(PATH).status_code == 404


def test_a_reminder_at_a_click_is_read_by_the_person(enter, city, plans):
    someone = enter("head")
    back = f"{PATH}?kind=PLAN"

    answer = someone.post(f"{PATH}remind", **about(city, back=back))

    assert (answer.status_code, answer.location) == (302, back)
    page = someone.get(back)
    assert said(page) == [REMINDED]
    assert "head reminded you on" in enter("chief").get("/admin/").text
    assert "reminded you" not in enter("officer").get("/admin/").text
    assert HistoryRecord.select().where(HistoryRecord.subject_type == "Reminder").count() == 1


def test_a_second_reminder_on_the_same_day_is_refused(enter, city, plans):
    someone = enter("head", "id")
    someone.post(f"{PATH}remind", **about(city))
    someone.get(PATH)

    someone.post(f"{PATH}remind", **about(city))

    assert said(someone.get(PATH)) == ["Pengingat untuk hal ini sudah dikirim hari ini. Coba lagi besok."]
    assert Reminder.select().count() == 1
    Reminder.update(sent_on=today() - timedelta(days=2)).execute()
    someone.post(f"{PATH}remind", **about(city))
    assert Reminder.select().count() == 2


@pytest.mark.parametrize("act", ["remind", "remind-all"])
def test_without_the_forms_token_nobody_is_reminded(enter, city, plans, act):
    someone = enter("head")

    answer = someone.client.post(f"{PATH}{act}", data=about(city, unit=city.agency.id))

    assert (answer.status_code, "The form was too old." in answer.text) == (403, True)
    assert Reminder.select().count() == ReminderOrder.select().count() == 0


def test_who_only_reads_is_offered_no_reminder_and_sends_none(enter, city, plans):
    someone = enter("auditor")
    page = someone.get(PATH)

    someone.post(f"{PATH}remind", **about(city))
    someone.post(f"{PATH}remind-all", unit=city.agency.id, period=city.period.id)

    assert len(rows(page)) > 3
    assert "/admin/late/remind" not in page.text
    assert Reminder.select().count() == ReminderOrder.select().count() == 0


@pytest.mark.parametrize(
    "form",
    [
        {"about": "x"}, {"about": "999999"}, {"period": "999999"}, {"kind": "ALL"}, {"kind": ""}, {"number": "-1"},
        {"number": "7"}, {"about": ""},
    ],
)  # fmt: skip
def test_hostile_forms_remind_nobody(enter, city, plans, form):
    someone = enter("head")

    answer = someone.post(f"{PATH}remind", **about(city) | form)

    assert answer.status_code in {302, 404}
    assert Reminder.select().count() == 0


@pytest.mark.parametrize("where", ["https://evil.example/", "//evil.example", "/graphql"])
def test_nobody_is_led_elsewhere_after_a_reminder(enter, city, plans, where):
    answer = enter("head").post(f"{PATH}remind", **about(city, back=where))

    assert answer.location == PATH


def test_the_whole_list_is_reminded_in_the_background(enter, db, city, plans):
    someone = enter("head")
    assert "Remind all 3" in someone.get(f"{PATH}?kind=PLAN").text

    someone.post(f"{PATH}remind-all", unit=city.agency.id, period=city.period.id, kind="PLAN")

    assert Reminder.select().count() == 0
    JobQueue(db, active_registry().jobs, immediate=True).run("overview.send_reminders")
    order = ReminderOrder.get()
    assert (order.state, order.sent, order.kind) == (OrderState.DONE, 3, DutyKind.PLAN)
    assert {row.employee_id for row in Reminder.select()} == {city.chief.id, city.other.id, city.other_chief.id}
    assert "Remind<" not in someone.get(f"{PATH}?kind=PLAN").text


@pytest.mark.parametrize(
    "query", ["kind=LATE", "kind=plan", "month=2019-01", "month=x", "page=-1", "page=x", "kind=%00"]
)
def test_what_a_list_cannot_be_asked_for_is_not_found(enter, city, plans, query):
    assert enter("head").get(f"{PATH}?{query}").status_code == 404


def test_a_page_past_the_last_is_empty_and_not_a_fault(enter, city, plans):
    answer = enter("head").get(f"{PATH}?page=99999")

    assert (answer.status_code, rows(answer)[:0]) == (200, [])


def test_nobody_late_is_said_in_words(enter, city):
    EvaluationPeriod.update(plan_deadline=city.period.ends_on).execute()

    page = enter("hradmin").get(PATH)

    assert "Nobody is late in this unit and period." in page.text
    assert count_of(page) == 0


def test_more_who_are_late_take_no_more_statements(enter, city, plans):
    someone = enter("hradmin")
    with counted_statements() as few:
        someone.get(f"{PATH}?kind=PLAN&unit={city.archive.id}")
    with counted_statements() as many:
        someone.get(f"{PATH}?kind=PLAN&unit={city.root.id}")

    assert len(many) == len(few)
