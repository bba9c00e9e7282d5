"""The first tables of runs, as a frozen copy."""

from peewee import CharField, DateTimeField, ForeignKeyField, IntegerField, JSONField, Model, TextField

from core.database import IdField


def up(migrator, db):
    class BulkRun(Model):
        id = IdField()
        verb = CharField(max_length=96)
        model = CharField(max_length=64)
        values = JSONField()
        reason = TextField()
        state = CharField(index=True, max_length=16)
        total = IntegerField()
        done = IntegerField()
        failed = IntegerField()
        requested = IntegerField()
        problems = JSONField()
        batch = CharField(max_length=32, unique=True)
        account_id = IntegerField(index=True, null=True)
        account_name = CharField()
        language = CharField(max_length=2)
        created_at = DateTimeField()
        started_at = DateTimeField(null=True)
        finished_at = DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "bulk_run"

    db.create_tables([BulkRun])

    class BulkRunItem(Model):
        id = IdField()
        run = ForeignKeyField(BulkRun, on_delete="CASCADE")
        subject_id = IntegerField()
        state = CharField(max_length=16)
        problems = JSONField()

        class Meta:
            database = db
            table_name = "bulk_run_item"
            indexes = ((("run", "subject_id"), True), (("run", "state"), False))

    db.create_tables([BulkRunItem])


def down(migrator, db):
    migrator.migrate(migrator.drop_table("bulk_run_item"))
    migrator.migrate(migrator.drop_table("bulk_run"))
