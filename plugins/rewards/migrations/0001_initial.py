"""The first tables of rewards, as a frozen copy."""

from peewee import CharField, DateField, DateTimeField, ForeignKeyField, IntegerField, Model

from core.database import IdField


def up(migrator, db):
    class Employee(Model):
        id = IdField()

        class Meta:
            database = db
            table_name = "employee"

    class Award(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        employee = ForeignKeyField(Employee, on_delete="CASCADE")
        kind = CharField(max_length=32)
        title = CharField()
        awarded_on = DateField()
        decree_number = CharField()

        class Meta:
            database = db
            table_name = "rewards_award"

    db.create_tables([Award])


def down(migrator, db):
    migrator.migrate(migrator.drop_table("rewards_award"))
