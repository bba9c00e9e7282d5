"""strawberry-django with its optimizer; it checks no authorisation.

It takes the one assignment and the one reporting line of an employee without looking at their days.
"""

import json

import strawberry
import strawberry_django
from django.db.models import Q
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from strawberry.django.views import GraphQLView
from strawberry_django.optimizer import DjangoOptimizerExtension

from strawberry_peer.models import AssignmentRow, EmployeeRow, EvaluationRow, LineRow, PlanRow, ResultRow, UnitRow


@strawberry_django.type(UnitRow)
class Unit:
    code: strawberry.auto
    name: strawberry.auto


@strawberry_django.type(EmployeeRow)
class Superior:
    name: strawberry.auto
    back_title: strawberry.auto


@strawberry_django.type(AssignmentRow)
class Assignment:
    unit: Unit


@strawberry_django.type(LineRow)
class Line:
    superior: Superior | None


@strawberry_django.type(ResultRow)
class WorkResult:
    sequence: strawberry.auto
    kind: strawberry.auto
    statement: strawberry.auto
    success_measure: strawberry.auto


@strawberry_django.type(PlanRow)
class Plan:
    state: strawberry.auto
    approach: strawberry.auto
    work_results: list[WorkResult] = strawberry_django.field(pagination=True)


@strawberry_django.type(EvaluationRow)
class Evaluation:
    kind: strawberry.auto
    state: strawberry.auto
    result_rating: strawberry.auto
    behavior_rating: strawberry.auto
    predicate: strawberry.auto
    result_note: strawberry.auto
    received_on: strawberry.auto


@strawberry_django.filter_type(EmployeeRow)
class EmployeeFilter:
    @strawberry_django.filter_field
    def after(self, value: str, prefix: str) -> Q:
        name, key = json.loads(value)
        # The first condition lets PostgreSQL begin in the index where the page begins.
        return Q(**{f"{prefix}name__gte": name}) & (Q(**{f"{prefix}name__gt": name}) | Q(**{f"{prefix}id__gt": key}))


@strawberry_django.type(EmployeeRow, filters=EmployeeFilter, pagination=True)
class Employee:
    id: strawberry.auto
    name: strawberry.auto
    back_title: strawberry.auto
    status: strawberry.auto
    state: strawberry.auto
    sex: strawberry.auto
    nip: strawberry.auto
    assignments: list[Assignment]
    lines: list[Line]
    plans: list[Plan] = strawberry_django.field(pagination=True)
    evaluations: list[Evaluation] = strawberry_django.field(pagination=True)


@strawberry.type
class Query:
    employees: list[Employee] = strawberry_django.field()


schema = strawberry.Schema(Query, extensions=[DjangoOptimizerExtension])
urlpatterns = [path("graphql", csrf_exempt(GraphQLView.as_view(schema=schema, graphql_ide=None)))]
