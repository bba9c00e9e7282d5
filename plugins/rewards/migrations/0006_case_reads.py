"""Who read which case, as a frozen copy."""

from peewee import CharField, DateTimeField, ForeignKeyField, IntegerField, Model

from core.database import IdField


def up(migrator, db):
    def known(name, table):
        meta = type("Meta", (), {"database": db, "table_name": table})
        return type(name, (Model,), {"id": IdField(), "Meta": meta})

    Employee = known("Employee", "employee")  # noqa: N806 - a class
    DisciplineCase = known("DisciplineCase", "rewards_discipline_case")  # noqa: N806 - a class

    class CaseRead(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        case = ForeignKeyField(DisciplineCase, on_delete="CASCADE")
        reader = ForeignKeyField(Employee, null=True, on_delete="SET NULL")
        account_id = IntegerField(null=True)
        reader_name = CharField()
        channel = CharField(max_length=8)
        part = CharField(max_length=64)
        read_at = DateTimeField()
        request_id = CharField(max_length=64)

        class Meta:
            database = db
            table_name = "rewards_case_read"
            indexes = ((("case", "read_at"), False), (("request_id", "case"), False))

    db.create_tables([CaseRead])


def down(migrator, db):
    migrator.migrate(migrator.drop_table("rewards_case_read"))
