"""The first tables of identity, as a frozen copy."""

from peewee import BooleanField, CharField, DateField, DateTimeField, ForeignKeyField, IntegerField, JSONField, Model

from core.database import IdField


def up(migrator, db):
    class Employee(Model):
        id = IdField()

        class Meta:
            database = db
            table_name = "employee"

    class WorkUnit(Model):
        id = IdField()

        class Meta:
            database = db
            table_name = "work_unit"

    class Account(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        username = CharField(unique=True, max_length=64)
        password_hash = CharField()
        employee = ForeignKeyField(Employee, unique=True, null=True, on_delete="SET NULL")
        display_name = CharField()
        language = CharField(max_length=2)
        is_active = BooleanField()
        failed_logins = IntegerField()
        locked_until = DateTimeField(null=True)
        last_login_at = DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "account"

    db.create_tables([Account])

    class ApiToken(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        account = ForeignKeyField(Account, on_delete="CASCADE")
        name = CharField(max_length=96)
        token_hash = CharField(unique=True, max_length=64)
        prefix = CharField(max_length=12)
        scopes = JSONField()
        expires_at = DateTimeField()
        last_used_at = DateTimeField(null=True)
        revoked_at = DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "api_token"

    db.create_tables([ApiToken])

    class LoginSession(Model):
        id = IdField()
        account = ForeignKeyField(Account, on_delete="CASCADE")
        refresh_hash = CharField(unique=True, max_length=64)
        created_at = DateTimeField()
        refreshed_at = DateTimeField()
        expires_at = DateTimeField()
        revoked_at = DateTimeField(null=True)
        user_agent = CharField()

        class Meta:
            database = db
            table_name = "login_session"

    db.create_tables([LoginSession])

    class RoleGrant(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        account = ForeignKeyField(Account, on_delete="CASCADE")
        role = CharField(max_length=64)
        unit = ForeignKeyField(WorkUnit, null=True, on_delete="CASCADE")
        valid_from = DateField()
        valid_to = DateField(null=True)

        class Meta:
            database = db
            table_name = "role_grant"

    db.create_tables([RoleGrant])


def down(migrator, db):
    migrator.migrate(migrator.drop_table("role_grant"))
    migrator.migrate(migrator.drop_table("login_session"))
    migrator.migrate(migrator.drop_table("api_token"))
    migrator.migrate(migrator.drop_table("account"))
