"""Every step of a case as a mutation, made of the forms of the steps."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import strawberry

import plugins.rewards.discipline.schema.terms  # noqa: F401 - makes enums of the schema of the terms
from core.plugin_api import Context, FieldKind, Problem, Refused, VerbField
from plugins.rewards.discipline import services
from plugins.rewards.discipline.forms import FORMS, REPORT_FIELDS, StepForm
from plugins.rewards.discipline.schema.reading import DisciplineCase, SalaryStop
from plugins.rewards.discipline.terms import MemberElement, MemberRole
from schema.engine import decode_id, mutation, payload

_TYPES: dict[FieldKind, Any] = {
    FieldKind.TEXT: str,
    FieldKind.LONG_TEXT: str,
    FieldKind.DATE: date,
    FieldKind.BOOLEAN: bool,
    FieldKind.INTEGER: int,
    FieldKind.REFERENCE: strawberry.ID,
    FieldKind.REFERENCES: list[strawberry.ID],
    FieldKind.TEXTS: list[date],
}


def _camel(name: str) -> str:
    return re.sub(r"_(\w)", lambda found: found[1].upper(), name)


def _pascal(name: str) -> str:
    made = _camel(name)
    return made[0].upper() + made[1:]


def _annotation(field: VerbField) -> Any:
    return field.choices if field.kind is FieldKind.CHOICE else _TYPES[field.kind]


def _input(name: str, description: str, fields: tuple[VerbField, ...], **first: tuple[Any, str]) -> type[Any]:
    """Make the input type of a step: what names its subject, then a field for each of the form."""
    annotations: dict[str, Any] = {key: annotation for key, (annotation, _) in first.items()}
    members: dict[str, Any] = {key: strawberry.field(description=text) for key, (_, text) in first.items()}
    for field in fields:
        text = f"{field.title}. {field.help}".strip()
        is_needed = field.is_required
        annotations[field.name] = _annotation(field) if is_needed else _annotation(field) | None
        members[field.name] = (
            strawberry.field(description=text) if is_needed else strawberry.field(description=text, default=None)
        )
    made = type(name, (), {"__annotations__": annotations, "__doc__": description, **members})
    made.__module__ = __name__
    return strawberry.input(made, name=name, description=description)


def _given(input: Any, fields: tuple[VerbField, ...]) -> dict[str, Any]:
    """Return the values that were given, ids decoded; what is left out or null the service fills."""
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for field in fields:
        value = getattr(input, field.name)
        if value is None and field.kind is FieldKind.BOOLEAN:
            value = False
        if value is None:
            continue
        path = ("input", _camel(field.name))
        try:
            if field.kind is FieldKind.REFERENCE:
                value = decode_id(_type_of(field), value, *path)
            elif field.kind is FieldKind.REFERENCES:
                value = [decode_id(_type_of(field), one, *path, place) for place, one in enumerate(value)]
        except Refused as refusal:
            problems += refusal.problems
        values[field.name] = value
    if problems:
        raise Refused(problems)
    return values


def _type_of(field: VerbField) -> str:
    assert field.refers_to is not None  # noqa: S101 - references say to what
    return field.refers_to.__name__


_CASE = {"case_id": (strawberry.ID, "The case."), "version": (int, "Version of the case that you saw.")}
_CASE_SHOWN = (DisciplineCase, "The case; null for whoever does not see it.")


def _case_key(input: Any) -> int:
    return decode_id("DisciplineCase", input.case_id, "input", "caseId")


def _step(form: StepForm) -> Any:
    made = _input(f"{_pascal(form.name)}Input", form.help, form.fields, **_CASE)

    def perform(ctx: Context, input: Any) -> dict[str, Any]:
        key = _case_key(input)
        form.run(ctx, key, input.version, **_given(input, form.fields))
        return {"discipline_case": key}

    perform.__annotations__["input"] = made
    answer = payload(f"{_pascal(form.name)}Payload", discipline_case=_CASE_SHOWN)
    return mutation(perform, input=made, payload=answer, description=f"{form.title}. {form.help}")


ReportBreachInput = _input("ReportBreachInput", "A suspected breach to be reported.", REPORT_FIELDS)


def _report(ctx: Context, input: Any) -> dict[str, Any]:
    values = _given(input, REPORT_FIELDS)
    # Whoever says nothing about it stays hidden.
    services.report_breach(ctx, **{**values, "is_protected": input.is_protected is not False})
    return {"is_reported": True}


@strawberry.input(description="Who is to be in an examination team, as what, and for whom.")
class TeamMemberInput:
    """A member of a team."""

    role: MemberRole = strawberry.field(description="As what.")
    element: MemberElement = strawberry.field(description="For whom.")
    employee_id: strawberry.ID | None = strawberry.field(description="Who, by id.", default=None)
    nip: str | None = strawberry.field(
        description="Who, by civil-service number: officials whom the caller does not see, too.", default=None
    )


@strawberry.input(description="The team of a case; who is left out ends.")
class FormExaminationTeamInput:
    """The team of a case."""

    case_id: strawberry.ID = strawberry.field(description="The case.")
    version: int = strawberry.field(description="Version of the case that you saw.")
    members: list[TeamMemberInput] = strawberry.field(description="Everybody who is to be in it.")
    on: date | None = strawberry.field(description="From which day; today when left out.", default=None)


def _appointment(one: TeamMemberInput, *path: str | int) -> services.Appointment:
    if one.nip is not None:
        return services.named_by_number(one.nip, one.role, one.element, *path, "nip")
    key = decode_id("Employee", one.employee_id or "", *path, "employeeId")
    return services.Appointment(key, one.role, one.element)


def _form_team(ctx: Context, input: FormExaminationTeamInput) -> dict[str, Any]:
    key = _case_key(input)
    members = [_appointment(one, "input", "members", place) for place, one in enumerate(input.members)]
    services.form_team(ctx, key, input.version, members=members, on=input.on)
    return {"discipline_case": key}


@strawberry.input(description="An absence of so many working days in a row that salary stops.")
class ReportSalaryStopInput:
    """An absence in a row."""

    employee_id: strawberry.ID = strawberry.field(description="The person.")
    absent_days: list[date] = strawberry.field(description="Each working day without a valid reason.")
    case_id: strawberry.ID | None = strawberry.field(description="The case, where there is one.", default=None)
    note: str = strawberry.field(description="In words.", default="")


@strawberry.input(description="A step of a stop of salary that needs nothing said.")
class VerifySalaryStopInput:
    """A stop to be confirmed."""

    id: strawberry.ID = strawberry.field(description="The stop.")
    version: int = strawberry.field(description="Version that you saw.")


@strawberry.input(description="A stop of salary that is rejected, and why.")
class RejectSalaryStopInput:
    """A report of a stop to be rejected."""

    id: strawberry.ID = strawberry.field(description="The stop.")
    version: int = strawberry.field(description="Version that you saw.")
    reason: str = strawberry.field(description="Why.")


@strawberry.input(description="A stop of salary that is lifted, and why.")
class LiftSalaryStopInput(RejectSalaryStopInput):
    """A stop to be lifted."""


@strawberry.input(description="A stop of salary that the budget officer (KPA) sets.")
class SetSalaryStopInput:
    """A stop to be set."""

    id: strawberry.ID = strawberry.field(description="The stop.")
    version: int = strawberry.field(description="Version that you saw.")
    decree_number: str = strawberry.field(description="Number of the decree.")


def _stop_key(input: Any) -> int:
    return decode_id("SalaryStop", input.id, "input", "id")


def _report_stop(ctx: Context, input: ReportSalaryStopInput) -> dict[str, Any]:
    stop = services.report_salary_stop(
        ctx,
        employee_id=decode_id("Employee", input.employee_id, "input", "employeeId"),
        absent_days=input.absent_days,
        case_id=None if input.case_id is None else decode_id("DisciplineCase", input.case_id, "input", "caseId"),
        note=input.note,
    )
    return {"salary_stop": stop}


def _verify_stop(ctx: Context, input: VerifySalaryStopInput) -> dict[str, Any]:
    return {"salary_stop": services.verify_salary_stop(ctx, _stop_key(input), input.version)}


def _reject_stop(ctx: Context, input: RejectSalaryStopInput) -> dict[str, Any]:
    return {"salary_stop": services.reject_salary_stop(ctx, _stop_key(input), input.version, reason=input.reason)}


def _lift_stop(ctx: Context, input: LiftSalaryStopInput) -> dict[str, Any]:
    return {"salary_stop": services.lift_salary_stop(ctx, _stop_key(input), input.version, reason=input.reason)}


def _set_stop(ctx: Context, input: SetSalaryStopInput) -> dict[str, Any]:
    stop = services.set_salary_stop(ctx, _stop_key(input), input.version, decree_number=input.decree_number)
    return {"salary_stop": stop}


def _stop(name: str, perform: Callable[..., Any], input: type[Any], description: str) -> Any:
    answer = payload(f"{_pascal(name)}Payload", salary_stop=(SalaryStop, "The stop."))
    return mutation(perform, input=input, payload=answer, description=description)


_STEPS: dict[str, Any] = {
    "report_breach": mutation(
        _report,
        input=ReportBreachInput,
        payload=payload("ReportBreachPayload", is_reported=(bool, "True: the superior has to act on it.")),
        description="Report a suspected breach. Nothing of what follows is shown to the reporter.",
    ),
    "form_examination_team": mutation(
        _form_team,
        input=FormExaminationTeamInput,
        payload=payload("FormExaminationTeamPayload", discipline_case=_CASE_SHOWN),
        description="Form the examination team of a case, or change it.",
    ),
    **{form.name: _step(form) for form in FORMS},
    "report_salary_stop": _stop(
        "report_salary_stop", _report_stop, ReportSalaryStopInput, "Report ten working days of absence in a row."
    ),
    "verify_salary_stop": _stop("verify_salary_stop", _verify_stop, VerifySalaryStopInput, "HR confirms the report."),
    "reject_salary_stop": _stop("reject_salary_stop", _reject_stop, RejectSalaryStopInput, "HR rejects the report."),
    "set_salary_stop": _stop("set_salary_stop", _set_stop, SetSalaryStopInput, "The budget officer sets the stop."),
    "lift_salary_stop": _stop("lift_salary_stop", _lift_stop, LiftSalaryStopInput, "The stop ends."),
}

DisciplineMutations = type("DisciplineMutations", (), {"__module__": __name__, **_STEPS})
"""Every step."""
