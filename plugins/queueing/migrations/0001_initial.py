"""The first tables of queueing, as a frozen copy."""

from peewee import CharField, DateField, DateTimeField, ForeignKeyField, IntegerField, Model

from core.database import IdField


def up(migrator, db):
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


def down(migrator, db):
    migrator.migrate(migrator.drop_table("queueing_daily_metric"))
