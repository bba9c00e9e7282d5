"""Files that people are bringing, and how each person reads the columns of a kind of file, as a frozen copy."""

from peewee import BooleanField, CharField, DateTimeField, ForeignKeyField, IntegerField, JSONField, Model, TextField

from core.database import IdField


def up(migrator, db):
    class Account(Model):
        id = IdField()

        class Meta:
            database = db
            table_name = "account"

    class ImportTask(Model):
        id = IdField()
        account = ForeignKeyField(Account, on_delete="CASCADE")
        kind = CharField(max_length=64)
        file_name = CharField(max_length=255)
        folder = CharField(max_length=32, unique=True)
        size = IntegerField()
        headers = JSONField()
        is_large = BooleanField()
        mapping = JSONField()
        constants = JSONField()
        mode = CharField(max_length=16)
        reason = TextField()
        language = CharField(max_length=8)
        step = CharField(max_length=8)
        state = CharField(index=True, max_length=8)
        created_rows = IntegerField()
        updated_rows = IntegerField()
        unchanged_rows = IntegerField()
        rejected_rows = IntegerField()
        problems = JSONField()
        run_id = IntegerField(null=True)
        created_at = DateTimeField(index=True)
        started_at = DateTimeField(null=True)
        ended_at = DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "import_task"

    class ImportMapping(Model):
        id = IdField()
        account = ForeignKeyField(Account, on_delete="CASCADE")
        kind = CharField(max_length=64)
        headers_key = CharField(max_length=64)
        mapping = JSONField()
        constants = JSONField()
        used_at = DateTimeField()

        class Meta:
            database = db
            table_name = "import_mapping"
            indexes = ((("account", "kind", "headers_key"), True),)

    db.create_tables([ImportTask, ImportMapping])


def down(migrator, db):
    migrator.migrate(migrator.drop_table("import_mapping"))
    migrator.migrate(migrator.drop_table("import_task"))
