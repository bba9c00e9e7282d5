"""Files of nominations and awards, as a frozen copy."""

from peewee import CharField, DateTimeField, ForeignKeyField, IntegerField, Model

from core.database import IdField


def up(migrator, db):
    def known(name, table):
        meta = type("Meta", (), {"database": db, "table_name": table})
        return type(name, (Model,), {"id": IdField(), "Meta": meta})

    Nomination = known("Nomination", "rewards_nomination")  # noqa: N806 - a class
    Award = known("Award", "rewards_award")  # noqa: N806 - a class

    class RewardFile(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        nomination = ForeignKeyField(Nomination, null=True, on_delete="CASCADE")
        award = ForeignKeyField(Award, null=True, on_delete="CASCADE")
        purpose = CharField(max_length=8)
        title = CharField()
        file_name = CharField()
        content_type = CharField(max_length=96)
        size_bytes = IntegerField()
        sha256 = CharField(max_length=64)
        storage_key = CharField(max_length=96)

        class Meta:
            database = db
            table_name = "rewards_file"

    db.create_tables([RewardFile])


def down(migrator, db):
    migrator.migrate(migrator.drop_table("rewards_file"))
