"""To which HR officer for discipline a report is assigned."""

from peewee import ForeignKeyField, Model

from core.database import IdField


def up(migrator, db):
    class Employee(Model):
        id = IdField()

        class Meta:
            database = db
            table_name = "employee"

    officer = ForeignKeyField(Employee, field=Employee.id, null=True, on_delete="SET NULL")
    migrator.migrate(migrator.add_column("rewards_discipline_report", "officer_id", officer))


def down(migrator, db):
    for index in db.get_indexes("rewards_discipline_report"):
        if "officer_id" in index.columns:
            migrator.migrate(migrator.drop_index("rewards_discipline_report", index.name))
    migrator.migrate(migrator.drop_column("rewards_discipline_report", "officer_id"))
