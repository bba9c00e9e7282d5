"""The set-up of the queue: where is served, when, what, at which counters, by whom, how many, and who goes first.

Times of day are texts "HH:MM" in the time zone of the service point, weekdays count from Monday = 0.
"""

import peewee as pw
from playhouse.fields import EnumField

from core.organisation.models import Employee, WorkUnit
from core.plugin_api import Record
from plugins.queueing.terms import HoursKind, PriorityRule


class ServicePoint(Record):
    """A place where citizens are served: an office, a health centre, a public-service mall (MPP).

    `code` stands in addresses (kiosk, display); an empty `time_zone` is that of the institution. With the rule
    ONE_IN_N at most one of a priority group is called before each `priority_every` - 1 others who wait. A ticket that
    was called `recalls_allowed` times more counts as a no-show; `grace_minutes` after its slot a booking lapses. The
    three `keeps_…` say which kinds of days in the institution's calendar close it, besides its own (`Closure`).
    """

    unit_id: int

    unit = pw.ForeignKeyField(WorkUnit, backref="+", on_delete="CASCADE")
    code = pw.CharField(max_length=32, unique=True)
    name = pw.CharField()
    address = pw.TextField(default="")
    time_zone = pw.CharField(max_length=64, default="")
    slot_minutes = pw.IntegerField(default=30)
    priority_rule = EnumField(PriorityRule, max_length=16, default=PriorityRule.STRICT)
    priority_every = pw.IntegerField(default=3)
    recalls_allowed = pw.IntegerField(default=2)
    grace_minutes = pw.IntegerField(default=30)
    keeps_national_holidays = pw.BooleanField(default=True)
    keeps_regional_holidays = pw.BooleanField(default=True)
    keeps_collective_leave = pw.BooleanField(default=True)
    is_active = pw.BooleanField(default=True)

    class Meta:
        table_name = "queueing_service_point"


class OpeningHours(Record):
    """A span of a weekday in which a service point serves, or a break within it."""

    point_id: int

    point = pw.ForeignKeyField(ServicePoint, backref="+", on_delete="CASCADE")
    weekday = pw.IntegerField()
    kind = EnumField(HoursKind, max_length=8, default=HoursKind.OPEN)
    starts_at = pw.CharField(max_length=5)
    ends_at = pw.CharField(max_length=5)

    class Meta:
        table_name = "queueing_opening_hours"
        indexes = ((("point", "weekday", "kind", "starts_at"), True),)


class Closure(Record):
    """A day of its own on which a service point is closed, besides those of the institution's calendar."""

    point_id: int

    point = pw.ForeignKeyField(ServicePoint, backref="+", on_delete="CASCADE")
    day = pw.DateField()
    name = pw.CharField()

    class Meta:
        table_name = "queueing_closure"
        indexes = ((("point", "day"), True),)


class PriorityGroup(Record):
    """People who go first (kelompok rentan); they say so themselves, staff confirm it, nobody asks for proof of health.

    The law's groups (UU 25/2009 Pasal 29) come with the plugin, each with its `source`; `rank` orders the choice.
    """

    code = pw.CharField(max_length=32, unique=True)
    name = pw.CharField()
    name_en = pw.CharField(default="")
    rank = pw.IntegerField(default=0)
    source = pw.CharField(default="")
    is_active = pw.BooleanField(default=True)

    class Meta:
        table_name = "queueing_priority_group"


class QueueService(Record):
    """A service at a point, with a queue and numbers of its own; `unit` is the unit whose service it is.

    `prefix` begins its tickets (A-012). Targets are minutes. `books_ahead_days` says how many days ahead is booked
    (0: no booking), `booking_ends_hours` how many hours before the slot booking ends. `requirements` is what to bring.
    """

    point_id: int
    unit_id: int

    point = pw.ForeignKeyField(ServicePoint, backref="+", on_delete="CASCADE")
    unit = pw.ForeignKeyField(WorkUnit, backref="+", on_delete="CASCADE")
    code = pw.CharField(max_length=32)
    name = pw.CharField()
    prefix = pw.CharField(max_length=4)
    target_wait_minutes = pw.IntegerField(default=15)
    target_serve_minutes = pw.IntegerField(default=10)
    books_ahead_days = pw.IntegerField(default=7)
    booking_ends_hours = pw.IntegerField(default=1)
    requirements = pw.TextField(default="")
    is_active = pw.BooleanField(default=True)

    class Meta:
        table_name = "queueing_service"
        indexes = ((("point", "code"), True), (("point", "prefix"), True))


class ServiceQuota(Record):
    """How many tickets a service gives out: of a day, or of one slot of it; the most particular quota counts.

    `day` beats `weekday` beats neither; `slot` is the "HH:MM" at which a slot begins, empty for the whole day. Of
    `quota`, `walk_in_reserve` are kept for people without a booking.
    """

    service_id: int

    service = pw.ForeignKeyField(QueueService, backref="+", on_delete="CASCADE")
    day = pw.DateField(null=True)
    weekday = pw.IntegerField(null=True)
    slot = pw.CharField(max_length=5, default="")
    quota = pw.IntegerField()
    walk_in_reserve = pw.IntegerField(default=0)

    class Meta:
        table_name = "queueing_quota"
        indexes = ((("service", "day"), False),)


class Counter(Record):
    """A counter (loket) of a service point; `number` is what citizens read and hear."""

    point_id: int

    point = pw.ForeignKeyField(ServicePoint, backref="+", on_delete="CASCADE")
    number = pw.IntegerField()
    name = pw.CharField(default="")
    is_active = pw.BooleanField(default=True)

    class Meta:
        table_name = "queueing_counter"
        indexes = ((("point", "number"), True),)


class CounterService(Record):
    """A service that a counter may serve."""

    counter_id: int
    service_id: int

    counter = pw.ForeignKeyField(Counter, backref="+", on_delete="CASCADE")
    service = pw.ForeignKeyField(QueueService, backref="+", on_delete="CASCADE")

    class Meta:
        table_name = "queueing_counter_service"
        indexes = ((("counter", "service"), True),)


class CounterShift(Record):
    """Who serves at a counter on a day, from when until when."""

    counter_id: int
    employee_id: int

    counter = pw.ForeignKeyField(Counter, backref="+", on_delete="CASCADE")
    employee = pw.ForeignKeyField(Employee, backref="+", on_delete="CASCADE")
    day = pw.DateField()
    starts_at = pw.CharField(max_length=5)
    ends_at = pw.CharField(max_length=5)

    class Meta:
        table_name = "queueing_counter_shift"
        indexes = ((("employee", "day"), False), (("counter", "day"), False))
