"""The first tables of training, as a frozen copy."""

from peewee import CharField, DateField, DateTimeField, ForeignKeyField, IntegerField, Model

from core.database import IdField


def up(migrator, db):
    class Employee(Model):
        id = IdField()

        class Meta:
            database = db
            table_name = "employee"

    class TrainingPlanItem(Model):
        id = IdField()
        version = IntegerField()
        created_at = DateTimeField()
        updated_at = DateTimeField()
        employee = ForeignKeyField(Employee, on_delete="CASCADE")
        year = IntegerField()
        title = CharField()
        learning_hours = IntegerField()
        state = CharField(max_length=16)
        completed_on = DateField(null=True)

        class Meta:
            database = db
            table_name = "training_plan_item"
            indexes = ((("employee", "year"), False),)

    db.create_tables([TrainingPlanItem])


def down(migrator, db):
    migrator.migrate(migrator.drop_table("training_plan_item"))
