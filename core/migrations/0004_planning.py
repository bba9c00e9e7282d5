"""The first tables of planning, as a frozen copy."""

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

    class Position(Model):
        id = IdField()

        class Meta:
            database = db
            table_name = "position"

    class WorkUnit(Model):
        id = IdField()

        class Meta:
            database = db
            table_name = "work_unit"

    class EvaluationPeriod(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        code = CharField(unique=True, max_length=16)
        name = CharField()
        starts_on = DateField()
        ends_on = DateField()
        frequency = CharField(max_length=16)
        state = CharField(max_length=16)
        plan_deadline = DateField()
        evaluation_deadline = DateField()

        class Meta:
            database = db
            table_name = "evaluation_period"

    db.create_tables([EvaluationPeriod])

    class PerformancePlan(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        period = ForeignKeyField(EvaluationPeriod, on_delete="RESTRICT")
        employee = ForeignKeyField(Employee, on_delete="RESTRICT")
        position = ForeignKeyField(Position, on_delete="RESTRICT")
        unit = ForeignKeyField(WorkUnit, on_delete="RESTRICT")
        evaluator = ForeignKeyField(Employee, null=True, on_delete="RESTRICT")
        approach = CharField(max_length=16)
        state = CharField(max_length=16)
        starts_on = DateField()
        ends_on = DateField()
        revision = IntegerField()
        continues = ForeignKeyField("self", null=True, on_delete="RESTRICT")
        submitted_at = DateTimeField(null=True)
        approved_at = DateTimeField(null=True)
        return_note = TextField()
        support_needed = TextField()
        accountability_scheme = TextField()
        consequences = TextField()

        class Meta:
            database = db
            table_name = "performance_plan"
            indexes = (
                (("period", "employee", "position", "starts_on"), True),
                (("unit", "period"), False),
                (("evaluator", "period"), False),
            )

    db.create_tables([PerformancePlan])

    class BehaviorExpectation(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        plan = ForeignKeyField(PerformancePlan, on_delete="CASCADE")
        value = CharField(max_length=24)
        expectation = TextField()

        class Meta:
            database = db
            table_name = "behavior_expectation"
            indexes = ((("plan", "value"), True),)

    db.create_tables([BehaviorExpectation])

    class EvaluationWindow(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        period = ForeignKeyField(EvaluationPeriod, on_delete="CASCADE")
        number = IntegerField()
        name = CharField()
        starts_on = DateField()
        ends_on = DateField()

        class Meta:
            database = db
            table_name = "evaluation_window"
            indexes = ((("period", "number"), True),)

    db.create_tables([EvaluationWindow])

    class WorkResult(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        plan = ForeignKeyField(PerformancePlan, on_delete="CASCADE")
        parent = ForeignKeyField("self", null=True, on_delete="SET NULL")
        parent_statement = TextField()
        kind = CharField(max_length=16)
        perspective = CharField(null=True, max_length=32)
        statement = TextField()
        success_measure = TextField()
        sequence = IntegerField()

        class Meta:
            database = db
            table_name = "work_result"

    db.create_tables([WorkResult])

    class Indicator(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        work_result = ForeignKeyField(WorkResult, on_delete="CASCADE")
        aspect = CharField(null=True, max_length=16)
        statement = TextField()
        unit_of_measure = CharField(max_length=64)
        target_min = DecimalField(null=True, max_digits=19, decimal_places=4)
        target_max = DecimalField(null=True, max_digits=19, decimal_places=4)
        direction = CharField(max_length=24)
        pattern = CharField(max_length=16)
        release_on = DateField(null=True)
        fact = CharField(max_length=96)
        sequence = IntegerField()

        class Meta:
            database = db
            table_name = "indicator"

    db.create_tables([Indicator])

    class PlanEvaluator(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        plan = ForeignKeyField(PerformancePlan, on_delete="CASCADE")
        evaluator = ForeignKeyField(Employee, on_delete="RESTRICT")
        valid_from = DateField()
        valid_to = DateField(null=True)
        reason = CharField()

        class Meta:
            database = db
            table_name = "plan_evaluator"
            indexes = ((("plan", "valid_from"), True),)

    db.create_tables([PlanEvaluator])

    class PlanTemplate(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        code = CharField(unique=True, max_length=64)
        name = CharField()
        approach = CharField(max_length=16)
        content = JSONField()

        class Meta:
            database = db
            table_name = "plan_template"

    db.create_tables([PlanTemplate])

    class PlanVersion(Model):
        id = IdField()
        plan = ForeignKeyField(PerformancePlan, on_delete="CASCADE")
        revision = IntegerField()
        content = JSONField()
        reason = TextField()
        created_at = DateTimeField()

        class Meta:
            database = db
            table_name = "plan_version"
            indexes = ((("plan", "revision"), True),)

    db.create_tables([PlanVersion])


def down(migrator, db):
    migrator.migrate(migrator.drop_table("plan_version"))
    migrator.migrate(migrator.drop_table("plan_template"))
    migrator.migrate(migrator.drop_table("plan_evaluator"))
    migrator.migrate(migrator.drop_table("indicator"))
    migrator.migrate(migrator.drop_table("work_result"))
    migrator.migrate(migrator.drop_table("evaluation_window"))
    migrator.migrate(migrator.drop_table("behavior_expectation"))
    migrator.migrate(migrator.drop_table("performance_plan"))
    migrator.migrate(migrator.drop_table("evaluation_period"))
