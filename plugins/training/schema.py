"""GraphQL of the plugin `training`: the training plan of an employee."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import strawberry

from plugins.training import models
from schema.engine import Connection, Node, SchemaParts, TypeExtension, column, describe_values, entity, pages, relation

if TYPE_CHECKING:
    from schema.organisation import Employee

strawberry.enum(models.TrainingState, name="TrainingState", description="How far an item of a training plan is.")
describe_values(models.TrainingState, PLANNED="Not begun.", RUNNING="Begun.", COMPLETED="Finished.")


@entity(models.TrainingPlanItem, order=("-year", "id"))
class TrainingPlanItem(Node):
    """Something that an employee is to learn in a year (pengembangan kompetensi)."""

    employee: Annotated["Employee", strawberry.lazy("schema.organisation")] | None = relation(
        models.TrainingPlanItem.employee, "Who is to learn it."
    )
    year: int = column(models.TrainingPlanItem.year, "The calendar year.")
    title: str = column(models.TrainingPlanItem.title, "What is to be learned.")
    learning_hours: int = column(models.TrainingPlanItem.learning_hours, "Learning hours (JP, jam pelajaran).")
    state: models.TrainingState = column(models.TrainingPlanItem.state, "How far it is.")
    completed_on: date | None = column(models.TrainingPlanItem.completed_on, "The day on which it was completed.")


class EmployeeTraining:
    """What this plugin adds to an employee."""

    training_plan: Connection[TrainingPlanItem] = pages(
        models.TrainingPlanItem.employee, "What the employee is to learn, latest year first."
    )


PARTS = SchemaParts(types=[TrainingPlanItem], extensions=[TypeExtension("Employee", EmployeeTraining)])
