"""Certificates, as a frozen copy."""

from peewee import CharField, DateField, DateTimeField, ForeignKeyField, IntegerField, JSONField, Model, TextField

from core.database import IdField


def up(migrator, db):
    class Employee(Model):
        id = IdField()

        class Meta:
            database = db
            table_name = "employee"

    class Certificate(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        code = CharField(max_length=32, unique=True)
        kind = CharField(max_length=64)
        title = CharField()
        number = CharField(max_length=128)
        holder_name = CharField()
        issuer = CharField()
        issued_on = DateField()
        lines = JSONField()
        revoked_at = DateTimeField(null=True)
        revoked_reason = TextField()
        subject_type = CharField(max_length=64)
        subject_id = IntegerField()
        employee = ForeignKeyField(Employee, null=True, on_delete="SET NULL")

        class Meta:
            database = db
            table_name = "certificate"
            indexes = ((("subject_type", "subject_id"), False),)

    db.create_tables([Certificate])


def down(migrator, db):
    migrator.migrate(migrator.drop_table("certificate"))
