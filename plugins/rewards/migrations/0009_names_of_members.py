"""What members of examination teams are called, for those in the team who do not see them elsewhere."""

from peewee import CharField


def up(migrator, db):
    migrator.migrate(migrator.add_column("rewards_case_member", "name", CharField(default="")))
    db.execute_sql(
        "UPDATE rewards_case_member SET name = "
        "(SELECT employee.name FROM employee WHERE employee.id = rewards_case_member.employee_id)"
    )


def down(migrator, _db):
    migrator.migrate(migrator.drop_column("rewards_case_member", "name"))
