"""Facts bound to indicators and what was measured of them, as a frozen copy."""

from peewee import (
    CharField,
    DateField,
    DateTimeField,
    DecimalField,
    ForeignKeyField,
    IntegerField,
    JSONField,
    Model,
    TextField,
)

from core.database import IdField


def up(migrator, db):
    def known(name, table):
        meta = type("Meta", (), {"database": db, "table_name": table})
        return type(name, (Model,), {"id": IdField(), "Meta": meta})

    Employee, Indicator = known("Employee", "employee"), known("Indicator", "indicator")  # noqa: N806 - classes
    PerformancePlan = known("PerformancePlan", "performance_plan")  # noqa: N806 - a class
    ProgressRecord = known("ProgressRecord", "progress_record")  # noqa: N806 - a class

    class FactBinding(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        plan = ForeignKeyField(PerformancePlan, on_delete="CASCADE")
        indicator = ForeignKeyField(Indicator, on_delete="CASCADE", unique=True)
        fact = CharField(max_length=96)
        subject = CharField(max_length=16)
        title = CharField()
        unit_of_measure = CharField(max_length=64)
        bound_by = ForeignKeyField(Employee, null=True, on_delete="RESTRICT")

        class Meta:
            database = db
            table_name = "fact_binding"

    class FactMeasurement(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        plan = ForeignKeyField(PerformancePlan, on_delete="RESTRICT")
        indicator = ForeignKeyField(Indicator, on_delete="RESTRICT")
        fact = CharField(max_length=96)
        subject = CharField(max_length=16)
        title = CharField()
        unit_of_measure = CharField(max_length=64)
        starts_on = DateField()
        ends_on = DateField()
        value = DecimalField(max_digits=19, decimal_places=4)
        cases = IntegerField()
        evidence = JSONField()
        measured_at = DateTimeField()
        state = CharField(max_length=16)
        comment = TextField()
        decided_by = ForeignKeyField(Employee, null=True, on_delete="RESTRICT")
        decided_at = DateTimeField(null=True)
        progress_record = ForeignKeyField(ProgressRecord, null=True, on_delete="SET NULL")

        class Meta:
            database = db
            table_name = "fact_measurement"
            indexes = ((("indicator", "starts_on"), False), (("plan", "state"), False))

    db.create_tables([FactBinding, FactMeasurement])


def down(migrator, db):
    migrator.migrate(migrator.drop_table("fact_measurement"), migrator.drop_table("fact_binding"))
