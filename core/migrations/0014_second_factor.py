"""Second factors with their recovery codes, and when a log-in was last seen, as frozen copies."""

from peewee import BooleanField, CharField, DateTimeField, ForeignKeyField, IntegerField, Model

from core.database import IdField


def up(migrator, db):
    class Account(Model):
        id = IdField()

        class Meta:
            database = db
            table_name = "account"

    class SecondFactor(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        account = ForeignKeyField(Account, unique=True, on_delete="CASCADE")
        sealed_secret = CharField()
        last_step = IntegerField()

        class Meta:
            database = db
            table_name = "second_factor"

    class RecoveryCode(Model):
        id = IdField()
        account = ForeignKeyField(Account, on_delete="CASCADE")
        code_hash = CharField(unique=True, max_length=64)
        created_at = DateTimeField()
        used_at = DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "recovery_code"

    db.create_tables([SecondFactor, RecoveryCode])
    migrator.migrate(
        migrator.add_column("login_session", "last_seen_at", DateTimeField(null=True)),
        migrator.add_column("login_session", "is_browser", BooleanField(null=True)),
    )
    # Which of the log-ins so far are a browser's is not known: their cookies end here, as after an idle while.
    db.execute_sql("UPDATE login_session SET last_seen_at = refreshed_at, is_browser = FALSE")
    migrator.migrate(
        migrator.add_not_null("login_session", "last_seen_at"), migrator.add_not_null("login_session", "is_browser")
    )


def down(migrator, db):
    migrator.migrate(
        migrator.drop_column("login_session", "is_browser"),
        migrator.drop_column("login_session", "last_seen_at"),
        migrator.drop_table("recovery_code"),
        migrator.drop_table("second_factor"),
    )
