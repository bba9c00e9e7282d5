"""The first tables of workdays, as a frozen copy."""

from peewee import CharField, DateField, DateTimeField, IntegerField, Model

from core.database import IdField


def up(migrator, db):
    class Holiday(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        day = DateField()
        name = CharField()
        kind = CharField(max_length=24)
        source = CharField()

        class Meta:
            database = db
            table_name = "holiday"
            indexes = ((("day", "name"), True),)

    db.create_tables([Holiday])


def down(migrator, db):
    migrator.migrate(migrator.drop_table("holiday"))
