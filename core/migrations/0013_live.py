"""The first table of live, as a frozen copy."""

from peewee import CharField, DateTimeField, Model, TextField

from core.database import IdField


def up(migrator, db):
    class LiveEvent(Model):
        id = IdField()
        name = CharField(max_length=128)
        payload = TextField()
        at = DateTimeField(index=True)

        class Meta:
            database = db
            table_name = "live_event"

    db.create_tables([LiveEvent])


def down(migrator, db):
    migrator.migrate(migrator.drop_table("live_event"))
