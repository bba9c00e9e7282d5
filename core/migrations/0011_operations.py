"""The first tables of registered operations, as a frozen copy."""

from peewee import CharField, DateTimeField, ForeignKeyField, IntegerField, Model, TextField

from core.database import IdField


def up(migrator, db):
    class Account(Model):
        id = IdField()

        class Meta:
            database = db
            table_name = "account"

    class RegisteredOperation(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        name = CharField(index=True, max_length=64)
        kind = CharField(max_length=16)
        document = TextField()
        sha256 = CharField(unique=True, max_length=64)
        description = TextField()
        account = ForeignKeyField(Account, null=True, on_delete="SET NULL")
        retired_at = DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "registered_operation"

    db.create_tables([RegisteredOperation])


def down(migrator, db):
    migrator.migrate(migrator.drop_table("registered_operation"))
