"""The tables of discipline, as a frozen copy."""

from peewee import (
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    ForeignKeyField,
    IntegerField,
    JSONField,
    Model,
    TextField,
)

from core.database import IdField


def up(migrator, db):
    class WorkUnit(Model):
        id = IdField()

        class Meta:
            database = db
            table_name = "work_unit"

    class Employee(Model):
        id = IdField()

        class Meta:
            database = db
            table_name = "employee"

    class DisciplineCase(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        number = CharField(max_length=32, unique=True)
        employee = ForeignKeyField(Employee, backref="+", on_delete="CASCADE")
        unit = ForeignKeyField(WorkUnit, null=True, backref="+", on_delete="SET NULL")
        unit_name = CharField()
        superior = ForeignKeyField(Employee, null=True, backref="+", on_delete="SET NULL")
        state = CharField(max_length=16)
        act_first_on = DateField()
        act_last_on = DateField()
        opened_on = DateField()
        closed_on = DateField(null=True)
        closing_reason = TextField()
        is_confidential = BooleanField()
        is_suspected_crime = BooleanField()
        rules = JSONField(null=True)

        class Meta:
            database = db
            table_name = "rewards_discipline_case"
            indexes = (
                (("employee", "state"), False),
            )

    class DisciplineReport(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        case = ForeignKeyField(DisciplineCase, backref="+", on_delete="CASCADE")
        reporter = ForeignKeyField(Employee, null=True, backref="+", on_delete="SET NULL")
        is_reporter_protected = BooleanField()
        source = CharField()
        text = TextField()
        reported_on = DateField()

        class Meta:
            database = db
            table_name = "rewards_discipline_report"

    class Breach(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        case = ForeignKeyField(DisciplineCase, backref="+", on_delete="CASCADE")
        item_code = CharField(max_length=32)
        item_text = TextField()
        impact = CharField(max_length=8)
        level = CharField(max_length=8)
        first_on = DateField()
        last_on = DateField()
        days = JSONField(null=True)
        days_in_year = IntegerField(null=True)
        days_in_a_row = IntegerField(null=True)
        sanction = CharField(max_length=16)
        is_absence = BooleanField()
        description = TextField()
        repeats = ForeignKeyField("self", null=True, backref="+", on_delete="SET NULL")
        state = CharField(max_length=16)

        class Meta:
            database = db
            table_name = "rewards_breach"

    class CaseMember(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        case = ForeignKeyField(DisciplineCase, backref="+", on_delete="CASCADE")
        employee = ForeignKeyField(Employee, backref="+", on_delete="CASCADE")
        role = CharField(max_length=16)
        element = CharField(max_length=16)
        valid_from = DateField()
        valid_to = DateField(null=True)

        class Meta:
            database = db
            table_name = "rewards_case_member"
            indexes = (
                (("case", "employee"), False),
                (("employee", "valid_from"), False),
            )

    class Summons(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        case = ForeignKeyField(DisciplineCase, backref="+", on_delete="CASCADE")
        number = IntegerField()
        letter_number = CharField(max_length=128)
        summoned_on = DateField()
        examine_on = DateField()
        place = CharField()
        outcome = CharField(max_length=16)
        noted_on = DateField(null=True)
        note = TextField()

        class Meta:
            database = db
            table_name = "rewards_summons"
            indexes = (
                (("case", "number"), True),
            )

    class Examination(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        case = ForeignKeyField(DisciplineCase, unique=True, backref="+", on_delete="CASCADE")
        examiner = ForeignKeyField(Employee, null=True, backref="+", on_delete="SET NULL")
        held_on = DateField()
        mode = CharField(max_length=16)
        place = CharField()
        minutes = TextField()
        statement = TextField()
        is_signed_by_examiner = BooleanField()
        is_signed_by_examined = BooleanField()
        refusal_reason = TextField()

        class Meta:
            database = db
            table_name = "rewards_examination"

    class SanctionProposal(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        case = ForeignKeyField(DisciplineCase, backref="+", on_delete="CASCADE")
        proposed_by = ForeignKeyField(Employee, null=True, backref="+", on_delete="SET NULL")
        proposed_on = DateField()
        rule_sanction = CharField(max_length=16)
        sanction = CharField(max_length=16)
        reason = TextField()
        report = TextField()
        explanation = JSONField(null=True)

        class Meta:
            database = db
            table_name = "rewards_sanction_proposal"

    class SanctionDecision(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        case = ForeignKeyField(DisciplineCase, backref="+", on_delete="CASCADE")
        employee = ForeignKeyField(Employee, backref="+", on_delete="CASCADE")
        state = CharField(max_length=16)
        decree_number = CharField(max_length=128)
        set_on = DateField()
        authority = CharField(max_length=24)
        decided_by = ForeignKeyField(Employee, null=True, backref="+", on_delete="SET NULL")
        decider_title = CharField()
        level = CharField(max_length=8)
        step = IntegerField()
        sanction = CharField(max_length=16)
        sanction_name = CharField()
        substitute = CharField()
        months = IntegerField(null=True)
        rule_sanction = CharField(max_length=16)
        differs_reason = TextField()
        snapshot = JSONField()
        received_on = DateField(null=True)
        effective_on = DateField(null=True)
        until = DateField(null=True)
        annulled_on = DateField(null=True)
        annulled_reason = TextField()
        annulled_by_decree = CharField(max_length=128)
        replaces = ForeignKeyField("self", null=True, backref="+", on_delete="SET NULL")

        class Meta:
            database = db
            table_name = "rewards_sanction_decision"
            indexes = (
                (("employee", "state"), False),
                (("state", "effective_on"), False),
            )

    class DecisionDelivery(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        case = ForeignKeyField(DisciplineCase, backref="+", on_delete="CASCADE")
        decision = ForeignKeyField(SanctionDecision, unique=True, backref="+", on_delete="CASCADE")
        offered_on = DateField()
        was_present = BooleanField()
        sent_on = DateField(null=True)
        sent_by = CharField()
        received_on = DateField(null=True)
        note = TextField()

        class Meta:
            database = db
            table_name = "rewards_decision_delivery"

    class DisciplineRemedy(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        case = ForeignKeyField(DisciplineCase, backref="+", on_delete="CASCADE")
        decision = ForeignKeyField(SanctionDecision, backref="+", on_delete="CASCADE")
        kind = CharField(max_length=16)
        filed_on = DateField()
        grounds = TextField()
        answer = TextField()
        answered_on = DateField(null=True)
        outcome = CharField(max_length=16)
        outcome_text = TextField()
        outcome_decree = CharField(max_length=128)
        decided_on = DateField(null=True)
        new_decision = ForeignKeyField(SanctionDecision, null=True, backref="+", on_delete="SET NULL")

        class Meta:
            database = db
            table_name = "rewards_discipline_remedy"

    class DisciplineClock(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        case = ForeignKeyField(DisciplineCase, backref="+", on_delete="CASCADE")
        remedy = ForeignKeyField(DisciplineRemedy, null=True, backref="+", on_delete="CASCADE")
        kind = CharField(max_length=24)
        started_on = DateField()
        days = IntegerField()
        due_on = DateField()
        article = CharField()
        confidence = CharField(max_length=1)
        state = CharField(max_length=8)
        done_on = DateField(null=True)
        reason = TextField()
        told = ForeignKeyField(Employee, null=True, backref="+", on_delete="SET NULL")
        told_on = DateField(null=True)

        class Meta:
            database = db
            table_name = "rewards_discipline_clock"
            indexes = (
                (("state", "due_on"), False),
                (("case", "kind"), False),
            )

    class TemporaryRelease(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        case = ForeignKeyField(DisciplineCase, unique=True, backref="+", on_delete="CASCADE")
        decree_number = CharField(max_length=128)
        reason = TextField()
        valid_from = DateField()
        valid_to = DateField(null=True)

        class Meta:
            database = db
            table_name = "rewards_temporary_release"

    class SalaryStop(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        employee = ForeignKeyField(Employee, backref="+", on_delete="CASCADE")
        case = ForeignKeyField(DisciplineCase, null=True, backref="+", on_delete="SET NULL")
        state = CharField(max_length=16)
        absent_first_on = DateField()
        absent_last_on = DateField()
        days = JSONField()
        stops_from = DateField()
        reported_by = ForeignKeyField(Employee, null=True, backref="+", on_delete="SET NULL")
        reported_on = DateField()
        verified_by = ForeignKeyField(Employee, null=True, backref="+", on_delete="SET NULL")
        verified_on = DateField(null=True)
        imposed_by = ForeignKeyField(Employee, null=True, backref="+", on_delete="SET NULL")
        imposed_on = DateField(null=True)
        decree_number = CharField(max_length=128)
        note = TextField()
        lifted_on = DateField(null=True)
        rules = JSONField()

        class Meta:
            database = db
            table_name = "rewards_salary_stop"
            indexes = (
                (("employee", "absent_first_on"), True),
            )

    db.create_tables([DisciplineCase, DisciplineReport, Breach, CaseMember, Summons, Examination, SanctionProposal, SanctionDecision, DecisionDelivery, DisciplineRemedy, DisciplineClock, TemporaryRelease, SalaryStop])


def down(migrator, db):
    for table in (
        "rewards_salary_stop",
        "rewards_temporary_release",
        "rewards_discipline_clock",
        "rewards_discipline_remedy",
        "rewards_decision_delivery",
        "rewards_sanction_decision",
        "rewards_sanction_proposal",
        "rewards_examination",
        "rewards_summons",
        "rewards_case_member",
        "rewards_breach",
        "rewards_discipline_report",
        "rewards_discipline_case",
    ):
        migrator.migrate(migrator.drop_table(table))
