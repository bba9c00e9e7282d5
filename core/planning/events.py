"""What planning announces, and what it does when the organisation changes."""

from core.context import Context
from core.contributions import Job
from core.events import Event, EventHandler, EventType
from core.i18n import N_
from core.organisation.events import EMPLOYEE_MOVED, SUPERIOR_CHANGED
from core.planning.services import reconcile_plans

EVENTS: tuple[EventType, ...] = (
    EventType("planning.period_created", N_("A period was made: period_id, code.")),
    EventType("planning.period_opened", N_("A period takes changes: period_id, code.")),
    EventType("planning.period_closed", N_("A period no longer changes: period_id, code.")),
    EventType("planning.plan_created", N_("A plan was drafted: plan_id, employee_id.")),
    EventType("planning.plan_updated", N_("The content of a plan changed: plan_id, employee_id.")),
    EventType("planning.plan_submitted", N_("A plan waits for its evaluator: plan_id, employee_id, evaluator_id.")),
    EventType("planning.plan_returned", N_("A plan went back to its holder: plan_id, employee_id, evaluator_id.")),
    EventType("planning.plan_approved", N_("A plan was set: plan_id, employee_id, evaluator_id, revision.")),
    EventType("planning.plan_revised", N_("A plan set before is open for a change: plan_id, employee_id, revision.")),
    EventType("planning.plan_ended", N_("A plan ended before its period: plan_id, employee_id, ends_on.")),
    EventType("planning.plan_continued", N_("A plan continues an ended one: plan_id, continues_id, employee_id.")),
    EventType(
        "planning.evaluator_changed",
        N_("Somebody else answers for a plan: plan_id, employee_id, from_employee_id, to_employee_id, on."),
    ),
    EventType("planning.work_result_linked", N_("A work result supports another: work_result_id, parent_id, plan_id.")),
    EventType("planning.work_result_unlinked", N_("A work result supports none: work_result_id, plan_id.")),
    EventType("planning.template_created", N_("A template was made: template_id, code.")),
    EventType("planning.template_updated", N_("A template changed: template_id, code.")),
    EventType("planning.template_assigned", N_("A template was handed out: template_id, period_id, plan_ids.")),
)


def _follow_organisation(event: Event, ctx: Context) -> None:
    reconcile_plans(ctx, [event.payload["employee_id"]])


HANDLERS: tuple[EventHandler, ...] = (
    EventHandler("planning.follow_move", EMPLOYEE_MOVED, _follow_organisation),
    EventHandler("planning.follow_superior", SUPERIOR_CHANGED, _follow_organisation),
)

JOBS: tuple[Job, ...] = (
    Job(
        "planning.reconcile",
        N_("Plans follow moves and superiors that take effect today"),
        reconcile_plans,
        schedule="10 0 * * *",
    ),
)
