"""The way of a citizen through the queue, in Chromium: booked on a phone, called at a counter, shown on a display."""

from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from core.database import database, transaction
from core.facts.models import FactBinding, FactMeasurement
from core.facts.terms import FactSubject
from core.identity.models import Account, RoleGrant
from core.planning.models import Indicator, PerformancePlan, WorkResult
from core.planning.terms import MeasuringPattern, PlanState
from plugins.queueing.logs.writing import PastTicket, write_tickets
from plugins.queueing.models import (
    Counter,
    CounterService,
    Intervention,
    OpeningHours,
    QueueDay,
    QueueService,
    ServicePoint,
    Ticket,
    WaitEstimate,
)
from plugins.queueing.rules.states import Happened
from plugins.queueing.terms import InterventionKind, TicketEventKind, TicketState

ENVIRONMENT = {"KINERJA_PLUGINS": "queueing", "KINERJA_LIVE_KEEPALIVE_SECONDS": "2"}
BASE = "/-/queueing/mpp"
NIK = "3201010101010001"
FACT = "Median waktu tunggu antrean"


# Chromium without a voice gets one that writes down what it says.
VOICE = """
window.said = [];
speechSynthesis.getVoices = () => [{lang: "id-ID", name: "a voice"}];
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
speechSynthesis.speak = (saying) => window.said.push(saying.text);
"""


@contextmanager
def rows():
    """The database behind the server."""
    database.connect(reuse_if_open=True)
    try:
        yield
    finally:
        database.close()


def zone_of_forenoon():
    """A time zone in which it is about ten o'clock now, so that the day has slots before it."""
    ahead = 10 - datetime.now(UTC).hour
    ahead += 24 if ahead < -12 else 0
    return f"Etc/GMT{-ahead:+d}"


def plan_of_the_officer():
    """The plan in force of the officer at the counter."""
    officer = Account.get(Account.username == "pegawai").employee
    plans = PerformancePlan.select().where(
        (PerformancePlan.employee == officer) & (PerformancePlan.state == PlanState.APPROVED)
    )
    return plans.order_by(PerformancePlan.starts_on.desc()).first()


def bound(plan):
    """Let an indicator of a plan take its value from the median wait of the plan's unit, as if bound while drafted."""
    words = {"fact": "queueing.wait_median_minutes", "subject": FactSubject.UNIT, "unit_of_measure": "menit"}
    indicator = Indicator.select().join(WorkResult).where(WorkResult.plan == plan).order_by(Indicator.id).first()
    changes = {"pattern": MeasuringPattern.POSITION, "fact": words["fact"]}
    Indicator.update(**changes).where(Indicator.id == indicator.id).execute()
    return FactBinding.create(plan=plan, indicator=indicator, title=FACT, **words)


@pytest.fixture(scope="module")
def office(site):
    with rows():
        plan = plan_of_the_officer()
        unit = plan.unit
        point = ServicePoint.create(
            unit=unit, code="mpp", name="Mal Pelayanan Publik", address="Jl. Merdeka 1", time_zone=zone_of_forenoon()
        )
        for weekday in range(7):
            OpeningHours.create(point=point, weekday=weekday, starts_at="00:00", ends_at="24:00")

        services = [
            QueueService.create(
                point=point, unit=unit, code=code, name=name, prefix=prefix, booking_ends_hours=0,
                requirements="Kartu Keluarga\nKTP lama",
            )
            for code, name, prefix in (("ktp", "KTP elektronik", "A"), ("akta", "Akta kelahiran", "B"))
        ]  # fmt: skip
        counter = Counter.create(point=point, number=3, name="Lantai 1")
        for service in services:
            CounterService.create(counter=counter, service=service)
        RoleGrant.create(
            account=Account.get(Account.username == "pegawai"), role="queueing.manager",
            valid_from=date.today() - timedelta(days=2),  # noqa: DTZ011 - any day before
        )  # fmt: skip
        return SimpleNamespace(
            point=point, ktp=services[0], akta=services[1], counter=counter, plan=plan, binding=bound(plan)
        )


def state_of(number):
    with rows():
        return Ticket.get(Ticket.number == number).state


@pytest.fixture
def clean(office):
    with rows():
        WaitEstimate.delete().execute()
        Ticket.delete().execute()
        QueueDay.delete().execute()


