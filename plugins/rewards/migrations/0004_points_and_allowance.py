"""Points (rules, ledger, catalogue, consent) and simulations of the allowance, as a frozen copy."""

from peewee import (
    BooleanField,
    CharField,
    Check,
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

TABLES = (
    "rewards_allowance_line",
    "rewards_allowance_run",
    "rewards_leaderboard_consent",
    "rewards_point_use",
    "rewards_point_entry",
    "rewards_point_transaction",
    "rewards_redemption",
    "rewards_item",
    "rewards_point_account",
    "rewards_point_rule",
)


def up(migrator, db):
    def known(name, table):
        meta = type("Meta", (), {"database": db, "table_name": table})
        return type(name, (Model,), {"id": IdField(), "Meta": meta})

    Employee, WorkUnit = known("Employee", "employee"), known("WorkUnit", "work_unit")  # noqa: N806 - classes

    class PointRule(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        name = CharField()
        event = CharField(max_length=24)
        points = IntegerField()
        cap = IntegerField(null=True)
        cap_period = CharField(max_length=8)
        conditions = JSONField()
        expires_after_months = IntegerField(null=True)
        valid_from = DateField()
        valid_to = DateField(null=True)
        legal_basis = TextField()

        class Meta:
            database = db
            table_name = "rewards_point_rule"
            indexes = ((("event", "valid_from"), False),)

    class PointAccount(Model):
        id = IdField()
        code = CharField(max_length=32, unique=True)
        kind = CharField(max_length=12)
        employee = ForeignKeyField(Employee, null=True, unique=True, on_delete="SET NULL")
        balance = IntegerField(null=True, constraints=[Check("balance >= 0")])
        owed = IntegerField(constraints=[Check("owed >= 0")])

        class Meta:
            database = db
            table_name = "rewards_point_account"

    class RewardItem(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        name = CharField()
        description = TextField()
        price = IntegerField()
        stock = IntegerField(null=True, constraints=[Check("stock >= 0")])
        limit_per_year = IntegerField(null=True)
        is_active = BooleanField()

        class Meta:
            database = db
            table_name = "rewards_item"

    class RewardRedemption(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        employee = ForeignKeyField(Employee, on_delete="CASCADE")
        item = ForeignKeyField(RewardItem, on_delete="CASCADE")
        quantity = IntegerField()
        points = IntegerField()
        state = CharField(max_length=12)
        key = CharField(max_length=64)
        requested_on = DateField()
        decided_by = CharField()
        decided_on = DateField(null=True)
        note = TextField()
        handed_out_on = DateField(null=True)

        class Meta:
            database = db
            table_name = "rewards_redemption"
            indexes = ((("employee", "key"), True), (("state", "requested_on"), False))

    class PointTransaction(Model):
        id = IdField()
        movement = CharField(max_length=12)
        key = CharField(max_length=128, unique=True)
        day = DateField()
        at = DateTimeField()
        rule = ForeignKeyField(PointRule, null=True, on_delete="SET NULL")
        rule_snapshot = JSONField(null=True)
        event_id = IntegerField(null=True)
        subject_type = CharField(max_length=64)
        subject_id = IntegerField(null=True)
        redemption = ForeignKeyField(RewardRedemption, null=True, on_delete="SET NULL")
        reverses = ForeignKeyField("self", null=True, unique=True, on_delete="CASCADE")
        shortfall = IntegerField()
        reason = TextField()
        made_by = CharField()

        class Meta:
            database = db
            table_name = "rewards_point_transaction"
            indexes = ((("subject_type", "subject_id"), False), (("rule", "day"), False))

    class PointEntry(Model):
        id = IdField()
        transaction = ForeignKeyField(PointTransaction, on_delete="CASCADE")
        account = ForeignKeyField(PointAccount, on_delete="CASCADE")
        amount = IntegerField(constraints=[Check("amount <> 0")])
        expires_on = DateField(null=True)

        class Meta:
            database = db
            table_name = "rewards_point_entry"
            indexes = ((("account", "expires_on"), False),)

    class PointUse(Model):
        id = IdField()
        taken_by = ForeignKeyField(PointEntry, on_delete="CASCADE")
        lot = ForeignKeyField(PointEntry, on_delete="CASCADE")
        amount = IntegerField(constraints=[Check("amount > 0")])

        class Meta:
            database = db
            table_name = "rewards_point_use"
            indexes = ((("taken_by", "lot"), True),)

    class LeaderboardConsent(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        employee = ForeignKeyField(Employee, unique=True, on_delete="CASCADE")
        is_given = BooleanField()
        changed_on = DateField()

        class Meta:
            database = db
            table_name = "rewards_leaderboard_consent"

    class AllowanceRun(Model):
        id = IdField()
        unit = ForeignKeyField(WorkUnit, on_delete="CASCADE")
        month = DateField()
        attendance_month = DateField()
        rule = JSONField()
        with_sanctions = BooleanField()
        employees = IntegerField()
        incomplete = IntegerField()
        made_at = DateTimeField()
        made_by = CharField()

        class Meta:
            database = db
            table_name = "rewards_allowance_run"
            indexes = ((("unit", "month"), False),)

    class AllowanceLine(Model):
        id = IdField()
        run = ForeignKeyField(AllowanceRun, on_delete="CASCADE")
        employee = ForeignKeyField(Employee, on_delete="CASCADE")
        basis = DecimalField(max_digits=19, decimal_places=4, null=True)
        result = DecimalField(max_digits=19, decimal_places=4, null=True)
        steps = JSONField()
        missing = JSONField()

        class Meta:
            database = db
            table_name = "rewards_allowance_line"
            indexes = ((("run", "employee"), True),)

    db.create_tables(
        [
            PointRule,
            PointAccount,
            RewardItem,
            RewardRedemption,
            PointTransaction,
            PointEntry,
            PointUse,
            LeaderboardConsent,
            AllowanceRun,
            AllowanceLine,
        ]
    )


def down(migrator, db):
    for table in TABLES:
        migrator.migrate(migrator.drop_table(table))
