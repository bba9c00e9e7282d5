"""What people do by hand to discipline cases, made of the forms of the steps."""

from datetime import date
from typing import Any

from core.organisation.models import Employee
from core.plugin_api import (
    N_,
    Actor,
    Context,
    Does,
    FieldKind,
    Target,
    Values,
    Verb,
    VerbField,
    refuse,
)
from core.verbs.calling import REASON, given
from core.verbs.declare import NO_COLUMN
from plugins.rewards.discipline import services
from plugins.rewards.discipline.forms import FORMS, ON, REPORT_FIELDS, StepForm
from plugins.rewards.discipline.models import DisciplineCase, SalaryStop
from plugins.rewards.discipline.policies import act_of
from plugins.rewards.discipline.roles import KEEP
from plugins.rewards.discipline.rules.states import may_do
from plugins.rewards.discipline.terms import MemberElement, MemberRole, SalaryStopState, Step

_DAYS = ("absent_days", "earlier_absent_days")


def _is_known(actor: Actor) -> bool:
    return actor.is_known


def _prepared(values: Values) -> dict[str, Any]:
    """Return the values that were given, days of a list as dates."""
    found = given(values)
    for name in _DAYS:
        if name in found:
            found[name] = [_day(text, name) for text in found[name]]
    return found


def _day(text: str, name: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        message = N_("{value} is no date. Give it as year-month-day.")
        raise refuse("DATE_NEEDED", message, "input", name, value=text[:32]) from None


def _step_verb(form: StepForm) -> Verb:
    def run(ctx: Context, target: Target, values: Values) -> object:
        return form.run(ctx, target.id, target.version, **_prepared(values))

    def suits(case: DisciplineCase) -> bool:
        return any(may_do(step, case.state) for step in form.steps)

    return Verb(
        f"rewards.{form.name}",
        form.title,
        DisciplineCase,
        Does.ACT,
        run,
        form.fields,
        permission=act_of(form.steps[0]),
        suits=suits,
        is_grave=form.is_grave,
        help=form.help,
    )


def _report(ctx: Context, _target: Target, values: Values) -> object:
    return services.report_breach(ctx, **{**given(values), "is_protected": bool(values.get("is_protected"))})


_SEATS = (
    ("chair", MemberRole.CHAIR, N_("Chair"), N_("The chair stands for"), True),
    ("secretary", MemberRole.SECRETARY, N_("Secretary"), N_("The secretary stands for"), True),
    ("member", MemberRole.MEMBER, N_("Member"), N_("The member stands for"), True),
    ("second_member", MemberRole.MEMBER, N_("Second member"), N_("The second member stands for"), False),
    ("third_member", MemberRole.MEMBER, N_("Third member"), N_("The third member stands for"), False),
)


def _form_team(ctx: Context, target: Target, values: Values) -> object:
    members = [
        services.Appointment(values[f"{name}_id"], role, values.get(f"{name}_element") or MemberElement.OTHER)
        for name, role, _, _, _ in _SEATS
        if values.get(f"{name}_id") is not None
    ]
    return services.form_team(ctx, target.id, target.version, members=members, on=values.get("on"))


def _seat(name: str, title: str, element: str, *, is_required: bool) -> tuple[VerbField, VerbField]:
    who = VerbField(f"{name}_id", title, FieldKind.REFERENCE, is_required=is_required, refers_to=Employee)
    what = VerbField(f"{name}_element", element, FieldKind.CHOICE, choices=MemberElement, column=NO_COLUMN)
    return who, what


_TEAM = tuple(
    field for name, _, title, element, needed in _SEATS for field in _seat(name, title, element, is_required=needed)
)


def _report_stop(ctx: Context, _target: Target, values: Values) -> object:
    return services.report_salary_stop(ctx, **_prepared(values))


def _verify_stop(ctx: Context, target: Target, _values: Values) -> object:
    return services.verify_salary_stop(ctx, target.id, target.version)


def _reject_stop(ctx: Context, target: Target, values: Values) -> object:
    return services.reject_salary_stop(ctx, target.id, target.version, reason=values["reason"])


def _set_stop(ctx: Context, target: Target, values: Values) -> object:
    return services.set_salary_stop(ctx, target.id, target.version, decree_number=values["decree_number"])


def _lift_stop(ctx: Context, target: Target, values: Values) -> object:
    return services.lift_salary_stop(ctx, target.id, target.version, reason=values["reason"])


def _reports_stops(actor: Actor) -> bool:
    return actor.employee_id is not None or bool(actor.paths(KEEP))


_VERIFY, _SET = "rewards.verify_salary_stop", "rewards.set_salary_stop"
_STOPS = (
    Verb(
        "rewards.report_salary_stop",
        N_("Report an absence in a row"),
        SalaryStop,
        Does.CREATE,
        _report_stop,
        (
            VerbField("employee_id", N_("Employee"), FieldKind.REFERENCE, is_required=True, refers_to=Employee),
            VerbField(
                "absent_days",
                N_("Days of absence"),
                FieldKind.TEXTS,
                is_required=True,
                help=N_("Each day in a line of its own, such as 2026-01-31."),
            ),
            VerbField("note", N_("Note"), FieldKind.LONG_TEXT),
        ),
        permission=KEEP,
        allows=_reports_stops,
    ),
    Verb(
        "rewards.verify_salary_stop",
        N_("Confirm"),
        SalaryStop,
        Does.ACT,
        _verify_stop,
        permission=_VERIFY,
        suits=lambda row: row.state is SalaryStopState.REPORTED,
    ),
    Verb(
        "rewards.reject_salary_stop",
        N_("Reject"),
        SalaryStop,
        Does.ACT,
        _reject_stop,
        (REASON,),
        permission=_VERIFY,
        suits=lambda row: row.state in {SalaryStopState.REPORTED, SalaryStopState.VERIFIED},
        is_grave=True,
    ),
    Verb(
        "rewards.set_salary_stop",
        N_("Stop the salary"),
        SalaryStop,
        Does.ACT,
        _set_stop,
        (VerbField("decree_number", N_("Number of the decree"), is_required=True),),
        permission=_SET,
        suits=lambda row: row.state is SalaryStopState.VERIFIED,
        is_grave=True,
    ),
    Verb(
        "rewards.lift_salary_stop",
        N_("Let the salary go on"),
        SalaryStop,
        Does.ACT,
        _lift_stop,
        (REASON,),
        permission=_SET,
        suits=lambda row: row.state is SalaryStopState.SET,
    ),
)

VERBS: list[Verb] = [
    Verb(
        "rewards.report_breach",
        N_("Report a suspected breach"),
        DisciplineCase,
        Does.CREATE,
        _report,
        REPORT_FIELDS,
        permission=act_of(Step.REPORT),
        allows=_is_known,
        help=N_("The superior of the person has the duty to act on it. You see nothing of the case afterwards."),
    ),
    Verb(
        "rewards.form_examination_team",
        N_("Form the team"),
        DisciplineCase,
        Does.ACT,
        _form_team,
        (*_TEAM, ON),
        permission=act_of(Step.FORM_TEAM),
        suits=lambda case: may_do(Step.FORM_TEAM, case.state),
        help=N_("Superior, oversight and HR; nobody of a lower post or rank than the person (Pasal 29)."),
    ),
    *(_step_verb(form) for form in FORMS),
    *_STOPS,
]
