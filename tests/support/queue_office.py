"""A service point with three services and as many counters as wanted, that never closes, with tokens of its staff."""

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import cycle, islice

from core.database import utc_now
from core.identity import services as identity
from core.migrating import migrate_everything
from core.plugin_host import build_registry, start
from core.settings import Settings
from plugins.queueing.models import Counter, CounterService, OpeningHours, QueueService, ServicePoint
from tests.support.calls import system_context
from tests.support.city import build_city
from tests.support.grants import give_role

CODE = "dukcapil"
SERVICES = (("ktp", "KTP-el", "A"), ("akta", "Akta kelahiran", "B"), ("kk", "Kartu keluarga", "C"))


@dataclass(frozen=True)
class Office:
    """The keys of the service point, and the tokens of who serves and of who manages there."""

    point: int
    services: tuple[int, ...]
    counters: tuple[int, ...]
    clerks: tuple[str, ...]
    manager: str


def open_office(settings: Settings, counters: int) -> Office:
    """Make the office in the database of the settings, which is connected; every counter serves two services."""
    migrate_everything(build_registry(settings, ["queueing"], web=False).migration_sources)
    start(settings, ["queueing"], web=False)
    city = build_city()
    point = ServicePoint.create(
        unit=city.registry, code=CODE, name="Dukcapil", time_zone=zone_of_noon(utc_now()), keeps_national_holidays=False
    )
    for weekday in range(7):
        OpeningHours.create(point=point, weekday=weekday, starts_at="00:00", ends_at="24:00")
    services = [
        QueueService.create(
            point=point, unit=city.registry, code=code, name=name, prefix=prefix, booking_ends_hours=0
        ).id
        for code, name, prefix in SERVICES
    ]
    numbers = [Counter.create(point=point, number=number + 1).id for number in range(counters)]
    for place, counter in enumerate(numbers):
        for service in islice(cycle(services), place % len(services), place % len(services) + 2):
            CounterService.create(counter=counter, service=service)
    ctx = system_context(settings, utc_now())

    def token(employee: object, role: str) -> str:
        account = give_role(employee, role, city.registry)  # type: ignore[arg-type]
        return identity.create_api_token(ctx, name="day", scopes=("read", "write"), account_id=account.id).token

    clerks = (token(city.clerk, "queueing.counter"), token(city.officer, "queueing.counter"))
    return Office(point.id, tuple(services), tuple(numbers), clerks, token(city.chief, "queueing.manager"))


def zone_of_noon(now: datetime) -> str:
    """Return a time zone in which it is about noon, so that no run goes over midnight."""
    # The names of these zones count westwards.
    return f"Etc/GMT{now.astimezone(UTC).hour - 12:+d}"


def environment(settings: Settings, **more: str) -> dict[str, str]:
    """Return the settings of servers on the database of the office."""
    return {
        "KINERJA_SECRET_KEY": settings.secret_key,
        "KINERJA_DATABASE_URL": settings.database_url,
        "KINERJA_PLUGINS": "queueing",
        "KINERJA_VAR_DIR": str(settings.var_dir),
        "KINERJA_FILES_DIR": str(settings.files_dir),
        **more,
    }
