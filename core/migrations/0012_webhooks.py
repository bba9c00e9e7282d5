"""The first tables of webhooks, as a frozen copy."""

from peewee import CharField, DateTimeField, ForeignKeyField, IntegerField, JSONField, Model, TextField

from core.database import IdField


def up(migrator, db):
    class Account(Model):
        id = IdField()

        class Meta:
            database = db
            table_name = "account"

    class Webhook(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        account = ForeignKeyField(Account, on_delete="CASCADE")
        name = CharField(max_length=96)
        url = TextField()
        events = JSONField()
        document = TextField()
        secret_salt = CharField(max_length=64)
        state = CharField(index=True, max_length=8)
        deaths = IntegerField()
        paused_reason = CharField(max_length=16)

        class Meta:
            database = db
            table_name = "webhook"

    db.create_tables([Webhook])

    class WebhookDelivery(Model):
        id = IdField()
        webhook = ForeignKeyField(Webhook, on_delete="CASCADE")
        event_id = IntegerField()
        event_name = CharField(max_length=128)
        payload = TextField()
        occurred_at = DateTimeField()
        state = CharField(max_length=12)
        attempts = IntegerField()
        due_at = DateTimeField()
        claimed_until = DateTimeField(null=True)
        last_status = IntegerField(null=True)
        last_error = TextField()
        body_hash = CharField(max_length=64)
        created_at = DateTimeField(index=True)
        finished_at = DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "webhook_delivery"
            indexes = ((("webhook", "event_id"), True), (("state", "due_at"), False))

    db.create_tables([WebhookDelivery])


def down(migrator, db):
    migrator.migrate(migrator.drop_table("webhook_delivery"))
    migrator.migrate(migrator.drop_table("webhook"))
