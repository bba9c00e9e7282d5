"""The first tables of organisation, as a frozen copy."""

from peewee import BooleanField, CharField, DateField, DateTimeField, ForeignKeyField, IntegerField, Model

from core.database import IdField


def up(migrator, db):
    class Grade(Model):
        id = IdField()
        code = CharField(max_length=8)
        rank_title = CharField()
        employment = CharField(max_length=8)
        rank_order = IntegerField()
        source = CharField()

        class Meta:
            database = db
            table_name = "grade"
            indexes = ((("employment", "code"), True),)

    db.create_tables([Grade])

    class Employee(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        nip = CharField(unique=True, max_length=18)
        name = CharField(index=True)
        front_title = CharField(max_length=64)
        back_title = CharField(max_length=64)
        status = CharField(max_length=8)
        state = CharField(max_length=16)
        sex = CharField(max_length=8)
        birth_date = DateField()
        grade = ForeignKeyField(Grade, null=True, on_delete="RESTRICT")
        email = CharField()
        phone = CharField(max_length=32)
        joined_on = DateField(null=True)
        left_on = DateField(null=True)

        class Meta:
            database = db
            table_name = "employee"

    db.create_tables([Employee])

    class PositionKind(Model):
        id = IdField()
        code = CharField(unique=True, max_length=32)
        name = CharField()
        group = CharField(max_length=16)
        level_order = IntegerField()
        source = CharField()

        class Meta:
            database = db
            table_name = "position_kind"

    db.create_tables([PositionKind])

    class WorkUnit(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        code = CharField(unique=True, max_length=64)
        name = CharField()
        short_name = CharField(max_length=64)
        kind = CharField(max_length=32)
        parent = ForeignKeyField("self", null=True, on_delete="RESTRICT")
        path = CharField(index=True, max_length=160)
        depth = IntegerField()
        valid_from = DateField()
        valid_to = DateField(null=True)
        successor = ForeignKeyField("self", null=True, on_delete="RESTRICT")

        class Meta:
            database = db
            table_name = "work_unit"

    db.create_tables([WorkUnit])

    class Position(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        code = CharField(unique=True, max_length=64)
        title = CharField()
        kind = ForeignKeyField(PositionKind, on_delete="RESTRICT")
        unit = ForeignKeyField(WorkUnit, on_delete="RESTRICT")
        is_head = BooleanField()
        job_class = IntegerField(null=True)
        echelon = CharField(max_length=8)
        valid_from = DateField()
        valid_to = DateField(null=True)

        class Meta:
            database = db
            table_name = "position"

    db.create_tables([Position])

    class Assignment(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        employee = ForeignKeyField(Employee, on_delete="RESTRICT")
        position = ForeignKeyField(Position, on_delete="RESTRICT")
        unit = ForeignKeyField(WorkUnit, on_delete="RESTRICT")
        kind = CharField(max_length=16)
        is_primary = BooleanField()
        named_superior = ForeignKeyField(Employee, null=True, on_delete="RESTRICT")
        decree_number = CharField(max_length=128)
        valid_from = DateField()
        valid_to = DateField(null=True)

        class Meta:
            database = db
            table_name = "assignment"
            indexes = (
                (("employee", "valid_from"), False),
                (("unit", "valid_from"), False),
                (("position", "valid_from"), False),
            )

    db.create_tables([Assignment])

    class Delegation(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        delegator = ForeignKeyField(Employee, on_delete="RESTRICT")
        delegate = ForeignKeyField(Employee, on_delete="RESTRICT")
        unit = ForeignKeyField(WorkUnit, null=True, on_delete="RESTRICT")
        decree_number = CharField(max_length=128)
        valid_from = DateField()
        valid_to = DateField(null=True)

        class Meta:
            database = db
            table_name = "delegation"

    db.create_tables([Delegation])

    class EmployeeIdentifier(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        employee = ForeignKeyField(Employee, on_delete="CASCADE")
        kind = CharField(max_length=16)
        number = CharField(max_length=18)
        valid_from = DateField(null=True)
        valid_to = DateField(null=True)

        class Meta:
            database = db
            table_name = "employee_identifier"
            indexes = ((("kind", "number"), True),)

    db.create_tables([EmployeeIdentifier])

    class ReportingLine(Model):
        id = IdField()
        employee = ForeignKeyField(Employee, on_delete="CASCADE")
        superior = ForeignKeyField(Employee, null=True, on_delete="CASCADE")
        basis = CharField(null=True, max_length=16)
        gap = CharField(null=True, max_length=24)
        valid_from = DateField()
        valid_to = DateField(null=True)

        class Meta:
            database = db
            table_name = "reporting_line"
            indexes = ((("employee", "valid_from"), True), (("superior", "valid_from"), False))

    db.create_tables([ReportingLine])

    class WorkUnitRevision(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        unit = ForeignKeyField(WorkUnit, on_delete="CASCADE")
        name = CharField()
        short_name = CharField(max_length=64)
        parent = ForeignKeyField(WorkUnit, null=True, on_delete="RESTRICT")
        valid_from = DateField()
        valid_to = DateField(null=True)

        class Meta:
            database = db
            table_name = "work_unit_revision"
            indexes = ((("unit", "valid_from"), True),)

    db.create_tables([WorkUnitRevision])


def down(migrator, db):
    migrator.migrate(migrator.drop_table("work_unit_revision"))
    migrator.migrate(migrator.drop_table("reporting_line"))
    migrator.migrate(migrator.drop_table("employee_identifier"))
    migrator.migrate(migrator.drop_table("delegation"))
    migrator.migrate(migrator.drop_table("assignment"))
    migrator.migrate(migrator.drop_table("position"))
    migrator.migrate(migrator.drop_table("work_unit"))
    migrator.migrate(migrator.drop_table("position_kind"))
    migrator.migrate(migrator.drop_table("employee"))
    migrator.migrate(migrator.drop_table("grade"))
