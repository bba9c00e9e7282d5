"""Reminders and the orders of whole lists of them, as a frozen copy."""

from peewee import CharField, DateField, DateTimeField, ForeignKeyField, IntegerField, Model

from core.database import IdField


def up(migrator, db):
    def known(name, table):
        meta = type("Meta", (), {"database": db, "table_name": table})
        return type(name, (Model,), {"id": IdField(), "Meta": meta})

    Account, Employee = known("Account", "account"), known("Employee", "employee")  # noqa: N806 - classes
    WorkUnit, EvaluationPeriod = known("WorkUnit", "work_unit"), known("EvaluationPeriod", "evaluation_period")  # noqa: N806

    class Reminder(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        employee = ForeignKeyField(Employee, on_delete="CASCADE")
        about = ForeignKeyField(Employee, on_delete="CASCADE")
        unit = ForeignKeyField(WorkUnit, on_delete="CASCADE")
        period = ForeignKeyField(EvaluationPeriod, on_delete="CASCADE")
        kind = CharField(max_length=24)
        window_number = IntegerField()
        sent_on = DateField()
        sender_name = CharField()
        account_id = IntegerField(null=True)

        class Meta:
            database = db
            table_name = "reminder"
            indexes = (
                (("employee", "about", "kind", "period", "window_number", "sent_on"), True),
                (("unit", "period"), False),
            )

    class ReminderOrder(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        account = ForeignKeyField(Account, on_delete="CASCADE")
        unit = ForeignKeyField(WorkUnit, on_delete="CASCADE")
        period = ForeignKeyField(EvaluationPeriod, on_delete="CASCADE")
        kind = CharField(max_length=24, null=True)
        state = CharField(index=True, max_length=8)
        sent = IntegerField()
        finished_at = DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "reminder_order"

    db.create_tables([Reminder, ReminderOrder])


def down(migrator, db):
    migrator.migrate(migrator.drop_table("reminder_order"), migrator.drop_table("reminder"))
