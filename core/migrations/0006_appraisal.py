"""The first tables of appraisal, as a frozen copy."""

from peewee import (
    CharField,
    DateField,
    DateTimeField,
    DecimalField,
    ForeignKeyField,
    IntegerField,
    JSONField,
    Model,
    TextField,
)

from core.database import IdField


def up(migrator, db):
    class Employee(Model):
        id = IdField()

        class Meta:
            database = db
            table_name = "employee"

    class EvaluationPeriod(Model):
        id = IdField()

        class Meta:
            database = db
            table_name = "evaluation_period"

    class EvaluationWindow(Model):
        id = IdField()

        class Meta:
            database = db
            table_name = "evaluation_window"

    class PerformancePlan(Model):
        id = IdField()

        class Meta:
            database = db
            table_name = "performance_plan"

    class WorkUnit(Model):
        id = IdField()

        class Meta:
            database = db
            table_name = "work_unit"

    class CalibrationSession(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        unit = ForeignKeyField(WorkUnit, on_delete="RESTRICT")
        period = ForeignKeyField(EvaluationPeriod, on_delete="RESTRICT")
        window = ForeignKeyField(EvaluationWindow, null=True, on_delete="RESTRICT")
        held_on = DateField()
        state = CharField(max_length=8)
        note = TextField()

        class Meta:
            database = db
            table_name = "calibration_session"

    db.create_tables([CalibrationSession])

    class OrganizationPerformance(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        unit = ForeignKeyField(WorkUnit, on_delete="RESTRICT")
        period = ForeignKeyField(EvaluationPeriod, on_delete="RESTRICT")
        window = ForeignKeyField(EvaluationWindow, null=True, on_delete="RESTRICT")
        window_number = IntegerField()
        rating = CharField(max_length=24)
        basis = TextField()
        set_by = ForeignKeyField(Employee, null=True, on_delete="RESTRICT")
        set_on = DateField()

        class Meta:
            database = db
            table_name = "organization_performance"
            indexes = ((("unit", "period", "window_number"), True),)

    db.create_tables([OrganizationPerformance])

    class Evaluation(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        plan = ForeignKeyField(PerformancePlan, on_delete="RESTRICT")
        period = ForeignKeyField(EvaluationPeriod, on_delete="RESTRICT")
        window = ForeignKeyField(EvaluationWindow, null=True, on_delete="RESTRICT")
        window_number = IntegerField()
        employee = ForeignKeyField(Employee, on_delete="RESTRICT")
        evaluator = ForeignKeyField(Employee, null=True, on_delete="RESTRICT")
        unit = ForeignKeyField(WorkUnit, on_delete="RESTRICT")
        kind = CharField(max_length=16)
        state = CharField(max_length=16)
        result_rating = CharField(null=True, max_length=8)
        behavior_rating = CharField(null=True, max_length=8)
        result_note = TextField()
        behavior_note = TextField()
        predicate = CharField(null=True, max_length=24)
        organization_performance = ForeignKeyField(OrganizationPerformance, null=True, on_delete="RESTRICT")
        distribution_reason = TextField()
        explanation = JSONField(null=True)
        finalised_at = DateTimeField(null=True)
        received_on = DateField(null=True)
        acknowledged_at = DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "evaluation"
            indexes = ((("plan", "window_number"), True), (("unit", "period"), False), (("employee", "period"), False))

    db.create_tables([Evaluation])

    class CalibrationShift(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        session = ForeignKeyField(CalibrationSession, on_delete="RESTRICT")
        evaluation = ForeignKeyField(Evaluation, on_delete="RESTRICT")
        result_from = CharField(max_length=8)
        result_to = CharField(max_length=8)
        behavior_from = CharField(max_length=8)
        behavior_to = CharField(max_length=8)
        reason = TextField()
        shifted_by = ForeignKeyField(Employee, null=True, on_delete="RESTRICT")

        class Meta:
            database = db
            table_name = "calibration_shift"

    db.create_tables([CalibrationShift])

    class CreditPoints(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        evaluation = ForeignKeyField(Evaluation, unique=True, on_delete="RESTRICT")
        employee = ForeignKeyField(Employee, on_delete="RESTRICT")
        position_kind = CharField(max_length=32)
        months = IntegerField()
        coefficient = DecimalField(max_digits=19, decimal_places=4)
        percentage = DecimalField(max_digits=19, decimal_places=4)
        points = DecimalField(max_digits=19, decimal_places=4)
        explanation = JSONField()

        class Meta:
            database = db
            table_name = "credit_points"

    db.create_tables([CreditPoints])

    class Objection(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        evaluation = ForeignKeyField(Evaluation, unique=True, on_delete="RESTRICT")
        employee = ForeignKeyField(Employee, on_delete="RESTRICT")
        decider = ForeignKeyField(Employee, null=True, on_delete="RESTRICT")
        state = CharField(max_length=8)
        filed_on = DateField()
        due_on = DateField()
        reason = TextField()
        evaluator_statement = TextField()
        decision = TextField()
        decided_on = DateField(null=True)

        class Meta:
            database = db
            table_name = "objection"

    db.create_tables([Objection])


def down(migrator, db):
    migrator.migrate(migrator.drop_table("objection"))
    migrator.migrate(migrator.drop_table("credit_points"))
    migrator.migrate(migrator.drop_table("calibration_shift"))
    migrator.migrate(migrator.drop_table("evaluation"))
    migrator.migrate(migrator.drop_table("organization_performance"))
    migrator.migrate(migrator.drop_table("calibration_session"))
