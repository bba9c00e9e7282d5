"""A civil registry for the demo: its set-up, weeks of past days, what was done about waiting, and a lively today."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from peewee import chunked

from core.identity.models import Account, RoleGrant
from core.organisation.models import Assignment, Employee, Position, WorkUnit
from core.organisation.services.changing import rows_of
from core.plugin_api import Context, UnitOfWork, unit_of_work
from plugins.queueing.demo.day import DayPlan, Demand, Visit, visits_of_a_day
from plugins.queueing.demo.foretold import Foreteller, Told
from plugins.queueing.logs.writing import PastTicket, write_tickets
from plugins.queueing.models import (
    Counter,
    CounterShift,
    PriorityGroup,
    QueueService,
    ServicePoint,
    Ticket,
    WaitEstimate,
)
from plugins.queueing.rules.states import Happened
from plugins.queueing.services.calendar import days_with_spans, is_open, zone_of
from plugins.queueing.services.interventions import record_intervention
from plugins.queueing.services.setup import PointChanges, create_point, update_point
from plugins.queueing.services.setup_counters import create_counter
from plugins.queueing.services.setup_hours import add_hours, lines_of_week, set_hours
from plugins.queueing.services.setup_services import create_quota, create_service
from plugins.queueing.terms import Channel, EventSource, InterventionKind, TicketEventKind

AGENCY, REGISTRATION, REGISTRY = "04", "04.2", "04.3"
POINT = "dukcapil"
_WEEKS_BEFORE, _WEEKS_AFTER = 3, 2
_HOURS = "08:00-12:00, 13:00-15:00"
_OPENS, _CLOSES = 8 * 3600, 15 * 3600
_ROWS_AT_ONCE = 500
_SERVICES = (
    ("ktp", "KTP-el", "A", REGISTRATION, "Surat pengantar RT/RW\nFotokopi kartu keluarga"),
    ("kk", "Kartu keluarga", "B", REGISTRATION, "Formulir F-1.02\nKartu keluarga lama"),
    ("akta-lahir", "Akta kelahiran", "C", REGISTRY, "Surat keterangan lahir\nBuku nikah orang tua\nKartu keluarga"),
    ("akta-mati", "Akta kematian", "D", REGISTRY, "Surat keterangan kematian\nKTP-el almarhum\nKartu keluarga"),
)
_COUNTERS = ((0, 1), (0, 1), (1, 2), (2, 3))
_BEFORE = Demand((62, 36, 26, 11), (8.5, 9.5, 10.5, 12.0), online_share=0.0)
_AFTER = Demand((64, 37, 27, 11), (6.8, 7.5, 8.6, 9.6), online_share=0.4)
_TODAY = Demand((104, 62, 36, 14), _AFTER.minutes, online_share=0.3)
"""More people than on other days, so that somebody waits."""

_WINDOW = timedelta(hours=4)
"""Outside of office hours the demo's today is a special one: open from so long before now until so long after."""

_GRANTS = (("pegawai", "queueing.counter"), ("rekan", "queueing.counter"), ("atasan", "queueing.manager"))


@dataclass(frozen=True)
class Office:
    """The set-up that tickets refer to."""

    point: ServicePoint
    zone: ZoneInfo
    services: Sequence[QueueService]
    counters: Sequence[Counter]
    clerks: Sequence[Employee]
    groups: Sequence[PriorityGroup]


