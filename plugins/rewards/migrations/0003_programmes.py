"""Programmes, rounds, runs, nominations and the panel, as a frozen copy; awards know their programme and state."""

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
    def known(name, table):
        meta = type("Meta", (), {"database": db, "table_name": table})
        return type(name, (Model,), {"id": IdField(), "Meta": meta})

    Employee, WorkUnit = known("Employee", "employee"), known("WorkUnit", "work_unit")
    Certificate = known("Certificate", "certificate")

    class RewardProgramme(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        code = CharField(max_length=32, unique=True)
        name = CharField()
        kind = CharField(max_length=32)
        unit = ForeignKeyField(WorkUnit, null=True, on_delete="CASCADE")
        description = TextField()
        legal_basis = TextField()
        source = TextField()
        confidence = CharField(max_length=1)
        template = CharField(max_length=32)
        quota_per_unit = IntegerField(null=True)
        quota_depth = IntegerField(null=True)
        nominators = JSONField()
        checklist = JSONField()
        min_scores = IntegerField()
        excludes_own_unit = BooleanField()
        shows_scorers = BooleanField()
        objection_days = IntegerField()
        is_active = BooleanField()

        class Meta:
            database = db
            table_name = "rewards_programme"

    class RewardCriteria(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        programme = ForeignKeyField(RewardProgramme, on_delete="CASCADE")
        revision = IntegerField()
        criteria = JSONField()
        note = TextField()

        class Meta:
            database = db
            table_name = "rewards_criteria"
            indexes = ((("programme", "revision"), True),)

    class RewardRound(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        programme = ForeignKeyField(RewardProgramme, on_delete="CASCADE")
        name = CharField()
        starts_on = DateField()
        ends_on = DateField()
        nominations_until = DateField()
        state = CharField(max_length=8)

        class Meta:
            database = db
            table_name = "rewards_round"
            indexes = ((("programme", "starts_on"), False),)

    class EligibilityRun(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        round = ForeignKeyField(RewardRound, on_delete="CASCADE")
        as_of = DateField()
        state = CharField(max_length=8, index=True)
        snapshot = JSONField()
        people = IntegerField()
        eligible = IntegerField()
        undecided = IntegerField()
        account_name = CharField()
        started_at = DateTimeField(null=True)
        finished_at = DateTimeField(null=True)
        fault = TextField()

        class Meta:
            database = db
            table_name = "rewards_eligibility_run"

    class EligibilityResult(Model):
        id = IdField()
        run = ForeignKeyField(EligibilityRun, on_delete="CASCADE")
        employee = ForeignKeyField(Employee, on_delete="CASCADE")
        unit = ForeignKeyField(WorkUnit, null=True, on_delete="SET NULL")
        is_eligible = BooleanField()
        is_undecided = BooleanField()
        findings = JSONField()
        confidential = JSONField(null=True)

        class Meta:
            database = db
            table_name = "rewards_eligibility_result"
            indexes = ((("run", "employee"), True), (("employee", "run"), False), (("run", "is_eligible"), False))

    class Nomination(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        round = ForeignKeyField(RewardRound, on_delete="CASCADE")
        employee = ForeignKeyField(Employee, on_delete="CASCADE")
        unit = ForeignKeyField(WorkUnit, null=True, on_delete="SET NULL")
        basis = CharField(max_length=16)
        nominator = ForeignKeyField(Employee, null=True, on_delete="SET NULL")
        result = ForeignKeyField(EligibilityResult, null=True, on_delete="SET NULL")
        statement = TextField()
        evidence = JSONField()
        nominated_on = DateField()
        state = CharField(max_length=16, index=True)
        checked = JSONField()
        verification_note = TextField()
        verified_on = DateField(null=True)
        reason = TextField()
        decree_number = CharField(max_length=128)
        decree_document = TextField()
        decided_on = DateField(null=True)
        objection_until = DateField(null=True)
        findings = JSONField(null=True)
        snapshot = JSONField(null=True)

        class Meta:
            database = db
            table_name = "rewards_nomination"
            indexes = ((("round", "employee"), True), (("employee", "round"), False))

    class PanelMember(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        round = ForeignKeyField(RewardRound, on_delete="CASCADE")
        employee = ForeignKeyField(Employee, on_delete="CASCADE")

        class Meta:
            database = db
            table_name = "rewards_panel_member"
            indexes = ((("round", "employee"), True),)

    class PanelScore(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        nomination = ForeignKeyField(Nomination, on_delete="CASCADE")
        member = ForeignKeyField(Employee, on_delete="CASCADE")
        score = IntegerField(null=True)
        note = TextField()
        has_conflict = BooleanField()

        class Meta:
            database = db
            table_name = "rewards_panel_score"
            indexes = ((("nomination", "member"), True),)

    class AwardObjection(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        nomination = ForeignKeyField(Nomination, on_delete="CASCADE")
        employee = ForeignKeyField(Employee, on_delete="CASCADE")
        reason = TextField()
        filed_on = DateField()
        state = CharField(max_length=16)
        decision = TextField()
        decided_on = DateField(null=True)

        class Meta:
            database = db
            table_name = "rewards_objection"
            indexes = ((("nomination", "employee"), True),)

    db.create_tables(
        [
            RewardProgramme,
            RewardCriteria,
            RewardRound,
            EligibilityRun,
            EligibilityResult,
            Nomination,
            PanelMember,
            PanelScore,
            AwardObjection,
        ]
    )
    at = dict(null=True, on_delete="SET NULL")
    migrator.migrate(
        migrator.add_column("rewards_award", "unit_id", ForeignKeyField(WorkUnit, field=WorkUnit.id, **at)),
        migrator.add_column("rewards_award", "programme_id", ForeignKeyField(RewardProgramme, field=RewardProgramme.id, **at)),
        migrator.add_column("rewards_award", "nomination_id", ForeignKeyField(Nomination, field=Nomination.id, **at)),
        migrator.add_column("rewards_award", "certificate_id", ForeignKeyField(Certificate, field=Certificate.id, **at)),
        migrator.add_column("rewards_award", "decree_document", TextField(default="")),
        migrator.add_column("rewards_award", "state", CharField(max_length=8, default="GRANTED")),
        migrator.add_column("rewards_award", "is_published", BooleanField(default=True)),
        migrator.add_column("rewards_award", "revoked_on", DateField(null=True)),
        migrator.add_column("rewards_award", "revoked_reason", TextField(default="")),
        migrator.add_index("rewards_award", ("unit_id", "awarded_on"), False),
    )
    # Whoever held an award belonged to the unit of the first post held on the day on which it was given.
    db.execute_sql(
        """
        UPDATE rewards_award SET unit_id = (
            SELECT post.unit_id FROM assignment AS post
            WHERE post.employee_id = rewards_award.employee_id AND post.valid_from <= rewards_award.awarded_on
              AND (post.valid_to IS NULL OR post.valid_to >= rewards_award.awarded_on)
            ORDER BY post.is_primary DESC, post.valid_from, post.id LIMIT 1
        )
        """
    )


def down(migrator, db):
    for index in db.get_indexes("rewards_award"):
        if {"unit_id", "programme_id", "nomination_id", "certificate_id"} & set(index.columns):
            migrator.migrate(migrator.drop_index("rewards_award", index.name))
    for name in (
        "revoked_reason",
        "revoked_on",
        "is_published",
        "state",
        "decree_document",
        "certificate_id",
        "nomination_id",
        "programme_id",
        "unit_id",
    ):
        migrator.migrate(migrator.drop_column("rewards_award", name))
    for name in (
        "rewards_objection",
        "rewards_panel_score",
        "rewards_panel_member",
        "rewards_nomination",
        "rewards_eligibility_result",
        "rewards_eligibility_run",
        "rewards_round",
        "rewards_criteria",
        "rewards_programme",
    ):
        migrator.migrate(migrator.drop_table(name))
