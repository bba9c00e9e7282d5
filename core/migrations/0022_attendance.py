"""Leave and attendance, as a frozen copy."""

from peewee import BooleanField, CharField, DateField, DateTimeField, ForeignKeyField, IntegerField, Model

from core.database import IdField


def up(migrator, db):
    meta = type("Meta", (), {"database": db, "table_name": "employee"})
    Employee = type("Employee", (Model,), {"id": IdField(), "Meta": meta})  # noqa: N806 - a class

    class Leave(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        employee = ForeignKeyField(Employee, on_delete="CASCADE")
        kind = CharField(max_length=24)
        first_day = DateField()
        last_day = DateField()
        decree_number = CharField(max_length=96)

        class Meta:
            database = db
            table_name = "leave"
            indexes = ((("employee", "first_day"), True), (("first_day", "last_day"), False))

    class AttendanceDay(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        employee = ForeignKeyField(Employee, on_delete="CASCADE")
        day = DateField()
        state = CharField(max_length=16)
        late_minutes = IntegerField()
        early_minutes = IntegerField()
        has_no_record = BooleanField()
        missed_assembly = BooleanField()
        source = CharField(max_length=96)

        class Meta:
            database = db
            table_name = "attendance_day"
            indexes = ((("employee", "day"), True), (("state", "day"), False))

    db.create_tables([Leave, AttendanceDay])


def down(migrator, db):
    migrator.migrate(migrator.drop_table("attendance_day"), migrator.drop_table("leave"))