def test_the_whole_way_from_a_booking_to_the_figures(visitor, office, clean):
    phone, kiosk, clerk, display = visitor("id", 390), visitor("id", 1080), visitor("en", 1280), visitor("id", 1280)
    display.context.add_init_script(VOICE)
    display.go(f"{BASE}/display")
    display.page.click("[data-voice]")
    assert "Belum ada yang dipanggil" in display.page.inner_text("[data-calls]")

    phone.go(f"{BASE}/book")
    phone.page.click("text=KTP elektronik")
    phone.page.locator(".slots input").first.check()
    phone.page.fill("#nik", NIK)
    phone.page.fill("#name", "Ani Lestari")
    phone.page.get_by_label("Lanjut usia").check()
    phone.page.click("button:has-text('Pesan')")
    code = phone.page.inner_text(".code")
    assert "Dipesan" in phone.page.inner_text(".state")
    assert "KTP lama" in phone.page.inner_text("main")

    kiosk.go(f"{BASE}/kiosk")
    kiosk.page.fill("#booking", NIK)
    kiosk.page.fill("#code", code)
    kiosk.page.click("button:has-text('Saya sudah tiba')")
    assert kiosk.page.inner_text(".number") == "A-001"
    assert kiosk.page.locator("svg.qr").is_visible()
    phone.page.wait_for_selector(".standing .number:has-text('A-001')")
    assert "menit" in phone.page.inner_text(".standing") or "Lamanya" in phone.page.inner_text(".standing")

    clerk.enter("pegawai")
    clerk.go(f"{BASE}/counter/3")
    clerk.page.keyboard.press("1")
    clerk.page.wait_for_selector("[data-label]:has-text('A-001')")
    assert "Ani Lestari" in clerk.page.inner_text("[data-details]")
    display.page.wait_for_selector("[data-calls] li:has-text('A-001')", timeout=3_000)
    assert "Loket 3" in display.page.inner_text("[data-calls]")
    assert display.page.evaluate("said") == ["Nomor antrean A 1, silakan ke loket 3."]
    phone.page.wait_for_selector(".state:has-text('Silakan ke loket 3')")

    clerk.page.keyboard.press("3")
    clerk.page.wait_for_selector("[data-state=SERVING]")
    clerk.page.keyboard.press("4")
    clerk.page.wait_for_selector("[data-state=NONE]")
    display.page.wait_for_selector("[data-calls] .nobody")
    phone.page.wait_for_selector(".state:has-text('Selesai')")
    assert state_of(1) is TicketState.DONE

    clerk.go(f"{BASE}/dashboard")
    assert "1\nserved today" in clerk.page.inner_text(".tiles")
    clerk.go("/admin/")
    assert "Served today\n1" in clerk.page.inner_text(".card:has(h2:text-is('Queues today')) dl")

    the_fact_comes_into_the_plan(clerk, visitor("id", 1280), office)


def the_fact_comes_into_the_plan(officer, chief, office):
    """The officer measures the bound fact, the superior sees it in the plan with its evidence and accepts it."""

    def row(someone):
        someone.go(f"/admin/plan/details/?id={office.plan.id}")
        return someone.page.inner_text(f"tr:has-text('{FACT}'):has-text('waitMedian')")

    officer.go(f"/admin/fact-binding/do/facts.measure_fact?id={office.binding.id}")
    officer.page.click("form.writing button.button")
    officer.page.wait_for_load_state()
    assert "proposed" in row(officer)

    chief.enter("atasan")
    seen = row(chief)
    # One citizen, the window, and the question to the API that shows the figure again.
    assert "\t1\t" in seen
    assert "queueMetrics(from: $from" in seen
    with rows():
        key = FactMeasurement.get(FactMeasurement.plan == office.plan).id
    chief.go(f"/admin/fact-measurement/do/facts.accept_fact?id={key}")
    chief.page.fill("form.writing [name=comment]", "Sesuai")
    chief.page.click("form.writing button.button")
    chief.page.wait_for_load_state()

    assert "accepted: Sesuai" in row(officer)
    with rows():
        assert FactMeasurement.get_by_id(key).progress_record.quantity == FactMeasurement.get_by_id(key).value


