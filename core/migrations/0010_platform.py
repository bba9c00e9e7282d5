"""The first tables of platform, as a frozen copy."""

from peewee import BooleanField, CharField, DateTimeField, IntegerField, JSONField, Model, TextField

from core.database import IdField


def up(migrator, db):
    class IdempotencyKey(Model):
        id = IdField()
        account_id = IntegerField()
        operation = CharField(max_length=64)
        key = CharField(max_length=128)
        request_hash = CharField(max_length=64)
        answer = JSONField()
        created_at = DateTimeField(index=True)

        class Meta:
            database = db
            table_name = "idempotency_key"
            indexes = ((("account_id", "operation", "key"), True),)

    db.create_tables([IdempotencyKey])

    class OutboxEvent(Model):
        id = IdField()
        name = CharField(index=True, max_length=128)
        payload = TextField()
        at = DateTimeField()
        waiting_handlers = TextField(null=True)
        attempts = IntegerField()
        claimed_until = DateTimeField(null=True)
        delivered_at = DateTimeField(index=True, null=True)
        last_error = TextField()

        class Meta:
            database = db
            table_name = "outbox_event"

    db.create_tables([OutboxEvent])

    class PluginState(Model):
        id = IdField()
        name = CharField(unique=True, max_length=64)
        title = CharField()
        module = CharField()
        distribution_version = CharField(max_length=64)
        tables = TextField()
        is_enabled = BooleanField()
        changed_at = DateTimeField()

        class Meta:
            database = db
            table_name = "plugin_state"

    db.create_tables([PluginState])


def down(migrator, db):
    migrator.migrate(migrator.drop_table("plugin_state"))
    migrator.migrate(migrator.drop_table("outbox_event"))
    migrator.migrate(migrator.drop_table("idempotency_key"))
