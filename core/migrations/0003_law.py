"""The first tables of law, as a frozen copy."""

from peewee import CharField, DateField, DateTimeField, IntegerField, JSONField, Model, TextField

from core.database import IdField


def up(migrator, db):
    class RuleVersion(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        kind = CharField(max_length=64)
        revision = IntegerField()
        regulation = CharField()
        source = TextField()
        confidence = CharField(max_length=1)
        valid_from = DateField()
        valid_to = DateField(null=True)
        content = JSONField()

        class Meta:
            database = db
            table_name = "rule_version"
            indexes = ((("kind", "revision"), True), (("kind", "valid_from"), False))

    db.create_tables([RuleVersion])


def down(migrator, db):
    migrator.migrate(migrator.drop_table("rule_version"))
