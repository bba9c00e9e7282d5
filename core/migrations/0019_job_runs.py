"""The table of what became of jobs, as a frozen copy."""

from peewee import CharField, DateTimeField, Model, TextField

from core.database import IdField


def up(migrator, db):
    class JobRun(Model):
        id = IdField()
        name = CharField(max_length=128)
        outcome = CharField(max_length=8, default="RUNNING")
        started_at = DateTimeField()
        finished_at = DateTimeField(null=True)
        error = TextField(default="")

        class Meta:
            database = db
            table_name = "job_run"
            indexes = ((("name", "outcome"), False),)

    db.create_tables([JobRun])


def down(migrator, db):
    migrator.migrate(migrator.drop_table("job_run"))
