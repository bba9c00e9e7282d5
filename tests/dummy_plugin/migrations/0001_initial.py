from peewee import CharField, ForeignKeyField, Model

from core.database import IdField


def up(migrator, db):
    class Employee(Model):
        id = IdField()

        class Meta:
            database = db
            table_name = "employee"

    class DummyCall(Model):
        id = IdField()
        employee = ForeignKeyField(Employee, on_delete="SET NULL", null=True)
        hook = CharField()
        detail = CharField()

        class Meta:
            database = db
            table_name = "dummy_call"

    db.create_tables([DummyCall])


def down(migrator, db):
    migrator.migrate(migrator.drop_table("dummy_call"))