def test_a_counter_works_on_without_a_line_and_sends_it_later(visitor, office, clean):
    clerk, display, kiosk = visitor("en", 1280), visitor("en", 1280), visitor("en", 1280)
    for _ in range(2):
        kiosk.go(f"{BASE}/kiosk")
        kiosk.page.click("button:has-text('KTP elektronik')")
    clerk.enter("pegawai")
    clerk.go(f"{BASE}/counter/3")
    display.go(f"{BASE}/display")
    clerk.page.wait_for_selector("[data-line-up] li >> nth=1")

    for one in (clerk, display):
        one.context.set_offline(True)
    clerk.page.keyboard.press("1")
    clerk.page.wait_for_selector("[data-state=CALLED]")
    clerk.page.wait_for_selector("[data-line].lost:has-text('1 acts are kept')")
    clerk.page.keyboard.press("3")
    clerk.page.wait_for_selector("[data-state=SERVING]")
    clerk.page.keyboard.press("4")
    clerk.page.wait_for_selector("[data-line].lost:has-text('3 acts are kept')")
    display.page.wait_for_selector("[data-line].lost")
    assert state_of(1) is TicketState.WAITING

    for one in (clerk, display):
        one.context.set_offline(False)
    clerk.page.wait_for_selector("[data-line]:has-text('Everything was sent')")
    clerk.page.wait_for_selector("[data-state=NONE]")
    assert state_of(1) is TicketState.DONE
    assert clerk.page.locator("[data-refusals] li").count() == 0
    clerk.page.wait_for_selector("[data-waiting]:has-text('1')")
    clerk.page.keyboard.press("1")
    display.page.wait_for_selector("[data-calls] li:has-text('A-002')")
    for one in (clerk, display):
        # What the browser says about the lost line is no fault of the page.
        one.faults[:] = [fault for fault in one.faults if "ERR_INTERNET_DISCONNECTED" not in fault]


def test_a_kiosk_prints_and_returns_to_its_start_unless_somebody_stays(visitor, office, clean):
    kiosk = visitor("en", 1080)
    kiosk.page.add_init_script("window.printed = 0; window.print = () => { window.printed += 1; };")
    kiosk.page.clock.install()

    def take():
        kiosk.go(f"{BASE}/kiosk")
        kiosk.page.click("button:has-text('KTP elektronik')")
        kiosk.page.wait_for_selector(".number")

    take()
    kiosk.page.click("text=Print")
    assert kiosk.page.evaluate("printed") == 1
    kiosk.page.clock.run_for(42_000)
    kiosk.page.wait_for_url(f"**{BASE}/kiosk")
    take()
    kiosk.page.click("text=Stay longer")
    kiosk.page.clock.run_for(120_000)
    assert kiosk.page.inner_text(".number") == "A-002"


def test_a_press_whose_answer_gets_lost_takes_no_second_number(visitor, office, clean):
    kiosk = visitor("en", 1080)

    def lose(route):
        if route.request.method == "POST":
            route.fetch(max_redirects=0)
            route.abort("connectionreset")
        else:
            route.continue_()

    kiosk.go(f"{BASE}/kiosk")
    kiosk.page.route(f"**{BASE}/kiosk", lose)
    with kiosk.page.expect_event("requestfailed"):
        kiosk.page.click("button:has-text('KTP elektronik')", no_wait_after=True)
    assert state_of(1) is TicketState.WAITING
    kiosk.page.unroute(f"**{BASE}/kiosk")
    kiosk.go(f"{BASE}/kiosk")
    kiosk.page.click("button:has-text('KTP elektronik')")
    assert kiosk.page.inner_text(".number") == "A-001"
    assert len(kiosk.page.inner_text(".code")) == 6
    # Whoever comes next gets a number of their own.
    kiosk.go(f"{BASE}/kiosk")
    kiosk.page.click("button:has-text('KTP elektronik')")
    assert kiosk.page.inner_text(".number") == "A-002"
    kiosk.faults[:] = [fault for fault in kiosk.faults if "ERR_CONNECTION_RESET" not in fault]


def test_booking_kiosk_and_ticket_need_no_script(visitor, office, clean):
    citizen = visitor("en", 390, java_script_enabled=False)
    citizen.go(f"{BASE}/kiosk")
    citizen.page.click("button:has-text('Akta kelahiran')")
    assert citizen.page.inner_text(".number") == "B-001"
    citizen.go(f"{BASE}/book")
    citizen.page.click("text=KTP elektronik")
    citizen.page.locator(".slots input").first.check()
    citizen.page.fill("#nik", NIK)
    citizen.page.fill("#name", "Ani")
    citizen.page.click("button:has-text('Book')")
    citizen.page.click("button:has-text('I am here')")
    assert citizen.page.inner_text(".standing .number") == "A-001"
    citizen.page.click("button:has-text('Give up my number')")
    assert "Gone" in citizen.page.inner_text(".state")


