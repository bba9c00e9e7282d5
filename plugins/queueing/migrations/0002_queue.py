"""The queue itself: set-up, tickets, events and findings, as a frozen copy; the table of daily figures goes."""

from peewee import BooleanField, CharField, DateField, DateTimeField, ForeignKeyField, IntegerField, Model, TextField

from core.database import IdField


def up(migrator, db):
    class WorkUnit(Model):
        id = IdField()

        class Meta:
            database = db
            table_name = "work_unit"

    class Employee(Model):
        id = IdField()

        class Meta:
            database = db
            table_name = "employee"

    class ServicePoint(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        unit = ForeignKeyField(WorkUnit, on_delete="CASCADE")
        code = CharField(max_length=32, unique=True)
        name = CharField()
        address = TextField()
        time_zone = CharField(max_length=64)
        slot_minutes = IntegerField()
        priority_rule = CharField(max_length=16)
        priority_every = IntegerField()
        recalls_allowed = IntegerField()
        grace_minutes = IntegerField()
        keeps_national_holidays = BooleanField()
        is_active = BooleanField()

        class Meta:
            database = db
            table_name = "queueing_service_point"

    class OpeningHours(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        point = ForeignKeyField(ServicePoint, on_delete="CASCADE")
        weekday = IntegerField()
        kind = CharField(max_length=8)
        starts_at = CharField(max_length=5)
        ends_at = CharField(max_length=5)

        class Meta:
            database = db
            table_name = "queueing_opening_hours"
            indexes = ((("point", "weekday", "kind", "starts_at"), True),)

    class Closure(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        point = ForeignKeyField(ServicePoint, on_delete="CASCADE")
        day = DateField()
        name = CharField()

        class Meta:
            database = db
            table_name = "queueing_closure"
            indexes = ((("point", "day"), True),)

    class PriorityGroup(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        code = CharField(max_length=32, unique=True)
        name = CharField()
        name_en = CharField()
        rank = IntegerField()
        source = CharField()
        is_active = BooleanField()

        class Meta:
            database = db
            table_name = "queueing_priority_group"

    class QueueService(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        point = ForeignKeyField(ServicePoint, on_delete="CASCADE")
        unit = ForeignKeyField(WorkUnit, on_delete="CASCADE")
        code = CharField(max_length=32)
        name = CharField()
        prefix = CharField(max_length=4)
        target_wait_minutes = IntegerField()
        target_serve_minutes = IntegerField()
        books_ahead_days = IntegerField()
        booking_ends_hours = IntegerField()
        requirements = TextField()
        is_active = BooleanField()

        class Meta:
            database = db
            table_name = "queueing_service"
            indexes = (
                (("point", "code"), True),
                (("point", "prefix"), True),
            )

    class ServiceQuota(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        service = ForeignKeyField(QueueService, on_delete="CASCADE")
        day = DateField(null=True)
        weekday = IntegerField(null=True)
        slot = CharField(max_length=5)
        quota = IntegerField()
        walk_in_reserve = IntegerField()

        class Meta:
            database = db
            table_name = "queueing_quota"
            indexes = ((("service", "day"), False),)

    class Counter(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        point = ForeignKeyField(ServicePoint, on_delete="CASCADE")
        number = IntegerField()
        name = CharField()
        is_active = BooleanField()

        class Meta:
            database = db
            table_name = "queueing_counter"
            indexes = ((("point", "number"), True),)

    class CounterService(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        counter = ForeignKeyField(Counter, on_delete="CASCADE")
        service = ForeignKeyField(QueueService, on_delete="CASCADE")

        class Meta:
            database = db
            table_name = "queueing_counter_service"
            indexes = ((("counter", "service"), True),)

    class CounterShift(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        counter = ForeignKeyField(Counter, on_delete="CASCADE")
        employee = ForeignKeyField(Employee, on_delete="CASCADE")
        day = DateField()
        starts_at = CharField(max_length=5)
        ends_at = CharField(max_length=5)

        class Meta:
            database = db
            table_name = "queueing_counter_shift"
            indexes = (
                (("employee", "day"), False),
                (("counter", "day"), False),
            )

    class QueueDay(Model):
        id = IdField()
        service = ForeignKeyField(QueueService, on_delete="CASCADE")
        day = DateField()
        last_number = IntegerField()

        class Meta:
            database = db
            table_name = "queueing_day"
            indexes = ((("service", "day"), True),)

    class Ticket(Model):
        id = IdField()
        service = ForeignKeyField(QueueService, on_delete="CASCADE")
        day = DateField()
        number = IntegerField(null=True)
        token = CharField(max_length=43, unique=True)
        code_hash = CharField(max_length=64)
        code_tries = IntegerField()
        state = CharField(max_length=16)
        channel = CharField(max_length=8)
        priority = ForeignKeyField(PriorityGroup, null=True, on_delete="SET NULL")
        is_priority_confirmed = BooleanField()
        slot = CharField(max_length=5)
        nik_hash = CharField(max_length=64, null=True)
        holder_name = CharField()
        phone = CharField(max_length=32)
        language = CharField(max_length=2)
        origin = ForeignKeyField("self", null=True, on_delete="SET NULL")
        counter = ForeignKeyField(Counter, null=True, on_delete="SET NULL")
        employee = ForeignKeyField(Employee, null=True, on_delete="SET NULL")
        booked_at = DateTimeField(null=True)
        queued_at = DateTimeField(null=True)
        called_at = DateTimeField(null=True)
        serving_at = DateTimeField(null=True)
        ended_at = DateTimeField(null=True)
        calls = IntegerField()
        wait_seconds = IntegerField(null=True)
        serve_seconds = IntegerField(null=True)
        local_hour = IntegerField(null=True)
        version = IntegerField()

        class Meta:
            database = db
            table_name = "queueing_ticket"
            indexes = (
                (("service", "day", "number"), True),
                (("service", "day", "state"), False),
                (("employee", "day"), False),
                (("nik_hash", "day"), False),
            )

    class TicketEvent(Model):
        id = IdField()
        ticket = ForeignKeyField(Ticket, on_delete="CASCADE")
        kind = CharField(max_length=16)
        at = DateTimeField()
        recorded_at = DateTimeField()
        source = CharField(max_length=8)
        counter = ForeignKeyField(Counter, null=True, on_delete="SET NULL")
        employee = ForeignKeyField(Employee, null=True, on_delete="SET NULL")
        actor = CharField()
        key = CharField(max_length=64, null=True, unique=True)
        detail = TextField()

        class Meta:
            database = db
            table_name = "queueing_ticket_event"

    class WaitEstimate(Model):
        id = IdField()
        ticket = ForeignKeyField(Ticket, unique=True, on_delete="CASCADE")
        service = ForeignKeyField(QueueService, on_delete="CASCADE")
        made_at = DateTimeField()
        ahead = IntegerField()
        counters = IntegerField()
        expected = IntegerField()
        closed = IntegerField()
        half_low = IntegerField()
        half_high = IntegerField()
        wide_low = IntegerField()
        wide_high = IntegerField()
        waited = IntegerField(null=True)

        class Meta:
            database = db
            table_name = "queueing_estimate"
            indexes = ((("service", "made_at"), False),)

    class Intervention(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        point = ForeignKeyField(ServicePoint, on_delete="CASCADE")
        service = ForeignKeyField(QueueService, null=True, on_delete="CASCADE")
        kind = CharField(max_length=16)
        name = CharField()
        day = DateField()
        note = TextField()

        class Meta:
            database = db
            table_name = "queueing_intervention"

    migrator.migrate(migrator.drop_table("queueing_daily_metric"))
    db.create_tables(
        [
            ServicePoint,
            OpeningHours,
            Closure,
            PriorityGroup,
            QueueService,
            ServiceQuota,
            Counter,
            CounterService,
            CounterShift,
            QueueDay,
            Ticket,
            TicketEvent,
            WaitEstimate,
            Intervention,
        ]
    )


def down(migrator, db):
    for name in (
        "queueing_intervention",
        "queueing_estimate",
        "queueing_ticket_event",
        "queueing_ticket",
        "queueing_day",
        "queueing_counter_shift",
        "queueing_counter_service",
        "queueing_counter",
        "queueing_quota",
        "queueing_service",
        "queueing_priority_group",
        "queueing_closure",
        "queueing_opening_hours",
        "queueing_service_point",
    ):
        migrator.migrate(migrator.drop_table(name))
    _daily_metric(db)


def _daily_metric(db):
    class WorkUnit(Model):
        id = IdField()

        class Meta:
            database = db
            table_name = "work_unit"

    class QueueDailyMetric(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        unit = ForeignKeyField(WorkUnit, on_delete="CASCADE")
        day = DateField()
        service = CharField()
        served = IntegerField()
        no_shows = IntegerField()
        wait_p90_minutes = IntegerField()

        class Meta:
            database = db
            table_name = "queueing_daily_metric"
            indexes = ((("unit", "day", "service"), True),)

    db.create_tables([QueueDailyMetric])
