"""The first table of bin, as a frozen copy."""

from peewee import CharField, DateTimeField, IntegerField, JSONField, Model, TextField

from core.database import IdField


def up(migrator, db):
    class BinEntry(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        model = CharField(max_length=64)
        subject_id = IntegerField()
        label = CharField()
        unit_path = CharField(index=True, max_length=160)
        row_count = IntegerField()
        rows = JSONField()
        emptied = JSONField()
        reason = TextField()
        batch = CharField(index=True, max_length=32)
        account_id = IntegerField(index=True, null=True)
        account_name = CharField()
        state = CharField(max_length=16)
        restored_at = DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "bin_entry"
            indexes = ((("model", "subject_id"), False),)

    db.create_tables([BinEntry])


def down(migrator, db):
    migrator.migrate(migrator.drop_table("bin_entry"))