@pytest.mark.parametrize(("language", "width", "scheme"), [("id", 390, "light"), ("en", 1280, "dark")])
def test_axe_finds_nothing_grave_and_no_page_scrolls_sideways(visitor, office, clean, language, width, scheme):
    someone = visitor(language, width, color_scheme=scheme)
    someone.enter("pegawai")
    faults = []

    def look():
        faults.extend(someone.grave_faults())
        if someone.is_wider_than_the_screen():
            faults.append((someone.page.url, "scrolls sideways"))

    for path in ("", "/kiosk", f"/book?service={office.ktp.id}"):
        someone.go(f"{BASE}{path or '/'}")
        look()
    someone.go(f"{BASE}/kiosk")
    someone.page.click("button:has-text('KTP elektronik')")
    look()
    token = someone.page.url.rpartition("/")[2]
    someone.go(f"/-/queueing/t/{token}")
    look()
    someone.go(f"{BASE}/counter/3")
    look()
    someone.page.keyboard.press("1")
    someone.page.wait_for_selector("[data-state=CALLED]")
    look()
    for path in ("/display", "/dashboard", "/planning"):
        someone.go(f"{BASE}{path}")
        look()

    assert faults == []


@pytest.fixture
def worked(office, clean):
    """Three weeks with a ticket every half hour, and in their middle something that was done against waiting."""
    zone = ZoneInfo(office.point.time_zone)
    today = datetime.now(zone).date()
    tickets = []
    for ago in range(1, 22):
        midnight = datetime.combine(today - timedelta(days=ago), time(), zone)
        for half in range(16, 30):
            came = (midnight + timedelta(minutes=30 * half)).astimezone(UTC)
            called = came + timedelta(minutes=3 + half % 5 if ago < 11 else 12 + half % 7)
            steps = [
                (TicketEventKind.ISSUED, came),
                (TicketEventKind.CALLED, called),
                (TicketEventKind.SERVING, called),
            ]
            steps.append((TicketEventKind.DONE, called + timedelta(minutes=6)))
            happened = [Happened(kind, at, office.counter.id if kind != "ISSUED" else None) for kind, at in steps]
            tickets.append(PastTicket(service_id=office.ktp.id, day=midnight.date(), happened=happened))
    with rows():
        with transaction():
            write_tickets(tickets, zone=zone, actor="")
        done = Intervention.create(
            point=office.point, kind=InterventionKind.TRAINING, name="Pelatihan", day=today - timedelta(days=11)
        )
        told = Ticket.select().where(Ticket.day == today - timedelta(days=1)).get()
        WaitEstimate.create(
            ticket=told, service=office.ktp, made_at=told.queued_at, ahead=0, counters=1, expected=300, half_low=100,
            half_high=400, wide_low=60, wide_high=900, waited=told.wait_seconds,
        )  # fmt: skip
    yield SimpleNamespace(intervention=done.id, day=today - timedelta(days=1))
    with rows():
        Intervention.delete().execute()


@pytest.mark.parametrize(("language", "width", "scheme"), [("id", 390, "light"), ("en", 1280, "dark")])
def test_axe_finds_nothing_grave_on_a_planning_page_with_all_its_parts(
    visitor, office, worked, language, width, scheme
):
    someone = visitor(language, width, color_scheme=scheme)
    someone.enter("pegawai")
    faults = []
    parts = {
        f"intervention={worked.intervention}&days=10": "#before-after .verdict",
        f"day={worked.day}&counter=3": "#what-if .scroll table",
        "from=2030-01-02&to=2030-01-01&share=0&minutes=-1": "#counters .fault",
        "intervention=0&days=x": "#before-after .fault",
    }
    for query, shown in parts.items():
        someone.go(f"{BASE}/planning?{query}")
        assert someone.page.locator(shown).first.is_visible(), query
        faults += someone.grave_faults()
        if someone.is_wider_than_the_screen():
            faults.append((query, "scrolls sideways"))
    someone.go(f"{BASE}/planning")

    assert faults == []
    assert someone.page.locator("#foretold strong").is_visible()
    assert someone.page.locator("#counters .chart").is_visible()
