"""The first table of approval, as a frozen copy."""

from peewee import CharField, DateTimeField, IntegerField, JSONField, Model, TextField

from core.database import IdField


def up(migrator, db):
    class ChangeRequest(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        verb = CharField(max_length=96)
        model = CharField(max_length=64)
        subject_id = IntegerField(null=True)
        label = CharField()
        seen_version = IntegerField(null=True)
        values = JSONField()
        changes = JSONField()
        reason = TextField()
        unit_path = CharField(index=True, max_length=160)
        account_id = IntegerField(index=True)
        account_name = CharField()
        state = CharField(index=True, max_length=16)
        decided_by = IntegerField(null=True)
        decider_name = CharField()
        decided_at = DateTimeField(null=True)
        note = TextField()
        batch = CharField(index=True, max_length=32)
        run_id = IntegerField(index=True, null=True)

        class Meta:
            database = db
            table_name = "change_request"
            indexes = ((("model", "subject_id"), False),)

    db.create_tables([ChangeRequest])


def down(migrator, db):
    migrator.migrate(migrator.drop_table("change_request"))
