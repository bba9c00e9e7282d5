"""Innovations and compliance, as a frozen copy."""

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
    def known(name, table):
        meta = type("Meta", (), {"database": db, "table_name": table})
        return type(name, (Model,), {"id": IdField(), "Meta": meta})

    Employee = known("Employee", "employee")  # noqa: N806 - a class
    EvaluationPeriod = known("EvaluationPeriod", "evaluation_period")  # noqa: N806 - a class
    PerformancePlan = known("PerformancePlan", "performance_plan")  # noqa: N806 - a class
    WorkUnit = known("WorkUnit", "work_unit")  # noqa: N806 - a class

    class Innovation(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        unit = ForeignKeyField(WorkUnit, on_delete="CASCADE")
        title = CharField()
        problem = TextField()
        description = TextField()
        category = CharField(max_length=32)
        group = CharField(max_length=32)
        stage = CharField(max_length=16)
        proposed_on = DateField()
        tried_on = DateField(null=True)
        adopted_on = DateField(index=True, null=True)
        implemented_on = DateField(null=True)
        closed_on = DateField(null=True)
        closing_reason = TextField()
        origin_note = CharField()
        origin = ForeignKeyField("self", null=True, on_delete="SET NULL")
        proposed_by = ForeignKeyField(Employee, null=True, on_delete="SET NULL")
        rule = JSONField()

        class Meta:
            database = db
            table_name = "rewards_innovation"
            indexes = [(("unit", "stage"), False)]

    class InnovationUnit(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        innovation = ForeignKeyField(Innovation, on_delete="CASCADE")
        unit = ForeignKeyField(WorkUnit, on_delete="CASCADE")

        class Meta:
            database = db
            table_name = "rewards_innovation_unit"
            indexes = [(("innovation", "unit"), True)]

    class InnovationAuthor(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        innovation = ForeignKeyField(Innovation, on_delete="CASCADE")
        employee = ForeignKeyField(Employee, on_delete="CASCADE")
        role = CharField(max_length=16)
        share = DecimalField(max_digits=19, decimal_places=4, null=True)

        class Meta:
            database = db
            table_name = "rewards_innovation_author"
            indexes = [(("innovation", "employee"), True)]

    class InnovationStep(Model):
        id = IdField()
        innovation = ForeignKeyField(Innovation, on_delete="CASCADE")
        stage = CharField(max_length=16)
        day = DateField()
        reason = TextField()
        decided_by = ForeignKeyField(Employee, null=True, on_delete="SET NULL")
        recorded_at = DateTimeField()

        class Meta:
            database = db
            table_name = "rewards_innovation_step"

    class InnovationEvidence(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        innovation = ForeignKeyField(Innovation, on_delete="CASCADE")
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
            table_name = "rewards_innovation_evidence"

    class InnovationEffect(Model):
        id = IdField()
        innovation = ForeignKeyField(Innovation, on_delete="CASCADE")
        fact = CharField(max_length=96)
        subject = CharField(max_length=16)
        unit = ForeignKeyField(WorkUnit, null=True, on_delete="SET NULL")
        employee = ForeignKeyField(Employee, null=True, on_delete="SET NULL")
        title = CharField()
        unit_of_measure = CharField(max_length=64)
        direction = CharField(max_length=8)
        before_first = DateField()
        before_last = DateField()
        after_first = DateField()
        after_last = DateField()
        before_value = DecimalField(max_digits=19, decimal_places=4, null=True)
        before_cases = IntegerField()
        before_evidence = JSONField()
        after_value = DecimalField(max_digits=19, decimal_places=4, null=True)
        after_cases = IntegerField()
        after_evidence = JSONField()
        fewest_cases = IntegerField()
        measured_at = DateTimeField()
        measured_by = ForeignKeyField(Employee, null=True, on_delete="SET NULL")

        class Meta:
            database = db
            table_name = "rewards_innovation_effect"

    class ComplianceRule(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        unit = ForeignKeyField(WorkUnit, on_delete="CASCADE")
        duty = CharField(max_length=16)
        revision = IntegerField()
        name = CharField()
        basis = CharField()
        due_working_days = IntegerField()
        remind_working_days = IntegerField()
        repeat_working_days = IntegerField()
        most_reminders = IntegerField()
        note_working_days = IntegerField()
        exempt = JSONField()
        exempt_leave = JSONField()
        valid_from = DateField()
        valid_to = DateField(null=True)

        class Meta:
            database = db
            table_name = "rewards_compliance_rule"
            indexes = [(("unit", "duty", "revision"), True)]

    class ComplianceExemption(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        employee = ForeignKeyField(Employee, on_delete="CASCADE")
        duty = CharField(max_length=16, null=True)
        first_day = DateField()
        last_day = DateField()
        reason = TextField()
        granted_by = ForeignKeyField(Employee, null=True, on_delete="SET NULL")
        withdrawn_on = DateField(null=True)
        withdrawn_reason = TextField()

        class Meta:
            database = db
            table_name = "rewards_compliance_exemption"
            indexes = [(("employee", "first_day"), False)]

    class Obligation(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        employee = ForeignKeyField(Employee, on_delete="CASCADE")
        about = ForeignKeyField(Employee, on_delete="CASCADE")
        unit = ForeignKeyField(WorkUnit, on_delete="CASCADE")
        rule = ForeignKeyField(ComplianceRule, on_delete="CASCADE")
        period = ForeignKeyField(EvaluationPeriod, on_delete="CASCADE")
        plan = ForeignKeyField(PerformancePlan, null=True, on_delete="SET NULL")
        duty = CharField(max_length=16)
        number = IntegerField()
        first_day = DateField()
        last_day = DateField()
        due_on = DateField()
        state = CharField(max_length=16)
        met_on = DateField(null=True)
        exempt_by = CharField(max_length=16, null=True)
        reason = TextField()

        class Meta:
            database = db
            table_name = "rewards_obligation"
            indexes = [(("about", "duty", "period", "number"), True), (("employee", "state", "due_on"), False), (("unit", "due_on"), False), (("state", "due_on"), False)]

    class ComplianceNotice(Model):
        id = IdField()
        obligation = ForeignKeyField(Obligation, on_delete="CASCADE")
        kind = CharField(max_length=16)
        number = IntegerField()
        employee = ForeignKeyField(Employee, on_delete="CASCADE")
        rule = ForeignKeyField(ComplianceRule, on_delete="CASCADE")
        rule_revision = IntegerField()
        due_on = DateField()
        sent_on = DateField()
        sent_at = DateTimeField()

        class Meta:
            database = db
            table_name = "rewards_compliance_notice"
            indexes = [(("obligation", "kind", "number"), True), (("employee", "sent_on"), False)]

    db.create_tables(
        [Innovation, InnovationUnit, InnovationAuthor, InnovationStep, InnovationEvidence, InnovationEffect, ComplianceRule, ComplianceExemption, Obligation, ComplianceNotice]
    )


def down(migrator, db):
    for table in (
        "rewards_compliance_notice",
        "rewards_obligation",
        "rewards_compliance_exemption",
        "rewards_compliance_rule",
        "rewards_innovation_effect",
        "rewards_innovation_evidence",
        "rewards_innovation_step",
        "rewards_innovation_author",
        "rewards_innovation_unit",
        "rewards_innovation",
    ):
        migrator.migrate(migrator.drop_table(table))
