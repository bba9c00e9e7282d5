"""The first tables of history, as a frozen copy."""

from peewee import CharField, DateTimeField, IntegerField, Model, TextField

from core.database import IdField


def up(migrator, db):
    class HistoryRecord(Model):
        id = IdField()
        at = DateTimeField(index=True)
        account_id = IntegerField(index=True, null=True)
        actor_name = CharField()
        action = CharField(max_length=16)
        subject_type = CharField(max_length=64)
        subject_id = IntegerField()
        before = TextField(null=True)
        after = TextField(null=True)
        reason = TextField(null=True)
        request_id = CharField(index=True, max_length=64)
        batch = CharField(index=True, max_length=32)
        previous_hash = CharField(max_length=64)
        hash = CharField(unique=True, max_length=64)

        class Meta:
            database = db
            table_name = "history_record"
            indexes = ((("subject_type", "subject_id", "id"), False),)

    db.create_tables([HistoryRecord])


def down(migrator, db):
    migrator.migrate(migrator.drop_table("history_record"))
