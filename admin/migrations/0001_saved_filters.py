"""Saved filters and how people look at lists, as a frozen copy."""

from peewee import BooleanField, CharField, DateTimeField, ForeignKeyField, IntegerField, Model, TextField

from core.database import IdField


def up(migrator, db):
    class Account(Model):
        id = IdField()

        class Meta:
            database = db
            table_name = "account"

    class SavedFilter(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        account = ForeignKeyField(Account, on_delete="CASCADE")
        view = CharField(max_length=64)
        name = CharField(max_length=80)
        query = TextField()
        is_shared = BooleanField()

        class Meta:
            database = db
            table_name = "admin_saved_filter"
            indexes = ((("account", "view", "name"), True), (("view",), False))

    class ListPreference(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        account = ForeignKeyField(Account, on_delete="CASCADE")
        view = CharField(max_length=64)
        columns = TextField()
        size = IntegerField()
        saved = ForeignKeyField(SavedFilter, null=True, on_delete="SET NULL")

        class Meta:
            database = db
            table_name = "admin_list_preference"
            indexes = ((("account", "view"), True),)

    db.create_tables([SavedFilter, ListPreference])


def down(migrator, db):
    migrator.migrate(migrator.drop_table("admin_list_preference"))
    migrator.migrate(migrator.drop_table("admin_saved_filter"))
