"""The tables as Django models; none is Django's to create."""

from django.db import models


def _meta(table: str, **options: object) -> type:
    return type("Meta", (), {"managed": False, "db_table": table, **options})


def _text() -> models.TextField:
    return models.TextField()


class UnitRow(models.Model):
    """Rows of the table below."""

    code, name = _text(), _text()
    Meta = _meta("work_unit")


class EmployeeRow(models.Model):
    """Rows of the table below."""

    name, back_title, status, state, sex, nip = _text(), _text(), _text(), _text(), _text(), _text()
    Meta = _meta("employee", ordering=["name", "id"])


class AssignmentRow(models.Model):
    """Rows of the table below."""

    employee = models.ForeignKey(EmployeeRow, models.CASCADE, related_name="assignments")
    unit = models.ForeignKey(UnitRow, models.CASCADE, related_name="+")
    Meta = _meta("assignment")


class LineRow(models.Model):
    """Rows of the table below."""

    employee = models.ForeignKey(EmployeeRow, models.CASCADE, related_name="lines")
    superior = models.ForeignKey(EmployeeRow, models.CASCADE, null=True, related_name="+")
    Meta = _meta("reporting_line")


class PlanRow(models.Model):
    """Rows of the table below."""

    employee = models.ForeignKey(EmployeeRow, models.CASCADE, related_name="plans")
    state, approach = _text(), _text()
    Meta = _meta("performance_plan", ordering=["id"])


class ResultRow(models.Model):
    """Rows of the table below."""

    plan = models.ForeignKey(PlanRow, models.CASCADE, related_name="work_results")
    sequence = models.IntegerField()
    kind, statement, success_measure = _text(), _text(), _text()
    Meta = _meta("work_result", ordering=["sequence", "id"])


class EvaluationRow(models.Model):
    """Rows of the table below."""

    employee = models.ForeignKey(EmployeeRow, models.CASCADE, related_name="evaluations")
    kind, state, result_note = _text(), _text(), _text()
    result_rating, behavior_rating, predicate = (models.TextField(null=True) for _ in range(3))
    received_on = models.DateField(null=True)
    Meta = _meta("evaluation", ordering=["-id"])