def load(ctx: Context, seed: int) -> None:
    """Load the registry's queue as of the moment of the call; nothing happens in a city that has no registry."""
    units = {unit.code: unit for unit in WorkUnit.select().where(WorkUnit.code.startswith(AGENCY))}
    if not {AGENCY, REGISTRATION, REGISTRY} <= units.keys():
        return
    with unit_of_work(ctx) as work:
        office = _set_up(ctx, units)
        now = ctx.now.astimezone(office.zone)
        today = now.date()
        changed_on = today - timedelta(days=today.weekday(), weeks=_WEEKS_AFTER)
        first = changed_on - timedelta(weeks=_WEEKS_BEFORE)
        past = list(days_with_spans(office.point, first, today - timedelta(days=1)))
        opens, closes = _open_today(ctx, office.point, now)
        work.create_many(CounterShift, list(_shifts(office, past, _OPENS, _CLOSES)))
        work.create_many(CounterShift, list(_shifts(office, [today], opens, closes)))
        _note_what_was_done(ctx, office.point, changed_on)
        _grant(work, units[AGENCY], first)
        days = [(day, _OPENS, _CLOSES, _BEFORE if day < changed_on else _AFTER) for day in past]
        days.append((today, opens, closes, _TODAY))
        foreteller = Foreteller(_COUNTERS, office.services[0].target_serve_minutes * 60.0)
        tickets: list[PastTicket] = []
        estimates: list[tuple[int, dict[str, object]]] = []
        for day, begins, ends, demand in days:
            visits = _visits(seed, office, day, begins, ends, demand)
            told = foreteller.day(visits, _second_of(office, day, ctx.now))
            for place, ticket in _tickets(office, day, visits, ctx.now):
                if place in told:
                    estimates.append((len(tickets), _estimate(office, ticket, told[place])))
                tickets.append(ticket)
        chance = _chance(seed, "tokens")
        tokens = [_token(chance) for _ in tickets]
        write_tickets(
            tickets, zone=office.zone, actor="", source=EventSource.LIVE, make_token=iter(tokens).__next__
        )  # fmt: skip
        ids: dict[str, int] = dict(
            rows_of(Ticket.select(Ticket.token, Ticket.id).where(Ticket.service.in_(office.services)))
        )
        rows = [{"ticket": ids[tokens[place]], **estimate} for place, estimate in estimates]
        for some in chunked(rows, _ROWS_AT_ONCE):
            WaitEstimate.insert_many(some).execute()


def _chance(seed: int, part: object) -> Random:
    return Random(f"{seed}/queueing/{part}")  # noqa: S311 - believable data, no secrets


def _token(chance: Random) -> str:
    return f"demo-{chance.getrandbits(120):030x}"


def _set_up(ctx: Context, units: dict[str, WorkUnit]) -> Office:
    point = create_point(
        ctx, unit_id=units[AGENCY].id, code=POINT, name="Disdukcapil Bandar Madani", address="Jl. Merdeka 4"
    )
    set_hours(ctx, point.id, None, lines_of_week(dict.fromkeys(range(5), _HOURS)))
    services = [
        create_service(
            ctx, point_id=point.id, unit_id=units[unit].id, code=code, name=name, prefix=prefix, requirements=bring
        )
        for code, name, prefix, unit, bring in _SERVICES
    ]
    for service in services:
        create_quota(ctx, service_id=service.id, quota=120, walk_in_reserve=50)
    create_quota(ctx, service_id=services[0].id, slot="08:00", quota=14, walk_in_reserve=6)
    counters = [
        create_counter(ctx, point_id=point.id, number=number, service_ids=[services[place].id for place in served])
        for number, served in enumerate(_COUNTERS, start=1)
    ]
    # Whose log-in the demo shows sits at the first counter.
    clerks = _staff(units[REGISTRY], 2) + _staff(units[REGISTRATION], 2)
    groups = list(PriorityGroup.select().order_by(PriorityGroup.rank).limit(5))
    return Office(ServicePoint.get_by_id(point.id), zone_of(point, ctx.settings), services, counters, clerks, groups)


def _staff(unit: WorkUnit, count: int) -> list[Employee]:
    rows = Assignment.select(Assignment, Employee).join(Employee).switch(Assignment).join(Position)
    chosen = rows.where((Assignment.unit == unit) & ~Position.is_head).order_by(Assignment.id).limit(count)
    return [row.employee for row in chosen]


