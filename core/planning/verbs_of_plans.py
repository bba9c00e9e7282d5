"""What people do by hand to plans as a whole."""

from core.actor import Actor
from core.bin.verbs import archive_verb
from core.context import Context
from core.i18n import N_
from core.organisation.models import Employee
from core.planning.content import PlanContent
from core.planning.models import EvaluationPeriod, PerformancePlan
from core.planning.rules.states import PlanAct, is_editable, next_state
from core.planning.services.flow import approve_plan, return_plan, revise_plan, submit_plan
from core.planning.services.handover import change_evaluator, split_plan_for_move
from core.planning.services.plans import PlanRequest, create_plan, update_plan
from core.planning.terms import PlanApproach, PlanState
from core.verbs.calling import REASON, given, seen_version
from core.verbs.declare import Does, FieldKind, Target, Values, Verb, VerbField

_APPROACH = VerbField("approach", N_("Approach"), FieldKind.CHOICE, is_required=True, choices=PlanApproach)


def _may_plan(actor: Actor) -> bool:
    return actor.employee_id is not None or bool(actor.paths("planning.manage"))


def _create(ctx: Context, _target: Target, values: Values) -> PerformancePlan:
    return create_plan(ctx, PlanRequest(**given(values)))


def _update(ctx: Context, target: Target, values: Values) -> PerformancePlan:
    texts = dict(values)
    approach = texts.pop("approach", None)
    version = seen_version(PerformancePlan, target)
    return update_plan(ctx, target.id, version, PlanContent(**texts), approach)


def _submit(ctx: Context, target: Target, _values: Values) -> PerformancePlan:
    return submit_plan(ctx, target.id, seen_version(PerformancePlan, target))


def _return(ctx: Context, target: Target, values: Values) -> PerformancePlan:
    return return_plan(ctx, target.id, seen_version(PerformancePlan, target), values["note"])


def _approve(ctx: Context, target: Target, _values: Values) -> PerformancePlan:
    return approve_plan(ctx, target.id, seen_version(PerformancePlan, target))


def _revise(ctx: Context, target: Target, values: Values) -> PerformancePlan:
    return revise_plan(ctx, target.id, seen_version(PerformancePlan, target), values["reason"])


def _change_evaluator(ctx: Context, target: Target, values: Values) -> PerformancePlan:
    return change_evaluator(ctx, target.id, seen_version(PerformancePlan, target), values["evaluator_id"], values["on"])


def _split(ctx: Context, target: Target, values: Values) -> PerformancePlan:
    return split_plan_for_move(ctx, target.id, seen_version(PerformancePlan, target), values["on"])


PLANS = (
    Verb(
        "planning.create_plan",
        N_("New plan"),
        PerformancePlan,
        Does.CREATE,
        _create,
        (
            VerbField("employee_id", N_("Employee"), FieldKind.REFERENCE, is_required=True, refers_to=Employee),
            VerbField("period_id", N_("Period"), FieldKind.REFERENCE, is_required=True, refers_to=EvaluationPeriod),
            _APPROACH,
            VerbField(
                "starts_on",
                N_("From"),
                FieldKind.DATE,
                help=N_("Empty: as the period and the assignment of the employee say."),
            ),
            VerbField("ends_on", N_("Until"), FieldKind.DATE),
            VerbField(
                "evaluator_id",
                N_("Evaluator"),
                FieldKind.REFERENCE,
                refers_to=Employee,
                help=N_("Empty: the direct superior."),
            ),
        ),
        permission="planning.create_plan",
        allows=_may_plan,
    ),
    Verb(
        "planning.update_plan",
        N_("Correct"),
        PerformancePlan,
        Does.CORRECT,
        _update,
        (
            _APPROACH,
            VerbField("support_needed", N_("Support needed"), FieldKind.LONG_TEXT),
            VerbField("accountability_scheme", N_("Accountability scheme"), FieldKind.LONG_TEXT),
            VerbField("consequences", N_("Consequences"), FieldKind.LONG_TEXT),
        ),
        permission="planning.update_plan",
        suits=lambda row: is_editable(row.state),
        may_be_bulk=True,
        help=N_("Work results, indicators and expectations are changed on their own pages."),
    ),
    Verb(
        "planning.submit_plan",
        N_("Submit"),
        PerformancePlan,
        Does.ACT,
        _submit,
        permission="planning.submit_plan",
        suits=lambda row: next_state(row.state, PlanAct.SUBMIT) is not None,
    ),
    Verb(
        "planning.approve_plan",
        N_("Approve"),
        PerformancePlan,
        Does.ACT,
        _approve,
        permission="planning.approve_plan",
        suits=lambda row: next_state(row.state, PlanAct.APPROVE) is not None,
        may_be_bulk=True,
    ),
    Verb(
        "planning.return_plan",
        N_("Return"),
        PerformancePlan,
        Does.ACT,
        _return,
        (VerbField("note", N_("What is to be changed"), FieldKind.LONG_TEXT, is_required=True),),
        permission="planning.return_plan",
        suits=lambda row: next_state(row.state, PlanAct.RETURN) is not None,
        may_be_bulk=True,
    ),
    Verb(
        "planning.revise_plan",
        N_("Revise"),
        PerformancePlan,
        Does.ACT,
        _revise,
        (REASON,),
        permission="planning.revise_plan",
        suits=lambda row: next_state(row.state, PlanAct.REVISE) is not None,
        may_be_bulk=True,
        help=N_("The plan becomes a draft again; the version approved stays readable."),
    ),
    Verb(
        "planning.change_evaluator",
        N_("Change the evaluator"),
        PerformancePlan,
        Does.ACT,
        _change_evaluator,
        (
            VerbField("evaluator_id", N_("Evaluator"), FieldKind.REFERENCE, is_required=True, refers_to=Employee),
            VerbField("on", N_("From"), FieldKind.DATE, is_required=True),
        ),
        permission="planning.hand_over",
        suits=lambda row: row.state is not PlanState.ENDED,
        may_be_bulk=True,
    ),
    Verb(
        "planning.split_plan",
        N_("Split for a move"),
        PerformancePlan,
        Does.ACT,
        _split,
        (VerbField("on", N_("From"), FieldKind.DATE, is_required=True),),
        permission="planning.hand_over",
        suits=lambda row: row.state is not PlanState.ENDED,
        is_grave=True,
        help=N_("This plan ends the day before, and another one goes on at the new position."),
    ),
    archive_verb(
        PerformancePlan,
        "planning.update_plan",
        suits=lambda row: is_editable(row.state) and row.revision == 0 and row.continues_id is None,
    ),
)
