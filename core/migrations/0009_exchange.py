"""The first tables of exchange, as a frozen copy."""

from peewee import CharField, DateTimeField, IntegerField, Model

from core.database import IdField


def up(migrator, db):
    class ImportRun(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        kind = CharField(max_length=32)
        file_name = CharField()
        sha256 = CharField(max_length=64)
        mode = CharField(max_length=16)
        state = CharField(max_length=8)
        created_rows = IntegerField()
        updated_rows = IntegerField()
        unchanged_rows = IntegerField()
        rejected_rows = IntegerField()
        batch = CharField(max_length=32)
        account_id = IntegerField(null=True)

        class Meta:
            database = db
            table_name = "import_run"

    db.create_tables([ImportRun])


def down(migrator, db):
    migrator.migrate(migrator.drop_table("import_run"))