def _open_today(ctx: Context, point: ServicePoint, now: datetime) -> tuple[int, int]:
    """Return from when until when the office is open today; let it be so at whatever hour the demo begins."""
    today, seconds = now.date(), now.hour * 3600 + now.minute * 60
    if not is_open(point, today) or not _OPENS + 3600 <= seconds <= _CLOSES - 1800:
        window = int(_WINDOW.total_seconds())
        opens, closes = max(0, seconds - window), min(24 * 3600 - 60, seconds + window)
        texts = lines_of_week({day: _HOURS for day in range(5) if day != today.weekday()})
        set_hours(ctx, point.id, None, texts)
        add_hours(ctx, point_id=point.id, weekday=today.weekday(), starts_at=_clock(opens), ends_at=_clock(closes))
        if not is_open(point, today):
            stays_open: PointChanges = {
                "keeps_national_holidays": False, "keeps_regional_holidays": False, "keeps_collective_leave": False,
            }  # fmt: skip
            update_point(ctx, point.id, None, stays_open)
        return opens, closes
    return _OPENS, _CLOSES


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}"


def _shifts(office: Office, days: Sequence[date], opens: int, closes: int) -> Iterator[dict[str, object]]:
    for day in days:
        for counter, clerk in zip(office.counters, office.clerks, strict=False):
            yield {
                "counter": counter,
                "employee": clerk,
                "day": day,
                "starts_at": _clock(opens),
                "ends_at": _clock(closes),
            }


def _note_what_was_done(ctx: Context, point: ServicePoint, day: date) -> None:
    record_intervention(
        ctx, point_id=point.id, kind=InterventionKind.TRAINING, name="Pelatihan petugas loket", day=day,
        note="Dua hari: verifikasi berkas sekali jalan",
    )  # fmt: skip
    record_intervention(
        ctx, point_id=point.id, kind=InterventionKind.ONLINE_BOOKING, name="Antrean daring dibuka", day=day
    )  # fmt: skip


def _grant(work: UnitOfWork, unit: WorkUnit, since: date) -> None:
    accounts = {row.username: row for row in Account.select().where(Account.username.in_([who for who, _ in _GRANTS]))}
    for username, role in _GRANTS:
        if username in accounts:
            work.create(RoleGrant, account=accounts[username], role=role, unit=unit, valid_from=since)


def _visits(seed: int, office: Office, day: date, opens: int, closes: int, demand: Demand) -> list[Visit]:
    plan = DayPlan(opens, closes, _COUNTERS, slot=office.point.slot_minutes * 60)
    return visits_of_a_day(_chance(seed, day), plan, demand, len(office.groups))


def _second_of(office: Office, day: date, now: datetime) -> int:
    """Return how many seconds of a day have passed until now; more than it has for a day that is over."""
    return int((now - datetime.combine(day, time(), office.zone)).total_seconds())


def _estimate(office: Office, ticket: PastTicket, told: Told) -> dict[str, object]:
    midnight = datetime.combine(ticket.day, time(), office.zone).astimezone(UTC)
    return {
        "service": ticket.service_id,
        "made_at": midnight + timedelta(seconds=told.at),
        "ahead": told.ahead,
        "counters": told.counters,
        "expected": told.expected,
        **{name: round(bound) for name, bound in asdict(told.ranges).items()},
        "waited": told.waited,
    }


def _tickets(office: Office, day: date, visits: Sequence[Visit], now: datetime) -> Iterator[tuple[int, PastTicket]]:
    """Yield the visits of a day, by their place, as tickets with what has happened until now."""
    midnight = datetime.combine(day, time(), office.zone).astimezone(UTC)
    for place, visit in enumerate(visits):
        moments = ((kind, midnight + timedelta(seconds=seconds), counter) for kind, seconds, counter in visit.steps)
        happened = [_happened(office, kind, at, counter) for kind, at, counter in moments if at <= now]
        if happened:
            ticket = PastTicket(
                service_id=office.services[visit.service].id,
                day=day,
                happened=happened,
                channel=Channel.ONLINE if visit.is_online else Channel.KIOSK,
                priority_id=None if visit.priority is None else office.groups[visit.priority].id,
                slot="" if visit.slot is None else _clock(visit.slot),
            )
            yield place, ticket


def _happened(office: Office, kind: TicketEventKind, at: datetime, counter: int | None) -> Happened:
    if counter is None:
        return Happened(kind, at)
    clerk = office.clerks[counter].id if counter < len(office.clerks) else None
    return Happened(kind, at, office.counters[counter].id, clerk)
