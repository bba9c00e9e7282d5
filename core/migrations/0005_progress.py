"""The first tables of progress, as a frozen copy."""

from peewee import CharField, DateField, DateTimeField, DecimalField, ForeignKeyField, IntegerField, Model, TextField

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

    class Indicator(Model):
        id = IdField()

        class Meta:
            database = db
            table_name = "indicator"

    class PerformancePlan(Model):
        id = IdField()

        class Meta:
            database = db
            table_name = "performance_plan"

    class WorkResult(Model):
        id = IdField()

        class Meta:
            database = db
            table_name = "work_result"

    class WorkUnit(Model):
        id = IdField()

        class Meta:
            database = db
            table_name = "work_unit"

    class ProgressRecord(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        plan = ForeignKeyField(PerformancePlan, on_delete="RESTRICT")
        work_result = ForeignKeyField(WorkResult, on_delete="RESTRICT")
        indicator = ForeignKeyField(Indicator, null=True, on_delete="RESTRICT")
        recorded_by = ForeignKeyField(Employee, null=True, on_delete="RESTRICT")
        happened_on = DateField()
        quantity = DecimalField(null=True, max_digits=19, decimal_places=4)
        note = TextField()

        class Meta:
            database = db
            table_name = "progress_record"
            indexes = ((("plan", "happened_on"), False), (("indicator", "happened_on"), False))

    db.create_tables([ProgressRecord])

    class Evidence(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        progress_record = ForeignKeyField(ProgressRecord, on_delete="CASCADE")
        kind = CharField(max_length=8)
        title = CharField()
        url = TextField()
        file_name = CharField()
        content_type = CharField(max_length=96)
        size_bytes = IntegerField(null=True)
        sha256 = CharField(max_length=64)
        storage_key = CharField(max_length=96)

        class Meta:
            database = db
            table_name = "evidence"

    db.create_tables([Evidence])

    class FeedbackRound(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        name = CharField()
        period = ForeignKeyField(EvaluationPeriod, on_delete="RESTRICT")
        unit = ForeignKeyField(WorkUnit, on_delete="RESTRICT")
        opens_on = DateField()
        closes_on = DateField()

        class Meta:
            database = db
            table_name = "feedback_round"

    db.create_tables([FeedbackRound])

    class FeedbackRequest(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        round = ForeignKeyField(FeedbackRound, on_delete="CASCADE")
        employee = ForeignKeyField(Employee, on_delete="RESTRICT")
        giver = ForeignKeyField(Employee, on_delete="RESTRICT")
        relation = CharField(max_length=16)
        answered_at = DateTimeField(null=True)

        class Meta:
            database = db
            table_name = "feedback_request"
            indexes = ((("round", "employee", "giver"), True),)

    db.create_tables([FeedbackRequest])

    class Feedback(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        plan = ForeignKeyField(PerformancePlan, on_delete="RESTRICT")
        employee = ForeignKeyField(Employee, on_delete="RESTRICT")
        giver = ForeignKeyField(Employee, on_delete="RESTRICT")
        relation = CharField(max_length=16)
        tone = CharField(max_length=16)
        work_result = ForeignKeyField(WorkResult, null=True, on_delete="SET NULL")
        behavior_value = CharField(null=True, max_length=24)
        text = TextField()
        given_on = DateField()
        request = ForeignKeyField(FeedbackRequest, null=True, on_delete="SET NULL")

        class Meta:
            database = db
            table_name = "feedback"
            indexes = ((("plan", "given_on"), False), (("employee", "given_on"), False))

    db.create_tables([Feedback])

    class PerformanceDialogue(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        plan = ForeignKeyField(PerformancePlan, on_delete="RESTRICT")
        leader = ForeignKeyField(Employee, null=True, on_delete="RESTRICT")
        held_on = DateField()
        topic = CharField()
        summary = TextField()
        agreed_actions = TextField()

        class Meta:
            database = db
            table_name = "performance_dialogue"

    db.create_tables([PerformanceDialogue])


def down(migrator, db):
    migrator.migrate(migrator.drop_table("performance_dialogue"))
    migrator.migrate(migrator.drop_table("feedback"))
    migrator.migrate(migrator.drop_table("feedback_request"))
    migrator.migrate(migrator.drop_table("feedback_round"))
    migrator.migrate(migrator.drop_table("evidence"))
    migrator.migrate(migrator.drop_table("progress_record"))
